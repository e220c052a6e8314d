import type { Connection } from '../bridge/engine-client.ts'
import { isAbout, type KeptCommand } from '../offline/kept-command.ts'

/**
 * True for a command that is shown as waiting for the engine. One that is being sent is not, while
 * the engine is there: it is answered within a blink.
 */
export function isShownWaiting({ state }: KeptCommand, phase: Connection['phase']): boolean {
  return state === 'waiting' || (state === 'sending' && phase !== 'open')
}

/**
 * Of the kept commands, those that show with this incident: they wait, or were refused. What waits
 * for a step shows on the step.
 */
export function pendingOf(
  kept: readonly KeptCommand[],
  incidentId: string,
  phase: Connection['phase'],
): readonly KeptCommand[] {
  return kept.filter(
    (command) =>
      isAbout(command, incidentId) &&
      (command.state === 'rejected' || (isShownWaiting(command, phase) && !isOnPlan(command))),
  )
}

/** True for a command on a step of a plan or a runbook, or on a "fixed when". */
export function isOnPlan({ name }: KeptCommand): boolean {
  return name === 'plan.step' || name === 'plan.criterion' || name.startsWith('walkthrough.')
}
