import { describe, expect, it } from 'vitest'
import { planKind } from '#electron/playbook/plan/kind.ts'

/** What is wrong with a plan of these lines, as a terminal shows it; its own two lines come first. */
function problems(...lines: readonly string[]): readonly string[] {
  const text = ['plan: x', 'match: [\'alertname="A"\']', ...lines, ''].join('\n')
  const parsed = planKind.parse(text, 'x.yaml')
  return parsed.ok
    ? []
    : parsed.error.map(
        ({ line, column, message }) => `${String(line)}:${String(column)} ${message}`,
      )
}

const step = (...lines: readonly string[]) =>
  problems('phases:', '- name: Now', '  steps:', ...lines.map((line) => `  ${line}`))
const trigger = (...lines: readonly string[]) => problems('triggers:', ...lines)
const criterion = (...lines: readonly string[]) => problems('fixedWhen:', ...lines)
const value = (line: string) => problems('impact:', '  values:', `    money: ${line}`)

describe('a text that is read askew from a place on', () => {
  it('has that place as its only problem', () => {
    const rest = ['- name: Later', '  steps:', '  - Look', 'owner: ada', 'runbook: a.md']
    expect(problems('phases:', '- name: Now', '\tsteps:', '\t- Look', ...rest)).toEqual([
      '5:1 YAML is indented with spaces: replace the tab',
    ])
    expect(problems('phases: [{ name: Now', ...rest)).toHaveLength(1)
  })
})

describe('a key that is not known', () => {
  it.each([
    [problems('ownr: x'), '3:1 "ownr" is not a key that is known here; did you mean "owner"?'],
    [
      problems('impact: { sys: x }'),
      '3:11 impact: "sys" is not a key that is known here; did you mean "says"?',
    ],
    [
      step('- txt: Look'),
      '6:5 phases[0].steps[0]: "txt" is not a key that is known here; did you mean "text"?',
    ],
    [
      step('- runn: webhooks'),
      '6:5 phases[0].steps[0]: "runn" is not a key that is known here; did you mean "run"?',
    ],
    [
      step('- run: x', '  foo: 1'),
      '7:5 phases[0].steps[0]: "foo" is not a key that is known here; the keys here are text, id, run',
    ],
    [
      criterion('- promq: up'),
      '4:3 fixedWhen[0]: "promq" is not a key that is known here; did you mean "promql"?',
    ],
    [
      trigger('- unresolvdFor: 30m'),
      '4:3 triggers[0]: "unresolvdFor" is not a key that is known here; did you mean "unresolvedFor"?',
    ],
    [
      trigger('- unresolvedFor: 30m', '  the: escalate'),
      '5:3 triggers[0]: "the" is not a key that is known here; did you mean "then"?',
    ],
    [
      value('{ prmql: up }'),
      '5:14 impact.values.money: "prmql" is not a key that is known here; did you mean "promql"?',
    ],
    [
      problems('clocks: { acknowlege: 5m }'),
      '3:11 clocks: "acknowlege" is not a key that is known here; did you mean "acknowledge"?',
    ],
  ])('%s', (found, told) => {
    expect(found).toEqual([told])
  })
})

describe('an alternative that is not whole, or is two', () => {
  it.each([
    [criterion('- for: 10m'), '4:3 fixedWhen[0]: "promql" is missing'],
    [trigger('- value: money'), '4:3 triggers[0]: one of the keys above, below is missing'],
    [
      trigger('- then: notify'),
      '4:3 triggers[0]: one of the keys promql, unresolvedFor, unacknowledgedFor, alerts, satisfactionBelow, complaints is missing',
    ],
    [
      trigger('- unresolvedFor: 30m', '  alerts: 5'),
      '5:3 triggers[0]: "alerts" does not go together with "unresolvedFor"; make two entries of them',
    ],
    [
      trigger('- value: money', '  above: 1', '  below: 2'),
      '6:3 triggers[0]: "below" does not go together with "above"; make two entries of them',
    ],
    [
      step('- Look here: now'),
      '6:5 phases[0].steps[0]: a text with ": " in it belongs in quotes; or the key is wrong',
    ],
  ])('%s', (found, told) => {
    expect(found).toEqual([told])
  })
})

describe('a value of another kind', () => {
  it.each([
    [step('- 5'), '6:5 phases[0].steps[0]: expected text or keys with values, found a number'],
    [step('-'), '6:4 phases[0].steps[0]: has no value'],
    [
      criterion('- promql: up', '  for: 10'),
      '5:8 fixedWhen[0].for: expected text, found a number; a duration has a unit, as in 15s',
    ],
    [
      trigger('- unresolvedFor: 30 minutes'),
      '4:18 triggers[0].unresolvedFor: "30 minutes" is not a duration; write it as 15s, 5m or 1h30m',
    ],
    [
      trigger('- unresolvedFor: 30m', '  then: escalat'),
      '5:9 triggers[0].then: "escalat" is not known; did you mean "escalate"? it is one of escalate, notify',
    ],
    [
      trigger('- promql: up', '  aboveBaseline: 15 percent'),
      '5:18 triggers[0].aboveBaseline: write a share as 15% or as 0.15',
    ],
    [
      trigger('- promql: up', '  aboveBaseline: 15'),
      '5:18 triggers[0].aboveBaseline: this is a share: write 15 % as 15% or as 0.15',
    ],
    [
      value('{ promql: up, as: percnt }'),
      '5:30 impact.values.money.as: "percnt" is not known; did you mean "percent"? it is one of number, percent, ms, s, bytes, per-second',
    ],
    [
      value('{ promql: up, as: usd }'),
      '5:30 impact.values.money.as: expected one of number, percent, ms, s, bytes, per-second; or a currency is a code of three capitals, such as USD',
    ],
    [value('up'), '5:12 impact.values.money: expected keys with values or a number, found text'],
    [
      problems('impact:', '  values:', '    "a b": 5'),
      '5:5 impact.values: "a b" cannot be a name here: it has letters, digits and _, and starts with a letter',
    ],
    [
      problems('links: [{ name: x, href: "ftp://x" }]'),
      '3:26 links[0].href: this is no address: write it as https://host/path',
    ],
    [
      problems('severity: critical'),
      '3:11 severity: "critical" is not known; it is one of P0, P1, P2, P3',
    ],
  ])('%s', (found, told) => {
    expect(found).toEqual([told])
  })
})

describe('what is no YAML, or no condition', () => {
  it('is told where it stands', () => {
    expect(problems('impact:', '\tsays: x')).toContain(
      '4:1 YAML is indented with spaces: replace the tab',
    )
    expect(problems('owner: a', 'owner: b')).toEqual([
      '4:1 "owner" is written twice: first in line 3',
    ])
    const matching = (text: string) => {
      const parsed = planKind.parse(`plan: x\nmatch:\n  - ${text}\n`, 'x.yaml')
      return parsed.ok ? null : parsed.error[0]
    }
    expect(matching(`alertname=`)).toMatchObject({ line: 3, column: 5 })
    expect(matching(`alertname=`)?.message).toContain('the value is missing')
    expect(matching(`'alertname=~"("'`)?.message).toContain('not a valid regular expression')
  })

  it('tells of every mistake at once', () => {
    expect(problems('ownr: x', 'severity: P9', 'fixedWhen: [{ promq: up }]')).toHaveLength(3)
  })
})
