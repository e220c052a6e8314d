import type { Alert } from '#shared/domain/alert/schema.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { incidentLinks, keyLinksOf, type KeyLink } from '../../text/incident-links.ts'
import { openOutside } from '../../text/links.ts'
import { runbookWayOf } from './runbook-way.ts'

/** What the keys of the runbook and the dashboard are pressed for. */
export interface KeyLinkPlace {
  readonly incidentId: string
  readonly alerts: readonly Alert[]
  readonly plan: Plan | undefined
}

type World = Pick<Cockpit, 'actions' | 'announcements' | 'mirror' | 'runbooks'>

/**
 * Opens the runbook or the dashboard that the plan or the alerts name. A key for the runbook that comes
 * before the list of runbooks is answered once it is there: until then nobody knows whether the
 * runbook can be read here.
 *
 * @param placeNow what the key would be pressed for now; null once the person has gone elsewhere.
 * @returns false where there is none.
 */
export function openKeyLink(
  world: World,
  name: KeyLink,
  placeNow: () => KeyLinkPlace | null,
): boolean {
  const place = placeNow()
  if (!place) return false
  const { actions, announcements, runbooks } = world
  if (name === 'runbook' && isListComing(world)) {
    announcements.tell({ politeness: 'polite', text: 'Reading the list of runbooks…' })
    const stop = runbooks.state.subscribe(({ list, problem }) => {
      if (list === null && problem === null) return
      stop()
      if (placeNow()?.incidentId === place.incidentId) openKeyLink(world, name, placeNow)
    })
    return true
  }
  const { alerts, plan, incidentId } = place
  const way = name === 'runbook' ? runbookWayOf(alerts, plan, runbooks.state.getState()) : null
  if (way?.kind === 'here') {
    actions.showRunbook({ ...way.place, incidentId })
    return true
  }
  const link = keyLinksOf(incidentLinks(alerts, plan)).find((each) => each.name === name)
  if (link) openOutside(link.href)
  else {
    announcements.tell({ politeness: 'polite', text: `No ${name} link in the plan or the alerts` })
  }
  return link !== undefined
}

/** True where the list of runbooks is on its way. */
function isListComing({ mirror, runbooks }: World): boolean {
  const { list, problem } = runbooks.state.getState()
  const { connection, status } = mirror.getState()
  return (
    list === null &&
    problem === null &&
    connection.phase === 'open' &&
    status?.runbooks !== undefined
  )
}
