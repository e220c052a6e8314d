import { describe, expect, it } from 'vitest'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { asShown, happenedAtOf, textNow, withMarks } from '#shared/domain/timeline/marked.ts'
import { marksOf } from '#shared/domain/timeline/marks.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import type { Event, EventBody } from '#shared/domain/watch/event.ts'

const ada: Actor = { kind: 'person', id: 'ada', name: 'Ada' }
const on = { incidentId: 'i' } as const
const MINUTE = 60_000

/** One a minute, from the first minute on. */
const eventsOf = (...bodies: readonly EventBody[]): readonly Event[] =>
  bodies.map((body, index) => {
    const seq = index + 1
    return { seq, id: String(seq), at: seq * MINUTE, actor: ada, body }
  })

const shown = (...bodies: readonly EventBody[]) => {
  const events = eventsOf(...bodies)
  return asShown(withMarks(toTimeline(events), marksOf(events)))
}

const early: EventBody = {
  type: 'entry.added',
  ...on,
  entryId: 'e',
  text: 'Told the shops',
  happenedAt: 1.5 * MINUTE,
}
const note = (text: string): EventBody => ({ type: 'incident.noted', ...on, text })
const corrected = (entry: number, text: string): EventBody => ({
  type: 'entry.corrected',
  ...on,
  entry,
  text,
})

describe('the lines of a timeline as they are shown', () => {
  it('stand where they happened, of one time as they were recorded', () => {
    const lines = shown(note('a'), note('b'), early, { ...early, entryId: 'f' })
    expect(lines.map(({ seq }) => seq)).toEqual([1, 3, 4, 2])
    expect(lines.map(happenedAtOf)).toEqual([MINUTE, 1.5 * MINUTE, 1.5 * MINUTE, 2 * MINUTE])
  })

  it('have a correction once: at its entry, where that is among them', () => {
    const lines = shown(note('a'), corrected(1, 'b'), corrected(1, 'c'), corrected(99, 'd'))
    expect(lines.map(textNow)).toEqual(['c', 'corrected an entry: b', 'corrected an entry: d'])
  })

  it('say of an image what its caption is now', () => {
    const image = { imageId: 'x', name: 'a.png', mediaType: 'image/png', size: 1 } as const
    const [line] = shown(
      { type: 'image.added', ...on, ...image, hash: 'h', caption: 'Old' },
      corrected(1, 'New'),
    )
    expect(line && textNow(line)).toBe('added an image: New')
  })
})
