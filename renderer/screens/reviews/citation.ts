import { citationSchema, type Citation } from '#shared/domain/review/document.ts'

/** As what an entry of the timeline is dragged. */
export const citationType = 'application/x-deckwatch-entry'

/** An entry that is to be cited, before it is known where. */
export type CitedEntry = Omit<Citation, 'section'>

const entrySchema = citationSchema.omit({ section: true })

/** Reads what was dragged; null where it is none of ours. */
export function readCitation(text: string): CitedEntry | null {
  try {
    return entrySchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
