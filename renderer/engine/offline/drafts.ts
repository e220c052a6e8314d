import { z } from 'zod'
import type { UiStore } from '../page/ui-store.ts'
import type { OfflineDatabase } from './database.ts'

/** A draft that nobody has touched for this long, ms, is given up. */
const KEPT_FOR_MS = 30 * 24 * 3_600_000

const draftRowSchema = z.object({ incidentId: z.string(), text: z.string(), at: z.number() })

interface DraftPorts {
  readonly database: OfflineDatabase
  readonly ui: UiStore
  readonly wall: () => number
  readonly failed: () => void
}

/** Notes that are being written outlive a reload. */
export interface DraftKeeper {
  /** Brings back what was being written; what is being written now stays. */
  recall(): Promise<void>
}

/**
 * Watches the drafts of this page and keeps them, key by key: what a page begins to write when it
 * goes is not written.
 */
export function keepDrafts({ database, ui, wall, failed }: DraftPorts): DraftKeeper {
  let kept: ReadonlyMap<string, string> = ui.getState().drafts
  let isWriting = false

  async function writeAll(): Promise<void> {
    if (isWriting) return
    isWriting = true
    while (ui.getState().drafts !== kept) await write()
    isWriting = false
  }

  async function write(): Promise<void> {
    const before = kept
    const { drafts } = ui.getState()
    kept = drafts
    const at = wall()
    const changed = [...drafts].filter(([id, text]) => before.get(id) !== text)
    const gone = [...before.keys()].filter((id) => !drafts.has(id))
    try {
      if (changed.length > 0) {
        await database.drafts.bulkPut(
          changed.map(([incidentId, text]) => ({ incidentId, text, at })),
        )
      }
      if (gone.length > 0) await database.drafts.bulkDelete(gone)
    } catch {
      failed()
    }
  }

  ui.subscribe(() => void writeAll())

  return {
    async recall() {
      try {
        await database.drafts
          .where('at')
          .below(wall() - KEPT_FOR_MS)
          .delete()
        const rows = await database.drafts.toArray()
        const found = rows.flatMap((row) => {
          const draft = draftRowSchema.safeParse(row)
          return draft.success ? [[draft.data.incidentId, draft.data.text] as const] : []
        })
        kept = new Map([...found, ...kept])
        ui.setState(({ drafts }) => ({ drafts: new Map([...found, ...drafts]) }))
      } catch {
        failed()
      }
    },
  }
}
