import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTimeline } from '#electron/engine/commands/incident-timeline.ts'
import {
  continueAfter,
  continuePage,
  joinPages,
  toTimeline,
  type TimelinePage,
} from '#shared/domain/timeline/timeline.ts'
import { withMarks } from '#shared/domain/timeline/marked.ts'
import { marksOf } from '#shared/domain/timeline/marks.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import type { EventBody, NewEvent } from '#shared/domain/watch/event.ts'
import { createMemoryJournal, type MemoryJournal } from '#test/fixtures/memory-journal.ts'

const alert = { key: 'k', alertId: 'a', incidentId: 'i' }
const fired = (pod: string): EventBody => ({
  type: 'alert.fired',
  ...alert,
  alertId: pod,
  labels: { pod },
  annotations: {},
  startsAt: 0,
  sourceId: 'am',
  observations: {},
  suppression: [],
  severity: 'P0',
  decisions: [],
})
const bodies: readonly EventBody[] = [
  fired('cart-1'),
  fired('cart-2'),
  { type: 'alert.resolved', ...alert, sourceId: 'am', reason: 'gone' },
  { type: 'alert.unconfirmed', ...alert, sourceId: 'am', suppression: [] },
  { type: 'incident.noted', incidentId: 'i', text: 'n' },
  // Another incident's, and one that is on no timeline.
  { type: 'incident.acknowledged', incidentId: 'other' },
  { type: 'source.identified', sourceId: 'am', instance: 'x' },
  {
    type: 'page.held',
    recipient: OWNER_ID,
    incidentId: null,
    incidentIds: ['i', 'other'],
    by: 'focus',
    until: null,
  },
  // Of an entry, of one in the middle of a run, and of one that comes later or never.
  ...[1, 2, 3, 5, 8, 40].flatMap((entry): readonly EventBody[] => [
    { type: 'entry.starred', incidentId: 'i', entry, isStarred: true },
    { type: 'entry.starred', incidentId: 'i', entry, isStarred: false },
    { type: 'entry.corrected', incidentId: 'i', entry, text: `not ${String(entry)}` },
  ]),
]

/** Steps of the clock, ms: most of them within a run, some set it back. */
const anyStory = fc.array(
  fc.record({
    body: fc.constantFrom(...bodies),
    step: fc.oneof(
      fc.constantFrom(0, 1_000, 59_999, 60_000),
      fc.integer({ min: -200_000, max: 90_000 }),
    ),
  }),
  { maxLength: 60 },
)
type Story = readonly { readonly body: EventBody; readonly step: number }[]

/**
 * Nobody marks what is not there yet: the engine refuses it. Who reads on without the beginning would
 * not know of such a mark.
 */
function nothingOfLater(told: Story[number], index: number): Story[number] {
  const { body, step } = told
  const isOfLater = 'entry' in body && typeof body.entry === 'number' && body.entry > index
  return isOfLater ? { body: { type: 'incident.noted', incidentId: 'i', text: 'n' }, step } : told
}

function toEvents(story: Story, from = 0): NewEvent[] {
  let at = 1_700_000_000_000
  return story.map(({ body, step }, index) => {
    at += step
    return { id: String(from + index), at, actor: { kind: 'deckwatch' }, body }
  })
}

function journalOf(story: Story): MemoryJournal {
  const journal = createMemoryJournal()
  const written = journal.append(toEvents(story), [])
  if (!written.ok) throw new Error(written.error.message)
  return journal
}

const read = (query: Parameters<typeof readTimeline>[0], journal: MemoryJournal) =>
  readTimeline(query, journal, new Map())
const whole = (journal: MemoryJournal) => toTimeline(journal.incidentEvents('i', 10_000))
const wholeMarked = (journal: MemoryJournal) =>
  withMarks(whole(journal), marksOf(journal.incidentEvents('i', 10_000)))
const marked = ({ entries, marks }: TimelinePage) => withMarks(entries, marks)
const newest = (journal: MemoryJournal, limit: number) => read({ incidentId: 'i', limit }, journal)

