import { describe, expect, it } from 'vitest'
import { decideIncident } from '#shared/domain/incident/decide.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import type { Growth } from '#shared/domain/incident/growth-schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const NOW = Date.UTC(2026, 10, 21, 3)
const context = { now: NOW, maxSnoozeMs: 86_400_000 }
const ada = { kind: 'person', id: 'ada', name: 'ada' } as const

const incident = (change: Partial<Incident> = {}) =>
  incidentWith({ id: 'i', severity: 'P1', counts: { ...noAlerts, firing: 1 }, ...change })
const id = { incidentId: 'i' }

describe('decideIncident', () => {
  it.each([
    ['not-found', undefined, { type: 'incident.acknowledge', ...id }],
    ['not-allowed-now', incident({ status: 'resolved' }), { type: 'incident.acknowledge', ...id }],
    [
      'already-done',
      incident({ acknowledged: { at: 1, by: ada, severity: 'P1' } }),
      { type: 'incident.acknowledge', ...id },
    ],
    [
      'not-allowed-now',
      incident({ status: 'closed' }),
      { type: 'incident.snooze', ...id, until: NOW + 1 },
    ],
    ['invalid-input', incident(), { type: 'incident.snooze', ...id, until: NOW }],
    ['invalid-input', incident(), { type: 'incident.snooze', ...id, until: NOW + 86_400_001 }],
    ['already-done', incident(), { type: 'incident.unsnooze', ...id }],
    ['alerts-still-firing', incident(), { type: 'incident.resolve', ...id, evenIfFiring: false }],
    [
      'already-done',
      incident({ status: 'resolved' }),
      { type: 'incident.resolve', ...id, evenIfFiring: true },
    ],
    ['already-done', incident({ status: 'closed' }), { type: 'incident.close', ...id }],
    ['not-allowed-now', incident(), { type: 'incident.close', ...id }],
    ['alerts-still-firing', incident({ status: 'resolved' }), { type: 'incident.close', ...id }],
  ] as const)('refuses with %s', (code, known, command) => {
    const decided = decideIncident(known, command, context)
    expect(decided).toMatchObject({ ok: false, error: { code } })
    if (!decided.ok) expect(decided.error.message).toMatch(/\.$/)
  })

  it('refuses to put aside what was not known yet when that was said', () => {
    const asksAgain = { at: NOW - 1_000, reason: 'worse', acknowledgedBy: null } as const
    const worse = incident({ severity: 'P0', asksAgain })
    const commands = [
      { type: 'incident.acknowledge', ...id },
      { type: 'incident.snooze', ...id, until: NOW + 1_000 },
      { type: 'incident.resolve', ...id, evenIfFiring: true },
    ] as const
    for (const command of commands) {
      const before = decideIncident(worse, command, { ...context, saidAt: NOW - 2_000 })
      expect(before).toMatchObject({
        error: {
          code: 'not-allowed-now',
          message: 'Since you gave this command, the incident was raised to P0.',
        },
      })
      expect(decideIncident(worse, command, { ...context, saidAt: NOW - 500 }).ok).toBe(true)
      expect(decideIncident(worse, command, context).ok).toBe(true)
    }
    const note = { type: 'incident.note', ...id, text: 'seen' } as const
    expect(decideIncident(worse, note, { ...context, saidAt: NOW - 2_000 }).ok).toBe(true)
  })

  it('says by how much the incident grew since a late command was given', () => {
    const growth = {
      severity: 'P0',
      firing: 11,
      was: 1,
      others: 10,
      noun: 'host',
      fresh: [],
      since: 'acknowledged',
      by: { kind: 'person', id: 'ada', name: 'ada' },
    } satisfies Growth
    const asksAgain = { at: NOW - 1_000, reason: 'grown', acknowledgedBy: null } as const
    const grown = incident({ asksAgain: { ...asksAgain, growth } })
    const acknowledge = { type: 'incident.acknowledge', ...id } as const
    expect(decideIncident(grown, acknowledge, { ...context, saidAt: NOW - 2_000 })).toMatchObject({
      error: { message: 'Since you gave this command, the incident grew: 10 more hosts.' },
    })
  })

  it('counts in words what still fires', () => {
    const say = (counts: Partial<Incident['counts']>) =>
      decideIncident(
        incident({ counts: { ...noAlerts, ...counts } }),
        { type: 'incident.resolve', ...id, evenIfFiring: false },
        context,
      )
    expect(say({ firing: 1 })).toMatchObject({
      error: { message: '1 alert of this incident still fires.' },
    })
    expect(say({ firing: 3 })).toMatchObject({
      error: { message: '3 alerts of this incident still fire.' },
    })
    expect(say({ unconfirmed: 1 })).toMatchObject({
      error: { message: expect.stringContaining('1 alert is unconfirmed') as string },
    })
    expect(say({ unconfirmed: 2 })).toMatchObject({
      error: { message: expect.stringContaining('2 alerts are unconfirmed') as string },
    })
  })

  it('accepts the rest', () => {
    expect(
      decideIncident(incident(), { type: 'incident.resolve', ...id, evenIfFiring: true }, context),
    ).toEqual({
      ok: true,
      value: [{ type: 'incident.resolved', incidentId: 'i', stillFiring: 1 }],
    })
    const cleared = incident({ status: 'resolved', counts: { ...noAlerts, unconfirmed: 2 } })
    expect(decideIncident(cleared, { type: 'incident.close', ...id }, context).ok).toBe(true)
    expect(decideIncident(cleared, { type: 'incident.note', ...id, text: 'x' }, context).ok).toBe(
      true,
    )
  })
})
