import { describe, expect, it } from 'vitest'
import type { AgendaQuery } from '#electron/engine/ports/readings.ts'
import { usualRhythm } from '#shared/domain/meeting/rhythm.ts'
import { windowOf } from '#shared/domain/meeting/window.ts'
import type { NewEvent } from '#shared/domain/watch/event.ts'
import { recordedDay } from '#test/fixtures/meeting-day.ts'
import { valueOf } from './journal-fixtures.ts'
import type { ReadingsStand } from './readings-stand.ts'

const never = new AbortController().signal

/** What every implementation of the `Readings` port promises of the agendas of meetings. */
export function describeAgendaReadings(name: string, stand: () => ReadingsStand): void {
  describe('the agenda of a meeting', () => {
    const rhythm = usualRhythm('Europe/Berlin')
    const window = windowOf(rhythm, 'morning', '2026-11-24')
    const question: AgendaQuery = {
      ...{ kind: 'morning', day: '2026-11-24', window, to: window.at },
      ...{ drills: 'without', leftOut: [] },
    }
    const lastsFor = (weeks: number): NewEvent => ({
      ...{ id: `lasts-${String(weeks)}`, at: window.at - weeks * 7 * 86_400_000 },
      actor: { kind: 'deckwatch' },
      body: {
        ...{ type: 'incident.triggered', incidentId: `lasts-${String(weeks)}`, group: {} },
        ...{ groupKey: 'lasts', title: `Lasts for ${String(weeks)} weeks`, severity: 'P2' },
        ...{ startedAt: 1, decisions: [] },
      },
    })
    const drill: NewEvent = {
      ...{ id: 'drill', at: 1 },
      actor: { kind: 'deckwatch' },
      body: { type: 'source.added', sourceId: 'am', sourceType: 'drill', name: 'am' },
    }
    const begin = (first: readonly NewEvent[] = []) => {
      const events = [...first, lastsFor(6), ...recordedDay().map(({ seq: _, ...rest }) => rest)]
      valueOf(stand().journal.append(events, []))
      stand().readings.recorded()
    }
    const texts = async (change: Partial<AgendaQuery> = {}) => {
      const found = valueOf(await stand().readings.agenda({ ...question, ...change }, never))
      expect(found.unreadable).toBe(0)
      return found.lines.filter(({ section }) => section !== 'trends').map(({ text }) => text)
    }

    it('is made of all that was recorded, also of what has been open for long', async () => {
      begin()
      expect(await texts()).toEqual([
        'Payments fail: resolved by Bo after 40m',
        'Only a drill: unacknowledged, open for 5h',
        'Checkout is slow: acknowledged by Ada, open for 4d1h',
        'Lasts for 6 weeks: unacknowledged, open for 42d',
        'Search lags: unacknowledged, open for 6h',
        'No owner: Only a drill',
        'No owner: Lasts for 6 weeks',
        'No owner: Search lags',
        'Ada: 1 incident',
      ])
    })

    it('leaves out what is not for who asks', async () => {
      begin()
      const leftOut = ['practice', 'payments', 'lasts-6']
      expect(await texts({ leftOut })).toEqual([
        'Checkout is slow: acknowledged by Ada, open for 4d1h',
        'Search lags: unacknowledged, open for 6h',
        'No owner: Search lags',
        'Ada: 1 incident',
      ])
    })

    it('leaves out drills, or shows them alone', async () => {
      begin([drill])
      valueOf(await stand().readings.incident('practice', never))
      expect(await texts()).toEqual([
        'Lasts for 6 weeks: unacknowledged, open for 42d',
        'No owner: Lasts for 6 weeks',
      ])
      expect(await texts({ drills: 'only' })).toContain('Payments fail: resolved by Bo after 40m')
    })

    it('knows what was answered after its time', async () => {
      begin()
      const afternoon = windowOf(rhythm, 'afternoon', '2026-11-24')
      const lines = await texts({
        ...{ kind: 'afternoon', window: afternoon, to: afternoon.from + 60_000 },
      })
      expect(lines).toContain('Deploy after 16:00 (Ada): done by Bo')
    })

    it('is not made where it was cancelled', async () => {
      begin()
      const abort = new AbortController()
      abort.abort()
      expect(await stand().readings.agenda(question, abort.signal)).toMatchObject({
        ok: false,
        error: { code: 'cancelled' },
      })
      const later = new AbortController()
      const answer = stand().readings.agenda(question, later.signal)
      later.abort()
      if (name !== 'in memory') expect((await answer).ok).toBe(false)
      expect(await texts()).toContain('Search lags: unacknowledged, open for 6h')
    })
  })
}