/** As the cockpit reads on. */
function readOn(page: TimelinePage, journal: MemoryJournal, limit: number): TimelinePage {
  let known = page
  do {
    const after = continueAfter(known)
    const range = after === null ? {} : { after }
    const next = read({ incidentId: 'i', limit, ...range }, journal)
    known = continuePage(known, next) ?? newest(journal, limit)
  } while (known.hasNewer)
  return known
}

describe('a timeline that is read in pages', () => {
  it('is the same back to its beginning, wherever it is cut', () => {
    fc.assert(
      fc.property(
        anyStory,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (story, limits) => {
          const journal = journalOf(story)
          let page = newest(journal, limits[0] ?? 1)
          for (let cut = 1; page.hasOlder; cut += 1) {
            const before = page.span?.oldest
            const limit = limits[cut % limits.length] ?? 1
            const older = read({ incidentId: 'i', limit, before }, journal)
            expect(older.entries.length).toBeLessThanOrEqual(limit)
            page = joinPages(older, page)
          }
          expect(page.entries).toEqual(whole(journal))
          expect(marked(page)).toEqual(wholeMarked(journal))
          expect(page.hasNewer).toBe(false)
        },
      ),
    )
  })

  it('is the same when it is read on whenever something happened', () => {
    fc.assert(
      fc.property(anyStory, fc.nat(60), fc.integer({ min: 2, max: 9 }), (any, cut, limit) => {
        const story = any.map(nothingOfLater)
        const journal = journalOf(story.slice(0, cut))
        let page = newest(journal, 500)
        for (const [index] of story.slice(cut).entries()) {
          journal.append(toEvents(story).slice(cut + index, cut + index + 1), [])
          if (index % 3 === 0) page = readOn(page, journal, limit)
        }
        // With nothing known at first, only the newest page was read.
        const read = readOn(page, journal, limit)
        expect(read.entries).toEqual(whole(journal).slice(-read.entries.length))
        // A star is later than its entry: who has that has the star. The first line may be a part of a run.
        const last = wholeMarked(journal).slice(-read.entries.length)
        expect(marked(read).slice(1)).toEqual(last.slice(1))
        if (!read.hasOlder) expect(read.entries).toEqual(whole(journal))
      }),
    )
  })

  it('is in the order of the journal when the clock was set back', () => {
    const note = (text: string): EventBody => ({ type: 'incident.noted', incidentId: 'i', text })
    const journal = journalOf([
      { body: note('first'), step: 0 },
      { body: note('second'), step: -3_600_000 },
      { body: note('third'), step: 1_000 },
    ])
    const page = newest(journal, 2)
    expect(page).toMatchObject({
      entries: [{ text: 'second' }, { text: 'third' }],
      span: { oldest: 2, newest: 3 },
      hasOlder: true,
      hasNewer: false,
    })
  })

  it('starts anew where the journal is another one', () => {
    const [resolved, , noted] = bodies.slice(2)
    if (!resolved || !noted) throw new Error('the bodies above are incomplete')
    const page = newest(
      journalOf([
        { body: resolved, step: 0 },
        { body: noted, step: 5 },
      ]),
      9,
    )
    const other = journalOf([
      { body: noted, step: 0 },
      { body: noted, step: 6 },
    ])
    const after = continueAfter(page) ?? 0
    expect(after).toBe(1)
    expect(continuePage(page, read({ incidentId: 'i', limit: 9, after }, other))).toBeNull()
    expect(readOn(page, other, 9).entries).toEqual(whole(other))
  })

  it('takes no more than a bounded part of a run for one page', () => {
    const [, , resolved] = bodies
    if (!resolved) throw new Error('the bodies above are incomplete')
    const journal = journalOf(Array.from({ length: 2_500 }, () => ({ body: resolved, step: 1 })))
    const page = newest(journal, 5)
    expect(page.entries).toMatchObject([{ count: 2_000, seq: 501, last: { seq: 2_500 } }])
    const before = page.span?.oldest
    const older = read({ incidentId: 'i', limit: 5, before }, journal)
    expect(joinPages(older, page)).toMatchObject({
      entries: [{ count: 2_500, seq: 1, last: { seq: 2_500 } }],
      hasOlder: false,
    })
  })
})
