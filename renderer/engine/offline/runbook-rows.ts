import { runbookEntrySchema, type RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { z } from 'zod'
import type { OfflineDatabase } from './database.ts'
import { slices } from './slices.ts'

const listRowSchema = z.object({
  key: z.literal('last'),
  revision: z.number(),
  more: z.number(),
  /** When it was read, ms since the epoch, UTC, on the engine's clock. */
  listedAt: z.number(),
  entries: z.array(runbookEntrySchema),
})

/** The list of runbooks as it was read from the engine. */
export type RunbookList = Readonly<Omit<z.infer<typeof listRowSchema>, 'key'>>

const textRowSchema = z.object({ id: z.string(), entry: runbookEntrySchema, text: z.string() })

/** A text with what was known of it when it was read. */
export interface RunbookText {
  readonly entry: RunbookEntry
  readonly text: string
}

const factsRowSchema = z.object({
  id: z.string(),
  /** Of the text that is kept, as in its entry. */
  hash: z.string(),
  size: z.number(),
  /** When somebody read it here last, ms since the epoch, UTC; 0 for never. */
  usedAt: z.number(),
})

/** What is known of a kept text without reading it. */
export type RunbookFacts = Readonly<z.infer<typeof factsRowSchema>>

/** Texts that are read in one go: some of them may be large. */
const TEXT_SLICE = 20

/** Runbooks in the database. All of it rejects where the database fails. */
export class RunbookRows {
  readonly #database: OfflineDatabase

  constructor(database: OfflineDatabase) {
    this.#database = database
  }

  /** The last list; null without one that this build understands. */
  async list(): Promise<RunbookList | null> {
    const { data } = listRowSchema.safeParse(await this.#database.runbookList.get('last'))
    if (!data) return null
    const { revision, more, listedAt, entries } = data
    return { revision, more, listedAt, entries }
  }

  async putList(list: RunbookList): Promise<void> {
    await this.#database.runbookList.put({ key: 'last', ...list })
  }

  /** What is known of all kept texts, by id. */
  async facts(): Promise<Map<string, RunbookFacts>> {
    const rows = await this.#database.runbookFacts.toArray()
    return new Map(
      rows.flatMap((row) => {
        const { data } = factsRowSchema.safeParse(row)
        return data ? [[data.id, data] as const] : []
      }),
    )
  }

  /** The text that is kept of a runbook; null without one. */
  async text(id: string): Promise<RunbookText | null> {
    const { data } = textRowSchema.safeParse(await this.#database.runbookTexts.get(id))
    return data ? { entry: data.entry, text: data.text } : null
  }

  /** Kept texts, some at a time, in the order of their ids; those that are not kept are left out. */
  async *texts(ids: readonly string[]): AsyncGenerator<readonly RunbookText[]> {
    for (const slice of slices(ids, TEXT_SLICE)) {
      const rows = await this.#database.runbookTexts.bulkGet([...slice])
      yield rows.flatMap((row) => {
        const { data } = textRowSchema.safeParse(row)
        return data ? [{ entry: data.entry, text: data.text }] : []
      })
    }
  }

  async putText({ entry, text }: RunbookText, facts: RunbookFacts): Promise<void> {
    const { runbookTexts, runbookFacts } = this.#database
    await this.#database.transaction('rw', runbookTexts, runbookFacts, async () => {
      await runbookTexts.put({ id: entry.id, entry, text })
      await runbookFacts.put(facts)
    })
  }

  async putFacts(facts: RunbookFacts): Promise<void> {
    await this.#database.runbookFacts.put(facts)
  }

  async drop(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const { runbookTexts, runbookFacts } = this.#database
    await this.#database.transaction('rw', runbookTexts, runbookFacts, async () => {
      await runbookTexts.bulkDelete([...ids])
      await runbookFacts.bulkDelete([...ids])
    })
  }
}
