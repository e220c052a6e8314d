import type { Incident } from '#shared/domain/incident/schema.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { availableActions, engineRefusal } from '../../state/availability.ts'
import type { Cockpit } from '../../state/cockpit.ts'
import { queueOf } from '../../state/derived.ts'
import { sections } from '../../state/queue.ts'
import { actionButtons } from '../now/action-buttons.ts'
import { performAction } from '../now/perform-action.ts'
import type { PaletteItem } from './item.ts'
import { searchIncidents } from './search.ts'

/** Incidents that are listed at most: whoever needs more types more. */
const MAX_INCIDENTS = 30

type World = Pick<Cockpit, 'actions' | 'mirror' | 'offline' | 'ui'>

/** What can be done with the selected incident. */
export function selectedIncidentItems({
  actions,
  mirror,
  offline,
  ui,
}: World): readonly PaletteItem[] {
  const { watch, connection } = mirror.getState()
  const { selectedId } = ui.getState()
  const incident = selectedId === null ? undefined : watch?.incidents.get(selectedId)
  if (!watch || !incident) return []
  const { id, title } = incident
  const item = (
    name: string,
    label: string,
    hint: string,
    refusedBecause: string | null,
    run: () => void,
  ): PaletteItem => ({
    id: `incident-${name}`,
    group: 'This incident',
    title: label,
    detail: title,
    hint,
    refusedBecause,
    run,
  })
  const { kept } = offline.state.getState()
  const waiting = kept.filter(({ input }) => input.incidentId === id)
  const lost = engineRefusal(connection.phase)
  const isStaying = watch.posture.focus?.incidentId === id
  return [
    ...availableActions(incident, connection.phase, waiting).map(({ action, refusedBecause }) => {
      const { label, hint } = actionButtons[action]
      return item(action, label, hint, refusedBecause, () => {
        // Menus and questions open where the incident is.
        actions.goTo(id)
        performAction(actions, action, id)
      })
    }),
    item('why', 'Why is this shown?', keyOf('why'), lost, () =>
      actions.open({ kind: 'why', incidentId: id }),
    ),
    isStaying
      ? item('end-stay', 'Stop staying on this incident', keyOf('stay'), lost, () => {
          void actions.endStay()
        })
      : item('stay', 'Stay on this incident: other pages wait', keyOf('stay'), lost, () => {
          void actions.stayOn(id)
        }),
  ]
}

/** Incidents by title, severity and labels, in the order of the queue. */
export function incidentItems(
  { actions, mirror }: World,
  words: readonly string[],
): readonly PaletteItem[] {
  const { watch } = mirror.getState()
  if (!watch || words.length === 0) return []
  const found = searchIncidents(inOrder(watch.incidents), words, MAX_INCIDENTS)
  return found.map((incident) => ({
    id: `go-${incident.id}`,
    group: 'Incidents',
    title: incident.title,
    detail: `${incident.severity}, ${incident.status}`,
    refusedBecause: null,
    run: () => actions.goTo(incident.id),
  }))
}

function* inOrder(incidents: ReadonlyMap<string, Incident>): Iterable<Incident> {
  const queue = queueOf(incidents)
  for (const section of sections) yield* queue[section]
}
