import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'

/** Reads a text, and looks that nothing of it is lost and that every place lies in it. */
function read(text: string, path = 'page.md') {
  const runbook = parseRunbook({ path, text })
  expect(runbook.blocks.map((block) => block.text).join('')).toBe(text)
  let end = 0
  for (const block of runbook.blocks) {
    expect(block.start).toBe(end)
    expect(block.text).toBe(text.slice(block.start, block.end))
    end = block.end
  }
  let from = 0
  for (const step of runbook.steps) {
    expect(step.from).toBeGreaterThanOrEqual(from)
    expect(step.until).toBeGreaterThan(step.from)
    expect(step.until).toBeLessThanOrEqual(runbook.blocks.length)
    expect(step.title).not.toMatch(/[\r\n]/)
    from = step.until
  }
  expect(new Set(runbook.steps.map(({ id }) => id)).size).toBe(runbook.steps.length)
  return runbook
}

/** Pieces of which pages are made, whole and broken. */
const piece = fc.constantFrom(
  ...['# A', '## Diagnosis', '### 1. Check', '## Meaning', 'Title\n===', '1. one', '2) two', '- a'],
  ...[
    '- [ ] tick',
    '  - b',
    '    deep',
    '> quote',
    '```sh',
    '```',
    '~~~',
    '```promql',
    '$ run',
    '\t',
  ],
  ...[
    '```sh {"risk":"read"}',
    '```sh {bad',
    '<name>',
    '$NAME',
    '{a + 1}',
    '{{ $labels.x }}',
    '`code`',
  ],
  ...['<!--', '-->', '<details>', '<%= erb %>', '{{< ref "x" >}}', '| a | b |', '|---|---|', '---'],
  ...['[a]: http://b', '[text][a]', '[x](y)', '**', '_', '\\', '&amp;', '\0', '\uFEFF', '\uD800'],
  ...['title: a', 'alerts: [A]', 'If a, b. Otherwise c.', 'Run this:', 'Example output:', ' ', ''],
)
const lineEnd = fc.constantFrom('\n', '\n\n', '\r\n', '\r', ' ')
const page = fc
  .array(fc.tuple(piece, lineEnd), { maxLength: 40 })
  .map((parts) => parts.flat().join(''))

describe('whatever a page says', () => {
  it('joins back to it and never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        read(text)
      }),
    )
  })

  it('joins back when it is made of what pages are made of', () => {
    fc.assert(
      fc.property(page, (text) => {
        read(text)
      }),
      { numRuns: 400 },
    )
  })

  it('joins back with front matter, and as YAML', () => {
    fc.assert(
      fc.property(page, fc.constantFrom('a.md', 'a.yaml'), (text, path) => {
        read(`---\n${text}\n---\n${text}`, path)
        read(`automated_steps:\n  - name: a\n    command: b\n  - ${text}`, 'a.yaml')
      }),
    )
  })

  it.each([
    ['nothing', ''],
    ['blank lines', '\n\r\n\r\n\n'],
    ['a byte order mark', '\uFEFF---\r\nowner: a\r\n---\r\n# T\r\n\r\n1. a\r\n'],
    ['tabs', '1.\ta\n\n\t```sh\n\tls\n\t```\n'],
    ['an open fence', '## Act\n\n```sh\nls\n\n## No heading\n'],
    ['an item that ends behind the next one', '1. a\n   ```promql\n   x\n   ``\n   t\n\n2. b\n'],
    ['definitions for other passages', `[a][x]\n\n${'word '.repeat(900)}\n\n[x]: http://a.b\n`],
  ])('keeps %s', (_what, text) => {
    read(text)
  })
})

const times = (text: string, length: number) => text.repeat(Math.ceil(length / text.length))
const MEGABYTE = 1_000_000

describe('what is meant to hold the program up', () => {
  // Without bounds each of these takes from half a minute to hours.
  it.each([
    ['a line', times('a', MEGABYTE)],
    ['quotes in quotes', times('> ', MEGABYTE)],
    ['lists in lists', times('- ', 20_000)],
    [
      'lists by indentation',
      Array.from({ length: 1_400 }, (_, at) => `${'  '.repeat(at % 700)}- a`).join('\n'),
    ],
    ['emphasis', times('*a _b ', MEGABYTE)],
    ['emphasis of one passage', `${'*'.repeat(8_000)}a${'*'.repeat(8_000)}`],
    ['brackets', times('[', 100_000)],
    ['links', times('[a](', 100_000)],
    ['code marks', Array.from({ length: 500 }, (_, at) => `a${'`'.repeat(at)}`).join('')],
    ['comments', times('a<!--', 100_000)],
    ['tables', `|a|b\n|-|-\n${times('|c|d\n', 200_000)}`],
    ['items', times('- a\n', 200_000)],
    ['blank lines', times('\n', MEGABYTE)],
    [
      'aliases',
      `---\na: &a [x,x,x,x,x,x,x,x]\n${'bcdefghij'
        .split('')
        .map(
          (name, at) =>
            `${name}: &${name} [${Array.from({ length: 8 }, () => `*${'abcdefghi'[at] ?? 'a'}`).join(',')}]`,
        )
        .join('\n')}\n---\n`,
    ],
    ['placeholders', `1. a\n\n   \`\`\`sh\n${times('   {a} <b> $c\n', MEGABYTE)}   \`\`\`\n`],
    ['more than is read', times('1. a\n', 2_500_000)],
  ])(
    'is read in bounded time and said in words: %s',
    (_what, text) => {
      const runbook = read(text)
      expect(runbook.findings.length).toBeGreaterThan(0)
      expect(runbook.findings[0]?.message).toMatch(/^[A-Z].*\.$/)
    },
    30_000,
  )

  it('reads the passages around one that is too much', () => {
    const { steps, findings } = read(
      `## Act\n\n1. First\n\n## Notes\n\n${'*a '.repeat(2_000)}\n\n## Escalation\n\n1. Last\n`,
    )
    expect(steps.map(({ title }) => title)).toEqual(['First', 'Last'])
    expect(findings).toHaveLength(1)
  })
})
