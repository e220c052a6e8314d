import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Journal } from '#electron/engine/ports/journal.ts'
import type { PastIncidentQuery, PastIncidents, Readings } from '#electron/engine/ports/readings.ts'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { parseMatchers, type Matcher } from '#shared/domain/matcher/matcher.ts'
import type { EventBody, NewEvent } from '#shared/domain/watch/event.ts'
import { valueOf } from './journal-fixtures.ts'
import {
  anyPastIncident,
  appendPastIncidents,
  HISTORY_BEGAN,
  HISTORY_STEP_MS,
  pastIncidentId,
} from '#test/fixtures/past-incidents.ts'

/** Readings, the journal that they follow, and how they are disposed of. */
export interface ReadingsStand {
  readonly journal: Journal
  readonly readings: Readings
  dispose(): Promise<void>
}

const never = new AbortController().signal
const COUNT = 60

const all = Array.from({ length: COUNT }, (_, index) => COUNT - 1 - index)

const appendTo =
  ({ journal, readings }: ReadingsStand) =>
  (events: readonly NewEvent[]) => {
    valueOf(journal.append(events, []))
    readings.recorded()
  }

async function askOf(
  { readings }: ReadingsStand,
  query: Partial<PastIncidentQuery>,
): Promise<PastIncidents> {
  return valueOf(await readings.incidents({ ...anyPastIncident, ...query }, never))
}

function numbers(page: PastIncidents): number[] {
  return page.incidents.map(({ id }) => Number(id.replace('past-', '')))
}

