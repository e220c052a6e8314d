import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Journal } from '#electron/engine/ports/journal.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import type { NewEvent } from '#shared/domain/watch/event.ts'
import { emptyWatch, toSnapshot } from '#shared/domain/watch/state.ts'
import { anyEvents, inBatches } from './journal-arbitraries.ts'
import {
  delivery,
  fired,
  heldTogether,
  ids,
  noted,
  summaryOf,
  summarySent,
  triggered,
  valueOf,
} from './journal-fixtures.ts'

/** One journal under test. `restart` closes it and opens the same data again. */
export interface JournalUnderTest {
  readonly journal: Journal
  readonly restart: () => Journal
  readonly dispose: () => void
}

/** What every `Journal` promises, whatever keeps it. */
export function describeJournal(name: string, make: () => JournalUnderTest): void {
  describe(`${name}: the journal's promises`, () => {
    const made: JournalUnderTest[] = []
    const begin = () => {
      const one = make()
      made.push(one)
      return one
    }
    afterEach(() => {
      for (const one of made.splice(0)) one.dispose()
    })

    it('is empty at first', () => {
      const { journal } = begin()
      expect(journal.load()).toEqual({ state: emptyWatch, tail: [] })
      expect(journal.findEvent('nothing')).toBeNull()
      expect(journal.incidentEvents('nothing', 10)).toEqual([])
      expect(journal.marks.read('nothing')).toBeNull()
    })

    it('numbers events from 1 without gaps and gives them back as they were', () => {
      const { journal } = begin()
      const first = valueOf(journal.append([fired(1), fired(2)], []))
      const second = valueOf(journal.append([noted('n1')], []))
      expect(first.map((event) => event.seq)).toEqual([1, 2])
      expect(second).toEqual([{ seq: 3, ...noted('n1') }])
      expect(journal.load().tail).toEqual([...first, ...second])
    })

    it('skips events that are there already, also twice within a batch', () => {
      const { journal } = begin()
      valueOf(journal.append([noted('a')], []))
      const again = valueOf(
        journal.append([noted('b'), noted('a', { text: 'other' }), noted('b'), noted('c')], []),
      )
      expect(ids(again)).toEqual(['2 b', '3 c'])
      expect(ids(journal.load().tail)).toEqual(['1 a', '2 b', '3 c'])
      expect(journal.findEvent('a')?.body).toEqual(noted('a').body)
    })

    it('writes nothing for an empty batch', () => {
      const { journal } = begin()
      expect(valueOf(journal.append([], []))).toEqual([])
      expect(ids(valueOf(journal.append([noted('a')], [])))).toEqual(['1 a'])
    })

    it('takes deliveries of events of this and of earlier batches, each once', () => {
      const { journal } = begin()
      valueOf(journal.append([noted('a')], []))
      const result = journal.append(
        [noted('b')],
        [delivery('d1', 'a'), delivery('d2', 'b'), delivery('d2', 'b')],
      )
      expect(ids(valueOf(result))).toEqual(['2 b'])
      expect(valueOf(journal.append([], [delivery('d1', 'a')]))).toEqual([])
    })

    it('hands out what waits on a channel, what may be tried first comes first', () => {
      const { journal } = begin()
      valueOf(journal.append([noted('a')], [delivery('d1', 'a'), delivery('d2', 'a')]))
      valueOf(journal.append([noted('b')], [{ ...delivery('d3', 'b'), channel: 'pigeon' }]))
      const { channel } = delivery('d1', 'a')
      const keys = (name: string, limit = 10) =>
        journal.waitingDeliveries(name, limit).map(({ key }) => key)
      expect(journal.waitingDeliveries(channel, 1)).toEqual([
        { ...delivery('d1', 'a'), seq: 1, attempts: 0, nextAt: 0 },
      ])
      expect(keys('pigeon')).toEqual(['d3'])
      expect(keys(channel, 0)).toEqual([])
      expect(keys(channel, -1)).toEqual([])

      const later = { key: 'd1', state: 'waiting', attempts: 1, nextAt: 500 } as const
      expect(valueOf(journal.append([], [], [later]))).toEqual([])
      expect(keys(channel)).toEqual(['d2', 'd1'])
      expect(journal.waitingDeliveries(channel, 10)[1]).toMatchObject({ attempts: 1, nextAt: 500 })
    })

    it('keeps what became of a delivery with the events that say so, over a restart', () => {
      const { journal, restart } = begin()
      const made = [delivery('d1', 'a'), delivery('d2', 'a'), delivery('d3', 'a')]
      valueOf(journal.append([noted('a')], made))
      const done = (key: string, state: 'sent' | 'failed' | 'dropped') => ({
        key,
        state,
        attempts: 1,
        nextAt: 0,
      })
      const written = journal.append([noted('b')], [], [done('d1', 'sent'), done('d2', 'dropped')])
      expect(ids(valueOf(written))).toEqual(['2 b'])
      const again = restart()
      expect(again.waitingDeliveries(made[0]?.channel ?? '', 10).map(({ key }) => key)).toEqual([
        'd3',
      ])
      valueOf(again.append([], [], [done('d3', 'failed')]))
      expect(again.waitingDeliveries(made[0]?.channel ?? '', 10)).toEqual([])
      // Written again, a settled delivery does not come back to life.
      valueOf(again.append([], [delivery('d1', 'a')]))
      expect(again.waitingDeliveries(made[0]?.channel ?? '', 10)).toEqual([])
    })

    it('calls a delivery without its event a bug and writes nothing of the batch', () => {
      const { journal } = begin()
      expect(() => journal.append([noted('a')], [delivery('d1', 'never')])).toThrow(
        'Delivery d1 is caused by event never, which was never recorded',
      )
      expect(journal.findEvent('a')).toBeNull()
      expect(ids(valueOf(journal.append([noted('b')], [])))).toEqual(['1 b'])
    })

    it('finds an event by its id', () => {
      const { journal } = begin()
      valueOf(journal.append([fired(1), noted('n1', { text: 'ß😀\u0000"' })], []))
      expect(journal.findEvent('n1')).toEqual({ seq: 2, ...noted('n1', { text: 'ß😀\u0000"' }) })
      expect(journal.findEvent('n2')).toBeNull()
    })

    it('lists the newest events of one incident, oldest first', () => {
      const { journal } = begin()
      const notes = [1, 2, 3, 4].map((number) => noted(`a${String(number)}`, { incidentId: 'a' }))
      valueOf(journal.append([...notes.slice(0, 2), noted('b1', { incidentId: 'b' })], []))
      valueOf(journal.append(notes.slice(2), []))
      expect(ids(journal.incidentEvents('a', 3))).toEqual(['2 a2', '4 a3', '5 a4'])
      expect(ids(journal.incidentEvents('a', 100))).toHaveLength(4)
      expect(journal.incidentEvents('a', 0)).toEqual([])
      expect(journal.incidentEvents('a', -1)).toEqual([])
    })

    it('lists a part of them: what comes first after an event, or what came last before one', () => {
      const { journal } = begin()
      const notes = [1, 2, 3, 4, 5].map((number) =>
        noted(`a${String(number)}`, { incidentId: number === 2 ? 'b' : 'a' }),
      )
      valueOf(journal.append(notes, []))
      expect(ids(journal.incidentEvents('a', 2, { after: 0 }))).toEqual(['1 a1', '3 a3'])
      expect(ids(journal.incidentEvents('a', 2, { after: 3 }))).toEqual(['4 a4', '5 a5'])
      expect(ids(journal.incidentEvents('a', 2, { before: 5 }))).toEqual(['3 a3', '4 a4'])
      expect(ids(journal.incidentEvents('a', 9, { after: 1, before: 5 }))).toEqual(['3 a3', '4 a4'])
      expect(journal.incidentEvents('a', 2, { after: 5 })).toEqual([])
      expect(journal.incidentEvents('a', 2, { before: 1 })).toEqual([])
    })

    it('lists the whole record of an incident with the one that it goes on in', () => {
      const { journal, restart } = begin()
      const merged = (from: string, into: string): NewEvent => ({
        ...noted(`merge ${from}`),
        body: {
          type: 'incident.merged',
          incidentId: from,
          title: from,
          into,
          intoTitle: into,
        },
      })
      valueOf(journal.append([noted('a1', { incidentId: 'a' }), ...summaryOf('p', ['a', 'b'])], []))
      valueOf(journal.append([noted('b1', { incidentId: 'b' }), merged('a', 'b')], []))
      valueOf(journal.append([noted('a2', { incidentId: 'a' }), merged('b', 'c')], []))
      const expectLists = (each: Journal) => {
        expect(ids(each.incidentEvents('b', 10))).toEqual([
          '1 a1',
          '2 p requested',
          '3 b1',
          '4 merge a',
          '6 merge b',
        ])
        // What came to b before goes on with it; what was said of a later stays with a.
        expect(ids(each.incidentEvents('c', 10))).toEqual([
          '1 a1',
          '2 p requested',
          '3 b1',
          '4 merge a',
          '6 merge b',
        ])
        expect(ids(each.incidentEvents('a', 10))).toEqual([
          '1 a1',
          '2 p requested',
          '4 merge a',
          '5 a2',
        ])
      }
      expectLists(journal)
      expectLists(restart())
    })

    it('lists what was recorded once for several incidents with each of them', () => {
      const { journal, restart } = begin()
      valueOf(journal.append([noted('n', { incidentId: 'a' }), ...summaryOf('p', ['a', 'b'])], []))
      valueOf(journal.append([heldTogether('h', ['b', 'c'])], []))
      valueOf(journal.append([summarySent('s', 'p'), summarySent('t', 'unknown')], []))
      // Recorded again, nothing is listed twice.
      valueOf(journal.append([summarySent('s', 'p'), noted('m', { incidentId: 'b' })], []))
      const expectLists = (each: Journal) => {
        expect(ids(each.incidentEvents('a', 9))).toEqual(['1 n', '2 p requested', '4 s'])
        expect(ids(each.incidentEvents('b', 9))).toEqual(['2 p requested', '3 h', '4 s', '6 m'])
        expect(ids(each.incidentEvents('b', 2))).toEqual(['4 s', '6 m'])
        expect(ids(each.incidentEvents('b', 2, { after: 2 }))).toEqual(['3 h', '4 s'])
        expect(ids(each.incidentEvents('c', 9))).toEqual(['3 h'])
      }
      expectLists(journal)
      expectLists(restart())
    })

    it('loads the newest snapshot and only the events after it', () => {
      const { journal, restart } = begin()
      const events = valueOf(
        journal.append([triggered('t', 'incident-1'), fired(1), noted('n1')], []),
      )
      const state = evolve(emptyWatch, events)
      valueOf(journal.writeSnapshot(evolve(emptyWatch, events.slice(0, 1))))
      valueOf(journal.writeSnapshot(state))
      const tail = valueOf(journal.append([noted('n2')], []))
      expect(journal.load()).toEqual({ state, tail })
      expect(restart().load()).toEqual({ state, tail })
    })

    it('keeps the newer snapshot when an older one is written late', () => {
      const { journal } = begin()
      const events = valueOf(journal.append([triggered('t', 'incident-1'), noted('n1')], []))
      const state = evolve(emptyWatch, events)
      valueOf(journal.writeSnapshot(state))
      valueOf(journal.writeSnapshot(evolve(emptyWatch, events.slice(0, 1))))
      expect(journal.load()).toEqual({ state, tail: [] })
    })

    it('calls a snapshot of what was never recorded a bug', () => {
      const { journal } = begin()
      expect(() => journal.writeSnapshot({ ...emptyWatch, seq: 1 })).toThrow(RangeError)
    })

    it('has everything after a restart', () => {
      const { journal, restart } = begin()
      const events = valueOf(journal.append([fired(1), noted('n1')], [delivery('d1', 'n1')]))
      journal.marks.write('drill', 'scene 2')
      journal.marks.write('drill', 'scene 3')
      const again = restart()
      expect(again.load()).toEqual({ state: emptyWatch, tail: events })
      expect(again.marks.read('drill')).toBe('scene 3')
      expect(ids(valueOf(again.append([noted('n1'), noted('n2')], [])))).toEqual(['3 n2'])
    })

    it('says the same whatever the batches were', () => {
      fc.assert(
        fc.property(anyEvents, fc.array(fc.nat(), { maxLength: 5 }), (events, cuts) => {
          const whole = begin()
          const parts = begin()
          const written = valueOf(whole.journal.append(events, []))
          const inParts = inBatches(events, cuts).flatMap((batch) => [
            ...valueOf(parts.journal.append(batch, [])),
          ])
          expect(inParts).toEqual(written)
          expect(written.map((event) => event.seq)).toEqual(written.map((_, index) => index + 1))
          expect(new Set(written.map((event) => event.id)).size).toBe(written.length)
          expect(parts.restart().load()).toEqual({ state: emptyWatch, tail: written })
          for (const one of [whole, parts]) one.dispose()
        }),
        { numRuns: 40 },
      )
    })

    it('reaches the same state from any snapshot and the events after it', () => {
      fc.assert(
        fc.property(anyEvents, fc.nat(), (events, cut) => {
          const { journal, restart, dispose } = begin()
          const written = valueOf(journal.append(events, []))
          const before = written.slice(0, cut % (written.length + 1))
          valueOf(journal.writeSnapshot(evolve(emptyWatch, before)))
          const { state, tail } = restart().load()
          expect(tail).toEqual(written.slice(before.length))
          const plain = (from: typeof state, rest: typeof tail) => toSnapshot(evolve(from, rest))
          expect(plain(state, tail)).toEqual(plain(emptyWatch, written))
          dispose()
        }),
        { numRuns: 40 },
      )
    })
  })
}
