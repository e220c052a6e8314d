import {
  MAX_VOICE_MINUTES,
  VOICE_MINUTE_MS,
  VOICES_KEPT_MS,
  type VoiceCounts,
  type VoiceMinute,
} from './schema.ts'

/** Fewer thumbs than this say nothing about the others who use a service. */
export const FEWEST_THUMBS = 10

/** Whose voices, and of which time. */
export interface VoiceQuestion {
  /** Null for all services there are. */
  readonly services: readonly string[] | null
  /** ms since the epoch, UTC. */
  readonly now: number
  /** So much of the past, ms; at most {@link VOICES_KEPT_MS} is known. */
  readonly overMs: number
}

/** How satisfied people are. `share` from 0 to 1 of `of` thumbs. */
export type Satisfaction =
  | { readonly isKnown: true; readonly share: number; readonly of: number }
  | { readonly isKnown: false; readonly of: number; readonly reason: string }

/** How many of something were counted; unknown where nobody counts. */
export type VoiceCount =
  | { readonly isKnown: true; readonly count: number }
  | { readonly isKnown: false; readonly reason: string }

/**
 * The share of thumbs that are up. Fewer than `atLeast` of them are unknown, never bad or good.
 */
export function satisfactionOf(
  minutes: Iterable<VoiceMinute>,
  question: VoiceQuestion & { readonly atLeast?: number },
): Satisfaction {
  const { up, down } = sumOf(minutes, question)
  const of = up + down
  const atLeast = Math.max(1, question.atLeast ?? FEWEST_THUMBS)
  if (question.overMs > VOICES_KEPT_MS) return { isKnown: false, of, reason: TOO_LONG }
  if (of >= atLeast) return { isKnown: true, share: up / of, of }
  const reason =
    of === 0
      ? 'Nobody has rated it in this time.'
      : `Only ${String(of)} of the ${String(atLeast)} ratings that it takes.`
  return { isKnown: false, of, reason }
}

/**
 * How many complaints and support tickets came. None is 0 only where some source of them has been
 * heard within a day: where nobody has ever counted, it is unknown.
 */
export function complaintsOf(
  minutes: Iterable<VoiceMinute>,
  question: VoiceQuestion,
): VoiceCount & { readonly tickets?: number } {
  if (question.overMs > VOICES_KEPT_MS) return { isKnown: false, reason: TOO_LONG }
  const all = [...minutes]
  // A full book has lost its oldest pages: what it does not hold is not none.
  const isCut = all.length >= MAX_VOICE_MINUTES
  const oldest = all.reduce((least, { minute }) => Math.min(least, minute), question.now)
  if (isCut && oldest > question.now - question.overMs) return { isKnown: false, reason: TOO_LONG }
  const day = sumOf(all, { ...question, overMs: VOICES_KEPT_MS })
  if (day.complaints + day.tickets + day.up + day.down === 0) {
    return { isKnown: false, reason: 'No feedback has been received for a day.' }
  }
  const { complaints, tickets } = sumOf(all, question)
  return { isKnown: true, count: complaints + tickets, tickets }
}

const TOO_LONG = 'Feedback is not kept for so long.'

/** Everything that was said in that time. A minute counts as a whole where any of it lies in it. */
export function sumOf(
  minutes: Iterable<VoiceMinute>,
  { services, now, overMs }: VoiceQuestion,
): VoiceCounts {
  const sum = { up: 0, down: 0, complaints: 0, tickets: 0 }
  for (const each of minutes) {
    if (services && !services.includes(each.service)) continue
    if (each.minute + VOICE_MINUTE_MS <= now - overMs || each.minute > now) continue
    sum.up += each.up
    sum.down += each.down
    sum.complaints += each.complaints
    sum.tickets += each.tickets
  }
  return sum
}
