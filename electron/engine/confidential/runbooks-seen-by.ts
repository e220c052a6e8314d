import { runbooksOfPlan } from '#shared/domain/runbook/linked.ts'
import { isRunbookSeen, runbooksSeen, type Hidden } from '#shared/domain/watch/visible.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Recorder } from '../record/recorder.ts'

interface Deps {
  readonly inForce: Pick<InForce, 'playbook'>
  readonly recorder: Pick<Recorder, 'state'>
}

/** Whether somebody may know of a runbook: the address of a page tells of the alert that leads there. */
export function runbooksSeenBy(
  { inForce, recorder }: Deps,
  hidden: Hidden,
): (id: string) => boolean {
  if (hidden.size === 0) return () => true
  const planned = [...inForce.playbook().plans.plans.values()].flatMap(runbooksOfPlan)
  const seen = new Set([...runbooksSeen(recorder.state(), hidden), ...planned])
  return (id) => isRunbookSeen(id, seen)
}
