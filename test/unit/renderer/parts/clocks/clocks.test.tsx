// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { IncidentClocks } from '#renderer/parts/clocks/incident-clocks.tsx'
import { NearestClock } from '#renderer/parts/clocks/nearest-clock.tsx'
import type {
  ClockKind,
  IncidentClocks as Clocks,
  ResponseClock,
} from '#shared/domain/clock/schema.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const MINUTE = 60_000

/** The engine's wall clock when the page is shown. */
const NOW = 1_700_000_000_000

function clock(kind: ClockKind, minutes: number, over: Partial<ResponseClock> = {}): ResponseClock {
  return {
    kind,
    status: 'running',
    startedAt: NOW,
    dueAt: NOW + minutes * MINUTE,
    warnAt: NOW + minutes * 0.8 * MINUTE,
    severity: 'P0',
    rule: { set: 'by-priority', isPlans: false, text: `${String(minutes)}m`, calendar: null },
    since: {},
    warnedAt: null,
    expiredAt: null,
    ended: null,
    ...over,
  }
}

function stateOf(clocks: Clocks['clocks']) {
  return stateWith({
    incidents: [incidentWith({ id: 'i' })],
    clocks: [{ incidentId: 'i', clocks, overAt: null, changes: 1 }],
  })
}

describe('the clock of an incident that is due next', () => {
  it('counts down by itself, warns, and counts on behind its time, without the engine', async () => {
    let renders = 0
    function Around() {
      renders += 1
      return <NearestClock incidentId="i" />
    }
    const clocks = { respond: clock('respond', 15), acknowledge: clock('acknowledge', 5) }
    const { ports, lose, until } = showCockpit(<Around />, stateOf(clocks))
    const shown = () => document.querySelector('[data-phase]')
    const after = (minutes: number) =>
      act(async () => {
        ports.pass(minutes * MINUTE)
        await Promise.resolve()
      })
    expect(shown()?.textContent).toBe('ack due in 5m')
    expect(shown()?.getAttribute('data-phase')).toBe('running')
    const before = renders
    await lose()
    await after(4.5)
    // Each second a beat: the next one shows it.
    await until(() => shown()?.textContent === 'ack due in 30s')
    expect(shown()?.getAttribute('data-phase')).toBe('soon')
    await after(2.5)
    await until(() => shown()?.textContent === 'ack overdue 2m')
    expect(shown()?.getAttribute('data-phase')).toBe('overdue')
    // Only the words that count were painted anew.
    expect(renders).toBe(before)
  })

  it('is none while none runs', () => {
    const met = clock('respond', 5, {
      status: 'met',
      ended: { at: NOW + MINUTE, by: null, how: 'response' },
    })
    showCockpit(<NearestClock incidentId="i" />, stateOf({ respond: met }))
    expect(document.querySelector('[data-phase]')).toBeNull()
  })
})

describe('the clocks of an incident', () => {
  it('say in words how each stands, and what it counts', () => {
    const by = { kind: 'person', id: 'bo', name: 'Bo' } as const
    const { screen } = showCockpit(
      <IncidentClocks incidentId="i" />,
      stateOf({
        acknowledge: clock('acknowledge', 5, {
          status: 'met',
          expiredAt: NOW + 5 * MINUTE,
          ended: { at: NOW + 8 * MINUTE, by, how: 'acknowledged' },
        }),
        respond: clock('respond', 240, {
          rule: {
            set: 'checkout-slow',
            isPlans: true,
            text: '4h in business hours',
            calendar: { id: 'berlin', zone: 'Europe/Berlin' },
          },
        }),
        plan: clock('plan', 60, {
          status: 'stopped',
          ended: { at: NOW + MINUTE, by: null, how: 'not-asked' },
        }),
      }),
    )
    const notes = screen.getAllByRole('note')
    expect(
      notes.map((note) => `${note.getAttribute('data-phase') ?? ''} ${note.textContent}`),
    ).toEqual([
      'late Acknowledgemet 3m late',
      'running Responddue in 4h 00m',
      'stopped Plan of actionnot needed',
    ])
    const why = notes.map(
      (note) => document.getElementById(note.getAttribute('aria-describedby') ?? '')?.textContent,
    )
    expect(why[0]).toMatch(/^5m since .*Response times: by-priority, P0\. Met at .* by Bo$/)
    expect(why[1]).toMatch(
      /^4h in business hours \(calendar berlin, Europe\/Berlin\) since .*, due .*Response times: plan checkout-slow$/,
    )
    expect(why[2]).toMatch(/Stopped at .*: nothing is asked for at this severity$/)
  })

  it('are nothing where the incident has none', () => {
    const { screen } = showCockpit(<IncidentClocks incidentId="other" />, stateOf({}))
    expect(screen.queryByRole('list')).toBeNull()
  })
})
