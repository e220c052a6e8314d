import type { Actor } from '../actor/schema.ts'
import type { Coordination } from './schema.ts'
import type { Impact } from '../impact/schema.ts'
import { activeAlerts, type Incident } from '../incident/schema.ts'
import { isIncidentOver } from '../incident/status.ts'
import type { Role } from '../role/role.ts'
import type { FlowItem, MetByEvent } from '../flow/schema.ts'

/** How an item stands; `at` in ms since the epoch, UTC. */
export type ItemStanding =
  | { readonly state: 'open' }
  /** `by` is null for what nobody did: nothing fires any more. */
  | { readonly state: 'done' | 'skipped'; readonly at: number; readonly by: Actor | null }

/** What items are ticked by. */
export interface FlowFacts {
  readonly incident: Incident
  readonly coordination: Coordination
  readonly impact: Impact | undefined
}

const open: ItemStanding = { state: 'open' }

/** How an item stands: what a person says of it counts more than what ticks it by itself. */
export function itemStanding({ id, met }: FlowItem, facts: FlowFacts): ItemStanding {
  const mark = facts.coordination.items[id]
  if (mark && mark.state !== 'open') return { state: mark.state, at: mark.at, by: mark.by }
  if (met === null) return open
  const found = ticks[met](facts)
  return found ? { state: 'done', ...found } : open
}

type Tick = { readonly at: number; readonly by: Actor | null } | null

const said = (of: { readonly at: number; readonly by: Actor } | null | undefined): Tick =>
  of ? { at: of.at, by: of.by } : null

/** Since when it is over: who ended it did not thereby do what came before. */
const overSince = ({ resolved, closed }: Incident): Tick => {
  const end = resolved ?? closed
  return end && { at: end.at, by: null }
}

const hasRole =
  (role: Role) =>
  ({ coordination }: FlowFacts): Tick =>
    said(coordination.roles.find((each) => each.role === role))

const ticks: Readonly<Record<MetByEvent, (facts: FlowFacts) => Tick>> = {
  // It stays acknowledged once it is over, whatever is remembered of it.
  acknowledged: ({ incident }) =>
    said(incident.acknowledged ?? incident.mitigated) ?? overSince(incident),
  'impact-set': ({ impact }) => said(impact?.said),
  'verdict-given': ({ incident }) => said(incident.verdict),
  commander: hasRole('commander'),
  communications: hasRole('communications'),
  scribe: hasRole('scribe'),
  expert: hasRole('expert'),
  hypothesis: ({ coordination }) => said(coordination.hypotheses[0]),
  mitigated: ({ incident }) => said(incident.mitigated) ?? overSince(incident),
  'update-written': ({ coordination }) => said(coordination.update),
  stable: ({ incident }) => {
    const isCalm = activeAlerts(incident.counts) === 0
    const isEased = incident.mitigated !== null || isIncidentOver(incident)
    return isCalm && isEased ? { at: incident.changedAt, by: null } : null
  },
  'measures-removed': ({ coordination, incident }) => measuresRemoved(coordination, incident),
  resolved: ({ incident }) => said(incident.resolved ?? incident.closed),
}

/** Where there never was a measure, nothing has to be removed once it is over. */
function measuresRemoved({ measures }: Coordination, incident: Incident): Tick {
  if (measures.length === 0) return said(incident.resolved ?? incident.closed)
  const removed = measures.map((each) => each.removed)
  const last = removed.reduce((a, b) => (a && b ? (b.at > a.at ? b : a) : null))
  return said(last)
}
