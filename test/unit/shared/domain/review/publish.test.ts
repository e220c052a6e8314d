import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namesToRoles, withoutNames } from '#shared/domain/review/blameless.ts'
import { blamingWords } from '#shared/domain/review/blaming.ts'
import { blocksOf } from '#shared/domain/review/blocks.ts'
import { ticketSchema, type ReviewDocument } from '#shared/domain/review/document.ts'
import { documentOf } from '#shared/domain/review-draft/to-document.ts'
import { draftReview } from '#shared/domain/review-draft/draft.ts'
import { REVIEW_STYLE, REVIEW_STYLE_HASH } from '#shared/domain/review/html-style.ts'
import { mergeReviews } from '#shared/domain/review/merge.ts'
import { emptySectionsOf, NOTHING_WRITTEN, publishedOf } from '#shared/domain/review/published.ts'
import { reviewToHtml } from '#shared/domain/review/to-html.ts'
import { reviewToMarkdown } from '#shared/domain/review/to-markdown.ts'
import { agenda, atPart, idleTimer, leftOf, toggled } from '#shared/domain/review/agenda.ts'
import { markdownProblems } from '#test/fixtures/markdown-problems.ts'
import { reviewedId, reviewStory } from '#test/fixtures/review-story.ts'

const document = documentOf(draftReview(reviewedId, reviewStory))
const facts = {
  incidentId: reviewedId,
  severity: 'P0',
  resolvedAt: 0,
  heldAt: 60_000,
  revision: 2,
} as const

const rich: ReviewDocument = {
  ...document,
  sections: {
    ...document.sections,
    lessons:
      'First\nparagraph\n\n- one\n  more of it\n- two\nthen <script>alert(1)</script>\n# no heading',
  },
  citations: [{ section: 'impact', seq: 12, at: 0, text: 'Ada noted: <b>36 %</b>' }],
  actions: [
    ...document.actions,
    {
      id: 'x',
      text: 'A | B\n`c`',
      owner: 'Bo Andersen',
      dueAt: 0,
      priority: 'low',
      status: 'in-progress',
      ticket: 'https://tracker.example/OPS-7?a=1|2',
    },
  ],
  followUpAt: Date.UTC(2026, 11, 24),
}

describe('the sections of a review that are empty', () => {
  it('are those that its file has nothing of', () => {
    const sections = { ...rich.sections, 'went-well': ' \n', impact: '' }
    const empty = emptySectionsOf({ ...rich, sections })
    expect(empty).toContain('went-well')
    // An entry of the timeline is cited in it.
    expect(empty).not.toContain('impact')
    expect(empty).not.toContain('summary')
    const markdown = reviewToMarkdown(publishedOf({ ...rich, sections }, facts))
    expect(markdown.split(NOTHING_WRITTEN)).toHaveLength(empty.length + 1)
  })
})

describe('a published review', () => {
  it('is Markdown that a linter has nothing against', () => {
    const markdown = reviewToMarkdown(publishedOf(rich, facts))
    expect(markdownProblems(markdown)).toEqual([])
    expect(markdown).toContain('- one\\\n  more of it\n- two')
    expect(markdown).toContain('<https://tracker.example/OPS-7?a=1%7C2>')
    expect(markdown).toContain('Looked at again on 2026-12-24.')
    expect(markdown).toContain('1970-01-01 00:00 UTC Ada noted')
    expect(markdown).not.toContain('<script>')
  })

  it('is Markdown without a fault whatever people write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const sections = { summary: text, lessons: `- ${text}\n\n${text}` }
        const markdown = reviewToMarkdown(publishedOf({ ...document, sections }, facts))
        expect(markdownProblems(markdown)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('is HTML in which nothing of it can do anything', () => {
    const html = reviewToHtml(publishedOf({ ...rich, isDrill: true }, facts))
    expect(html).not.toMatch(/<script|<img|<b>|onerror=/)
    expect(html).toContain('&lt;script&gt;')
    expect(html).toContain("default-src 'none'")
    expect(html).toContain('Drill: practice')
    expect(html.match(/<a /g)).toHaveLength(1)
  })

  it('allows the one style that it has', () => {
    const hash = createHash('sha256').update(REVIEW_STYLE).digest('base64')
    expect(REVIEW_STYLE_HASH).toBe(hash)
  })

  it('takes no ticket that is not of the web', () => {
    expect(ticketSchema.safeParse('javascript:alert(1)').success).toBe(false)
    expect(ticketSchema.safeParse('https://a"onclick="x').success).toBe(false)
    expect(ticketSchema.safeParse('https://tracker.example/OPS-7').success).toBe(true)
  })
})

describe('the text of a section', () => {
  it('keeps every word that it has', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('- a', 'b', '', '  c', '-', '* d', ' - e')), (lines) => {
        const words = blocksOf(lines.join('\n'))
          .flatMap((block) => (block.kind === 'list' ? block.items : [block.text]))
          .join('')
          .replace(/\s/g, '')
        const written = lines.map((line) => line.replace(/^\s*[-*]\s+(?=\S)/, '').trim())
        expect(words).toBe(written.join(''))
      }),
    )
  })
})

