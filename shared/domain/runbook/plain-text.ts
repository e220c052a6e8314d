import type { Nodes } from 'mdast'

/** Tags that pages of Markdown have; any other `<name>` is a word of the author's. */
const tag =
  /^<(?:!--|\/?(?:a|b|br|code|details|div|em|h[1-6]|hr|i|img|kbd|li|ol|p|pre|s|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)\b)/i

/** The text of a node as it reads, on one line: no marks, no tags, no code of a fence. */
export function plainText(node: Nodes): string {
  return textOf(node).replace(/\s+/g, ' ').trim()
}

function textOf(node: Nodes): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      return node.value
    case 'html':
      return tag.test(node.value) ? '' : node.value
    case 'image':
    case 'imageReference':
      return node.alt ?? ''
    case 'break':
      return ' '
    case 'footnoteReference':
      return ''
    default:
      return 'children' in node ? node.children.map(textOf).join('') : ''
  }
}

/** Longest title, in UTF-16 units. */
const MAX_TITLE = 120
/** Ends of words behind which no sentence ends. */
const abbreviated = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|ex|approx|incl|no|nr)\.$/i

/** The sentences of a text of one line, each with its own end. */
export function sentencesOf(text: string): readonly string[] {
  const found: string[] = []
  let from = 0
  for (const { index, 0: mark } of text.matchAll(/[.!?]['")\]]?(?=\s)/g)) {
    const end = index + mark.length
    if (abbreviated.test(text.slice(Math.max(0, end - 12), end))) continue
    found.push(text.slice(from, end).trim())
    from = end
  }
  const rest = text.slice(from).trim()
  return rest === '' ? found : [...found, rest]
}

/** How sentences begin that say what to do, or that name what follows. */
const instructing =
  /^(?:then,? |now,? )?(?:check|confirm|execute|find|get|inspect|list|look|open|query|restart|run|use|validate|verify)\b/i
/** How sentences begin that lead to what is shown, not to what is done. */
export const showing =
  /^(?:(?:an?|the|here(?: is)?|for) )*(?:following )?(?:examples?|sample|expected|typical|outputs?|results?)\b/i

/**
 * A title made of the paragraph that leads to code: its first sentence, or the last one where that
 * says what to do, or leads to what follows ("… You can check this with:").
 */
export function titleOf(text: string): string {
  const sentences = sentencesOf(text)
  const last = sentences.at(-1) ?? ''
  const isLead = last.endsWith(':') || instructing.test(last)
  return shortened(isLead && !showing.test(last) ? last : (sentences[0] ?? ''))
}

/** A title of at most {@link MAX_TITLE}, cut between words, without the mark at its end. */
export function shortened(text: string): string {
  const whole = text.replace(/[\s.:;,]+$/, '')
  if (whole.length <= MAX_TITLE) return whole
  const cut = whole.slice(0, MAX_TITLE - 1)
  const blank = cut.lastIndexOf(' ')
  return `${(blank > MAX_TITLE / 2 ? cut.slice(0, blank) : cut).replace(/[\s.:;,\uD800-\uDBFF]+$/, '')}…`
}
