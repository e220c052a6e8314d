import { saidAt } from '../actor/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import type { ExecutionBody } from './events.ts'
import type { Execution } from './schema.ts'

/** Something that was run after an event; undefined where nothing asked for it. */
export function evolveExecution(
  execution: Execution | undefined,
  body: ExecutionBody,
  { at, actor }: Occurrence,
): Execution | undefined {
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
  if (body.type === 'execution.started') return { ...execution, startedAt: at }
  const { outcome, verdict, summary, durationMs, output, captured } = body
  return {
    ...execution,
    finishedAt: at,
    result: { outcome, verdict, summary, durationMs, output, captured },
  }
}

/** What is kept of one incident: all that runs, and of what has ended the newest. */
const MAX_OF_INCIDENT = 200

/** The ids of what is forgotten where an incident has too many: the journal has them. */
export function executionsToForget(
  executions: Iterable<Execution>,
  incidentId: string,
): readonly string[] {
  const ended = [...executions].filter(
    (each) => each.incidentId === incidentId && each.finishedAt !== null,
  )
  return ended
    .toSorted((a, b) => a.requestedAt - b.requestedAt)
    .slice(0, Math.max(0, ended.length - MAX_OF_INCIDENT))
    .map(({ executionId }) => executionId)
}
