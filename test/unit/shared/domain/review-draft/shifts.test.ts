import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { draftReview } from '#shared/domain/review-draft/draft.ts'
import { documentOf } from '#shared/domain/review-draft/to-document.ts'
import { publishedOf } from '#shared/domain/review/published.ts'
import { reviewToMarkdown } from '#shared/domain/review/to-markdown.ts'
import { incidentOf, type Event } from '#shared/domain/watch/event.ts'
import { markdownProblems } from '#test/fixtures/markdown-problems.ts'
import { shifts } from '#test/fixtures/shifts/shifts.ts'

/** The incident of each recorded shift that is reviewed, by the begin of its title. */
const reviewed: Readonly<Record<string, string>> = {
  quiet: 'DiskFillsUp',
  busy: 'CardPaymentsFail',
  midnight: 'LoginsFail',
}

const expectedOf = (name: string) =>
  readFileSync(new URL(`../../../../fixtures/reviews/${name}.md`, import.meta.url), 'utf8')

/** The events of the incident whose title begins so, and its id. */
function incidentIn(events: readonly Event[], title: string) {
  const opened = events.find(
    ({ body }) => body.type === 'incident.triggered' && body.title.startsWith(title),
  )
  const id = opened ? incidentOf(opened.body) : null
  if (id === null) throw new Error(`no incident ${title}`)
  return { id, own: events.filter(({ body }) => incidentOf(body) === id) }
}

describe.each(shifts)('the review of an incident of the $name shift', ({ name, record }) => {
  it('says exactly what was written by hand before it was drafted', async () => {
    const { journal } = await record()
    const { id, own } = incidentIn(journal.events, reviewed[name] ?? '')
    const draft = draftReview(id, own)
    const { severity, resolvedAt } = draft
    if (severity === null || resolvedAt === null) throw new Error('it is not over')
    const facts = { incidentId: name, severity, resolvedAt, heldAt: null, revision: 1 }
    const markdown = reviewToMarkdown(publishedOf(documentOf(draft), facts))
    expect(markdown).toBe(expectedOf(name))
    expect(markdownProblems(markdown)).toEqual([])
  })
})
