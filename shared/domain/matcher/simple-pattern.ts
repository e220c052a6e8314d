import type { TextPredicate } from './text-predicate.ts'

/** Characters that mean themselves in an expression, and after a backslash. */
const plain = /^[A-Za-z0-9_\-:/@%#&=<>~ ,;]$/
const escapable = /^[.\-+/]$/

/** One part of an alternative: a text, or a gap of at least so many characters. */
type Part = string | { readonly atLeast: 0 | 1 }

/**
 * Decides an expression that is made of texts, `.*`, `.+` and `|` alone, as most are that people
 * write (`a|b`, `Payment.*`), without an engine for expressions: many times faster, with the same
 * outcome. Null for any other one.
 *
 * @param otherwise decides a text with line ends, which `.` does not match.
 */
export function simplePattern(pattern: string, otherwise: TextPredicate): TextPredicate | null {
  const alternatives = alternativesOf(pattern)
  if (!alternatives) return null
  const words = new Set(alternatives.filter(isWord).map((parts) => textOf(parts[0])))
  const gapped = alternatives.filter((parts) => !isWord(parts)).map(gappedPredicate)
  const [only, ...others] = gapped
  if (!only) return (text) => words.has(text)
  const matches: TextPredicate =
    others.length === 0 ? only : (text) => gapped.some((each) => each(text))
  return (text) => {
    if (words.size > 0 && words.has(text)) return true
    // A gap takes line ends here: what does not match even so does not match at all.
    return matches(text) && (!text.includes('\n') || otherwise(text))
  }
}

/** What all texts that match such an expression start with, one of these; null where that is not known. */
export function startsOf(pattern: string): readonly string[] | null {
  const starts = alternativesOf(pattern)?.map((parts) => textOf(parts[0])) ?? []
  return starts.length === 0 || starts.includes('') ? null : starts
}

function alternativesOf(pattern: string): readonly (readonly Part[])[] | null {
  const alternatives: (readonly Part[])[] = []
  for (const text of pattern.split('|')) {
    const parts = partsOf(text)
    if (!parts) return null
    alternatives.push(parts)
  }
  return alternatives
}

function isWord(parts: readonly Part[]): boolean {
  return parts.length === 0 || (parts.length === 1 && typeof parts[0] === 'string')
}

function textOf(part: Part | undefined): string {
  return typeof part === 'string' ? part : ''
}

function partsOf(text: string): readonly Part[] | null {
  const parts: Part[] = []
  const add = (character: string) => {
    const last = parts.at(-1)
    if (typeof last === 'string') parts[parts.length - 1] = last + character
    else parts.push(character)
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    const next = text.charAt(at + 1)
    if (character === '.' && (next === '*' || next === '+')) {
      const atLeast = next === '+' ? 1 : 0
      at += 1
      // `.*?` and `.*+` are other expressions.
      if (/^[?*+{]$/.test(text.charAt(at + 1))) return null
      // Two gaps in a row would have to be added up.
      if (typeof parts.at(-1) === 'object') return null
      parts.push({ atLeast })
    } else if (character === '\\' && escapable.test(next)) {
      at += 1
      if (/^[?*+{]$/.test(text.charAt(at + 1))) return null
      add(next)
    } else if (plain.test(character) && !/^[?*+{]$/.test(next)) add(character)
    else return null
  }
  return parts
}

/** A text that has to stand there, and the least number of characters before it; null: right at the start. */
interface Placed {
  readonly text: string
  readonly gap: number | null
}

/** Texts in their order with gaps between them: leftmost first, as any match will do. */
function gappedPredicate(parts: readonly Part[]): TextPredicate {
  const placed: Placed[] = []
  let gap: number | null = null
  for (const part of parts) {
    if (typeof part === 'string') {
      placed.push({ text: part, gap })
      gap = null
    } else gap = part.atLeast
  }
  const tail = gap
  const last = placed.length - 1
  return (text) => {
    let at = 0
    for (let index = 0; index <= last; index += 1) {
      const each = placed[index]
      if (!each) return false
      if (each.gap === null) {
        if (!text.startsWith(each.text)) return false
        at = each.text.length
      } else if (index === last && tail === null) {
        return text.length - each.text.length >= at + each.gap && text.endsWith(each.text)
      } else {
        const found = text.indexOf(each.text, at + each.gap)
        if (found < 0) return false
        at = found + each.text.length
      }
    }
    return tail === null ? at === text.length : text.length >= at + tail
  }
}
