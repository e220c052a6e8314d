import { capital, inLine, whoWords } from '../review/words.ts'
import { numbersOf, type Said, type Story } from './story.ts'

/**
 * What people tag in their notes while they work, for the review: `#factor: the retry has no limit`.
 * A tag reaches to the end of its line.
 */
export const tags = ['factor', 'well', 'wrong', 'lesson'] as const

/** One of {@link tags}. */
export type Tag = (typeof tags)[number]

/** What the notes of an incident have under a tag. */
export function tagged({ all }: Story, tag: Tag): readonly Said[] {
  const pattern = new RegExp(String.raw`(?:^|\s)#${tag}:\s*(\S[^\n]*)`, 'gi')
  return all('incident.noted').flatMap((note) =>
    [...note.body.text.matchAll(pattern)].map(([, text = ''], index) => ({
      key: `note ${String(note.seq)} ${String(index)}`,
      text: `${capital(inLine(text))} (noted by ${whoWords(note.actor)})`,
      events: numbersOf(note),
    })),
  )
}
