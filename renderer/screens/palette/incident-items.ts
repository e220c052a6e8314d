import type { Incident } from '#shared/domain/incident/schema.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'
import {
  availableActions,
  focusRefusal,
  refusalOf,
  silenceRefusal,
  type IncidentAction,
} from '../../engine/commands/availability.ts'
import type { AlertsModel } from '../alerts/alerts-model.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { alertsOf, planOf, labelsOf, queueOf } from '../../engine/watch/derived.ts'
import { sections } from '../../engine/watch/queue.ts'
import { incidentLinks, keyLinksOf } from '../../text/incident-links.ts'
import { formatTerm } from '../../lists/filter-terms.ts'
import { openOutside } from '../../text/links.ts'
import { plural } from '../../text/plural.ts'
import { runbookWayOf } from '../../parts/runbooks/runbook-way.ts'
import { meetRefusal, meetWords, saidClocks } from '../../parts/clocks/meet-words.ts'
import { actionButtons } from '../../parts/incident-actions/action-buttons.ts'
import { performAction } from '../../parts/incident-actions/perform-action.ts'
import type { PaletteGroup, PaletteItem } from './item.ts'
import { searchIncidents, searchLabels } from './search.ts'
import { isIncidentOver } from '#shared/domain/incident/status.ts'
import { learnedItems } from './learned-items.ts'
import { togetherItems } from './together-items.ts'
import { takeAlongItems } from './take-along-items.ts'
import { isAbout } from '../../engine/offline/kept-command.ts'

/** Incidents and labels that are listed at most: whoever needs more types more. */
const MAX_INCIDENTS = 30
const MAX_LABELS = 5

type World = Pick<Cockpit, 'actions' | 'mirror' | 'offline' | 'ui'>

/** What else people call what can be done. */
const keywords: Readonly<Record<IncidentAction, string>> = {
  acknowledge: 'ack take claim mine i have it',
  unacknowledge: 'unacknowledge unack undo release drop hand back',
  snooze: 'silence postpone later sleep defer',
  unsnooze: 'unsnooze undo wake unsilence',
  mitigate: 'stopped contained workaround no more harm',
  unmitigate: 'harm again undo',
  resolve: 'fixed done solved',
  reopen: 'unresolve undo again',
  close: 'archive finish done',
}

interface ShownIncident {
  readonly id: string
  readonly group: PaletteGroup
}

/**
 * The incident that the person sees: on Now the selected one; on Alerts that of the open alert, or
 * of the line that the keyboard is on, which may have scrolled away and so never comes first.
 */
export function shownIncident(
  { ui }: Pick<World, 'ui'>,
  { screen }: Pick<AlertsModel, 'screen'>,
): ShownIncident | null {
  const shown = ui.getState()
  switch (shown.screen) {
    case 'now':
      return shown.selectedId === null ? null : { id: shown.selectedId, group: 'This incident' }
    case 'alerts': {
      const { activeKey, isPanelOpen, shown: lines } = screen.store.getState()
      // A line that the filter has taken away is not seen, though it is remembered.
      const line = activeKey === null ? undefined : lines.find(({ key }) => key === activeKey)
      if (!line?.incident) return null
      const group = isPanelOpen ? 'This incident' : 'Incident of the selected line'
      return { id: line.incident.id, group }
    }
    // An incident that is open there is read, not worked on: Now is one key away.
    case 'incidents':
    case 'meetings':
    case 'runbooks':
    case 'handoff':
    case 'playbook':
    case 'settings':
      return null
  }
}

