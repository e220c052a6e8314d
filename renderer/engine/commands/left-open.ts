import { measuresLeft, openTasks, type Coordination } from '#shared/domain/coordination/schema.ts'
import { plural } from '../../text/plural.ts'

/**
 * What nobody can finish any more once the incident is closed, as a part of a sentence; null where
 * there is nothing, or where temporary measures keep it from closing anyway.
 *
 * @param now ms since the epoch, UTC.
 */
export function leftOpen(coordination: Coordination | undefined, now: number): string | null {
  if (!coordination || measuresLeft(coordination).length > 0) return null
  const tasks = openTasks(coordination).length
  const hypotheses = coordination.hypotheses.filter(({ state }) => state === 'open').length
  const waiting = coordination.approvals.filter(({ answered }) => answered === null).length
  const parts = [
    ...(tasks > 0 ? [plural(tasks, 'task')] : []),
    ...(hypotheses > 0 ? [plural(hypotheses, 'hypothesis', 'hypotheses')] : []),
    ...(waiting > 0 ? [plural(waiting, 'approval')] : []),
    ...((coordination.update?.nextAt ?? 0) > now ? ['a promised update'] : []),
  ]
  return parts.length === 0 ? null : parts.join(', ')
}
