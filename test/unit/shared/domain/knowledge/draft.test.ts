import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { planFileSchema } from '#shared/domain/plan/file.ts'
import { draftOf } from '#shared/domain/knowledge/draft.ts'
import { incidentFacts } from '#shared/domain/knowledge/incident-facts.ts'
import type { Event, EventBody } from '#shared/domain/watch/event.ts'

const incidentId = 'i'
const on = { incidentId }

const opened: EventBody = {
  ...{ type: 'incident.triggered', ...on, groupKey: 'g', group: {}, title: 'Card payments fail' },
  ...{ severity: 'P0', startedAt: 1, decisions: [] },
}
const fired = (alertname: string): EventBody => ({
  ...{ type: 'alert.fired', ...on, key: alertname, alertId: alertname },
  ...{ labels: { alertname }, annotations: {}, startsAt: 1, sourceId: 'am', observations: {} },
  ...{ suppression: [], severity: 'P0', decisions: [] },
})
const step = (id: string, state: 'done' | 'open', note: string | null = null): EventBody => ({
  ...{ type: 'step.marked', ...on, step: id, text: `Do [${id}](https://x.example)` },
  ...{ state, note },
})
const asked = (executionId: string, shown: string, risk: 'read' | 'change'): EventBody => ({
  ...{ type: 'execution.requested', ...on, executionId, runbook: null, hash: null, commit: null },
  ...{ step: null, place: null, title: `Run ${executionId}`, kind: 'command', shown, risk },
  ...{ targets: [], reason: 'person', timeoutMs: null, expect: null, capture: null },
})
const ended = (executionId: string, code: number): EventBody => ({
  ...{ type: 'execution.finished', ...on, executionId, title: 'Run', reason: 'person' },
  ...{ outcome: { kind: 'exited', code }, verdict: 'unjudged', summary: '', durationMs: 1 },
  ...{ output: { bytes: 0, lines: 0, isCut: false }, captured: null },
})
const settled = (state: 'confirmed' | 'open'): EventBody => ({
  ...{ type: 'hypothesis.settled', ...on, hypothesisId: 'h', text: 'The certificate expired' },
  ...{ state, reason: null },
})

const story: readonly EventBody[] = [
  opened,
  fired('CardPaymentsFailing'),
  fired('CheckoutSlow'),
  step('look', 'done', 'it was *there*'),
  step('wait', 'done'),
  step('wait', 'open'),
  asked('pods', 'kubectl get pods\n```\nrm -rf /', 'read'),
  ended('pods', 0),
  asked('again', 'kubectl get pods\n```\nrm -rf /', 'read'),
  ended('again', 0),
  asked('restart', 'kubectl rollout restart', 'change'),
  ended('restart', 0),
  asked('broken', 'kubectl brake', 'change'),
  ended('broken', 1),
  settled('confirmed'),
  { type: 'decision.made', ...on, decisionId: 'd', text: 'Renew it by hand', reason: 'No time' },
  { type: 'measure.taken', ...on, measureId: 'm', text: 'Checks are off' },
  { type: 'incident.mitigated', ...on, note: 'Renewed the certificate' },
  { type: 'incident.noted', ...on, text: 'All is well' },
]

function read(bodies: readonly EventBody[]) {
  const events = bodies.map((body, index): Event => ({
    seq: index + 1,
    id: String(index),
    at: Date.UTC(2026, 10, 12),
    actor: { kind: 'person', id: 'ada', name: 'Ada' },
    body,
  }))
  const facts = incidentFacts(events)
  if (!facts) throw new Error('nothing was opened')
  return facts
}