/** What can be done with the incident that is on the screen. */
export function shownIncidentItems(
  world: Cockpit,
  alerts: Pick<AlertsModel, 'screen'>,
): readonly PaletteItem[] {
  const { actions, mirror, offline } = world
  const { watch, connection, status } = mirror.getState()
  const shown = shownIncident(world, alerts)
  const incident = shown === null ? undefined : watch?.incidents.get(shown.id)
  if (!watch || !shown || !incident) return []
  const { id, title } = incident
  const item = (
    name: string,
    label: string,
    hint: string,
    refusedBecause: string | null,
    run: () => void,
    words = '',
  ): PaletteItem => ({
    id: `incident-${name}`,
    group: shown.group,
    title: label,
    detail: title,
    keywords: words,
    hint,
    refusedBecause,
    run,
  })
  const { kept } = offline.state.getState()
  const waiting = kept.filter((each) => isAbout(each, id))
  const lost = refusalOf({ status, connection }, 'why')
  const noFocus = focusRefusal(incident, { status, connection })
  const isFocused = watch.muting.focus?.incidentId === id
  const [worst] = alertsOf(watch, id)
  const links = incidentLinks(alertsOf(watch, id), planOf(watch, id))
  const way = runbookWayOf(alertsOf(watch, id), planOf(watch, id), world.runbooks.state.getState())
  const keyed = keyLinksOf(links)
  return [
    ...availableActions(incident, connection.phase, waiting, status).map(
      ({ action, refusedBecause }) => {
        const { label, hint } = actionButtons[action]
        const run = () => {
          // Menus and questions open where the incident is.
          actions.goTo(id)
          performAction(actions, action, id)
        }
        return item(action, label, hint, refusedBecause, run, keywords[action])
      },
    ),
    item(
      'silence',
      'Silence the alerts of this incident…',
      keyOf('silence'),
      silenceRefusal(incident, { status, connection }),
      () => actions.open({ kind: 'silence', target: { kind: 'incident', incidentId: id } }),
      'mute alertmanager maintenance extend expire unsilence',
    ),
    item(
      'why',
      'Decision log',
      keyOf('why'),
      lost,
      () => actions.open({ kind: 'why', incidentId: id }),
      'why reason page no page explain',
    ),
    ...saidClocks(watch.clocks.get(id)).map((kind) =>
      item(
        `clock-${kind}`,
        `${meetWords[kind].title}…`,
        '',
        meetRefusal(incident, kind, { status, connection, kept }),
        () => actions.open({ kind: 'clock', incidentId: id, clock: kind }),
        meetWords[kind].keywords,
      ),
    ),
    ...(planOf(watch, id)
      ? [
          item(
            'next-step',
            'Go to the next step of the plan',
            keyOf('next-step'),
            null,
            () => {
              actions.goTo(id)
              actions.goToNextStep(id)
            },
            'response plan checklist what to do first',
          ),
        ]
      : worst
        ? [
            item(
              'write-plan',
              'Write a plan for this alert',
              '',
              null,
              () => actions.writePlan(worst.key),
              'response plan playbook new draft',
            ),
          ]
        : []),
    ...(isIncidentOver(incident) ? learnedItems(world, { id, title, group: shown.group }) : []),
    ...(way?.kind === 'here'
      ? [
          item('runbook', 'Read the runbook', keyOf('runbook'), null, () =>
            actions.showRunbook({ ...way.place, incidentId: id }),
          ),
        ]
      : []),
    ...links.map(({ name, href }, index) => {
      const key = keyed.find((each) => each.href === href)?.name
      const isElsewhere = key === undefined || (key === 'runbook' && way?.kind === 'here')
      const hint = isElsewhere ? '' : keyOf(key)
      const label =
        key === 'runbook' && isElsewhere ? 'Open runbook in the browser' : `Open ${name}`
      return item(`link-${String(index)}`, label, hint, null, () => openOutside(href))
    }),
    isFocused
      ? item('end-focus', 'End focus', keyOf('focus'), noFocus, () => {
          void actions.endFocus()
        })
      : item(
          'focus',
          'Focus: other pages held',
          keyOf('focus'),
          noFocus,
          () => {
            void actions.startFocus(id)
          },
          'awake stay only this',
        ),
    ...togetherItems(world, incident, shown.group),
    ...takeAlongItems(world, { id, title, group: shown.group, past: null }),
  ]
}

/** What can be done with the alerts that are selected on the Alerts screen, whatever incidents they are of. */
export function selectedAlertItems(
  { actions, mirror, ui }: World,
  { screen }: Pick<AlertsModel, 'screen'>,
): readonly PaletteItem[] {
  const { selected } = screen.store.getState()
  if (ui.getState().screen !== 'alerts' || selected.size === 0) return []
  return [
    {
      id: 'selected-silence',
      group: 'Selected alerts',
      title: `Silence ${plural(selected.size, 'selected alert')}…`,
      keywords: 'mute alertmanager maintenance',
      hint: keyOf('silence'),
      refusedBecause: refusalOf(mirror.getState(), 'silence.create'),
      run: () => actions.open({ kind: 'silence', target: { kind: 'alerts', keys: [...selected] } }),
    },
  ]
}

/** Incidents by title, severity and labels, those of their alerts too, in the order of the queue. */
export function incidentItems(
  { actions, mirror }: World,
  words: readonly string[],
): readonly PaletteItem[] {
  const { watch } = mirror.getState()
  if (!watch || words.length === 0) return []
  const labels = (id: string) => labelsOf(watch, id)
  const found = searchIncidents(inOrder(watch.incidents), words, MAX_INCIDENTS, labels)
  return found.map(({ incident, label }) => ({
    id: `go-${incident.id}`,
    group: 'Incidents',
    title: incident.title,
    detail: [
      ...(label ? [`${label.name}=${label.value}`] : []),
      incident.severity,
      incident.status,
    ].join(', '),
    refusedBecause: null,
    run: () => actions.goTo(incident.id),
  }))
}

/** Labels of alerts, each of which leads to the list of the alerts that have it. */
export function labelItems(
  { actions, mirror }: World,
  { screen }: Pick<AlertsModel, 'screen'>,
  words: readonly string[],
): readonly PaletteItem[] {
  const { watch } = mirror.getState()
  if (!watch || words.length === 0) return []
  const all = [...watch.incidents.keys()].map((id) => labelsOf(watch, id))
  return searchLabels(all, words, MAX_LABELS).map(({ name, value, incidents }) => {
    const filter = formatTerm({ kind: 'label', name, operator: '=', value })
    return {
      id: `label-${name}=${value}`,
      group: 'Alerts with',
      title: filter,
      detail: `in ${plural(incidents, 'incident')}`,
      refusedBecause: null,
      run: () => {
        actions.show('alerts')
        screen.setFilter(filter)
      },
    }
  })
}

function* inOrder(incidents: ReadonlyMap<string, Incident>): Iterable<Incident> {
  const queue = queueOf(incidents)
  for (const section of sections) yield* queue[section]
}
