import { z } from 'zod'

/** A text in which places are marked: from `start` up to `end`, in UTF-16 units, in their order. */
export const markedTextSchema = z.object({
  text: z.string(),
  marks: z.array(z.object({ start: z.number().int().nonnegative(), end: z.number().int() })),
})
export type MarkedText = Readonly<z.infer<typeof markedTextSchema>>

/** Before the first place that is marked, in UTF-16 units. */
const BEFORE = 50
/** Longest excerpt, in UTF-16 units. */
const LONGEST = 180

/**
 * A text with the places where words begin as one of the terms does. Nothing is put into it: what it
 * says cannot become a mark.
 *
 * @param terms small letters.
 */
export function markTerms(text: string, terms: readonly string[]): MarkedText {
  if (terms.length === 0) return { text, marks: [] }
  const longestFirst = terms.toSorted((a, b) => b.length - a.length)
  const wanted = new RegExp(longestFirst.map(escaped).join('|'), 'giu')
  const marks = [...text.matchAll(wanted)]
    .filter(({ index }) => beginsWord(text, index))
    .map(({ index, 0: found }) => ({ start: index, end: index + found.length }))
  return { text, marks }
}

/**
 * The part of a text around the first place that is marked, in one line.
 *
 * @param terms small letters.
 */
export function excerptOf(text: string, terms: readonly string[]): MarkedText {
  const line = text
    .replaceAll(/`{3,}\w*|~{3,}/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const first = markTerms(line, terms).marks[0]?.start ?? 0
  const start = first <= BEFORE ? 0 : startOfWord(line, first - BEFORE)
  const isCut = start + LONGEST < line.length
  const cut = line.slice(start, isCut ? start + LONGEST : undefined).trim()
  return markTerms(`${start > 0 ? '…' : ''}${cut}${isCut ? '…' : ''}`, terms)
}

/** How many of the terms a text has. */
export function termsIn(text: string, terms: readonly string[]): number {
  const lower = text.toLowerCase()
  return terms.filter((term) => lower.includes(term)).length
}

/** The next place at which no word is cut, so that half a word is no word. */
function startOfWord(text: string, from: number): number {
  const gap = text.indexOf(' ', from)
  return gap === -1 ? from : gap + 1
}

/** True at the begin of a word, and of a word within a name: `Crash` of `PodCrash`. */
function beginsWord(text: string, at: number): boolean {
  const before = text.slice(0, at).at(-1) ?? ''
  if (!/[\p{L}\p{N}]/u.test(before)) return true
  return /\p{Lu}/u.test(text.charAt(at)) && /[\p{Ll}\p{N}]/u.test(before)
}

function escaped(term: string): string {
  return term.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
}
