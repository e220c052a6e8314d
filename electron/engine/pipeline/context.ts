import type { Labels } from '#shared/domain/alert/schema.ts'
import type { RealmId } from '#shared/domain/realm/realm.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Ids } from '../ports/ids.ts'
import type { PlaybookInForce } from '../configuration/playbook.ts'
import type { Rules } from '../configuration/rules.ts'

/** All that a stage may know besides the alerts that pass through it. Pure: no I/O hides in it. */
export interface PipelineContext {
  readonly state: WatchState
  readonly sourceId: string
  /** The realm of the source, as it is recorded. */
  readonly realm: RealmId
  readonly rules: Rules
  readonly playbook: PlaybookInForce
  readonly ids: Pick<Ids, 'derive'>
  /** ms since the epoch, UTC. */
  readonly now: number
  /** The heartbeat that an alert listed by these sources is, as matcher text; null for others. */
  readonly heartbeatOf: (labels: Labels, sourceIds: readonly string[]) => string | null
  /** True when an incident of this id was ever recorded, also when it is closed and forgotten. */
  readonly isKnownIncident: (incidentId: string) => boolean
  /** True when something can deliver a page. */
  readonly hasChannel: boolean
}
