import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { runbookAddressOf, runbookPathOf } from '#shared/domain/runbook/id.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import type { PaletteItem } from './item.ts'

/** Runbooks that are listed at most: the place itself searches their texts. */
const MAX_RUNBOOKS = 8

/** Runbooks by their titles, files and addresses. */
export function runbookItems(
  { actions, runbooks }: Pick<Cockpit, 'actions' | 'runbooks'>,
  words: readonly string[],
): readonly PaletteItem[] {
  const { list } = runbooks.state.getState()
  if (!list || words.length === 0) return []
  const found: PaletteItem[] = []
  for (const { id, title } of list.entries) {
    if (found.length === MAX_RUNBOOKS) break
    const text = `${title} ${placeOf(id)}`.toLowerCase()
    if (!words.every((word) => text.includes(word))) continue
    found.push({
      id: `runbook-${id}`,
      group: 'Runbooks',
      title,
      detail: placeOf(id),
      refusedBecause: null,
      run: () => actions.showRunbook({ id, fragment: null, incidentId: null }),
    })
  }
  return found
}

function placeOf(id: RunbookEntry['id']): string {
  return runbookPathOf(id) ?? runbookAddressOf(id) ?? id
}
