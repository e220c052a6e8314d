import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, unreachable, type Result } from '../result/result.ts'
import type { EntryBody } from './events.ts'
import type { TimelineImage } from '../image/schema.ts'

/** How far back something may have happened that is added, ms: 30 days. */
export const MAX_BEFORE_MS = 30 * 24 * 3_600_000
/** How far two clocks may be apart before a time counts as one of the future, ms. */
export const MAX_AHEAD_MS = 60_000

/** What a person wants of a timeline. Entries are named by the sequence numbers of their events. */
export type EntryCommand =
  | {
      readonly type: 'entry.add'
      readonly incidentId: string
      readonly entryId: string
      readonly text: string
      /** ms since the epoch, UTC. */
      readonly happenedAt: number
    }
  | {
      readonly type: 'entry.correct'
      readonly incidentId: string
      readonly entry: number
      readonly text: string
    }
  | {
      readonly type: 'entry.star'
      readonly incidentId: string
      readonly entry: number
      readonly isStarred: boolean
    }
  | { readonly type: 'image.add'; readonly incidentId: string; readonly image: TimelineImage }

/** The event that a command is about, as far as that matters. */
export interface ReferredEntry {
  /** What a person wrote there, which can be corrected; null for what was recorded by itself. */
  readonly written: string | null
}

/** What the decision may know. */
export interface EntryContext {
  /** ms since the epoch, UTC. */
  readonly now: number
  /** When the person gave the command, where that was before: the engine was out of reach. */
  readonly saidAt?: number
  /** Whether the journal has the incident: also one that is over and no longer in the state. */
  readonly isKnown: boolean
  /** The entry that is named; null where this incident's timeline has none of that number. */
  readonly entry: ReferredEntry | null
}

/** What a person's command on a timeline leads to: an event, or a worded refusal. Pure. */
export function decideEntry(
  command: EntryCommand,
  { now, saidAt = now, isKnown, entry }: EntryContext,
): Result<readonly EntryBody[], CommandRejection> {
  if (!isKnown) return fail({ code: 'not-found', message: 'This incident is not known.' })
  const { incidentId } = command
  switch (command.type) {
    case 'entry.add': {
      const { entryId, text, happenedAt } = command
      const refused = timeRefusal(happenedAt, now, saidAt)
      return refused
        ? fail(refused)
        : ok([{ type: 'entry.added', incidentId, entryId, text, happenedAt }])
    }
    case 'entry.correct': {
      if (!entry) return fail(noEntry)
      if (entry.written === null) {
        return fail({
          code: 'not-allowed-now',
          message: 'Only what a person wrote can be corrected; this was recorded by Deckwatch.',
          hint: 'Add a note that says what is right.',
        })
      }
      const { text } = command
      return ok([{ type: 'entry.corrected', incidentId, entry: command.entry, text }])
    }
    case 'entry.star':
      if (!entry) return fail(noEntry)
      return ok([
        { type: 'entry.starred', incidentId, entry: command.entry, isStarred: command.isStarred },
      ])
    case 'image.add':
      return ok([{ type: 'image.added', incidentId, ...command.image }])
    default:
      return unreachable(command)
  }
}

const noEntry: CommandRejection = {
  code: 'not-found',
  message: 'The timeline of this incident has no such entry.',
  hint: 'Reload the page: it may show an earlier journal.',
}

/**
 * Why something cannot have happened then; null where it can. All in ms since the epoch, UTC.
 *
 * @param saidAt when it was said: a command that was kept for days does not get too old by that.
 */
export function timeRefusal(
  happenedAt: number,
  now: number,
  saidAt: number = now,
): CommandRejection | null {
  if (happenedAt > now + MAX_AHEAD_MS) {
    return {
      code: 'invalid-input',
      message: 'This time lies in the future: the timeline holds what has happened.',
      hint: 'Pick an earlier time; check the clock of this machine if the time looks right.',
    }
  }
  if (happenedAt < Math.min(now, saidAt) - MAX_BEFORE_MS) {
    return {
      code: 'invalid-input',
      message: 'This time is more than 30 days ago.',
      hint: 'Pick a later time, or say in the text when it was.',
    }
  }
  return null
}
