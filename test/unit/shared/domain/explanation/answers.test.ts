import { describe, expect, it } from 'vitest'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { explainIncident } from '#shared/domain/explanation/explain.ts'
import { actorName } from '#shared/domain/actor/name.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'

const ada = { kind: 'person', id: 'ada', name: 'ada' } as const
const incident = incidentWith({
  id: 'i',
  group: { service: 'db' },
  severity: 'P0',
  counts: noAlerts,
})
const alert = alertWith({
  key: 'k',
  labels: { alertname: 'DiskFull' },
  incidentId: 'i',
  decisions: ['new-incident', 'flapping 5 30', 'a-code-of-tomorrow with words'],
})
const answer = (change: Partial<Incident>, of?: Alert) =>
  explainIncident({ ...incident, ...change }, of).answer

describe('the answer to why', () => {
  it('says how many alerts are active, and of how many that is not the whole truth', () => {
    expect(answer({ counts: { ...noAlerts, firing: 1 } })).toContain('1 alert is active and')
    const mixed = answer({ counts: { ...noAlerts, firing: 2, unconfirmed: 1, suppressed: 1 } })
    expect(mixed).toContain('3 alerts are active (1 of them suppressed, 1 of them unconfirmed')
    expect(answer({ counts: { ...noAlerts, unconfirmed: 1 } })).not.toContain('suppressed')
  })

  it('says how long an acknowledgement holds', () => {
    const acknowledged = { at: 0, by: ada, severity: 'P1' } as const
    const counts = { ...noAlerts, firing: 1 }
    expect(answer({ counts, acknowledged })).toContain('is raised above P1')
    expect(answer({ counts, acknowledged: { ...acknowledged, severity: 'P0' } })).not.toContain(
      'worse',
    )
  })

  it('says of the alert what is known of it', () => {
    expect(answer({}, { ...alert, decisions: [] })).toContain('fires as P2 (medium)')
    expect(answer({}, { ...alert, status: 'resolved' })).toContain('no longer fires')
    expect(answer({}, { ...alert, status: 'unconfirmed' })).toContain('is unconfirmed')
    const held = { ...alert, suppression: [{ kind: 'mute' as const, id: 'night' }] }
    expect(answer({}, held)).toContain('suppressed: muted by the time interval night')
  })

  it('tells the steps in words, also those that another version recorded', () => {
    const flapping = { ...alert, flappingSince: 1_000 }
    expect(explainIncident(incident, flapping).steps).toMatchObject([
      { stage: 'correlate', reason: 'no open incident for service="db"' },
      { stage: 'suppress', reason: expect.stringContaining('5 changes within 30 min') },
      { stage: 'route', outcome: 'recorded by another version' },
    ])
  })

  it('speaks of now, whatever was recorded when the alert fired', () => {
    const fired = alertWith({
      key: 'k',
      incidentId: 'i',
      decisions: ['not-suppressed', 'flapping 5 30', 'page a new P0 incident'],
    })
    const silence = {
      kind: 'silence' as const,
      id: 's',
      createdBy: 'bo',
      comment: null,
      endsAt: Date.UTC(2026, 10, 28, 4),
    }
    const silenced = { ...fired, suppression: [silence] }
    const counts = { ...noAlerts, firing: 1, suppressed: 1 }
    const was = { ...incident, counts, decisions: fired.decisions, triggeredAt: 0 }
    const { answer, steps } = explainIncident(was, undefined, undefined, [silenced])
    expect(answer).toBe('Not paging: its active alert is suppressed.')
    expect(steps).toEqual([
      {
        stage: 'suppress',
        outcome: 'suppressed',
        reason: 'silenced by bo until 2026-11-28 04:00 UTC',
      },
      {
        stage: 'route',
        outcome: 'triggered',
        reason: 'at 1970-01-01 00:00 UTC: a new P0 incident',
      },
    ])
    // And the other way round: a silence that has ended is none.
    const held = { ...fired, decisions: ['suppressed-by-source silenced by bo'] }
    expect(explainIncident(incident, held).steps).toMatchObject([{ outcome: 'not suppressed' }])
    const two = { ...noAlerts, firing: 2, suppressed: 1 }
    expect(
      explainIncident({ ...was, counts: two }, undefined, undefined, [silenced, fired]).steps[0],
    ).toMatchObject({ outcome: '1 of 2 alerts suppressed' })
    expect(explainIncident(was, { ...fired, status: 'resolved' }).steps[0]).toMatchObject({
      outcome: 'not suppressed',
      reason: 'no alert is active',
    })
  })

  it('names who did it', () => {
    expect(answer({ status: 'resolved', counts: { ...noAlerts, firing: 1 } })).toContain(
      'resolved by Deckwatch while 1 alert was still firing',
    )
    expect(
      [ada, { kind: 'source' as const, id: 'am' }, { kind: 'deckwatch' as const }].map(actorName),
    ).toEqual(['ada', 'am', 'Deckwatch'])
  })
})
