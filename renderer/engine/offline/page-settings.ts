import { z } from 'zod'
import { sections } from '../watch/queue.ts'
import type { UiStore } from '../page/ui-store.ts'
import type { OfflineDatabase } from './database.ts'

const collapsedRowSchema = z.object({
  name: z.literal('collapsed'),
  value: z.array(z.enum(sections)),
})

interface SettingPorts {
  readonly database: OfflineDatabase
  readonly ui: UiStore
  readonly failed: () => void
}

/**
 * How this page is set up outlives it: which sections of the queue are folded. Called once, it
 * brings back what was chosen and keeps every change from then on. Never rejects.
 */
export async function keepPageSettings({ database, ui, failed }: SettingPorts): Promise<void> {
  try {
    const initial = ui.getState().collapsed
    const row = collapsedRowSchema.safeParse(await database.settings.get('collapsed'))
    // What a person has chosen meanwhile is newer.
    if (row.success && ui.getState().collapsed === initial) {
      ui.setState({ collapsed: new Set(row.data.value) })
    }
  } catch {
    failed()
    return
  }
  ui.subscribe(({ collapsed }, before) => {
    if (collapsed === before.collapsed) return
    database.settings.put({ name: 'collapsed', value: [...collapsed] }).catch(failed)
  })
}
