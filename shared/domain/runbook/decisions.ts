import type { Nodes } from 'mdast'
import { endOf, startOf, within } from './markdown.ts'
import { plainText, sentencesOf } from './plain-text.ts'
import type { Decision } from './schema.ts'

/** Longest text that is looked at, in UTF-16 units. */
const MAX_TEXT = 4_000
const begins = /^(?:\W*\s)?(?:but )?(otherwise|else|if not)\b[\s,:–-]*(.+)$/i

/**
 * What a text decides by yes and no: "If …, do this. Otherwise do that", within a paragraph or as
 * two items of a list. Anything less plain is left as it is.
 */
export function decisionsOf(nodes: readonly Nodes[]): readonly Decision[] {
  const found: Decision[] = []
  for (const paragraph of within(nodes, 'paragraph')) {
    const text = plainText(paragraph)
    if (text.length > MAX_TEXT) continue
    const sentences = sentencesOf(text)
    sentences.forEach((sentence, index) => {
      const decision = decide(sentence, sentences[index + 1]) ?? decideInOne(sentence)
      if (decision) found.push({ ...decision, start: startOf(paragraph), end: endOf(paragraph) })
    })
  }
  for (const list of within(nodes, 'list')) {
    list.children.forEach((item, index) => {
      const next = list.children[index + 1]
      if (next === undefined) return
      const decision = decide(lead(item), lead(next))
      if (decision) found.push({ ...decision, start: startOf(item), end: endOf(next) })
    })
  }
  return found.toSorted((a, b) => a.start - b.start)
}

type Words = Omit<Decision, 'start' | 'end'>

/** What an item says itself, without what is in lists and code below it. */
function lead(item: Extract<Nodes, { type: 'listItem' }>): string {
  const [first] = item.children
  return first?.type === 'paragraph' ? plainText(first).slice(0, MAX_TEXT) : ''
}

function decide(first: string, second: string | undefined): Words | null {
  const no = begins.exec(second ?? '')?.[2]
  const condition = no === undefined ? null : conditionOf(first)
  return condition === null || no === undefined ? null : { ...condition, no: ended(no) }
}

/** `If …, do this; otherwise, do that.` */
function decideInOne(sentence: string): Words | null {
  const [, first, no] = /^(.+?)[;,]\s+(?:otherwise|else),?\s+(.+)$/i.exec(sentence) ?? []
  const condition = first === undefined ? null : conditionOf(first)
  return condition === null || no === undefined ? null : { ...condition, no: ended(no) }
}

/** `If … : …`, `If …, then …`, `If …, …`: parted at the plainest mark that it has. */
function conditionOf(sentence: string): Pick<Decision, 'condition' | 'yes'> | null {
  const [, rest] = /^if\s+(.+)$/i.exec(sentence) ?? []
  if (rest === undefined) return null
  for (const mark of [/:\s+/, /,?\s+then\s+/, /,\s+/]) {
    const at = mark.exec(rest)
    if (!at || at.index === 0) continue
    const yes = rest.slice(at.index + at[0].length)
    if (yes !== '') return { condition: rest.slice(0, at.index), yes: ended(yes) }
  }
  return null
}

const ended = (text: string) => text.replace(/[.;,\s]+$/, '')
