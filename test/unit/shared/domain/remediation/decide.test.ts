import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import { decideRemediation, type Considered } from '#shared/domain/remediation/decide.ts'
import type { RemediationBody } from '#shared/domain/remediation/events.ts'
import { evolveRemediation, evolveRemediationRecord } from '#shared/domain/remediation/evolve.ts'
import {
  isUnderWay,
  type Remediation,
  type RemediationRecord,
} from '#shared/domain/remediation/schema.ts'
import type { Verdict } from '#shared/domain/trigger/judge.ts'

const verdict = (standing: Verdict['standing'], since: number | null = 0): Verdict => ({
  standing,
  value: null,
  threshold: '',
  reason: null,
  since,
  dueAt: null,
})

const counts = { ...noAlerts, firing: 1 }
const about = {
  incidentId: 'i',
  policy: 'p',
  remediationId: 'r',
  title: 'Restart',
  runbook: 'playbook:a.md',
  step: 'restart',
  tell: [],
}
const remediation = (more: Partial<Remediation>): Remediation => ({
  ...about,
  left: 1,
  times: 2,
  withinMs: 1_000,
  status: 'proposed',
  because: 'memory',
  heldBack: null,
  by: null,
  executionId: null,
  watchMs: null,
  watchedSince: null,
  watchedUntil: null,
  endedAt: null,
  end: null,
  why: null,
  since: 0,
  ...more,
})

const considered = (more: Partial<Considered> = {}): Considered => ({
  policy: { mode: 'act', times: 2, withinMs: 1_000 },
  isAllowed: true,
  heldBack: null,
  incident: { status: 'triggered', isDrill: false, counts },
  remediation: undefined,
  record: undefined,
  isBusy: false,
  measure: { due: verdict('crossed', 100), improves: null, measuredAt: null },
  now: 5_000,
  ...more,
})
const decide = (more: Partial<Considered> = {}) => decideRemediation(considered(more))
const due = (standing: Verdict['standing'], since: number | null = 100) => ({
  measure: { due: verdict(standing, since), improves: null, measuredAt: null },
})
const record = (more: Partial<RemediationRecord> = {}): RemediationRecord => ({
  policy: 'p',
  begun: [],
  stopped: null,
  changes: 0,
  ...more,
})
const stopped = { at: 0, incidentId: 'i', reason: 'failed', text: '' } as const

describe('a remediation that is not begun', () => {
  it('is done where its policy says so, else proposed', () => {
    expect(decide()).toEqual({ kind: 'act', allowance: { left: 2, times: 2, withinMs: 1_000 } })
    expect(decide({ heldBack: 'not trusted' })).toMatchObject({
      kind: 'propose',
      heldBack: 'not trusted',
    })
    const policy = { mode: 'propose', times: 2, withinMs: 1_000 } as const
    expect(decide({ policy, heldBack: 'not trusted' })).toMatchObject({
      kind: 'propose',
      heldBack: null,
    })
  })

  it.each([
    ['not-allowed', { isAllowed: false }],
    ['incident-over', { incident: { status: 'resolved', isDrill: false, counts } }],
    ['practice', { incident: { status: 'triggered', isDrill: true, counts } }],
    [
      'suppressed',
      { incident: { status: 'triggered', isDrill: false, counts: { ...counts, suppressed: 1 } } },
    ],
    ['stopped', { record: record({ stopped }) }],
    ['not-due', due('holding')],
    ['not-due', due('clear')],
    ['not-due', due('unknown')],
    ['busy', { isBusy: true }],
  ] as const)('waits: %s', (why, more) => {
    expect(decide(more)).toEqual({ kind: 'wait', why })
  })

  it('counts only what its time has not forgotten, and stops where it was done too often', () => {
    expect(decide({ record: record({ begun: [4_000, 4_500] }) })).toMatchObject({
      kind: 'act',
      allowance: { left: 1 },
    })
    expect(decide({ record: record({ begun: [4_001, 4_500] }) })).toEqual({
      kind: 'stop',
      reason: 'too-often',
    })
    // A clock that was set back gives nothing away.
    expect(decide({ record: record({ begun: [9_000, 9_500] }) })).toMatchObject({ kind: 'stop' })
  })

  it('is done again only where its condition came to hold anew', () => {
    const before = remediation({ status: 'finished', end: 'improved', endedAt: 200 })
    expect(decide({ remediation: before })).toEqual({ kind: 'wait', why: 'done-already' })
    expect(decide({ remediation: before, ...due('crossed', 201) })).toMatchObject({ kind: 'act' })
    expect(decide({ remediation: before, ...due('crossed', null) })).toMatchObject({ kind: 'wait' })
    const dismissed = remediation({ status: 'withdrawn', end: 'dismissed', endedAt: 200 })
    expect(decide({ remediation: dismissed })).toMatchObject({ kind: 'wait' })
    const off = remediation({ status: 'withdrawn', end: 'turned-off', endedAt: 200 })
    expect(decide({ remediation: off })).toMatchObject({ kind: 'act' })
  })
})

describe('a proposal', () => {
  it.each([
    ['incident-over', { incident: { status: 'closed', isDrill: false, counts } }],
    ['turned-off', { isAllowed: false }],
    ['stopped', { record: record({ stopped }) }],
    ['no-longer', due('clear')],
  ] as const)('is withdrawn: %s', (reason, more) => {
    expect(decide({ remediation: remediation({}), ...more })).toEqual({ kind: 'withdraw', reason })
  })

  it('stands while nothing is known', () => {
    expect(decide({ remediation: remediation({}), ...due('unknown') })).toMatchObject({
      kind: 'wait',
    })
  })
})

