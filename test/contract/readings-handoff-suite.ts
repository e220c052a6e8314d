import { beforeAll, describe, expect, it } from 'vitest'
import type { ShiftQuestion } from '#electron/engine/ports/readings.ts'
import { hashOfHandoff } from '#shared/domain/handoff/document.ts'
import type { EventBody, NewEvent } from '#shared/domain/watch/event.ts'
import { busyPeriod, recordBusyShift } from '#test/fixtures/shifts/busy.ts'
import type { RecordedShift } from '#test/fixtures/shifts/recorder.ts'
import { documentOf, draftOf, zone } from '#test/fixtures/shifts/shifts.ts'
import { valueOf } from './journal-fixtures.ts'
import type { ReadingsStand } from './readings-stand.ts'

const never = new AbortController().signal
const question: ShiftQuestion = {
  period: busyPeriod,
  zone,
  person: { id: 'ada', owner: 'ada' },
  drills: 'without',
  leftOut: [],
  confidential: [],
}

/** What every implementation of the `Readings` port promises of shifts and handoffs. */
export function describeHandoffReadings(stand: () => ReadingsStand): void {
  describe('of shifts', () => {
    let busy: RecordedShift

    beforeAll(async () => {
      busy = await recordBusyShift()
    }, 60_000)

    const append = (events: readonly NewEvent[]) => {
      valueOf(stand().journal.append(events, []))
      stand().readings.recorded()
    }
    const draft = async (more: Partial<ShiftQuestion> = {}) =>
      valueOf(await stand().readings.draft({ ...question, ...more }, never))

    it('drafts what the events of the shift say, and those of before that go on', async () => {
      append(busy.journal.events)
      const { lines, unreadable, read } = await draft()
      expect(lines).toEqual(draftOf(busy.journal.events, busyPeriod))
      expect([unreadable, read]).toEqual([0, busy.journal.events.length])
    })

    it('drafts a shift within a shift', async () => {
      append(busy.journal.events)
      const period = { from: busyPeriod.from + 6 * 3_600_000, to: busyPeriod.from + 7 * 3_600_000 }
      expect((await draft({ period })).lines).toEqual(draftOf(busy.journal.events, period))
      const after = { from: busyPeriod.to, to: busyPeriod.to + 3_600_000 }
      expect((await draft({ period: after })).lines).toEqual(draftOf(busy.journal.events, after))
    })

    it('leaves out practice, and what whoever asks may not see', async () => {
      append(busy.journal.events)
      const sections = async (more: Partial<ShiftQuestion>) => [
        ...new Set((await draft(more)).lines.map(({ section }) => section)),
      ]
      expect(await sections({ drills: 'only' })).toEqual(['changes', 'expiring', 'risks'])
      const incidents = [...busy.engine.engine.state().incidents.keys()]
      expect(await sections({ leftOut: incidents })).toEqual(['changes', 'expiring', 'risks'])
      expect((await draft({ drills: 'with' })).lines).toEqual((await draft()).lines)
    })

    it('drafts nothing of an empty journal', async () => {
      expect((await draft()).lines).toEqual([])
    })

    it('gives up a draft that nobody waits for', async () => {
      append(busy.journal.events)
      const abort = new AbortController()
      abort.abort()
      const aborted = await stand().readings.draft(question, abort.signal)
      if (!aborted.ok) expect(aborted.error.code).toBe('cancelled')
      expect((await draft()).lines).not.toEqual([])
    })

    it('finds events by their numbers', async () => {
      append(busy.journal.events)
      const seqs = [7, 3, 9_999]
      const { events } = valueOf(await stand().readings.events(seqs, never))
      expect(events.map(({ seq }) => seq)).toEqual([3, 7])
      expect(events).toEqual(busy.journal.events.filter(({ seq }) => seqs.includes(seq)))
    })
  })

  describe('of handoffs', () => {
    let count = 0
    const happens = (body: EventBody) => {
      count += 1
      const actor = { kind: 'person' as const, id: 'ada', name: 'Ada' }
      const event = { id: `handed-${String(count)}`, at: 1_000 + count, actor, body }
      valueOf(stand().journal.append([event], []))
      stand().readings.recorded()
    }
    const sent = (handoffId: string) => {
      const document = documentOf([], { from: 0, to: 1_000 }, { handoffId })
      happens({
        type: 'handoff.sent',
        handoffId,
        way: 'here',
        document,
        hash: hashOfHandoff(document),
      })
      return document
    }
    const list = async (before: number | null, limit: number) =>
      valueOf(await stand().readings.handoffs({ before, limit }, never))

    it('lists them, the newest first, page by page, with what became of each', async () => {
      const ids = ['handoff-a', 'handoff-b', 'handoff-c']
      for (const id of ids) sent(id)
      happens({ type: 'handoff.withdrawn', handoffId: 'handoff-a', reason: 'a mistake' })
      happens({
        type: 'handoff.accepted',
        handoffId: 'handoff-b',
        by: { id: 'bo', name: 'Bo' },
        from: { id: 'ada', name: 'Ada' },
        hash: '0'.repeat(64),
        answers: [],
      })
      const first = await list(null, 2)
      expect(first.handoffs.map(({ handoff }) => handoff.handoffId)).toEqual(ids.slice(1).reverse())
      const rest = await list(first.next, 2)
      expect(rest).toMatchObject({
        next: null,
        handoffs: [{ handoff: { handoffId: 'handoff-a' }, withdrawn: { reason: 'a mistake' } }],
      })
      expect(first.handoffs[1]?.handoff.accepted?.by.name).toBe('Bo')
    })

    it('reads one with its text', async () => {
      const document = sent('handoff-d')
      const found = valueOf(await stand().readings.handoff('handoff-d', never))
      expect(found).toMatchObject({
        past: { handoff: { hash: hashOfHandoff(document) } },
        document,
      })
      const none = valueOf(await stand().readings.handoff('handoff-x', never))
      expect([none.past, none.document]).toEqual([null, null])
    })

    it('knows nothing of a handoff whose begin is not there', async () => {
      happens({ type: 'handoff.opened', handoffId: 'handoff-y' })
      happens({ type: 'handoff.withdrawn', handoffId: 'handoff-y', reason: null })
      expect((await list(null, 10)).handoffs).toEqual([])
    })
  })
}
