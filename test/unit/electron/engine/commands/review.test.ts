import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readReviewRecord, readSavedReview } from '#electron/engine/commands/review-record.ts'
import type { Journal } from '#electron/engine/ports/journal.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { documentOf } from '#shared/domain/review-draft/to-document.ts'
import { publishedOf } from '#shared/domain/review/published.ts'
import { reviewToMarkdown } from '#shared/domain/review/to-markdown.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { bo } from '#test/fixtures/persons.ts'
import { reviewedId, reviewStory } from '#test/fixtures/review-story.ts'

const incidentId = reviewedId

function stage(events: readonly Event[] = reviewStory): TestEngine {
  const journal = createMemoryJournal()
  journal.append(events, [])
  return startTestEngine([], { journal })
}

function value<Value>(
  result: { ok: true; value: Value } | { ok: false; error: { message: string } },
): Value {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

async function drafted(test: TestEngine) {
  return documentOf(value(await test.run('review.draft', { incidentId })).draft)
}

describe('the review of an incident', () => {
  it('is wanted by what was resolved, drafted, saved, changed, held and published', async () => {
    const test = stage()
    const [listed] = value(await test.run('review.list', {})).reviews
    expect(listed?.review).toMatchObject({ incidentId, severity: 'P0', openedAt: null })
    expect(value(await test.run('review.read', { incidentId }))).toEqual({
      document: null,
      revision: 0,
    })
    const document = await drafted(test)
    value(await test.run('review.open', { incidentId }))
    value(await test.run('review.save', { incidentId, revision: 0, document }))
    expect(value(await test.run('review.read', { incidentId }))).toEqual({ document, revision: 1 })

    const [first] = document.actions
    if (!first) throw new Error('no action item')
    const action = { ...first, status: 'done' as const }
    value(await test.run('review.change-action', { incidentId, action }))
    const changed = value(await test.run('review.read', { incidentId }))
    expect(changed.revision).toBe(2)
    expect(changed.document?.actions[0]).toEqual(action)
    const meetsAt = test.clock.now() + 3_600_000
    value(await test.run('review.schedule', { incidentId, meetsAt }))
    value(await test.run('review.hold', { incidentId }))
    value(await test.run('review.publish', { incidentId, revision: 2 }))
    const review = test.engine.state().reviews.get(incidentId)
    if (!review || !changed.document) throw new Error('no review')
    const { severity, resolvedAt, heldAt } = review
    const markdown = reviewToMarkdown(
      publishedOf(changed.document, { incidentId, severity, resolvedAt, heldAt, revision: 2 }),
    )
    expect(review.published?.hash).toBe(createHash('sha256').update(markdown).digest('hex'))
    expect(review.actions).toEqual({ total: 2, open: 1 })
    const timeline = value(await test.run('incident.timeline', { incidentId }))
    expect(timeline.entries.slice(-6).map(({ text }) => text)).toEqual([
      'opened the review',
      'saved the review: revision 1',
      'marked the action item as done: Limit the retries',
      'scheduled the review for',
      'held the review',
      'published the review: revision 2',
    ])
  })

  it('refuses the second of two who save at once, and says who was first', async () => {
    const test = stage()
    const document = await drafted(test)
    value(await test.run('review.open', { incidentId }))
    value(await test.run('review.save', { incidentId, revision: 0, document }))
    const second = await test.engine.execute(
      'review.save',
      { incidentId, revision: 0, document: { ...document, title: 'Mine' } },
      { requestId: 'bo', actor: personActor(bo, 'cockpit'), rights: ['read', 'act'] },
    )
    expect(second).toMatchObject({
      ok: false,
      error: {
        code: 'not-allowed-now',
        message: 'ada saved revision 1 of this review just now.',
      },
    })
    expect(value(await test.run('review.read', { incidentId })).document?.title).toBe(
      document.title,
    )
  })

  it('saves once what is sent twice', async () => {
    const test = stage()
    const document = await drafted(test)
    value(await test.run('review.open', { incidentId }))
    const save = () => test.run('review.save', { incidentId, revision: 0, document }, 'same')
    expect(await save()).toEqual(await save())
  })

  it('publishes nothing that nobody has saved, and changes no action item that is not there', async () => {
    const test = stage()
    const published = await test.run('review.publish', { incidentId, revision: 1 })
    expect(published).toMatchObject({ ok: false, error: { code: 'not-found' } })
    value(await test.run('review.open', { incidentId }))
    const action = {
      id: 'none',
      text: 'x',
      owner: null,
      dueAt: null,
      priority: 'low',
      status: 'open',
      ticket: null,
    } as const
    expect(await test.run('review.change-action', { incidentId, action })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
  })

  it('is not drafted of what the journal does not know', async () => {
    const answer = await stage([]).run('review.draft', { incidentId: 'nobody' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})

describe('the PDF of a review', () => {
  const names = 'roles'

  it('is made of what was saved, with names or roles, by a host that can', async () => {
    const pages: string[] = []
    const journal = createMemoryJournal()
    journal.append(reviewStory, [])
    const test = startTestEngine([], {
      journal,
      printer: {
        toPdf: (html) => {
          pages.push(html)
          return Promise.resolve(
            pages.length > 2
              ? { ok: false, error: 'No paper.' }
              : { ok: true, value: Buffer.from('%PDF-') },
          )
        },
      },
    })
    expect(await test.run('review.pdf', { incidentId, names })).toMatchObject({
      ok: false,
      error: { message: 'Nobody has saved the review yet.' },
    })
    const document = await drafted(test)
    value(await test.run('review.open', { incidentId }))
    value(await test.run('review.save', { incidentId, revision: 0, document }))
    const { pdf } = value(await test.run('review.pdf', { incidentId, names }))
    expect(Buffer.from(pdf, 'base64').toString()).toBe('%PDF-')
    value(await test.run('review.pdf', { incidentId, names: 'kept' }))
    expect(pages[0]).not.toContain('Lovelace')
    expect(pages[1]).toContain('Ada Lovelace')
    expect(await test.run('review.pdf', { incidentId, names })).toMatchObject({
      error: { message: 'No paper.' },
    })
  })

  it('is refused where the host makes none', async () => {
    expect(await stage().run('review.pdf', { incidentId, names })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-now' },
    })
  })
})

describe('the record that a review is drafted from', () => {
  const [fired] = reviewStory.filter(({ body }) => body.type === 'alert.fired')
  const note: Event | undefined = reviewStory.find(({ body }) => body.type === 'incident.noted')
  if (!fired || !note) throw new Error('the story has no alert or no note')

  /** A journal of so many events of one incident. */
  function journalOf(events: readonly Event[]): Pick<Journal, 'incidentEvents'> {
    const numbered = events.map((event, index) => ({ ...event, seq: index + 1 }))
    return {
      incidentEvents: (_, limit, { after, before } = {}) => {
        const all = numbered.filter(
          ({ seq }) => seq > (after ?? 0) && seq < (before ?? Number.POSITIVE_INFINITY),
        )
        return after === undefined ? all.slice(-limit) : all.slice(0, limit)
      },
    }
  }

  it('keeps the first alerts of a storm and all else, and lets others go on between', async () => {
    let breaths = 0
    const storm = Array.from({ length: 1_200 }, () => fired)
    const { events, isComplete } = await readReviewRecord('i', journalOf([...storm, note]), () => {
      breaths += 1
      return Promise.resolve()
    })
    expect(isComplete).toBe(false)
    expect(breaths).toBe(2)
    expect(events).toHaveLength(201)
    expect(events.at(-1)?.body).toEqual(note.body)
  })

  it('is bounded, and says where it is not whole', async () => {
    const notes = Array.from({ length: 11_000 }, () => note)
    const record = await readReviewRecord('i', journalOf(notes), () => Promise.resolve())
    expect(record.isComplete).toBe(false)
    expect(record.events.length).toBeLessThan(11_000)
  })

  it('finds what was saved last, from its place or back from the end', () => {
    const saved: Event = {
      ...note,
      body: {
        type: 'review.saved',
        incidentId: 'i',
        revision: 4,
        document: {
          title: 'T',
          isDrill: false,
          sections: {},
          citations: [],
          actions: [],
          attendees: [],
          followUpAt: null,
        },
      },
    }
    const many = Array.from({ length: 700 }, () => note)
    const journal = journalOf([...many, saved, ...many])
    expect(readSavedReview('i', journal, 701)).toMatchObject({ revision: 4 })
    expect(readSavedReview('i', journal, null)).toMatchObject({ revision: 4 })
    expect(readSavedReview('i', journalOf(many), null)).toBeNull()
  })
})
