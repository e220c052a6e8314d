import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOf } from '#shared/domain/review-draft/to-document.ts'
import { draftReview } from '#shared/domain/review-draft/draft.ts'
import type { ReviewDraft } from '#shared/domain/review-draft/schema.ts'
import { publishedOf } from '#shared/domain/review/published.ts'
import { reviewToMarkdown } from '#shared/domain/review/to-markdown.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import type { Event, EventBody } from '#shared/domain/watch/event.ts'
import { markdownProblems } from '#test/fixtures/markdown-problems.ts'
import { reviewedId, reviewStory } from '#test/fixtures/review-story.ts'

const expected = readFileSync(
  new URL('../../../../fixtures/reviews/card-payments.md', import.meta.url),
  'utf8',
)

const draft = draftReview(reviewedId, reviewStory)

const without = (events: readonly Event[], seq: number) =>
  events.filter((event) => event.seq !== seq)

/** What a draft says, as one line each. */
const saidBy = ({ sentences, actions }: ReviewDraft) =>
  new Set([
    ...sentences.map(({ section, text }) => `${section}: ${text}`),
    ...actions.map(({ text, owner, dueAt }) => `action: ${text} ${String(owner)} ${String(dueAt)}`),
  ])

function ofSection(events: readonly Event[], section: string): readonly string[] {
  return draftReview(reviewedId, events).sentences.flatMap((each) =>
    each.section === section ? [each.text] : [],
  )
}

