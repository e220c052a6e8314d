import { z } from 'zod'

/**
 * Why the program around a page has no engine for it: its journal cannot be opened. What is wrong and
 * what to do about it, in plain words, and when that was found out (ms since the epoch, UTC).
 */
export const unopenedJournalSchema = z.object({
  message: z.string(),
  hint: z.string(),
  triedAt: z.number(),
})
export type UnopenedJournal = Readonly<z.infer<typeof unopenedJournalSchema>>
