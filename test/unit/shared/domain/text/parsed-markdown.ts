import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

interface MarkdownNode {
  readonly type: string
  readonly value?: string
  readonly children?: readonly MarkdownNode[]
}

/** What a Markdown parser makes of a text: the kinds of its nodes, and the text that is shown. */
export function parsedMarkdown(text: string): { kinds: Set<string>; shown: string } {
  const root: MarkdownNode = fromMarkdown(text, {
    extensions: [gfm()],
    // Without what looks for addresses in the text once more, where escapes are no longer seen.
    mdastExtensions: gfmFromMarkdown().map(({ transforms: _, ...extension }) => extension),
  })
  const kinds = new Set<string>()
  const shownOf = ({ type, value, children = [] }: MarkdownNode): string => {
    kinds.add(type)
    if (type === 'break') return '\n'
    return value ?? children.map(shownOf).join('')
  }
  return { shown: shownOf(root), kinds }
}