describe('a plan from an incident', () => {
  const { text, name } = draftOf('plan', read(story), [])

  it('is a valid plan with what was done', () => {
    expect(name).toBe('card-payments-failing')
    const plan = planFileSchema.parse(parse(text))
    expect(plan.plan).toBe('card-payments-failing')
    expect(plan.title).toBe('Card payments fail')
    expect(plan.phases).toEqual([
      {
        name: 'Immediate',
        until: 900_000,
        steps: ['Do [look](https://x.example) (“it was *there*”)'],
      },
      { name: 'Resolve', steps: ['Renewed the certificate'] },
    ])
    expect(text).toContain('The certificate expired')
    expect(text).toContain('Renew it by hand')
    expect(text).not.toContain('brake')
    expect(text).not.toContain('wait')
  })

  it('has a name of its own', () => {
    const other = draftOf('plan', read(story), ['card-payments-failing'])
    expect(other.name).toBe('card-payments-failing-2')
    expect(planFileSchema.parse(parse(other.text)).plan).toBe('card-payments-failing-2')
  })

  it('matches nothing where no alert fired', () => {
    const plain = draftOf('plan', read([opened]), [])
    expect(planFileSchema.parse(parse(plain.text)).match).toBeUndefined()
    expect(plain.name).toBe('card-payments-fail')
  })
})

describe('a runbook from an incident', () => {
  const { text } = draftOf('runbook', read(story), [])

  it('has the steps, and each command once in a fence that it cannot close', () => {
    const { steps } = parseRunbook({ path: 'card.md', text })
    const commands = steps.flatMap((each) => each.commands.map(({ run }) => run))
    expect(commands).toEqual(['kubectl get pods\n```\nrm -rf /', 'kubectl rollout restart'])
    expect(text).toContain('1. Do [look](https://x.example) (“it was \\*there\\*”)')
    expect(text).toContain('Cause then: The certificate expired')
    expect(text).toContain('- Renewed the certificate')
  })

  it('escapes what people wrote', () => {
    const evil = draftOf(
      'runbook',
      read([opened, { type: 'incident.noted', ...on, text: '<b>x</b> [a](javascript:x)\n# h' }]),
      [],
    )
    expect(evil.text).toContain('- \\<b\\>x\\</b\\> \\[a\\](javascript:x) \\# h')
  })
})

describe.each(['plan', 'runbook'] as const)('every line of a %s', (kind) => {
  it('says which events it says, and goes with them', () => {
    const whole = draftOf(kind, read(story), [])
    const lines = whole.text.split('\n')
    expect(whole.said.length).toBeGreaterThan(5)
    for (const { line, events } of whole.said) {
      const without = story.filter((_, at) => at === 0 || !events.includes(at + 1))
      const rest = draftOf(kind, read(without), []).text.split('\n')
      const said = lines[line - 1] ?? ''
      // What opened it cannot go; the same may be said by another event that was run again.
      if (events.includes(1) || events.includes(7)) continue
      expect(rest.filter((each) => each === said).length, said).toBeLessThan(
        lines.filter((each) => each === said).length,
      )
    }
  })
})

describe('what a draft is made of', () => {
  it('is nothing without an incident', () => {
    expect(incidentFacts([])).toBeNull()
  })

  it('follows what was taken back', () => {
    expect(read([...story, settled('open')]).causes).toEqual([])
    const unmitigated: EventBody = { type: 'incident.unmitigated', ...on }
    expect(read([...story, unmitigated]).mitigations).toEqual([])
    expect(draftOf('plan', read([...story, unmitigated]), []).text).toContain('"All is well"')
  })

  it('takes the last note of before it was resolved', () => {
    const resolved: EventBody = { type: 'incident.resolved', ...on, stillFiring: 0 }
    const after: EventBody = { type: 'incident.noted', ...on, text: 'Written up' }
    expect(read([...story, resolved, after]).note?.text).toBe('All is well')
    const again: EventBody = { type: 'incident.reopened', ...on }
    expect(read([...story, resolved, again, after]).note?.text).toBe('Written up')
    expect(read([opened, { type: 'incident.retitled', ...on, title: 'Other' }]).title.text).toBe(
      'Other',
    )
  })
})
