import type { EventOf, Story } from './story.ts'

/** What people did with one entry of the timeline, and the events without which it would differ. */
export interface EntryMarks {
  readonly isStarred: boolean
  /** Undefined where it is not starred, or would be without this event too. */
  readonly star: EventOf<'entry.starred'> | undefined
  /** The last correction; undefined where there is none. */
  readonly correction: EventOf<'entry.corrected'> | undefined
  /** How it reads since then, and would read without it; null for as it was written. */
  readonly text: string | null
  readonly textBefore: string | null
}

/** The marks of a record, by the number of the event that is meant. The last word counts. */
export function marksIn({ all }: Story): ReadonlyMap<number, EntryMarks> {
  const marks = new Map<number, EntryMarks>()
  for (const event of [...all('entry.starred'), ...all('entry.corrected')]) {
    const before = marks.get(event.body.entry) ?? none
    marks.set(event.body.entry, marked(before, event))
  }
  return marks
}

const none: EntryMarks = {
  isStarred: false,
  star: undefined,
  correction: undefined,
  text: null,
  textBefore: null,
}

function marked(
  before: EntryMarks,
  event: EventOf<'entry.starred'> | EventOf<'entry.corrected'>,
): EntryMarks {
  if (isStar(event)) {
    const { isStarred } = event.body
    return { ...before, isStarred, star: isStarred && !before.isStarred ? event : undefined }
  }
  return { ...before, correction: event, text: event.body.text, textBefore: before.text }
}

const isStar = (
  event: EventOf<'entry.starred'> | EventOf<'entry.corrected'>,
): event is EventOf<'entry.starred'> => event.body.type === 'entry.starred'
