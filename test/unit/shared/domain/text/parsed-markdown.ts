import { parsers } from 'prettier/plugins/markdown'

interface MarkdownNode {
  readonly type: string
  readonly value?: string
  readonly children?: readonly MarkdownNode[]
}

/** What a Markdown parser makes of a text: the kinds of its nodes, and the text that is shown. */
export async function parsedMarkdown(text: string): Promise<{ kinds: Set<string>; shown: string }> {
  const options = { originalText: text } as Parameters<typeof parsers.markdown.parse>[1]
  const root = (await parsers.markdown.parse(text, options)) as MarkdownNode
  const kinds = new Set<string>()
  const shownOf = ({ type, value, children = [] }: MarkdownNode): string => {
    kinds.add(type)
    if (type === 'break') return '\n'
    return value ?? children.map(shownOf).join('')
  }
  return { shown: shownOf(root), kinds }
}
