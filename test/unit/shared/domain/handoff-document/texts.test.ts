import { describe, expect, it } from 'vitest'
import { compareHandoffs } from '#shared/domain/handoff-document/compare.ts'
import { toHtml } from '#shared/domain/handoff-document/to-html.ts'
import { toMarkdown } from '#shared/domain/handoff-document/to-markdown.ts'
import type { HandoffLine } from '#shared/domain/handoff/schema.ts'
import { hostileHost } from '#test/fixtures/shifts/busy.ts'
import { documentOf } from '#test/fixtures/shifts/shifts.ts'

const line = (id: string, more: Partial<HandoffLine> = {}): HandoffLine => ({
  id,
  section: 'ongoing',
  under: null,
  text: `Line ${id}`,
  severity: null,
  incidentId: null,
  events: [1],
  nextStep: null,
  contact: null,
  ...more,
})
const period = { from: 0, to: 43_200_000 }
const outcome = {
  answers: [{ questionId: 'concerns', answer: `${hostileHost}\nsecond line` }],
  accepted: { at: 43_200_000, by: { name: 'Bo' } },
}
const hostile = documentOf(
  [
    line('a', { text: hostileHost, nextStep: hostileHost, contact: hostileHost, severity: 'P0' }),
    line('b', { under: 'a', text: '- [ ] # not a heading' }),
    line('c', { under: 'gone', text: 'A part whose line was struck out' }),
  ],
  period,
  { from: { id: 'ada', name: '</title><script>alert(1)</script>' } },
)

describe('a handoff as Markdown', () => {
  it('shows hostile names word for word and makes nothing of them', () => {
    const text = toMarkdown(hostile, outcome)
    expect(text).not.toMatch(/(?<!\\)<(?:img|script)/)
    expect(text).not.toContain('@here')
    expect(text).not.toMatch(/(?<!\\)\[a\]\(/)
    expect(text).toContain('- **P0** ')
    expect(text).toContain('Accepted: Thu 1 Jan 1970, 13:00 CET by Bo')
    expect(text).toContain('A part whose line was struck out')
  })

  it('is as linters want it', () => {
    const lines = toMarkdown(hostile, outcome).split('\n')
    expect(lines.filter((each) => /\s$/.test(each))).toEqual([])
    expect(lines.filter((each) => each.startsWith('# '))).toHaveLength(1)
    expect(toMarkdown(hostile)).not.toContain('\n\n\n')
    expect(toMarkdown(hostile)).toMatch(/[^\n]\n$/)
    lines.forEach((each, index) => {
      if (!each.startsWith('## ')) return
      expect([lines[index - 1], lines[index + 1]]).toEqual(['', ''])
    })
  })
})

describe('a handoff as HTML', () => {
  it('needs nothing but itself, and nothing in it can happen', () => {
    const text = toHtml(hostile, outcome)
    expect(text).toContain("default-src 'none'")
    expect(text).not.toMatch(/<(?:img|script|a |link|iframe)/)
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(text).toContain('second line')
    expect(toHtml(documentOf([], period))).toContain('No open incidents.')
  })
})

describe('an open incident without a next step', () => {
  it('says so to whoever reads it, and nothing else does', () => {
    const lines = [
      line('a'),
      line('b', { under: 'a' }),
      line('c', { nextStep: 'Look' }),
      line('d', { section: 'resolved' }),
    ]
    const document = documentOf(lines, period)
    expect(toMarkdown(document).match(/Next step: .*/g)).toEqual([
      'Next step: none yet',
      'Next step: Look',
    ])
    expect(toHtml(document).match(/Next step: none yet/g)).toHaveLength(1)
  })
})

describe('a handoff of the drill', () => {
  it('says on paper that it is practice, and a real one does not', () => {
    const practice = documentOf([line('a')], period, { isPractice: true })
    const words = 'Practice: of the drill alone. It hands no shift over.'
    expect(toMarkdown(practice)).toContain(`**${words}**`)
    expect(toMarkdown(practice)).toMatch(/^# Practice handoff: /)
    expect(toHtml(practice)).toContain(words)
    expect(toMarkdown(documentOf([line('a')], period))).not.toContain('Practice')
  })
})

describe('two handoffs', () => {
  it('are compared line by line: new, gone, still there, and changed', () => {
    const own = (id: string, text: string) => line(id, { events: [], section: 'notes', text })
    const compared = compareHandoffs(
      [line('a'), line('b'), line('c'), own('n1', 'Mind the disk')],
      [line('b'), line('c', { text: 'Other' }), line('d'), own('n2', 'Mind the disk')],
    )
    expect(compared.added.map(({ id }) => id)).toEqual(['d'])
    expect(compared.gone.map(({ id }) => id)).toEqual(['a'])
    expect(compared.still.map(({ line: { id }, before }) => [id, before])).toEqual([
      ['b', null],
      ['c', 'Line c'],
      ['n2', null],
    ])
  })
})
