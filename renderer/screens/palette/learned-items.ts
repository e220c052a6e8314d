import type { DraftKind } from '#shared/domain/knowledge/draft.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import type { PaletteGroup, PaletteItem } from './item.ts'

interface Target {
  readonly id: string
  readonly title: string
  readonly group: PaletteGroup
}

/** Writing down for the next time what was done in an incident that is over. */
export function learnedItems(
  { actions }: Pick<Cockpit, 'actions'>,
  { id: incidentId, title, group }: Target,
): readonly PaletteItem[] {
  return (['plan', 'runbook'] as const).map((kind: DraftKind) => ({
    id: `incident-learned-${kind}`,
    group,
    title: `Write a ${kind} from this`,
    detail: title,
    keywords: 'draft new playbook learned from this incident',
    refusedBecause: null,
    run: () => actions.writeFromIncident(incidentId, kind),
  }))
}