describe('a blameless copy', () => {
  const people = [
    { name: 'Ada Lovelace', role: 'Incident commander' },
    { name: 'Bo Andersen', role: '' },
    { name: 'Cy', role: '' },
    { name: 'root', role: '' },
  ]
  const replace = namesToRoles(people)

  it.each([
    ['Ada Lovelace acknowledged.', 'The incident commander acknowledged.'],
    ['Then ada lovelace and Bo spoke.', 'Then the incident commander and an engineer spoke.'],
    [
      'Bo Andersen asked Cy. Cy answered @Bo.',
      'An engineer asked a second engineer. A second engineer answered an engineer.',
    ],
    ['The root cause is known.', 'The root cause is known.'],
    ['Boards and Adapters stay.', 'Boards and Adapters stay.'],
    ["Lovelace's idea", "The incident commander's idea"],
  ])('%s', (text, expected) => {
    expect(replace(text)).toBe(expected)
  })

  it('has no name of anybody left anywhere', () => {
    const html = reviewToHtml(publishedOf(withoutNames(rich, people), facts))
    const markdown = reviewToMarkdown(publishedOf(withoutNames(rich, people), facts))
    for (const text of [html, markdown]) expect(text).not.toMatch(/\b(Ada|Lovelace|Bo|Andersen)\b/)
    expect(markdown).toContain('| An engineer |')
  })
})

describe('blaming words', () => {
  it('are found, with what helps more', () => {
    const found = blamingWords(
      'Bo should have known. It was human error, and careless. Ada’s fault.',
    )
    expect(found.map((each) => each.found)).toEqual([
      'should have',
      'human error',
      'careless',
      'Ada’s fault',
    ])
    expect(found.every(({ instead }) => instead.length > 20)).toBe(true)
  })

  it('are not what only looks like them', () => {
    expect(
      blamingWords('The default value, error rate and faulty disk; we should add an alert.'),
    ).toEqual([])
  })
})

describe('two edits of one review', () => {
  const base = { ...rich, sections: { summary: 'a', impact: 'b' } }
  const mine = {
    ...base,
    sections: { summary: 'mine', impact: 'b' },
    actions: base.actions.slice(1),
  }
  const theirs = {
    ...base,
    sections: { summary: 'a', impact: 'theirs' },
    attendees: [...base.attendees, { name: 'Cy', role: '' }],
  }

  it('go together where they are of different parts', () => {
    const { document: merged, conflicts } = mergeReviews(base, mine, theirs)
    expect(conflicts).toEqual([])
    expect(merged.sections).toMatchObject({ summary: 'mine', impact: 'theirs' })
    expect(merged.actions).toEqual(mine.actions)
    expect(merged.attendees).toEqual(theirs.attendees)
  })

  it('keep mine where both changed the same, and show the other one', () => {
    const other = { ...theirs, sections: { ...theirs.sections, summary: 'other' } }
    const { document: merged, conflicts } = mergeReviews(base, mine, other)
    expect(merged.sections.summary).toBe('mine')
    expect(conflicts).toEqual([{ part: 'Summary', theirs: 'other' }])
  })
})

describe('the timer of the agenda', () => {
  it('has six parts of 5, 15, 10, 15, 10 and 10 minutes', () => {
    expect(agenda.map(({ minutes }) => minutes)).toEqual([5, 15, 10, 15, 10, 10])
  })

  it('runs, pauses, goes on and over its time', () => {
    const started = toggled(idleTimer, 1_000)
    expect(leftOf(started, 61_000)).toBe(4 * 60_000)
    const paused = toggled(started, 61_000)
    expect(leftOf(paused, 999_000)).toBe(4 * 60_000)
    const again = toggled(paused, 1_000_000)
    expect(leftOf(again, 1_000_000 + 5 * 60_000)).toBe(-60_000)
    const next = atPart(again, again.part + 1, 2_000_000)
    expect(leftOf(next, 2_000_000)).toBe(15 * 60_000)
    expect(atPart(next, 17, 0).part).toBe(5)
    expect(atPart(paused, -1, 0)).toEqual({ part: 0, spentMs: 0, since: null })
  })
})
