import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { evidenceOf } from '#shared/domain/evidence/compose.ts'
import { evidenceRecordOf } from '#shared/domain/evidence/record.ts'
import { fenced, toMarkdown } from '#shared/domain/evidence/to-markdown.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { materialWith } from '#test/fixtures/evidence-story.ts'
import { hostileMaterial, hostileTexts } from '#test/fixtures/hostile-evidence.ts'

interface Node {
  readonly type: string
  readonly value?: string
  readonly depth?: number
  readonly children?: readonly Node[]
}

/** Its search for addresses in what was read already finds escaped ones too, which GitHub does not. */
const dialect = gfmFromMarkdown().map(({ transforms: _, ...rest }) => rest)

/** All nodes that a reader of GitHub's dialect finds. */
function nodesOf(markdown: string): readonly Node[] {
  const root = fromMarkdown(markdown, {
    extensions: [gfm()],
    mdastExtensions: [dialect],
  }) as Node
  const all = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(all)]
  return all(root)
}

const headings = (markdown: string) =>
  nodesOf(markdown)
    .filter(({ type }) => type === 'heading')
    .map(({ depth }) => depth)

describe('evidence as Markdown', () => {
  it('is the golden document', async () => {
    const markdown = toMarkdown(evidenceOf(materialWith()))
    await expect(markdown).toMatchFileSnapshot('../../../../fixtures/evidence/evidence.md')
  })

  it.each(hostileTexts)('stays text, whatever it says: %j', (text) => {
    const markdown = toMarkdown(evidenceOf(hostileMaterial(text)))
    const plain = toMarkdown(evidenceOf(hostileMaterial('harmless')))
    expect(headings(markdown)).toEqual(headings(plain))
    const nodes = nodesOf(markdown)
    const kinds = new Set(nodes.map(({ type }) => type))
    for (const kind of [
      'html',
      'link',
      'linkReference',
      'image',
      'table',
      'inlineCode',
      'delete',
    ]) {
      expect(kinds).not.toContain(kind)
    }
    // Commands and outputs are there word for word, each in a fence of its own.
    const shown = toPrintable(text, Infinity).replace(/\n$/, '')
    expect(nodes.filter(({ type }) => type === 'code').map(({ value }) => value)).toEqual([
      shown,
      shown,
      shown,
      shown,
      shown,
      shown,
    ])
  })

  it('shows control and bidirectional characters instead of writing them', () => {
    for (const text of hostileTexts) {
      const markdown = toMarkdown(evidenceOf(hostileMaterial(text)))
      // eslint-disable-next-line no-control-regex -- they are what is looked for
      expect(markdown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069\u200b]/)
    }
  })

  it('has fences that are longer than what is in them, and end on a line of their own', () => {
    expect(fenced('a', 'sh')).toBe('```sh\na\n```')
    expect(fenced('a\n', 'sh')).toBe('```sh\na\n```')
    expect(fenced('', 'text')).toBe('```text\n```')
    expect(fenced('x ```` y', 'text')).toBe('`````text\nx ```` y\n`````')
  })

  it('says that nothing was done, what a drill is, and what is missing', () => {
    const markdown = toMarkdown({
      ...evidenceOf(materialWith({ record: evidenceRecordOf([]), remarks: ['Not *all*.'] })),
      isDrill: true,
    })
    expect(markdown).toContain('\n**Drill: practice, not a real incident**\n')
    expect(markdown).toContain('\n> Not \\*all\\*.\n')
    expect(markdown).toContain('\nNone recorded\n')
    expect(markdown).toContain('\nNo plan or runbook was followed, and nothing was run.\n')
  })

  it('says that a run printed nothing', () => {
    const outputs = new Map([['run-0', { kind: 'whole' as const, text: '' }]])
    const markdown = toMarkdown(evidenceOf(materialWith({ outputs })))
    expect(markdown).toContain('\nIt printed nothing.\n')
    expect(markdown).toContain('\nIts output was not read.\n')
  })
})
