/** A part of the text of a section. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }

/** How a line begins that is an item of a list. */
const ITEM = /^\s*[-*•]\s+/

/**
 * Reads the text of a section: lines that begin with `- ` are items of a list, a line that is
 * indented goes on with its item, an empty line ends a paragraph. Never fails, and drops no word.
 */
export function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = []
  let isAfterGap = true
  for (const line of text.split('\n')) {
    const last = blocks.at(-1)
    const words = line.trim()
    if (words === '') {
      isAfterGap = true
    } else if (ITEM.test(line) && line.replace(ITEM, '').trim() !== '') {
      const item = line.replace(ITEM, '').trim()
      if (last?.kind === 'list')
        blocks[blocks.length - 1] = { ...last, items: [...last.items, item] }
      else blocks.push({ kind: 'list', items: [item] })
      isAfterGap = false
    } else if (last?.kind === 'list' && !isAfterGap && /^\s/.test(line)) {
      const items = [...last.items.slice(0, -1), `${last.items.at(-1) ?? ''}\n${words}`]
      blocks[blocks.length - 1] = { kind: 'list', items }
    } else if (last?.kind === 'paragraph' && !isAfterGap) {
      blocks[blocks.length - 1] = { kind: 'paragraph', text: `${last.text}\n${words}` }
    } else {
      blocks.push({ kind: 'paragraph', text: words })
      isAfterGap = false
    }
  }
  return blocks
}
