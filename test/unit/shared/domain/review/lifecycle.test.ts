import { describe, expect, it } from 'vitest'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { incidentWith, eventOf } from '#test/fixtures/watch-entities.ts'
import type { ReviewCommand } from '#shared/domain/review/commands.ts'
import { deadlinesOf, nextDeadline, overdueOf } from '#shared/domain/review/deadlines.ts'
import { decideReview } from '#shared/domain/review/decide.ts'
import type { ActionItem, ReviewDocument } from '#shared/domain/review/document.ts'
import type { ReviewBody } from '#shared/domain/review/events.ts'
import {
  evolveReview,
  followIncident,
  MAX_REVIEWS,
  reviewsToForget,
  wantedReview,
  wantsReview,
} from '#shared/domain/review/evolve.ts'
import type { Review } from '#shared/domain/review/schema.ts'
import type { IncidentBody } from '#shared/domain/incident/events.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const bo: Actor = { kind: 'person', id: 'bo', name: 'Bo' }
const on = { incidentId: 'i1' } as const

const item = (over: Partial<ActionItem> = {}): ActionItem => ({
  id: 'a1',
  text: 'Limit the retries',
  owner: null,
  dueAt: null,
  priority: 'high',
  status: 'open',
  ticket: null,
  ...over,
})

const text = (over: Partial<ReviewDocument> = {}): ReviewDocument => ({
  title: 'Card payments fail',
  isDrill: false,
  sections: {},
  citations: [],
  actions: [item()],
  attendees: [],
  followUpAt: null,
  ...over,
})

const wanted = wantedReview({ id: 'i1', title: 'Card payments fail', severity: 'P0' }, 0)

const saved = (revision: number, over: Partial<ReviewDocument> = {}): ReviewBody => ({
  type: 'review.saved',
  ...on,
  revision,
  document: text(over),
})

/** A review after some events, an hour apart. */
function after(...bodies: readonly ReviewBody[]): Review {
  return bodies.reduce(
    (review, body, index) =>
      evolveReview(review, body, { at: (index + 1) * HOUR, actor: bo }, index + 5),
    wanted,
  )
}

const opened: ReviewBody = { type: 'review.opened', ...on }

const decided = (command: ReviewCommand, review: Review | undefined, now = 2 * HOUR + 12_000) =>
  decideReview(command, { review, isOver: true, now })

describe('which incidents want a review', () => {
  const resolved = { status: 'resolved', severity: 'P1', resolved: { at: 5, by: bo } } as const
  const said = (verdict: 'real' | 'false-alarm' | 'duplicate') => ({
    verdict: { at: 6, by: bo, verdict, of: null },
  })

  it.each([
    ['resolved and P1', {}, true],
    ['closed and P0', { status: 'closed', severity: 'P0' }, true],
    ['judged real', said('real'), true],
    ['open', { status: 'mitigated' }, false],
    ['P2', { severity: 'P2' }, false],
    ['a drill', { isDrill: true }, false],
    ['a false alarm', said('false-alarm'), false],
    ['a duplicate', said('duplicate'), false],
    ['merged', { mergedInto: 'i2' }, false],
  ] as const)('%s', (_, over, expected) => {
    expect(wantsReview(incidentWith({ id: 'i1', ...resolved, ...over }))).toBe(expected)
  })

  it('comes with the end, goes with the verdict, and comes back with another one', () => {
    const end: IncidentBody = { type: 'incident.resolved', ...on, stillFiring: 0 }
    const judge: IncidentBody = { type: 'incident.judged', ...on, verdict: 'real', of: null }
    const incident = incidentWith({ id: 'i1', ...resolved })
    const first = followIncident(undefined, incident, end)
    expect(first).toMatchObject({ incidentId: 'i1', resolvedAt: 5, openedAt: null })
    const none = incidentWith({ id: 'i1', ...resolved, ...said('false-alarm') })
    expect(followIncident(first, none, { ...judge, verdict: 'false-alarm' })).toBeUndefined()
    expect(followIncident(undefined, incident, judge)).toMatchObject({ resolvedAt: 5 })
    const note: IncidentBody = { type: 'incident.noted', ...on, text: 'x' }
    expect(followIncident(undefined, incident, note)).toBeUndefined()
    expect(followIncident(first, incident, note)).toBe(first)
  })

  it('keeps a review that somebody opened, and counts from the last time that it was resolved', () => {
    const review = after(opened)
    const reopened = incidentWith({ id: 'i1', title: review.title, severity: 'P1' })
    const body: IncidentBody = { type: 'incident.reopened', ...on }
    expect(followIncident(review, reopened, body)).toBe(review)
    const again = { ...reopened, status: 'resolved' as const, resolved: { at: 9, by: bo } }
    expect(
      followIncident(review, again, { type: 'incident.resolved', ...on, stillFiring: 0 }),
    ).toMatchObject({ resolvedAt: 9, openedAt: HOUR })
  })

  it('lives in the state with the incident, and is opened for any that is over', () => {
    const bodies: EventBody[] = [
      {
        type: 'incident.declared',
        ...on,
        groupKey: 'g',
        group: {},
        title: 'Refunds are late',
        severity: 'P2',
        description: null,
      },
      { type: 'incident.resolved', ...on, stillFiring: 0 },
    ]
    const events = bodies.map((body, index) => eventOf(index + 1, body))
    const state = evolve(emptyWatch, events)
    expect(state.reviews.size).toBe(0)
    const then = evolve(state, [eventOf(3, opened), eventOf(4, saved(1))])
    expect(then.reviews.get('i1')).toMatchObject({
      title: 'Refunds are late',
      revision: 1,
      saved: { seq: 4 },
      actions: { total: 1, open: 1 },
    })
    expect(evolve(emptyWatch, [eventOf(1, opened)]).reviews.size).toBe(0)
  })
})

