import { describe, expect, it } from 'vitest'
import {
  decision,
  readDecision,
  stageOf,
  stageOfCode,
  type DecisionCode,
} from '#shared/domain/decision/schema.ts'
import { explainDecision, explainIncident } from '#shared/domain/explanation/explain.ts'
import { explainSuppression } from '#shared/domain/alert/explain.ts'
import { actorName } from '#shared/domain/actor/name.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'

const ada = { kind: 'person', id: 'ada', name: 'ada' } as const
const T = Date.UTC(2026, 10, 21, 4)

const alert = alertWith({
  key: 'k',
  labels: { alertname: 'A' },
  severity: 'P0',
  incidentId: 'i',
  decisions: ['first-seen am'],
})
const incident = incidentWith({ id: 'i', severity: 'P0', counts: { ...noAlerts, firing: 2 } })
const answer = (change: Partial<Incident>, of?: Alert) =>
  explainIncident({ ...incident, ...change }, of).answer

describe('explanations', () => {
  it('has a sentence for each code that can be recorded', () => {
    for (const code of Object.keys(stageOfCode) as DecisionCode[]) {
      for (const text of [decision(code), decision(code, 'the detail')]) {
        const { outcome, reason } = explainDecision(text, { service: 'checkout' })
        expect(outcome).not.toBe('')
        expect(reason).not.toMatch(/undefined|\[object/)
        expect(stageOf(text)).toBe(stageOfCode[code])
      }
    }
    expect(explainDecision('new-incident', { service: 'checkout' }).reason).toContain(
      'service="checkout"',
    )
    expect(explainDecision('new-incident').reason).toContain('without any of the grouping labels')
  })

  it('shows what another version recorded as it is', () => {
    expect(explainDecision('brand-new thing')).toEqual({
      outcome: 'recorded by another version',
      reason: 'brand-new thing',
    })
    expect(readDecision('toString')).toBeNull()
  })

  it('names who silenced, until when and why', () => {
    const silence = {
      kind: 'silence',
      id: 's',
      createdBy: 'alice',
      comment: 'disk',
      endsAt: T,
    } as const
    expect(explainSuppression(silence)).toBe('silenced by alice until 2026-11-21 04:00 UTC: “disk”')
    expect(explainSuppression({ ...silence, createdBy: null, comment: null, endsAt: null })).toBe(
      'silenced',
    )
    expect(explainSuppression({ kind: 'inhibition', id: 'x', by: 'Down' })).toBe(
      'inhibited by Down',
    )
    expect(explainSuppression({ kind: 'inhibition', id: 'x', by: null })).toBe(
      'inhibited by another alert',
    )
    expect(explainSuppression({ kind: 'mute', id: 'night' })).toContain('night')
    expect(explainSuppression({ kind: 'heartbeat', id: 'h' })).toContain('heartbeat h')
  })

  it.each<[Partial<Incident>, string]>([
    [{}, '2 alerts are active and nobody has acknowledged'],
    [{ acknowledged: { at: T, by: ada, severity: 'P1' } }, 'ada acknowledged the incident'],
    [{ acknowledged: { at: T, by: ada, severity: 'P0' } }, 'holds until it resolves.'],
    [
      { counts: { ...noAlerts, firing: 2, suppressed: 1 } },
      '2 alerts are active (1 of them suppressed)',
    ],
    [{ counts: { ...noAlerts, unconfirmed: 1 } }, '1 of them unconfirmed'],
    [
      { snoozed: { at: T, until: T, by: ada } },
      'ada snoozed the incident until 2026-11-21 04:00 UTC',
    ],
    [{ counts: { ...noAlerts, firing: 2, suppressed: 2 } }, 'all 2 active alerts are suppressed'],
    [
      { status: 'resolved', resolved: { at: T, by: ada } },
      'resolved by ada while 2 alerts were still firing',
    ],
    [{ status: 'resolved', counts: noAlerts }, '0 alerts firing'],
    [{ status: 'closed' }, 'is closed'],
  ])('answers for an incident %j', (change, expected) => {
    expect(answer(change)).toContain(expected)
  })

  it('answers for an alert first', () => {
    expect(answer({}, alert)).toMatch(/^“A” fires as P0 \(critical\)\. The incident/)
    expect(answer({}, { ...alert, status: 'resolved' })).toContain('no longer fires')
    expect(answer({}, { ...alert, status: 'unconfirmed' })).toContain('not reported again yet')
    expect(answer({}, { ...alert, suppression: [{ kind: 'mute', id: 'n' }] })).toContain(
      'is suppressed: muted',
    )
    expect(explainIncident(incident, alert).steps).toEqual([
      { stage: 'deduplicate', outcome: 'new alert', reason: 'first reported by am' },
    ])
  })

  it('names actors', () => {
    expect(
      [ada, { kind: 'source', id: 'am' } as const, { kind: 'deckwatch' } as const].map(actorName),
    ).toEqual(['ada', 'am', 'Deckwatch'])
  })
})
