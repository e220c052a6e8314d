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
