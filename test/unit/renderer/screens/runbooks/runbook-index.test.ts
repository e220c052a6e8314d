import { describe, expect, it } from 'vitest'
import { pieces, RunbookIndex } from '#renderer/screens/runbooks/runbook-index.ts'
import { isNestedTooDeep } from '#renderer/screens/runbooks/nesting.ts'
import { sectionsOf } from '#shared/domain/runbook/text-sections.ts'
import { runbookFileWith } from '#test/fixtures/runbook-entries.ts'

const text = `# Gateway is slow

Before all.

## Logs

Upstream timeouts of the *processor*.

## Roll back ##

Set the previous release.
`

function indexWith(alerts: readonly string[] = []) {
  const index = new RunbookIndex()
  index.put(runbookFileWith('payments/slow.md', text), 'k1', alerts, text)
  index.put(runbookFileWith('disk.md', '# Disk full'), 'k1', [], '# Disk full\n\nDelete releases.')
  return index
}
const idsOf = (index: RunbookIndex, query: string) =>
  index.find(query).runbooks.map(({ id }) => id.replace('playbook:', ''))

describe('the search in runbooks', () => {
  it.each([
    ['the title', 'gateway'],
    ['the begin of a word', 'gatew'],
    ['two letters of a title', 'ga'],
    ['the file', 'payments'],
    ['the text', 'upstream'],
    ['a word that is mistyped', 'upstraem'],
    ['words of two sections', 'timeouts previous'],
  ])('finds by %s', (_name, query) => {
    expect(idsOf(indexWith(), query)).toEqual(['payments/slow.md'])
  })

  it('finds by the alerts that lead there, also by a part of their names', () => {
    const index = indexWith(['GatewayLatencyHigh'])
    expect(idsOf(index, 'latency')).toEqual(['payments/slow.md'])
    const [found] = index.find('GatewayLatencyHigh').runbooks
    expect(found?.name?.some(({ isFound }) => isFound)).toBe(true)
  })

  it('says in which section, and shows the words around', () => {
    const [found] = indexWith().find('previous').runbooks
    expect(found?.section).toMatchObject({ heading: 'Roll back', anchor: 'roll-back' })
    expect(found?.section?.around.map(({ text: piece }) => piece).join('')).toBe(
      'Set the previous release.',
    )
  })

  it('puts titles before texts', () => {
    const index = indexWith()
    index.put(runbookFileWith('release.md', '# Release'), 'k1', [], '# Release\n\nx')
    expect(idsOf(index, 'release')[0]).toBe('release.md')
  })

  it('shows those with some of the words where none has all, and says so', () => {
    const found = indexWith().find('gateway volcano')
    expect(found.hasAllWords).toBe(false)
    expect(found.runbooks).toHaveLength(1)
    expect(indexWith().find('volcano')).toEqual({ runbooks: [], hasAllWords: true })
  })

  it('forgets what is put in anew or taken out', () => {
    const index = indexWith()
    index.put(runbookFileWith('disk.md', '# Disk full'), 'k2', [], 'Nothing.')
    expect(idsOf(index, 'delete')).toEqual([])
    expect([index.has('playbook:disk.md', 'k2'), index.has('playbook:disk.md', 'k1')]).toEqual([
      true,
      false,
    ])
    index.remove('playbook:payments/slow.md')
    expect(idsOf(index, 'gateway')).toEqual([])
  })

  it('takes up a text of any size, to its end', () => {
    const index = new RunbookIndex()
    const long = `${'word '.repeat(40_000)}\n\n## Last\n\nlighthouse`
    index.put(runbookFileWith('long.md', long), 'k', [], long)
    expect(index.find('lighthouse').runbooks[0]?.section?.heading).toBe('Last')
  })

  it.each(['', '   ', '"', '(*', '\\', '['.repeat(300)])('stands every query: %s', (query) => {
    expect(indexWith().find(query).runbooks).toEqual([])
  })
})

describe('pieces', () => {
  it('are the same line again, whatever the terms are made of', () => {
    const cut = pieces('a+b (A+B)', ['a+b'])
    expect(cut.map((piece) => piece.text).join('')).toBe('a+b (A+B)')
    expect(cut.filter(({ isFound }) => isFound)).toHaveLength(2)
  })
})

describe('the sections of a text', () => {
  it('begin at headings, but not at comments in code', () => {
    const cut = sectionsOf('intro\n\n# A `b`\n\n```sh\n# no heading\n```\n\n## A b\nrest')
    expect(cut.map(({ heading, anchor }) => [heading, anchor])).toEqual([
      ['', null],
      ['A b', 'a-b'],
      ['A b', 'a-b-1'],
    ])
  })
})

describe('a text that is nested too deep', () => {
  it.each([
    ['quotes', '> '.repeat(100), true],
    ['quotes without spaces', `text\n${'>'.repeat(100)}`, true],
    ['lists in one line', '- '.repeat(100), true],
    ['lists below each other', `${' '.repeat(200)}- x`, true],
    ['a line', '-'.repeat(300), false],
    ['emphasis', '*'.repeat(300), false],
    ['code far to the right', `${' '.repeat(120)}echo`, false],
    ['a list of a person', '1. a\n   - b\n     > c\n     - [ ] d', false],
  ])('is known by its lines: %s', (_name, markdown, expected) => {
    expect(isNestedTooDeep(markdown)).toBe(expected)
  })
})
