import { saidAt } from '../actor/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import type { ExecutionBody } from './events.ts'
import { isGrouped } from './groups.ts'
import type { Execution } from './schema.ts'

/** Something that was run after an event; undefined where nothing asked for it. */
export function evolveExecution(
  execution: Execution | undefined,
  body: ExecutionBody,
  { at, actor }: Occurrence,
): Execution | undefined {
  if (isOfBatch(body)) return execution
  if (body.type === 'execution.requested') {
    const { type: _, ...request } = body
    return {
      ...request,
      requestedAt: saidAt(actor, at),
      requestedBy: actor,
      startedAt: null,
      finishedAt: null,
      result: null,
    }
  }
  if (!execution) return undefined
  if (body.type === 'execution.started') return { ...execution, startedAt: saidAt(actor, at) }
  const { outcome, verdict, summary, durationMs, output, captured } = body
  return {
    ...execution,
    finishedAt: saidAt(actor, at),
    result: { outcome, verdict, summary, durationMs, output, captured },
  }
}

/** Bodies about many targets: what is kept of them is with each target. */
type BatchBody = Extract<
  ExecutionBody,
  { type: 'execution.group-requested' | 'execution.group-finished' }
>

/** True for what says of many targets together what was recorded of each. */
export function isOfBatch(body: ExecutionBody): body is BatchBody {
  return body.type === 'execution.group-requested' || body.type === 'execution.group-finished'
}

/**
 * What is kept of one incident: all that runs, and of what has ended the newest. Of what ran on many
 * targets as many again, each group as a whole: a result of one target says little without the rest.
 */
export const MAX_EXECUTIONS = 200

/** The ids of what is forgotten where an incident has too many: the journal has them. */
export function executionsToForget(
  executions: Iterable<Execution>,
  incidentId: string,
): readonly string[] {
  const ended = [...executions]
    .filter((each) => each.incidentId === incidentId && each.finishedAt !== null)
    .toSorted((a, b) => b.requestedAt - a.requestedAt)
  const alone = ended.filter((each) => !isGrouped(each)).slice(MAX_EXECUTIONS)
  const groups = Map.groupBy(ended.filter(isGrouped), ({ group }) => group.id)
  let kept = 0
  const oldGroups = [...groups.values()].filter((group, index) => {
    kept += group.length
    return index > 0 && kept > MAX_EXECUTIONS
  })
  return [...alone, ...oldGroups.flat()]
    .toSorted((a, b) => a.requestedAt - b.requestedAt)
    .map(({ executionId }) => executionId)
}