describe('the deadlines of a review', () => {
  const states = (review: Review, now: number) =>
    deadlinesOf(review, now).map(({ kind, state }) => `${kind} ${state}`)

  it('run from the end of the incident', () => {
    expect(deadlinesOf(wanted, 0).map(({ dueAt }) => dueAt)).toEqual([
      24 * HOUR,
      48 * HOUR,
      7 * DAY,
      30 * DAY,
    ])
  })

  it('are due soon in their last quarter, and overdue from their very time on', () => {
    expect(states(wanted, 18 * HOUR)[0]).toBe('schedule open')
    expect(states(wanted, 18 * HOUR + 1)[0]).toBe('schedule due-soon')
    expect(states(wanted, 24 * HOUR - 1)[0]).toBe('schedule due-soon')
    expect(states(wanted, 24 * HOUR)[0]).toBe('schedule overdue')
    expect(overdueOf(wanted, 8 * DAY).map(({ kind }) => kind)).toEqual([
      'schedule',
      'hold',
      'publish',
    ])
  })

  it('are done by what has happened, and what comes later passes over what comes before', () => {
    const held = after(opened, { type: 'review.held', ...on })
    expect(states(held, DAY)).toEqual([
      'schedule passed-over',
      'hold done',
      'publish open',
      'actions open',
    ])
    const published = after(opened, saved(1), {
      type: 'review.published',
      ...on,
      revision: 1,
      hash: 'h',
    })
    expect(states(published, DAY)).toEqual([
      'schedule passed-over',
      'hold passed-over',
      'publish done',
      'actions open',
    ])
    expect(deadlinesOf(published, DAY).map(({ doneAt }) => doneAt !== null)).toEqual([
      false,
      false,
      true,
      false,
    ])
    expect(overdueOf(published, 40 * DAY).map(({ kind }) => kind)).toEqual(['actions'])
    expect(nextDeadline(published, DAY)?.kind).toBe('actions')
    const heldAfter = evolveReview(
      published,
      { type: 'review.held', ...on },
      { at: 8 * HOUR, actor: bo },
      9,
    )
    expect(deadlinesOf(heldAfter, DAY)[1]).toMatchObject({ state: 'done', doneAt: 8 * HOUR })
    const ended = evolveReview(
      published,
      { type: 'action.changed', ...on, action: item({ status: 'done' }), revision: 2, open: 0 },
      { at: 9 * HOUR, actor: bo },
      9,
    )
    expect(deadlinesOf(ended, DAY).at(-1)).toMatchObject({ state: 'done', doneAt: 9 * HOUR })
    expect(nextDeadline(ended, DAY)).toBeUndefined()
  })

  it('are done for the action items of a review without any once it is published', () => {
    const review = after(opened, saved(1, { actions: [] }))
    expect(states(review, 0)[3]).toBe('actions open')
    const body: ReviewBody = { type: 'review.published', ...on, revision: 1, hash: 'h' }
    const published = evolveReview(review, body, { at: 7, actor: bo }, 8)
    expect(deadlinesOf(published, 0)[3]).toMatchObject({ state: 'done', doneAt: 7 })
  })
})

