import { z } from 'zod'
import type { OfflineDatabase } from './database.ts'

/** Incidents of which it is kept when they were looked at last: the newest stay. */
const MAX_LOOKED = 300

const lookSchema = z.object({
  /** The last event of the journal that this page knew then, by its number. */
  seq: z.number(),
  /** When that was, ms since the epoch, UTC, on the engine's clock. */
  at: z.number(),
})

/** When somebody looked at an incident last. */
export type Look = Readonly<z.infer<typeof lookSchema>>

const rowSchema = z.object({
  name: z.literal('looked'),
  value: z.array(z.tuple([z.string(), lookSchema])),
})

/** When the person of this browser looked at each incident last. */
export interface Looked {
  /** The last look at an incident; null for none. Never rejects. */
  last(incidentId: string): Promise<Look | null>
  /** They leave it now. Kept in the background, and without a word when that fails. */
  leave(incidentId: string, look: Look): void
}

/** Keeps the looks in the database; with null, only as long as this page lasts. */
export function createLooked(database: OfflineDatabase | null): Looked {
  let looks: Map<string, Look> | null = null

  const known = async (): Promise<Map<string, Look>> => {
    if (looks) return looks
    const row = rowSchema.safeParse(await database?.settings.get('looked').catch(() => null))
    // What was left meanwhile is newer.
    looks ??= new Map(row.success ? row.data.value : [])
    return looks
  }

  const keep = async (incidentId: string, look: Look) => {
    const all = await known()
    // In the order in which they were left.
    all.delete(incidentId)
    all.set(incidentId, look)
    const value = [...all].slice(-MAX_LOOKED)
    await database?.settings.put({ name: 'looked', value })
  }

  return {
    last: async (incidentId) => (await known()).get(incidentId) ?? null,
    leave: (incidentId, look) => {
      // A look less is no loss that a person has to hear of.
      keep(incidentId, look).catch(() => undefined)
    },
  }
}
