import { saidAt } from '../actor/schema.ts'
import { imageWords } from '../entry/events.ts'
import type { Correction, EntryMark } from './marks.ts'
import type { TimelineEntry } from './timeline.ts'

/** A line of a timeline with what people did with it. */
export interface MarkedEntry extends TimelineEntry {
  readonly isStarred: boolean
  /** The last correction; null where there is none. */
  readonly correction: Correction | null
}

/** The lines with their marks. A run of equal lines is starred as the last of its stars says. */
export function withMarks(
  entries: readonly TimelineEntry[],
  marks: readonly EntryMark[],
): readonly MarkedEntry[] {
  let next = 0
  return entries.map((entry) => {
    while ((marks[next]?.entry ?? Infinity) < entry.seq) next += 1
    let star: EntryMark['star']
    let correction: Correction | null = null
    for (; (marks[next]?.entry ?? Infinity) <= entry.last.seq; next += 1) {
      const mark = marks[next]
      if (mark?.star && mark.star.seq > (star?.seq ?? 0)) star = mark.star
      correction = mark?.correction ?? correction
    }
    return { ...entry, isStarred: star?.isStarred ?? false, correction }
  })
}

/** When it happened, as far as anybody said: ms since the epoch, UTC. */
export function happenedAtOf({ actor, at, happenedAt }: TimelineEntry): number {
  return happenedAt ?? saidAt(actor, at)
}

/** How its text reads today: as it was corrected last, else as it was recorded. */
export function textNow({ text, isDeed, image, correction }: MarkedEntry): string {
  if (!correction) return text
  // Of an image only the caption is a person's text.
  return image ? imageWords(correction.text, isDeed) : correction.text
}

/**
 * The lines as they are shown: in the order in which things happened, of one time as recorded. The
 * line of a correction that shows at its entry is left out. Both are told within these lines alone:
 * an entry of a time that is not among them stands first.
 */
export function asShown(entries: readonly MarkedEntry[]): readonly MarkedEntry[] {
  const atEntry = new Set(entries.flatMap(({ correction }) => correction?.seq ?? []))
  return entries
    .filter(({ seq }) => !atEntry.has(seq))
    .toSorted((a, b) => happenedAtOf(a) - happenedAtOf(b) || a.seq - b.seq)
}
