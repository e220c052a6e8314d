import { describe, expect, it } from 'vitest'
import { withDefinitions } from '#shared/domain/runbook/definitions.ts'
import { linksOf } from '#shared/domain/runbook/links.ts'
import { readMarkdown } from '#shared/domain/runbook/markdown.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'

/** The links of each step, read from nothing but the step's own words and what is added to them. */
function linksByStep(text: string) {
  const { blocks, steps, definitions } = parseRunbook({ path: 'a.md', text })
  expect(blocks.map((block) => block.text).join('')).toBe(text)
  return steps.map(({ from, until }) =>
    blocks.slice(from, until).flatMap(({ content }) => {
      const tree = readMarkdown(withDefinitions(content, definitions), 0)
      return linksOf(tree.nodes, tree.definitions).map((link) => [link.text, link.url])
    }),
  )
}

const page = (link: string, definition: string) =>
  `# Shop\n\n## Diagnosis\n\n1. Look at ${link} first.\n2. Wait.\n\n## Links\n\n${definition}\n`

describe('the words of a step that refer to what the page defines elsewhere', () => {
  it.each([
    ['[the board][b]', '[b]: https://board.example/', 'the board', 'https://board.example/'],
    ['[board]', '[board]: <https://board.example/>', 'board', 'https://board.example/'],
    ['[board][]', '[Board]: https://board.example/ "Title"', 'board', 'https://board.example/'],
    ['[a][The  Board]', '[the board]:\n  other.md#x', 'a', 'other.md#x'],
    ['[a][b]', '> [b]: https://in.a.quote/', 'a', 'https://in.a.quote/'],
    ['[a][b]', '[b]: https://first/\n[b]: https://second/', 'a', 'https://first/'],
    ['[a][b\\]c]', '[b\\]c]: https://board.example/', 'a', 'https://board.example/'],
    ['[a][b]', '[b]: <https://x/?a=1&copy=2\\>>', 'a', 'https://x/?a=1&copy=2>'],
    ['[a][ẞ]', '[SS]: https://board.example/', 'a', 'https://board.example/'],
  ])('are links: %s', (link, definition, text, url) => {
    expect(linksByStep(page(link, definition))[0]).toEqual([[text, url]])
  })

  it('are left as they are where nothing defines them', () => {
    const definitions = [{ label: 'b', url: 'https://b/' }]
    for (const content of ['Look at [a][c].', 'arr[0]', 'no link', '']) {
      expect(withDefinitions(content, definitions)).toBe(content)
    }
    expect(withDefinitions('Look at [a][b].', [])).toBe('Look at [a][b].')
  })

  it('get only what they name, and an address cannot add words', () => {
    const definitions = [
      { label: 'b', url: 'https://b/>\n\n# Run this' },
      { label: 'c', url: 'https://c/' },
    ]
    expect(withDefinitions('[a][b]', definitions)).toBe(
      '[b]: <https://b/\\>%0A%0A# Run this>\n\n[a][b]',
    )
  })

  it('are found in little time, however the brackets stand', () => {
    const definitions = [{ label: 'b', url: 'https://b/' }]
    for (const content of ['['.repeat(200_000), '[\\'.repeat(100_000), '[a'.repeat(100_000)]) {
      expect(withDefinitions(content, definitions)).toBe(content)
    }
  })
})
