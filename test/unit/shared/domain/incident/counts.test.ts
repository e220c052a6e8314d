import { describe, expect, it } from 'vitest'
import { countAlert, noAlerts, worstSeverity } from '#shared/domain/incident/counts.ts'
import { decideIncident } from '#shared/domain/incident/decide.ts'
import { evolveIncident } from '#shared/domain/incident/evolve.ts'
import { isInformational, queueSection, type Incident } from '#shared/domain/incident/schema.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const mute = { kind: 'mute', id: 'night' } as const
const ada = { kind: 'person', id: 'ada', name: 'ada' } as const
const open = (change: Partial<Incident> = {}) =>
  incidentWith({
    id: 'i',
    severity: 'P1',
    startedAt: 0,
    triggeredAt: 0,
    changedAt: 0,
    counts: noAlerts,
    ...change,
  })

describe('countAlert', () => {
  it('takes away what it added, whatever the alert is', () => {
    for (const status of ['firing', 'unconfirmed', 'resolved'] as const) {
      for (const severity of ['P0', 'P3'] as const) {
        for (const suppression of [[], [mute]]) {
          for (const labels of [{}, { severity: 'info' }] as const) {
            const alert = { status, severity, suppression, labels }
            const one = countAlert(noAlerts, alert, 1)
            expect(one).not.toEqual(noAlerts)
            expect(countAlert(one, alert, -1)).toEqual(noAlerts)
          }
        }
      }
    }
  })

  it('gives the severity of what is active, and of the suppressed only where nothing else is', () => {
    expect(worstSeverity(noAlerts)).toBeNull()
    const suppressed = countAlert(
      noAlerts,
      { status: 'firing', severity: 'P0', suppression: [mute], labels: {} },
      1,
    )
    expect(worstSeverity(suppressed)).toBe('P0')
    const active = { status: 'unconfirmed', severity: 'P2', labels: {} } as const
    expect(worstSeverity(countAlert(suppressed, { ...active, suppression: [] }, 1))).toBe('P2')
    const resolved = { status: 'resolved', severity: 'P0', labels: {} } as const
    expect(worstSeverity(countAlert(noAlerts, { ...resolved, suppression: [] }, 1))).toBeNull()
  })
})

describe('an informational incident', () => {
  const counted = (alerts: readonly { severity: 'P2' | 'P3'; word?: string; isHeld?: boolean }[]) =>
    open({
      counts: alerts.reduce(
        (counts, { severity, word, isHeld }) =>
          countAlert(
            counts,
            {
              status: 'firing',
              severity,
              suppression: isHeld ? [mute] : [],
              labels: word === undefined ? {} : { severity: word },
            },
            1,
          ),
        noAlerts,
      ),
    })

  it.each(['none', 'info', 'Informational', ' INFO '])('is one that says %j', (word) => {
    expect(isInformational(counted([{ severity: 'P3', word }]))).toBe(true)
  })

  it('is none that says anything else, or that a rule of the user raised', () => {
    expect(isInformational(counted([{ severity: 'P3', word: 'ticket' }]))).toBe(false)
    expect(isInformational(counted([{ severity: 'P3' }]))).toBe(false)
    expect(isInformational(counted([{ severity: 'P2', word: 'info' }]))).toBe(false)
    expect(isInformational(counted([]))).toBe(false)
  })

  it('is none as soon as one of its alerts calls, and again while that one is suppressed', () => {
    const info = { severity: 'P3', word: 'info' } as const
    expect(isInformational(counted([info, { severity: 'P2', word: 'warning' }]))).toBe(false)
    const held = { severity: 'P2', word: 'warning', isHeld: true } as const
    expect(isInformational(counted([info, held]))).toBe(true)
    expect(isInformational(counted([{ ...info, isHeld: true }]))).toBe(false)
  })
})

describe('an incident', () => {
  it('is made anew by the same event with the counts it had', () => {
    const body = {
      type: 'incident.triggered',
      incidentId: 'i',
      groupKey: 'g',
      group: {},
      title: 't',
      severity: 'P2',
      startedAt: 1,
      decisions: [],
    } as const
    const counts = { ...noAlerts, firing: 2 }
    const event = { at: 9, actor: ada }
    const again = evolveIncident(open({ counts, revision: 4 }), { ...body, decisions: [] }, event)
    expect(again).toMatchObject({ counts, revision: 5, severity: 'P2', triggeredAt: 9 })
    expect(
      evolveIncident(undefined, { type: 'incident.noted', incidentId: 'i', text: 'x' }, event),
    ).toBeUndefined()
  })

  it('is given back and reopened as one that asks', () => {
    const event = { at: 9, actor: ada }
    const had = open({ status: 'acknowledged', acknowledged: { at: 1, by: ada, severity: 'P1' } })
    const context = { now: 9, maxSnoozeMs: 1_000 }
    const command = { type: 'incident.unacknowledge', incidentId: 'i' } as const
    expect(decideIncident(had, command, context)).toMatchObject({ ok: true })
    expect(
      evolveIncident(had, { type: 'incident.unacknowledged', incidentId: 'i' }, event),
    ).toMatchObject({ status: 'triggered', triggeredAt: 9, acknowledged: null })
    const over = open({ status: 'resolved', resolved: { at: 1, by: ada } })
    const reopen = { type: 'incident.reopen', incidentId: 'i' } as const
    expect(decideIncident(over, reopen, context)).toMatchObject({ ok: true })
    for (const [status, code] of [
      ['triggered', 'already-done'],
      ['acknowledged', 'already-done'],
      ['closed', 'not-allowed-now'],
    ] as const) {
      expect(decideIncident(open({ status }), reopen, context)).toMatchObject({ error: { code } })
    }
    expect(
      evolveIncident(over, { type: 'incident.reopened', incidentId: 'i' }, event),
    ).toMatchObject({ status: 'triggered', resolved: null })
  })

  it('is always shown in exactly one section', () => {
    const snoozed = { at: 0, until: 9, by: ada }
    const held = { ...noAlerts, firing: 1, suppressed: 1 }
    expect(queueSection(open())).toBe('active')
    expect(queueSection(open({ counts: held }))).toBe('suppressed')
    expect(queueSection(open({ counts: held, snoozed }))).toBe('snoozed')
    expect(queueSection(open({ counts: { ...held, unconfirmed: 1 } }))).toBe('active')
    expect(queueSection(open({ counts: held, snoozed, status: 'resolved' }))).toBe('resolved')
    expect(queueSection(open({ counts: held, snoozed, status: 'closed' }))).toBe('closed')
  })
})