describe('the draft of a review', () => {
  it('says of a recorded night exactly what was written by hand', () => {
    const document = documentOf(draft)
    const facts = { incidentId: reviewedId, severity: 'P0', heldAt: null, revision: 1 } as const
    const resolvedAt = draft.resolvedAt ?? 0
    const markdown = reviewToMarkdown(publishedOf(document, { ...facts, resolvedAt }))
    expect(markdown).toBe(expected)
    expect(markdownProblems(markdown)).toEqual([])
  })

  it('names the events of each sentence, and each of them is in the journal', () => {
    const numbers = new Set(reviewStory.map(({ seq }) => seq))
    const all = [...draft.sentences, ...draft.actions, ...draft.attendees]
    expect(all.every(({ events }) => events.length > 0)).toBe(true)
    expect(all.flatMap(({ events }) => events).every((seq) => numbers.has(seq))).toBe(true)
  })

  it('gives each sentence an id of its own', () => {
    const ids = draft.sentences.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('changes or loses a sentence with each of its events', () => {
    for (const { seq } of reviewStory) {
      const left = saidBy(draftReview(reviewedId, without(reviewStory, seq)))
      for (const { section, text, events } of draft.sentences) {
        if (events.includes(seq)) expect(left).not.toContain(`${section}: ${text}`)
      }
    }
  })

  it('keeps every sentence that does not name the event that is gone', () => {
    for (const { seq } of reviewStory) {
      const left = saidBy(draftReview(reviewedId, without(reviewStory, seq)))
      const lost = draft.sentences.filter(
        ({ section, text, events }) => !events.includes(seq) && !left.has(`${section}: ${text}`),
      )
      expect(lost).toEqual([])
    }
  })

  it('knows no root cause that nobody confirmed', () => {
    const unconfirmed = reviewStory.filter(
      ({ body }) => body.type !== 'hypothesis.settled' || body.state !== 'confirmed',
    )
    expect(ofSection(unconfirmed, 'root-cause')).toEqual([])
    const reopened: Event = {
      ...lastEvent(reviewStory),
      body: {
        type: 'hypothesis.settled',
        incidentId: reviewedId,
        hypothesisId: 'h2',
        text: 'payments v2.1.3 retries without a limit',
        state: 'open',
        reason: null,
      },
    }
    expect(ofSection([...reviewStory, reopened], 'root-cause')).toEqual([])
  })

  it('tells no repair time of what was a false alarm', () => {
    const judged: Event = {
      ...lastEvent(reviewStory),
      body: { type: 'incident.judged', incidentId: reviewedId, verdict: 'false-alarm', of: null },
    }
    const times = ofSection([...reviewStory, judged], 'times')
    expect(times.filter((text) => text.startsWith('Repair'))).toEqual([])
    expect(times).toHaveLength(3)
  })

  describe('of what people wrote on the timeline', () => {
    const ada: Actor = { kind: 'person', id: 'ada', name: 'Ada' }
    const first = lastEvent(reviewStory).seq
    const at = lastEvent(reviewStory).at
    const after = (...bodies: readonly EventBody[]): readonly Event[] => [
      ...reviewStory,
      ...bodies.map((body, index): Event => {
        const seq = first + index
        return { seq, id: `more ${String(seq)}`, at: at + 60_000 * index, actor: ada, body }
      }),
    ]
    const added: EventBody = {
      type: 'entry.added',
      incidentId: reviewedId,
      entryId: 'e1',
      text: 'Told the shops',
      happenedAt: Date.UTC(2026, 0, 2, 17, 5),
    }
    const noted: EventBody = { type: 'incident.noted', incidentId: reviewedId, text: 'It was DNS' }
    const on = { incidentId: reviewedId, entry: first } as const
    const moments = (events: readonly Event[]) =>
      draftReview(reviewedId, events).sentences.filter(({ section }) => section === 'timeline')

    it('tells an added entry at the time that it happened, as it was corrected', () => {
      const [oldest] = moments(
        after(added, { type: 'entry.corrected', ...on, text: 'Told all shops' }),
      )
      expect(oldest).toMatchObject({
        text: '2026-01-02 17:05 UTC Ada noted: Told all shops',
        events: [first, first + 1],
      })
    })

    it('says of what a person reopened that it was reopened, and by whom', () => {
      const reopened: EventBody = { type: 'incident.reopened', incidentId: reviewedId }
      const returns = (events: readonly Event[]) =>
        ofSection(events, 'summary').filter((text) => /came back|reopened/.test(text))
      const before = returns(reviewStory)
      expect(returns(after(reopened))).toEqual([...before, 'It was reopened once, by Ada.'])
      expect(returns(after(reopened, reopened))).toEqual([
        ...before,
        'It was reopened 2 times, by Ada.',
      ])
    })

    it('tells what is starred, and names the star that it is there by', () => {
      expect(moments(after(noted)).some(({ text }) => text.includes('DNS'))).toBe(false)
      const star: EventBody = { type: 'entry.starred', ...on, isStarred: true }
      expect(moments(after(noted, star)).at(-1)).toMatchObject({
        text: expect.stringMatching(/ UTC Ada noted: It was DNS$/) as string,
        events: [first, first + 1],
      })
      const unstarred = after(noted, star, { ...star, isStarred: false })
      expect(moments(unstarred).some(({ text }) => text.includes('DNS'))).toBe(false)
    })
  })

  it('marks practice, and says nothing of what it has no event of', () => {
    expect(draftReview('x', [], { isDrill: true })).toMatchObject({
      isDrill: true,
      title: 'Unknown incident',
      severity: null,
      sentences: [],
      actions: [],
      attendees: [],
    })
  })
})

describe('the draft of any record', () => {
  it('changes or loses a sentence with each of its events', () => {
    fc.assert(
      fc.property(records, (events) => {
        const whole = draftReview('i', events)
        for (const { section, text, events: numbers } of whole.sentences) {
          for (const seq of numbers) {
            const left = saidBy(draftReview('i', without(events, seq)))
            expect(left).not.toContain(`${section}: ${text}`)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is the same each time, whatever text people write', () => {
    fc.assert(
      fc.property(records, (events) => {
        expect(draftReview('i', events)).toEqual(draftReview('i', events))
        const markdown = reviewToMarkdown(
          publishedOf(documentOf(draftReview('i', events)), {
            incidentId: 'i',
            severity: 'P1',
            resolvedAt: 0,
            heldAt: null,
            revision: 1,
          }),
        )
        expect(markdownProblems(markdown)).toEqual([])
      }),
      { numRuns: 30 },
    )
  })
})

const people: readonly Actor[] = ['Ada', 'Bo', 'Cy'].map((name) => ({
  kind: 'person',
  id: name.toLowerCase(),
  name,
}))

const on = { incidentId: 'i' } as const

/** One event, made of a number that no other one has: two events never say the same. */
const makers: readonly ((n: number) => EventBody)[] = [
  () => ({ type: 'incident.acknowledged', ...on }),
  (n) => ({ type: 'incident.mitigated', ...on, note: `note ${String(n)}` }),
  () => ({ type: 'incident.unmitigated', ...on }),
  () => ({ type: 'incident.resolved', ...on, stillFiring: 0 }),
  () => ({ type: 'incident.reopened', ...on }),
  (n) => ({
    type: 'incident.noted',
    ...on,
    text: `#factor: <b>${String(n)}</b>\n#lesson: *${String(n)}*`,
  }),
  (n) => ({
    type: 'hypothesis.opened',
    ...on,
    hypothesisId: `h${String(n % 3)}`,
    text: `# cause ${String(n)}`,
  }),
  (n) => ({
    type: 'hypothesis.settled',
    ...on,
    hypothesisId: `h${String(n % 3)}`,
    text: `cause ${String(n)}`,
    state: n % 2 === 0 ? 'confirmed' : 'ruled-out',
    reason: null,
  }),
  (n) => ({
    type: 'measure.taken',
    ...on,
    measureId: `m${String(n)}`,
    text: `- measure ${String(n)}`,
  }),
  (n) => ({
    type: 'task.opened',
    ...on,
    taskId: `t${String(n)}`,
    text: `task | ${String(n)}`,
    owner: null,
    dueAt: null,
    entry: null,
  }),
  (n) => ({
    type: 'step.marked',
    ...on,
    step: `s${String(n % 3)}`,
    text: `step ${String(n)}`,
    state: 'failed',
    note: null,
  }),
  (n) => ({
    type: 'incident.severity-set',
    ...on,
    severity: n % 2 === 0 ? 'P0' : 'P2',
    before: 'P1',
    reason: `reason ${String(n)}`,
  }),
  (n) => ({
    type: 'entry.added',
    ...on,
    entryId: `e${String(n)}`,
    text: `told *shop* ${String(n)}`,
    happenedAt: Date.UTC(2026, 10, 29, 2, n),
  }),
  // Of what came before them, whatever that is.
  (n) => ({ type: 'entry.starred', ...on, entry: n - 1 - (n % 3), isStarred: n % 5 !== 0 }),
  (n) => ({ type: 'entry.corrected', ...on, entry: n - 1 - (n % 3), text: `not ${String(n)}` }),
]

const bodies = fc.constantFrom(...makers)

/** Records whose events lie minutes apart, so that no two times read the same. */
const records = fc
  .array(fc.tuple(bodies, fc.constantFrom(...people), fc.integer({ min: 11, max: 97 })), {
    maxLength: 25,
  })
  .map((rows): readonly Event[] => {
    let at = Date.UTC(2026, 10, 29, 3)
    const opened: EventBody = {
      type: 'incident.triggered',
      ...on,
      groupKey: 'g',
      group: { service: 'shop' },
      title: 'Shop is *slow*',
      severity: 'P1',
      startedAt: at,
      decisions: [],
    }
    const first = { seq: 1, id: 'e1', at, actor: { kind: 'deckwatch' }, body: opened } as const
    return [
      first,
      ...rows.map(([make, actor, gap], index) => {
        at += gap * 61_000
        const seq = index + 2
        return { seq, id: `e${String(seq)}`, at, actor, body: make(seq) }
      }),
    ]
  })

function lastEvent(events: readonly Event[]): Event {
  const last = events.at(-1)
  if (!last) throw new Error('an empty story')
  return { ...last, seq: last.seq + 1, id: 'another' }
}
