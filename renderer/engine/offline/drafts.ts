import { z } from 'zod'
import type { UiStore } from '../page/ui-store.ts'
import type { OfflineDatabase } from './database.ts'
import type { LeavingDatabase, LeftDraft } from './leaving-database.ts'

/** A draft that nobody has touched for this long, ms, is given up. */
const KEPT_FOR_MS = 30 * 24 * 3_600_000

const draftRowSchema = z.object({ incidentId: z.string(), text: z.string(), at: z.number() })

interface DraftPorts {
  readonly database: OfflineDatabase
  /** Where this page leaves what it has not kept when it goes. */
  readonly leaving: LeavingDatabase
  readonly ui: UiStore
  readonly wall: () => number
  readonly failed: () => void
  /** What was being written before is there, as far as it can be read. */
  readonly read: () => void
  /** What is being written is kept; `at` in ms since the epoch, UTC. */
  readonly saved: (at: number) => void
}

/** Notes that are being written outlive a reload. */
export interface DraftKeeper {
  /** Brings back what was being written; what is being written now stays. */
  recall(): Promise<void>
  /** What has to be left behind now, as the page may be gone before it is kept. */
  leave(): readonly LeftDraft[]
}

/** Watches the drafts of this page and keeps them, key by key. */
export function keepDrafts({
  database,
  leaving,
  ui,
  wall,
  failed,
  read,
  saved,
}: DraftPorts): DraftKeeper {
  /** What the table holds for certain. */
  let kept: ReadonlyMap<string, string> = ui.getState().drafts
  let isWriting = false

  async function writeAll(): Promise<void> {
    if (isWriting) return
    isWriting = true
    while (ui.getState().drafts !== kept) await write(ui.getState().drafts)
    isWriting = false
  }

  async function write(drafts: ReadonlyMap<string, string>): Promise<void> {
    const changed = changesSince(kept, drafts)
    try {
      await put(changed)
      saved(wall())
    } catch {
      failed()
    }
    // Also where it failed: it is not tried again and again.
    kept = drafts
  }

  async function put(drafts: readonly LeftDraft[]): Promise<void> {
    const there = drafts.filter(({ text }) => text !== '')
    const gone = drafts.filter(({ text }) => text === '')
    if (there.length > 0) await database.drafts.bulkPut(there)
    if (gone.length > 0) await database.drafts.bulkDelete(gone.map(({ incidentId }) => incidentId))
  }

  /** What differs; an empty text is a draft that is gone. */
  function changesSince(
    before: ReadonlyMap<string, string>,
    after: ReadonlyMap<string, string>,
  ): readonly LeftDraft[] {
    const at = wall()
    return [...new Set([...before.keys(), ...after.keys()])]
      .filter((id) => before.get(id) !== after.get(id))
      .map((incidentId) => ({ incidentId, text: after.get(incidentId) ?? '', at }))
  }

  ui.subscribe(() => void writeAll())

  /** Keeps what the last page left, unless another page has written on meanwhile. */
  async function takeOver(): Promise<void> {
    const left = readDrafts(await leaving.drafts.toArray().catch(() => []))
    if (left.length === 0) return
    await database.transaction('rw', database.drafts, async () => {
      const kept = new Map(
        readDrafts(await database.drafts.toArray()).map(({ incidentId, at }) => [incidentId, at]),
      )
      const newer = left.filter(({ incidentId, at }) => at >= (kept.get(incidentId) ?? 0))
      await put(newer)
    })
    await leaving.drafts.clear()
  }

  return {
    async recall() {
      try {
        await takeOver()
        await database.drafts
          .where('at')
          .below(wall() - KEPT_FOR_MS)
          .delete()
        const found = readDrafts(await database.drafts.toArray()).map(
          ({ incidentId, text }) => [incidentId, text] as const,
        )
        kept = new Map([...found, ...kept])
        ui.setState(({ drafts }) => ({ drafts: new Map([...found, ...drafts]) }))
      } catch {
        failed()
      }
      read()
    },
    leave: () => changesSince(kept, ui.getState().drafts),
  }
}

/** Those rows that can be read. */
function readDrafts(rows: readonly unknown[]): readonly LeftDraft[] {
  return rows.flatMap((row) => draftRowSchema.safeParse(row).data ?? [])
}
