import type { Execution } from '#shared/domain/execution/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Walkthrough } from '#shared/domain/walkthrough/schema.ts'
import { derivedFrom } from './derived-from.ts'

/** As much of the state as stands on the timelines of incidents. */
type Recorded = Pick<
  WatchState,
  | 'incidents'
  | 'responses'
  | 'triggers'
  | 'impacts'
  | 'clocks'
  | 'walkthroughs'
  | 'executions'
  | 'muting'
>

const executionSteps = derivedFrom((executions: ReadonlyMap<string, Execution>) =>
  sums(executions.values(), ({ startedAt, finishedAt }) => {
    const started = startedAt === null ? 0 : 1
    return 1 + started + (finishedAt === null ? 0 : 1)
  }),
)

const walkthroughSteps = derivedFrom((walkthroughs: ReadonlyMap<string, Walkthrough>) =>
  sums(walkthroughs.values(), ({ changes }) => changes),
)

/** Another text each time something new may stand on the timeline of an incident. */
export function recordVersion(state: Recorded, incidentId: string): string {
  const { focus } = state.muting
  const focused = focus?.incidentId === incidentId ? focus.at : 0
  return `${String(changesOf(state, incidentId))} ${String(focused)}`
}

/** How often anything of an incident changed, as far as that is counted. */
function changesOf(state: Recorded, incidentId: string): number {
  return (
    (state.incidents.get(incidentId)?.revision ?? 0) +
    (state.responses.get(incidentId)?.changes ?? 0) +
    (state.triggers.get(incidentId)?.changes ?? 0) +
    (state.impacts.get(incidentId)?.changes ?? 0) +
    (state.clocks.get(incidentId)?.changes ?? 0) +
    (walkthroughSteps(state.walkthroughs).get(incidentId) ?? 0) +
    (executionSteps(state.executions).get(incidentId) ?? 0)
  )
}

function sums<Entity extends { readonly incidentId: string }>(
  entities: Iterable<Entity>,
  count: (entity: Entity) => number,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const entity of entities) {
    const { incidentId } = entity
    found.set(incidentId, (found.get(incidentId) ?? 0) + count(entity))
  }
  return found
}