describe('what is decided of a review', () => {
  const open = after(opened)
  const written = after(opened, saved(1))
  const refusals: readonly (readonly [string, ReviewCommand, Review | undefined, RegExp])[] = [
    ['nobody opened it', { type: 'review.hold', ...on }, wanted, /Nobody has opened/],
    ['it is unknown', { type: 'review.hold', ...on }, undefined, /Nobody has opened/],
    ['it is open', { type: 'review.open', ...on }, open, /open already/],
    [
      'somebody saved meanwhile',
      { type: 'review.save', ...on, revision: 0, document: text() },
      written,
      /^Bo saved revision 1 of this review 12s ago\.$/,
    ],
    [
      'it is too long',
      {
        type: 'review.save',
        ...on,
        revision: 0,
        document: text({ sections: { summary: 'x'.repeat(100_000) } }),
      },
      open,
      /at most 100000/,
    ],
    ['the time is past', { type: 'review.schedule', ...on, meetsAt: 1 }, open, /in the past/],
    [
      'the time is far',
      { type: 'review.schedule', ...on, meetsAt: 500 * DAY },
      open,
      /more than a year/,
    ],
    ['it has no text', { type: 'review.publish', ...on, revision: 0, hash: 'h' }, open, /no text/],
    [
      'there is a newer text',
      { type: 'review.publish', ...on, revision: 0, hash: 'h' },
      written,
      /Bo saved revision 1/,
    ],
    [
      'the action item is unknown',
      { type: 'action.change', ...on, action: item(), before: undefined },
      written,
      /not in the review/,
    ],
    [
      'the action item is the same',
      { type: 'action.change', ...on, action: item(), before: item() },
      written,
      /says this already/,
    ],
  ]

  it.each(refusals)('is a worded refusal where %s', (_, command, review, words) => {
    const result = decided(command, review)
    expect(result.ok ? '' : result.error.message).toMatch(words)
  })

  it('says each thing once', () => {
    const scheduled = after(opened, { type: 'review.scheduled', ...on, meetsAt: 5 * HOUR })
    const again = decided({ type: 'review.schedule', ...on, meetsAt: 5 * HOUR }, scheduled)
    expect(again).toMatchObject({ ok: false, error: { code: 'already-done' } })
    const held = after(opened, { type: 'review.held', ...on })
    const late = decided({ type: 'review.schedule', ...on, meetsAt: 5 * HOUR }, held)
    expect(late).toMatchObject({ ok: false, error: { code: 'already-done' } })
    expect(decided({ type: 'review.hold', ...on }, held)).toMatchObject({ ok: false })
    const published = after(opened, saved(1), {
      type: 'review.published',
      ...on,
      revision: 1,
      hash: 'h',
    })
    const same = decided({ type: 'review.publish', ...on, revision: 1, hash: 'h' }, published)
    expect(same).toMatchObject({ ok: false, error: { code: 'already-done' } })
    const other = decided({ type: 'review.publish', ...on, revision: 1, hash: 'g' }, published)
    expect(other.ok).toBe(true)
  })

  it('opens a review of any incident that is over, and of no other one', () => {
    const command = { type: 'review.open', ...on } as const
    expect(decideReview(command, { review: undefined, isOver: true, now: 0 }).ok).toBe(true)
    expect(decideReview(command, { review: undefined, isOver: false, now: 0 })).toMatchObject({
      error: { code: 'not-allowed-now' },
    })
  })

  it('counts the action items that are left', () => {
    const done = item({ status: 'done' })
    const command = { type: 'action.change', ...on, action: done, before: item() } as const
    const result = decided(command, written)
    expect(result).toMatchObject({ ok: true, value: [{ open: 0, revision: 2 }] })
  })
})

describe('the reviews of the state', () => {
  it('are at most so many: what waits for nothing goes first, then the oldest', () => {
    const many = Array.from({ length: MAX_REVIEWS + 2 }, (_, index) => ({
      ...wanted,
      incidentId: `i${String(index)}`,
      resolvedAt: index,
      published: index === 200 ? { at: 0, hash: 'h', revision: 1 } : null,
    }))
    const reviews = new Map(many.map((each) => [each.incidentId, each]))
    expect(reviewsToForget(reviews, 0).toSorted()).toEqual(['i0', 'i200'])
  })

  it('leave a week after all is done, and after half a year in any case', () => {
    const done = after(opened, saved(1, { actions: [] }), {
      type: 'review.published',
      ...on,
      revision: 1,
      hash: 'h',
    })
    const reviews = new Map([
      ['i1', done],
      ['i2', { ...wanted, incidentId: 'i2' }],
    ])
    expect(reviewsToForget(reviews, DAY)).toEqual([])
    expect(reviewsToForget(reviews, 8 * DAY)).toEqual(['i1'])
    expect(reviewsToForget(reviews, 181 * DAY)).toEqual(['i1', 'i2'])
  })
})
