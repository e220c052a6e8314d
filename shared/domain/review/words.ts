import { actorName } from '../actor/name.ts'
import type { Actor } from '../actor/schema.ts'
import { toPrintable } from '../text/printable.ts'
import { formatUtc } from '../text/utc.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A time in a review, which people of several zones read: `2026-11-21 03:12 UTC`. */
export function timeWords(at: number): string {
  // A time that a person's clock gave may be none that a calendar has.
  return Number.isNaN(new Date(at).getTime()) ? 'unknown time' : formatUtc(at)
}

/** A length of time as a review says it: `45 s`, `4 min 12 s`, `41 min`, `1 h 20 min`, `2 d 3 h`. */
export function spanWords(ms: number): string {
  const span = Math.max(0, ms)
  if (span < MINUTE) return `${String(Math.round(span / SECOND))} s`
  if (span < 10 * MINUTE) return both(span, MINUTE, 'min', SECOND, 's')
  if (span < HOUR) return `${String(Math.floor(span / MINUTE))} min`
  return span < DAY ? both(span, HOUR, 'h', MINUTE, 'min') : both(span, DAY, 'd', HOUR, 'h')
}

function both(span: number, large: number, one: string, small: number, other: string): string {
  const rest = Math.floor((span % large) / small)
  const first = `${String(Math.floor(span / large))} ${one}`
  return rest === 0 ? first : `${first} ${String(rest)} ${other}`
}

/** `1 alert`, `2 alerts`. */
export function countWords(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Who did something, printable. */
export function whoWords(actor: Actor): string {
  return inLine(actorName(actor))
}

/** A text from outside as it can stand in a sentence: printable, and one line. */
export function inLine(text: string): string {
  return toPrintable(text).replace(/\s+/g, ' ').trim()
}

/** The same with a capital, as a sentence begins. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
