import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Source } from '#electron/engine/ports/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createPrometheusSource } from '#electron/vendors/prometheus/source.ts'
import { prometheusConfigSchema } from '#test/fixtures/configuration.ts'
import {
  reply,
  startStandIn,
  type Handler,
  type StandInServer,
} from '../../http/stand-in-server.ts'
import { createShiftedClock, ids } from '../../http/world.ts'

const fixture = (name: string) =>
  readFileSync(new URL(`../../../../fixtures/prometheus/${name}.json`, import.meta.url), 'utf8')

const success = (data: unknown) => JSON.stringify({ status: 'success', data })

/** The answers by the last part of their path: at first the recorded ones. */
let answers: Record<string, Handler>
let server: StandInServer
let source: Source
const clock = createShiftedClock()

function create(options: object = {}): Source {
  const config = { type: 'prometheus', name: 'prom', url: server.url, timeout: '5s', ...options }
  return createPrometheusSource(prometheusConfigSchema.parse(config), {
    clock,
    ids,
    secrets: createSecretReader({ env: {} }),
  })
}

async function poll(from = source) {
  const result = await from.poll(new AbortController().signal)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const asked = (part: string) => server.requests.filter(({ path }) => path.includes(part)).length

beforeEach(async () => {
  answers = Object.fromEntries(
    ['alerts', 'rules', 'runtimeinfo', 'buildinfo', 'config'].map((name) => [
      name,
      reply(200, fixture(name)),
    ]),
  )
  server = await startStandIn((request, response) => {
    const name = /(\w+)(\?.*)?$/.exec(request.url ?? '')?.[1] ?? ''
    const answer = answers[name] ?? reply(404)
    answer(request, response)
  })
  source = create()
})

afterEach(async () => {
  await source.close()
  await server.close()
})

describe('where a Prometheus sends to', () => {
  const sendsTo = (...urls: readonly string[]) =>
    reply(200, success({ activeAlertmanagers: urls.map((url) => ({ url })) }))

  it('is told with its alerts, as addresses that others can be recognised by', async () => {
    answers['alertmanagers'] = sendsTo(
      'http://10.0.0.1:9093/api/v2/alerts',
      'https://am.example/prefix/api/v2/alerts',
    )
    const { kin } = await poll()
    expect(kin?.sendsTo).toEqual(['10.0.0.1:9093', '10.0.0.1', 'am.example:443'])
    expect(kin?.addresses).toEqual([])
    const { findings } = await source.test(new AbortController().signal)
    expect(findings).toContain('sends its alerts to http://10.0.0.1:9093, https://am.example')
  })

  it('is asked for seldom, and what was known stays when it cannot be', async () => {
    answers['alertmanagers'] = sendsTo('http://am:9093/api/v2/alerts')
    await poll()
    source.accept()
    answers['alertmanagers'] = reply(500)
    for (let polls = 0; polls < 30; polls += 1) {
      expect((await poll()).kin?.sendsTo).toEqual(['am:9093'])
      source.accept()
    }
    expect(asked('/alertmanagers')).toBe(2)
  })

  it('holds no alert back where that cannot be read', async () => {
    answers['alertmanagers'] = reply(200, success({ activeAlertmanagers: 7 }))
    const { kin, signals } = await poll()
    expect(signals.length).toBeGreaterThan(0)
    expect(kin?.sendsTo).toEqual([])
  })
})

describe('relabelling', () => {
  const config = (alerting: object) =>
    reply(200, success({ yaml: `global: {}\nalerting: ${JSON.stringify(alerting)}\n` }))

  it('that cannot be applied is remarked, and the alerts are shown', async () => {
    answers['config'] = config({ alert_relabel_configs: [{ action: 'labeldrop', regex: '(' }] })
    const { remarks, signals } = await poll()
    expect(signals.length).toBeGreaterThan(0)
    expect(remarks).toEqual([
      {
        code: 'relabelling',
        text: expect.stringMatching(
          /alert_relabel_configs\[0\] is not applied \(regex \(: missing closing \)/,
        ) as unknown,
      },
    ])
    const { findings } = await source.test(new AbortController().signal)
    expect(findings).toContainEqual(expect.stringMatching(/^alert_relabel_configs\[0\] is not/))
  })

  it('that became known later makes other alerts, which say what they were', async () => {
    answers['config'] = reply(404)
    const before = await poll()
    source.accept()
    source = create()
    answers['config'] = config({
      alert_relabel_configs: [{ action: 'labeldrop', regex: 'severity' }],
    })
    const after = await poll()
    expect(after.signals[0]?.labels).not.toHaveProperty('severity')
    expect(after.signals[0]?.formerLabels).toEqual(before.signals[0]?.labels)
  })
})

describe('external labels', () => {
  it('are read from the server once', async () => {
    const { signals } = await poll()
    expect(signals[0]?.labels).toMatchObject({ cluster: 'lab', replica: '0' })
    source.accept()
    await poll()
    expect(asked('/config')).toBe(1)
  })

  it('of the configuration win, and the server is not asked', async () => {
    source = create({ externalLabels: { site: 'here' } })
    const { signals } = await poll()
    expect(signals[0]?.labels).toHaveProperty('site', 'here')
    expect(signals[0]?.labels).not.toHaveProperty('cluster')
    expect(asked('/config')).toBe(0)
  })

  it('are none where the server does not show its configuration', async () => {
    answers['config'] = reply(403)
    expect((await poll()).signals[0]?.labels).not.toHaveProperty('cluster')
  })

  it('are not guessed while the server is in trouble', async () => {
    answers['config'] = reply(500)
    expect(await source.poll(new AbortController().signal)).toMatchObject({ ok: false })
  })
})

describe('a restart of Prometheus', () => {
  it('comes with another instance, beside what vanished', async () => {
    const { instance } = await poll()
    source.accept()
    answers['alerts'] = reply(200, success({ alerts: [] }))
    answers['runtimeinfo'] = reply(200, success({ startTime: 'later' }))
    const report = await poll()
    expect(report.instance).toBe('later')
    expect(instance).not.toBe('later')
    expect(report.gone).toHaveLength(2)
  })
})

describe('rules that cannot be evaluated', () => {
  it('are alerts of their own with a start that stays, until they work', async () => {
    const [first] = (await poll()).selfAlerts
    expect(first).toMatchObject({
      name: 'RuleEvaluationFailing',
      severity: 'high',
      labels: { source: 'prom', rule: 'CannotBeEvaluated', group: 'broken' },
    })
    clock.advance(60_000)
    expect((await poll()).selfAlerts).toEqual([first])
    answers['rules'] = reply(200, success({ groups: [] }))
    expect((await poll()).selfAlerts).toEqual([])
  })

  it('that are many alert together beyond the first fifty', async () => {
    const rules = Array.from({ length: 70 }, (_, i) => ({ name: `R${String(i)}`, health: 'err' }))
    answers['rules'] = reply(200, success({ groups: [{ name: 'g', rules }] }))
    const { selfAlerts } = await poll()
    expect(selfAlerts).toHaveLength(51)
    expect(selfAlerts.at(-1)?.description).toContain('20 more')
    expect(new Set(selfAlerts.map(({ labels }) => JSON.stringify(labels))).size).toBe(51)
  })

  it('of one name in one group share an alert', async () => {
    const rule = { name: 'Same', health: 'err', lastError: 'bad\u202e' }
    answers['rules'] = reply(200, success({ groups: [{ name: 'g', rules: [rule, rule] }] }))
    const { selfAlerts } = await poll()
    expect(selfAlerts).toHaveLength(1)
    expect(selfAlerts[0]?.description).toContain('bad⟨U+202E⟩')
  })

  it('that cannot be asked for any more fail no poll, but alert when it goes on', async () => {
    await poll()
    source.accept()
    answers['rules'] = reply(403)
    const broken = 'RuleEvaluationFailing'
    const names: string[][] = []
    for (let i = 0; i < 4; i += 1) {
      names.push((await poll()).selfAlerts.map(({ name }) => name))
      source.accept()
    }
    expect(names).toEqual([
      [broken],
      [broken],
      [broken, 'RuleHealthUnknown'],
      [broken, 'RuleHealthUnknown'],
    ])
    answers['rules'] = reply(200, success({ groups: [] }))
    expect((await poll()).selfAlerts).toEqual([])
  })

  it('that the server never tells are remarked upon, and asked for seldom', async () => {
    answers['rules'] = reply(404)
    for (let i = 0; i < 5; i += 1) {
      const { selfAlerts, remarks } = await poll()
      expect(selfAlerts).toEqual([])
      expect(remarks?.map(({ code }) => code)).toEqual(['rules-unknown'])
      source.accept()
    }
    expect(asked('/rules')).toBe(1)
    answers['rules'] = reply(200, fixture('rules'))
    clock.advance(301_000)
    expect(await poll()).toMatchObject({ remarks: [], selfAlerts: [{ severity: 'high' }] })
  })

  it('alert when the server fails to tell them from the beginning', async () => {
    answers['rules'] = reply(500)
    for (let i = 0; i < 3; i += 1) {
      await poll()
      source.accept()
    }
    expect((await poll()).selfAlerts).toMatchObject([{ name: 'RuleHealthUnknown' }])
  })

  it('in an answer of thousands of alerts are asked for once a minute only', async () => {
    const large = { name: 'g', rules: [{ name: 'R', health: 'ok', alerts: 'x'.repeat(300_000) }] }
    answers['rules'] = reply(200, success({ groups: [large] }))
    await poll()
    await poll()
    expect(asked('/rules')).toBe(1)
    clock.advance(61_000)
    await poll()
    expect(asked('/rules')).toBe(2)
  })

  it('that hang do not hold the alerts back for long', async () => {
    source = create({ timeout: '800ms' })
    answers['rules'] = () => undefined
    expect(await poll()).toMatchObject({ total: 2 })
  })
})

describe('rules that are not evaluated any more', () => {
  const groups = (lastEvaluation: string) => ({
    groups: [
      {
        name: 'slo',
        file: 'a.yml',
        interval: 30,
        lastEvaluation,
        rules: [{ name: 'R', type: 'alerting', query: 'up', health: 'ok', lastEvaluation }],
      },
    ],
  })

  it('alert after several intervals, until they are evaluated', async () => {
    const names: string[][] = []
    const look = async () => names.push((await poll()).selfAlerts.map(({ name }) => name))
    answers['rules'] = reply(200, success(groups('2026-11-28T03:00:00Z')))
    await look()
    clock.advance(200_000)
    await look()
    clock.advance(200_000)
    await look()
    answers['rules'] = reply(200, success(groups('2026-11-28T03:00:30Z')))
    await look()
    expect(names).toEqual([[], [], ['RulesNotEvaluated'], []])
  })
})

describe('rules that read a metric which nobody makes', () => {
  const rules = {
    groups: [
      {
        name: 'g',
        rules: [
          { name: 'Lost', type: 'alerting', query: 'renamed_total > 1', health: 'ok' },
          { name: 'Fine', type: 'alerting', query: 'up == 0', health: 'ok' },
        ],
      },
    ],
  }
  const remarksOf = async () => (await poll()).remarks?.map(({ text }) => text) ?? []
  const questions = () => server.requests.filter(({ path }) => path.includes('/values'))

  beforeEach(() => {
    answers['rules'] = reply(200, success(rules))
    answers['values'] = reply(200, success(['up']))
  })

  it('are remarked upon, asked for once an hour and not in the first polls', async () => {
    expect(await remarksOf()).toEqual([])
    expect(await remarksOf()).toEqual([])
    expect(questions()).toHaveLength(0)
    const said = [expect.stringContaining('cannot fire: Lost (renamed_total).') as string]
    expect(await remarksOf()).toEqual(said)
    expect(await remarksOf()).toEqual(said)
    expect(questions()).toHaveLength(1)
    const asked = new URL(questions()[0]?.path ?? '', server.url).searchParams
    expect(asked.get('match[]')).toBe('{__name__=~"renamed_total|up"}')
    expect(Number(asked.get('start'))).toBeLessThan(clock.now() / 1_000 - 86_000)
    answers['values'] = reply(200, success(['up', 'renamed_total']))
    clock.advance(3_601_000)
    expect(await remarksOf()).toEqual([])
  })

  it('are a finding of a test', async () => {
    const { findings } = await source.test(new AbortController().signal)
    expect(findings).toContainEqual(
      expect.stringContaining('1 alerting rule reads metrics without'),
    )
  })

  it.each([
    ['the server cannot be asked that', () => reply(404)],
    ['the answer is no list of names', () => reply(200, success({ names: [] }))],
  ])('are not told where %s', async (_, answer) => {
    answers['values'] = answer()
    for (let i = 0; i < 4; i += 1) expect(await remarksOf()).toEqual([])
  })

  it('are not told where none of many metrics has data: they are elsewhere', async () => {
    const many = Array.from({ length: 6 }, (_, i) => ({
      name: `R${String(i)}`,
      query: `m${String(i)} > 1`,
    }))
    answers['rules'] = reply(200, success({ groups: [{ name: 'g', rules: many }] }))
    answers['values'] = reply(200, success([]))
    for (let i = 0; i < 4; i += 1) expect(await remarksOf()).toEqual([])
  })

  it('are asked for by one question a poll, and what was found stays when that fails', async () => {
    const many = Array.from({ length: 90 }, (_, i) => ({
      name: `R${String(i)}`,
      query: `m${String(i)} > 1`,
    }))
    answers['rules'] = reply(200, success({ groups: [{ name: 'g', rules: many }] }))
    answers['values'] = reply(200, success(many.slice(1).map((_, i) => `m${String(i + 1)}`)))
    const said: number[] = []
    for (let i = 0; i < 6; i += 1) said.push((await remarksOf()).length)
    expect(said).toEqual([0, 0, 0, 0, 1, 1])
    expect(questions()).toHaveLength(3)
    answers['values'] = reply(500)
    clock.advance(3_601_000)
    expect(await remarksOf()).toHaveLength(1)
  })

  it('are asked for in questions of bearable length', async () => {
    const many = Array.from({ length: 3_000 }, (_, i) => ({
      name: `R${String(i)}`,
      query: `a_metric_with_a_rather_long_name_${String(i)} > 1`,
      health: 'ok',
    }))
    answers['rules'] = reply(200, success({ groups: [{ name: 'g', rules: many }] }))
    const { findings } = await source.test(new AbortController().signal)
    expect(questions()).toHaveLength(25)
    for (const { path } of questions()) expect(path.length).toBeLessThan(4_000)
    expect(findings).toContainEqual(
      expect.stringMatching(/^1000 alerting rules read .* and 992 more\./),
    )
  })
})

describe('test', () => {
  it('says what was found, without any effect', async () => {
    source = create({ heartbeats: ['alertname="Watchdog"', 'alertname="Absent"'] })
    const report = await source.test(new AbortController().signal)
    expect(report).toMatchObject({ isWorking: true, problem: null })
    expect(report.findings[0]).toMatch(
      /^Prometheus 2\.42\.0\+ds, up since \d{4}-\d\d-\d\d \d\d:\d\d UTC$/,
    )
    expect(report.findings.slice(1)).toEqual([
      '3 alerts: 2 firing, 1 pending',
      'external labels cluster="lab", replica="0" (from the server)',
      '4 alerting rules, 1 of them cannot be evaluated: CannotBeEvaluated',
      'the rule group availability, with ServiceDown, DiskWillFill, Watchdog: last evaluated 2026-11-21 07:05 UTC, its interval is 0.2 s',
      'the rule group broken, with CannotBeEvaluated: last evaluated 2026-11-21 07:05 UTC, its interval is 0.2 s',
      'heartbeat alertname="Watchdog" is present',
      'heartbeat alertname="Absent" is missing',
    ])
    expect((await poll()).kind).toBe('all')
  })

  it('says what cannot be read and goes on', async () => {
    for (const name of ['config', 'rules', 'buildinfo']) answers[name] = reply(403)
    const { findings, isWorking } = await source.test(new AbortController().signal)
    expect(isWorking).toBe(true)
    expect(findings.join('\n')).toContain('external labels cannot be read')
    expect(findings.join('\n')).toContain('cannot be read')
  })

  it('says what is wrong', async () => {
    answers['alerts'] = reply(404)
    const report = await source.test(new AbortController().signal)
    expect(report).toMatchObject({ isWorking: false, problem: { code: 'not-found' } })
  })
})
