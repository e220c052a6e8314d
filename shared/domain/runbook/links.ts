import type { Nodes } from 'mdast'
import { runbookFormatOf } from './entry.ts'
import { readFrontMatter } from './front-matter.ts'
import { endOf, lineOf, readMarkdown, startOf, within } from './markdown.ts'
import { plainText } from './plain-text.ts'
import type { Link, Runbook } from './schema.ts'

/** A link with the line that it begins on, counted from 1. */
export interface PlacedLink extends Link {
  readonly line: number
}

/** The links in some Markdown, in the order of the source. */
export function linksOf(
  nodes: readonly Nodes[],
  definitions: ReadonlyMap<string, string>,
): readonly Link[] {
  return placedLinks(nodes, definitions).map(({ line: _, ...link }) => link)
}

/**
 * Every link of a runbook, also those outside of its steps, in the order of the text; a runbook in YAML
 * has none. Pure.
 */
export function linksOfRunbook({
  path,
  blocks,
}: Pick<Runbook, 'path' | 'blocks'>): readonly PlacedLink[] {
  if (runbookFormatOf(path) === 'yaml') return []
  const source = blocks.map(({ text }) => text).join('')
  const { nodes, definitions } = readMarkdown(source, readFrontMatter(source).end)
  return placedLinks(nodes, definitions)
}

function placedLinks(
  nodes: readonly Nodes[],
  definitions: ReadonlyMap<string, string>,
): readonly PlacedLink[] {
  const direct = within(nodes, 'link').map((link) => linkTo(link, link.url))
  const referred = within(nodes, 'linkReference').flatMap((link) => {
    const url = definitions.get(link.identifier)
    return url === undefined ? [] : [linkTo(link, url)]
  })
  return [...direct, ...referred].toSorted((a, b) => a.start - b.start)
}

const linkTo = (node: Nodes, url: string): PlacedLink => ({
  text: plainText(node),
  url,
  start: startOf(node),
  end: endOf(node),
  line: lineOf(node),
})