describe('one that ran', () => {
  const watching = remediation({ status: 'watching', watchedSince: 1_000, watchedUntil: 6_000 })

  it('has helped when its condition holds no longer, or what it names holds', () => {
    expect(decide({ remediation: watching, ...due('clear') })).toEqual({
      kind: 'finish',
      reason: 'improved',
    })
    const improves = (standing: Verdict['standing'], measuredAt: number) => ({
      measure: { due: verdict('crossed'), improves: verdict(standing), measuredAt },
    })
    expect(decide({ remediation: watching, ...improves('crossed', 1_001) })).toMatchObject({
      kind: 'finish',
    })
    expect(decide({ remediation: watching, ...improves('holding', 1_001) })).toMatchObject({
      kind: 'wait',
    })
    // Measured before it ran.
    expect(decide({ remediation: watching, ...improves('crossed', 1_000) })).toMatchObject({
      kind: 'wait',
    })
  })

  it('has not helped when its time is over, or nobody knows', () => {
    for (const standing of ['crossed', 'holding', 'unknown'] as const) {
      expect(decide({ remediation: watching, now: 6_000, ...due(standing) })).toEqual({
        kind: 'stop',
        reason: 'not-improved',
      })
    }
  })

  it('ends with its incident', () => {
    const incident = { status: 'resolved', isDrill: false, counts } as const
    expect(decide({ remediation: watching, incident, now: 9_000 })).toEqual({
      kind: 'finish',
      reason: 'incident-over',
    })
    expect(decide({ remediation: remediation({ status: 'running' }), incident })).toMatchObject({
      kind: 'wait',
    })
  })
})

/** What happens in a story of two incidents: a tick, a command that ends, a person. */
const happening = fc.record({
  passed: fc.integer({ min: 1, max: 10 }),
  incident: fc.constantFrom('a', 'a', 'b'),
  standing: fc.constantFrom<Verdict['standing'][]>('crossed', 'crossed', 'clear', 'unknown'),
  isSinceNow: fc.integer({ min: 0, max: 4 }).map((number) => number > 0),
  ends: fc.constantFrom('well', 'well', 'well', 'well', 'badly', 'not-yet'),
  isReArmed: fc.integer({ min: 0, max: 29 }).map((number) => number === 0),
})

it('never begins more often than allowed, never beside another, never while it is stopped', () => {
  const TIMES = 2
  const WITHIN = 200
  fc.assert(
    fc.property(fc.array(happening, { minLength: 20, maxLength: 120 }), (story) => {
      const remediations = new Map<string, Remediation>()
      let kept: RemediationRecord | undefined
      let now = 1_000
      let begun: number[] = []
      const tell = (body: RemediationBody) => {
        const occurrence = { at: now, actor: { kind: 'deckwatch' } } as const
        kept = evolveRemediationRecord(kept, body, occurrence)
        if (body.type === 'remediation.re-armed') {
          for (const [id, { status }] of [...remediations]) {
            if (status === 'stopped') remediations.delete(id)
          }
          return
        }
        const after = evolveRemediation(remediations.get(body.incidentId), body, occurrence)
        if (after) remediations.set(body.incidentId, after)
      }
      for (const { passed, incident, standing, isSinceNow, ends, isReArmed } of story) {
        now += passed
        const facts = { ...about, incidentId: incident }
        if (isReArmed) {
          tell({ type: 'remediation.re-armed', policy: 'p', title: 'Restart', incidentId: 'a' })
          begun = []
        }
        const known = remediations.get(incident)
        if (known?.status === 'running' && ends !== 'not-yet') {
          tell(
            ends === 'well'
              ? { type: 'remediation.ran', ...facts, watchedUntil: now + 30 }
              : { type: 'remediation.stopped', ...facts, reason: 'failed', why: '' },
          )
        }
        const isBusy = [...remediations.values()].some(isUnderWay)
        const wasStopped = (kept?.stopped ?? null) !== null
        const decided = decideRemediation(
          considered({
            policy: { mode: 'act', times: TIMES, withinMs: WITHIN },
            remediation: remediations.get(incident),
            record: kept,
            isBusy,
            ...due(standing, isSinceNow ? now : 0),
            now,
          }),
        )
        if (decided.kind === 'act') {
          expect(isBusy).toBe(false)
          expect(wasStopped).toBe(false)
          begun.push(now)
          const recent = begun.filter((at) => at > now - WITHIN)
          expect(recent.length).toBeLessThanOrEqual(TIMES)
          const { allowance } = decided
          const why = { because: '', executionId: 'e', watchMs: 30, person: null }
          tell({ type: 'remediation.begun', ...facts, ...allowance, ...why })
          expect([...remediations.values()].filter(isUnderWay)).toHaveLength(1)
        } else if (decided.kind === 'stop') {
          tell({ type: 'remediation.stopped', ...facts, reason: decided.reason, why: '' })
        } else if (decided.kind === 'finish') {
          tell({ type: 'remediation.finished', ...facts, reason: decided.reason, why: null })
        }
      }
    }),
  )
})
