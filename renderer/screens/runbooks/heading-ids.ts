import { createAnchors } from '#shared/domain/runbook/anchor.ts'

/** As much of a node of HTML as is looked at. */
interface HtmlNode {
  readonly type: string
  tagName?: string
  value?: string
  properties?: Record<string, unknown>
  children?: HtmlNode[]
}

/** The page has two levels above the text: its own, and the title of the runbook. */
const LEVELS_ABOVE = 2
const MAX_LEVEL = 6

/** Before the ids of sections, so that no text can take the id of another part of the page. */
export const SECTION = 'runbook-section-'

/**
 * Headings get ids that links lead to, and levels below the title of the runbook, without gaps. A
 * first one that says the title again is left out: links to it lead to the title.
 *
 * @param title as it stands above the text.
 */
export function headingIds(title: string) {
  return () => (tree: HtmlNode) => {
    const next = createAnchors()
    const [first] = (tree.children ?? []).filter(({ type }) => type === 'element')
    /** The levels as they are written of those that the next one may stand below. */
    const above: number[] = []
    for (const node of headingsOf(tree)) {
      const anchor = next(textOf(node))
      if (node === first && oneLine(textOf(node)) === oneLine(title)) {
        node.tagName = 'span'
        node.children = []
        continue
      }
      const level = Number(node.tagName?.slice(1))
      while ((above.at(-1) ?? 0) >= level) above.pop()
      above.push(level)
      node.tagName = `h${String(Math.min(MAX_LEVEL, LEVELS_ABOVE + above.length))}`
      node.properties = { id: SECTION + anchor, tabIndex: -1 }
    }
  }
}

/** All headings in the order of the text; without recursion, as the depth is in the writer's hands. */
function headingsOf(tree: HtmlNode): readonly HtmlNode[] {
  const found: HtmlNode[] = []
  const waiting = [tree]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (isHeading(node)) found.push(node)
    waiting.push(...(node.children ?? []).toReversed())
  }
  return found
}

function isHeading({ type, tagName = '' }: HtmlNode): boolean {
  return type === 'element' && /^h[1-6]$/.test(tagName)
}

function textOf(node: HtmlNode): string {
  let text = ''
  const waiting = [node]
  for (let each = waiting.pop(); each; each = waiting.pop()) {
    text += each.value ?? ''
    waiting.push(...(each.children ?? []).toReversed())
  }
  return text
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