function labels(text: string): readonly Matcher[] {
  const parsed = parseMatchers(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return parsed.value
}

let count = 0
function happens(body: EventBody): NewEvent {
  count += 1
  const actor = { kind: 'person' as const, id: 'ada', name: 'Ada' }
  return { id: `happens-${String(count)}`, at: HISTORY_BEGAN, actor, body }
}

/** What every implementation of the `Readings` port promises. */
export function describeReadings(name: string, start: () => ReadingsStand): void {
  describe(`readings ${name}`, () => {
    let stand: ReadingsStand

    beforeEach(() => {
      stand = start()
    })
    afterEach(async () => {
      await stand.dispose()
    })

    const append = (events: readonly NewEvent[]) => {
      appendTo(stand)(events)
    }
    const ask = (query: Partial<PastIncidentQuery> = {}) => askOf(stand, query)
    const find = async (id: string): Promise<PastIncident | null> => {
      const answer = await stand.readings.incident(id, never)
      if (!answer.ok) throw new Error(answer.error.message)
      return answer.value.incident
    }

    it('knows nothing of an empty journal', async () => {
      expect(await ask()).toEqual({ incidents: [], total: 0, drills: 0, next: null, read: 0 })
      expect(await find('past-1')).toBeNull()
    })

    it('lists incidents by the order in which they were recorded, page by page', async () => {
      appendPastIncidents(append, COUNT)
      const first = await ask({ limit: 25 })
      expect(numbers(first)).toEqual(all.slice(0, 25))
      expect(first.total).toBe(COUNT)
      const second = await ask({ limit: 25, before: first.next })
      expect(numbers(second)).toEqual(all.slice(25, 50))
      const third = await ask({ limit: 25, before: second.next })
      expect(numbers(third)).toEqual(all.slice(50))
      expect([third.next, third.total]).toEqual([null, COUNT])
    })

    it('has read all that was recorded when it is asked', async () => {
      appendPastIncidents(append, COUNT)
      const { seq } = { seq: stand.journal.load().tail.length }
      expect((await ask()).read).toBe(seq)
    })

    it('says what became of an incident, and who did it', async () => {
      appendPastIncidents(append, 20)
      const minute = (count: number) => HISTORY_BEGAN + 18 * HISTORY_STEP_MS + count * 60_000
      expect(await find(pastIncidentId(18))).toMatchObject({
        title: 'A certificate expires in ten days: ledger',
        status: 'closed',
        severity: 'P3',
        group: { alertname: 'CertificateExpires', cluster: 'eu-0', service: 'ledger' },
        startedAt: minute(-0.5),
        openedAt: minute(0),
        acknowledged: { at: minute(6), by: { kind: 'person', id: 'ada', name: 'Ada' } },
        resolved: { at: minute(18), by: { kind: 'person', id: 'ada', name: 'Ada' } },
        closed: { at: minute(21), by: { kind: 'deckwatch' } },
        returns: 1,
        alerts: 1,
        notes: 0,
        isDrill: false,
      })
    })

    it('is a drill no more when something real fires in it', async () => {
      appendPastIncidents(append, 8, 1)
      expect((await find('past-7'))?.isDrill).toBe(true)
      append([
        happens({
          type: 'alert.fired',
          key: 'real',
          alertId: 'real-1',
          incidentId: 'past-7',
          labels: { alertname: 'Real' },
          annotations: {},
          startsAt: 1,
          sourceId: 'am-eu',
          observations: {},
          suppression: [],
          severity: 'P0',
          decisions: [],
        }),
      ])
      expect(await find('past-7')).toMatchObject({ isDrill: false, alerts: 2, severity: 'P0' })
      expect(numbers(await ask({ text: 'alertname=real' }))).toEqual([7])
      expect(numbers(await ask({ labels: labels('alertname="Real"') }))).toEqual([7])
    })

    it('finds an incident under its new title, and not under the old one', async () => {
      appendPastIncidents(append, 3, 3)
      append([happens({ type: 'incident.retitled', incidentId: 'past-1', title: 'All is slow' })])
      expect(numbers(await ask({ text: 'all is slow' }))).toEqual([1])
      expect(numbers(await ask({ text: 'too fast' }))).toEqual([])
    })

    it('does not answer what was cancelled', async () => {
      const abort = new AbortController()
      abort.abort()
      const answer = await stand.readings.incidents(anyPastIncident, abort.signal)
      expect(answer).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    })
  })

  // Nothing is recorded by these: they share a journal.
  describe(`readings ${name}, of a journal that stands still,`, () => {
    let stand: ReadingsStand

    beforeAll(() => {
      stand = start()
      const append = appendTo(stand)
      appendPastIncidents(append, COUNT, 4)
      append([happens({ type: 'incident.noted', incidentId: 'past-14', text: 'zq' })])
    })
    afterAll(async () => {
      await stand.dispose()
    })
    const ask = (query: Partial<PastIncidentQuery> = {}) => askOf(stand, query)

    it('finds by status, by severity and by time', async () => {
      expect(numbers(await ask({ status: ['triggered'] }))).toEqual([59, 57])
      expect(numbers(await ask({ status: ['triggered', 'acknowledged'] }))).toEqual([
        59, 58, 57, 56,
      ])
      expect(numbers(await ask({ severity: ['P0'] }))).toEqual(all.filter((each) => each % 5 === 0))
      const from = HISTORY_BEGAN + 10 * HISTORY_STEP_MS
      const to = HISTORY_BEGAN + 12 * HISTORY_STEP_MS
      expect(numbers(await ask({ from, to }))).toEqual([11, 10])
    })

    it.each([
      ['cluster="eu-1"', (number: number) => number % 3 === 1],
      ['cluster!="eu-1"', (number: number) => number % 3 !== 1],
      ['service=~"(check|search).*"', (number: number) => [0, 1].includes(number % 7)],
      ['service!~"(check|search).*"', (number: number) => ![0, 1].includes(number % 7)],
      ['alertname="DiskWillFill", cluster=eu-0', (number: number) => number % 15 === 12],
      ['region=""', () => true],
      ['region!=""', () => false],
      ['region=~".*"', () => true],
    ])('finds by labels: %s', async (text, isExpected) => {
      expect(numbers(await ask({ labels: labels(text), limit: 100 }))).toEqual(
        all.filter(isExpected),
      )
    })

    it('counts what fits on all pages, not on one', async () => {
      const page = await ask({ severity: ['P0'], limit: 3 })
      expect([page.incidents.length, page.total]).toEqual([3, 12])
    })

    it.each([
      ['card payments', (number: number) => number % 5 === 0],
      ['PAYMENTS', (number: number) => number % 5 === 0 || number % 7 === 2],
      ['release 42,', (number: number) => number === 42],
      ['service=mail', (number: number) => number % 7 === 3],
      ['eu', () => true],
      ['eu-2 zq', (number: number) => number === 14],
      ['100%', () => false],
      ['_', () => false],
      ['" OR "', () => false],
      ["'; DROP TABLE incidents; --", () => false],
      ['NEAR(', () => false],
    ])('finds by text: %s', async (text, isExpected) => {
      const found = numbers(await ask({ text, limit: 100 }))
      expect(found).toEqual(found.toSorted((a, b) => b - a))
      expect(new Set(found)).toEqual(new Set(all.filter(isExpected)))
    })

    it('leaves out drills, and says how many', async () => {
      const without = await ask({ drills: 'without', limit: 100 })
      expect(numbers(without)).toEqual(all.filter((number) => number % 50 !== 7))
      expect([without.total, without.drills]).toEqual([58, 2])
      expect(numbers(await ask({ drills: 'only' }))).toEqual([57, 7])
    })
  })
}
