import type { Nodes, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { chunksOf } from './chunks.ts'
import { linesOf } from './lines.ts'
import type { Finding } from './schema.ts'

/** What stands at the top of a text, in order; offsets and lines are those of the whole source. */
export interface Tree {
  readonly nodes: readonly RootContent[]
  /** Addresses of links that are written as references, by label in small letters. */
  readonly definitions: ReadonlyMap<string, string>
  readonly findings: readonly Finding[]
}

/** Most definitions of addresses that are known to other passages. */
const MAX_DEFINITIONS = 500
const MAX_DEFINITION = 2_000

/**
 * Reads Markdown as GitHub does, from `from` on. What is too much to read in reasonable time stays
 * one paragraph of text, with a finding.
 */
export function readMarkdown(source: string, from: number): Tree {
  const { chunks, tooMuch } = chunksOf(source, from)
  if (tooMuch !== null) {
    const message = `This runbook is shown as text, without steps: ${tooMuch}. Split it into several files.`
    return { nodes: [], definitions: new Map(), findings: [{ line: 1, message }] }
  }
  const defined = findDefinitions(source, from)
  const nodes: RootContent[] = []
  const definitions = new Map<string, string>()
  const findings: Finding[] = []
  for (const { start, end, line, tooMuch: reason } of chunks) {
    const read =
      reason === null ? readChunk(source.slice(start, end), { start, line, defined }) : null
    if (read === null) {
      const why = reason ?? 'its Markdown is nested too deep'
      findings.push({ line, message: `A passage is shown as text, without steps: ${why}.` })
      nodes.push(unread(start, end, line))
      continue
    }
    for (const { identifier, url } of within(read, 'definition')) {
      // Of two of the same label Markdown takes the first.
      if (!definitions.has(identifier)) definitions.set(identifier, url)
    }
    nodes.push(...read)
  }
  for (const { label, url } of defined) {
    if (!definitions.has(label)) definitions.set(label, url)
  }
  return { nodes, definitions, findings }
}

/** A passage that is not read, as something that says nothing. */
function unread(start: number, end: number, line: number): RootContent {
  const position = {
    start: { line, column: 1, offset: start },
    end: { line, column: 1, offset: end },
  }
  return { type: 'html', value: '', position }
}

interface Defined {
  readonly label: string
  readonly url: string
  readonly line: string
}

/** Lines that define an address for `[text][label]`, which may stand in any passage. */
function findDefinitions(source: string, from: number): readonly Defined[] {
  const found: Defined[] = []
  for (const { start, textEnd } of linesOf(source)) {
    if (start < from || found.length >= MAX_DEFINITIONS) continue
    if (textEnd - start > MAX_DEFINITION) continue
    const line = source.slice(start, textEnd)
    const [, label, url] =
      /^ {0,3}\[([^[\]\\^][^[\]\\]{0,99})\]:[ \t]+<?([^\s<>]+)>?/.exec(line) ?? []
    if (label === undefined || url === undefined) continue
    found.push({ label: label.toLowerCase(), url, line: `[${label}]: <${url}>` })
  }
  return found
}

interface Place {
  readonly start: number
  readonly line: number
  readonly defined: readonly Defined[]
}

/** The nodes of a passage, moved to its place; null when it cannot be read. */
function readChunk(text: string, { start, line, defined }: Place): readonly RootContent[] | null {
  const lower = text.toLowerCase()
  const needed = defined.filter(
    ({ label }) => lower.includes(`[${label}]`) && !lower.includes(`[${label}]:`),
  )
  const before = needed.length === 0 ? '' : `${needed.map((each) => each.line).join('\n')}\n\n`
  // A byte order mark and a NUL are text; the parser would leave out the one and change the other.
  const readable = text.replace(/^\uFEFF/, ' ')
  try {
    const { children } = fromMarkdown(before + readable, {
      extensions: [gfm({ singleTilde: false })],
      mdastExtensions: [gfmFromMarkdown()],
    })
    const own = children.filter((node) => (node.position?.start.offset ?? 0) >= before.length)
    const lines = needed.length === 0 ? 0 : needed.length + 1
    for (const node of own) move(node, start - before.length, line - 1 - lines)
    return own
  } catch {
    // Only the stack can overflow, and only with what is nested on purpose.
    return null
  }
}

function move(node: Nodes, offset: number, lines: number): void {
  const { position } = node
  if (position) {
    for (const point of [position.start, position.end]) {
      point.offset = (point.offset ?? 0) + offset
      point.line += lines
    }
  }
  if ('children' in node) for (const child of node.children) move(child, offset, lines)
}

/** Where a node begins in the source. */
export const startOf = (node: Nodes): number => node.position?.start.offset ?? 0
/** Where a node ends in the source. An item ends with what is in it: the parser goes on to the next one. */
export function endOf(node: Nodes): number {
  const last = node.type === 'listItem' || node.type === 'list' ? node.children.at(-1) : undefined
  return last === undefined ? (node.position?.end.offset ?? 0) : endOf(last)
}
/** The line that a node begins on, counted from 1. */
export const lineOf = (node: Nodes): number => node.position?.start.line ?? 1

/** Every node of a kind within some, those themselves included, in the order of the source. */
export function within<Type extends Nodes['type']>(
  nodes: readonly Nodes[],
  type: Type,
): readonly Extract<Nodes, { type: Type }>[] {
  const found: Extract<Nodes, { type: Type }>[] = []
  const stack = nodes.toReversed()
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isOf(node, type)) found.push(node)
    if ('children' in node) stack.push(...node.children.toReversed())
  }
  return found
}

function isOf<Type extends Nodes['type']>(
  node: Nodes,
  type: Type,
): node is Extract<Nodes, { type: Type }> {
  return node.type === type
}
