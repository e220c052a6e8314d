import type { Nodes, RootContent } from 'mdast'
import { lineAt, linesOf, type Line } from './lines.ts'
import { endOf, startOf } from './markdown.ts'
import type { Block } from './schema.ts'

/** Where a block begins. */
interface Cut {
  /** The start of its line. */
  readonly at: number
  readonly kind: Block['kind']
  /** Where what stands behind the marks of a list begins. */
  readonly content: number
}

/** A source as blocks, and where they are. */
export interface Blocks {
  readonly blocks: readonly Block[]
  /** The index of the block that an offset lies in. */
  indexAt(offset: number): number
  /** The index of the first block that begins at an offset or behind it. */
  indexFrom(offset: number): number
}

/**
 * Cuts a source into blocks, at the starts of lines: each heading, each block of code, each item of
 * a list at the top, what is in such an item, and whatever else stands at the top. Blank lines
 * belong to what is before them.
 *
 * @param bodyStart where the Markdown begins, behind the front matter.
 */
export function cutBlocks(
  source: string,
  bodyStart: number,
  nodes: readonly RootContent[],
): Blocks {
  const lines = linesOf(source)
  const cuts = new Map<number, Cut>()
  const cut = (offset: number, kind: Block['kind']) => {
    const at = lines[lineAt(lines, offset)]?.start ?? 0
    cuts.set(at, { at, kind, content: offset })
  }
  const walk = (node: Nodes, isTop: boolean) => {
    if (node.type === 'code') {
      cut(startOf(node), 'code')
      const next = nextText(source, lines, endOf(node))
      if (next !== null && !cuts.has(next))
        cuts.set(next, { at: next, kind: 'prose', content: next })
      return
    }
    if (isTop) cut(startOf(node), node.type === 'heading' ? 'heading' : 'prose')
    if (!('children' in node)) return
    const isWithin = isTop && (node.type === 'list' || node.type === 'listItem')
    for (const child of node.children) if (isBlock(child)) walk(child, isWithin)
  }
  for (const node of nodes) walk(node, true)
  if (bodyStart > 0) {
    cuts.set(0, { at: 0, kind: 'front-matter', content: 0 })
    if (bodyStart < source.length && !cuts.has(bodyStart)) {
      const isBlank = (nextText(source, lines, bodyStart - 1) ?? source.length) !== bodyStart
      if (!isBlank) cuts.set(bodyStart, { at: bodyStart, kind: 'prose', content: bodyStart })
    }
  }
  const blocks = toBlocks(source, lines, cuts)
  const starts = blocks.map(({ start }) => start)
  return {
    blocks,
    indexAt: (offset) => Math.max(0, firstAbove(starts, offset) - 1),
    indexFrom: (offset) => firstAbove(starts, offset - 1),
  }
}

function toBlocks(
  source: string,
  lines: readonly Line[],
  cuts: ReadonlyMap<number, Cut>,
): readonly Block[] {
  const inOrder = [...cuts.values()].toSorted((a, b) => a.at - b.at)
  const [first] = inOrder
  // What stands before the first thing is blank, and belongs to it.
  const starts = inOrder.map(({ at }, index) => (index === 0 ? 0 : at))
  if (first === undefined) {
    if (source === '') return []
    return [{ kind: 'prose', start: 0, end: source.length, line: 1, text: source, content: source }]
  }
  return inOrder.map(({ kind, at, content }, index): Block => {
    const start = starts[index] ?? at
    const end = starts[index + 1] ?? source.length
    const text = source.slice(start, end)
    return {
      kind,
      start,
      end,
      line: lineAt(lines, start) + 1,
      text,
      content: kind === 'front-matter' ? text : aloneOf(source.slice(content, end), content - at),
    }
  })
}

/** Text without the indentation that a list gives it; the first line has lost its own already. */
function aloneOf(text: string, indent: number): string {
  const [first = '', ...rest] = text.split(/(?<=\r\n|\n|\r(?!\n))/)
  const filled = rest.filter((line) => line.trim() !== '')
  const shared = Math.min(indent, ...filled.map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0))
  // Lines that go on lazily have less than the rest; they do not hold the others back.
  const limit =
    shared < indent && filled.some((line) => startsIndented(line, indent)) ? indent : shared
  return [first, ...rest.map((line) => withoutIndent(line, limit))].join('')
}

const startsIndented = (line: string, indent: number) => /^[ \t]*/.exec(line)?.[0].length === indent

function withoutIndent(line: string, indent: number): string {
  const own = /^[ \t]*/.exec(line)?.[0].length ?? 0
  return line.slice(Math.min(own, indent))
}

const blockTypes = new Set<Nodes['type']>([
  'blockquote',
  'code',
  'definition',
  'footnoteDefinition',
  'heading',
  'html',
  'list',
  'listItem',
  'paragraph',
  'table',
  'thematicBreak',
])

const isBlock = ({ type }: Nodes) => blockTypes.has(type)

/** The start of the first line behind an offset's line that has text on it. */
function nextText(source: string, lines: readonly Line[], offset: number): number | null {
  let index = lineAt(lines, Math.max(0, offset - 1)) + 1
  for (; index < lines.length; index += 1) {
    const { start, textEnd } = lines[index] ?? { start: 0, textEnd: 0 }
    if (source.slice(start, textEnd).trim() !== '') return start
  }
  return null
}

/** The place of the first number above a limit in ascending numbers. */
function firstAbove(ascending: readonly number[], limit: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? 0) > limit) high = middle
    else low = middle + 1
  }
  return low
}
