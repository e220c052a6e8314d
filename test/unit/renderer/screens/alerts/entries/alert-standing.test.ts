import { describe, expect, it } from 'vitest'
import { quietReasons, statesOf } from '#renderer/screens/alerts/entries/alert-standing.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'

const by = { kind: 'person', id: 'bo', name: 'bo' } as const
const silence = {
  kind: 'silence',
  id: 's',
  createdBy: 'alice',
  comment: 'rack',
  endsAt: 9,
} as const

function entry(alert: Partial<Alert>, incident: Partial<Incident> | null = {}, isGone = false) {
  return {
    key: 'a',
    alert: alertWith({ key: 'a', ...alert }),
    incident: incident && incidentWith({ id: 'i1', ...incident }),
    isGone,
  }
}

const kinds = (...given: Parameters<typeof entry>) =>
  quietReasons(entry(...given)).map(({ kind }) => kind)

describe('quietReasons', () => {
  it('has none for an alert that needs somebody', () => {
    expect(kinds({})).toEqual([])
    expect(kinds({ status: 'unconfirmed' })).toEqual([])
    expect(kinds({}, null)).toEqual([])
  })

  it('has one for each thing that holds it back, the strongest first', () => {
    const acknowledged = { at: 1, by, severity: 'P2' } as const
    const snoozed = { at: 1, until: 9, by }
    expect(
      kinds(
        { suppression: [silence, { kind: 'mute', id: 'night' }], flappingSince: 4 },
        { acknowledged, snoozed, status: 'acknowledged' },
      ),
    ).toEqual(['suppressed', 'suppressed', 'snoozed', 'acknowledged', 'flapping'])
  })

  it('says of what is over only that it is over, and of what is gone that it is gone', () => {
    expect(kinds({ status: 'resolved', endedBy: 'am', flappingSince: 4 })).toEqual(['resolved'])
    expect(kinds({ suppression: [silence] }, {}, true)).toEqual(['gone'])
  })

  it('tells an incident that was resolved or closed while its alert fires', () => {
    const resolved = { at: 5, by }
    expect(kinds({}, { status: 'resolved', resolved })).toEqual(['called-resolved'])
    expect(kinds({}, { status: 'closed', resolved, closed: { at: 6, by } })).toEqual(['closed'])
  })

  it('names what holds the page back only where nothing else does', () => {
    const held = { [OWNER_ID]: { at: 1, by: 'quiet-hours', until: 9 } } as const
    expect(kinds({}, { held })).toEqual(['held'])
    expect(kinds({ suppression: [silence] }, { held })).toEqual(['suppressed'])
  })
})

describe('statesOf', () => {
  it.each<[Partial<Alert>, Partial<Incident>, string]>([
    [{}, {}, 'firing active triggered'],
    [{ status: 'unconfirmed' }, {}, 'unconfirmed active triggered'],
    [{}, { snoozed: { at: 1, until: 2, by } }, 'firing snoozed active'],
    [
      {},
      { status: 'acknowledged', acknowledged: { at: 1, by, severity: 'P2' } },
      'firing acknowledged active',
    ],
    [{ suppression: [silence] }, {}, 'firing suppressed silenced'],
    [
      { suppression: [{ kind: 'inhibition', id: 'x', by: null }] },
      {},
      'firing suppressed inhibited',
    ],
    [{ status: 'resolved', flappingSince: 1 }, {}, 'flapping resolved'],
  ])('%j of %j', (alert, incident, states) => {
    expect(statesOf(entry(alert, incident)).join(' ')).toBe(states)
  })
})
