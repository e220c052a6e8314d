import { stepsOf, type Phase, type Plan, type PlanStep } from '../plan/schema.ts'
import type { Response, StepState } from './schema.ts'

/** A phase of a plan as it stands. */
export interface PhaseProgress {
  readonly phase: Phase
  /** Steps that are no longer open: done, skipped or failed. */
  readonly finished: number
  /** True once none of its steps is open. */
  readonly isOver: boolean
  /** Until when it should be over, ms since the epoch, UTC; null where the plan gives it no time. */
  readonly dueAt: number | null
}

/** How far a plan has been followed. */
export interface PlanProgress {
  readonly phases: readonly PhaseProgress[]
  /** The place of the first phase with open steps; null once none is open. */
  readonly current: number | null
  /** The first open step; null once none is open. */
  readonly next: PlanStep | null
  readonly finished: number
  readonly total: number
}

/** What each step is, by its id. */
export type StepStates = Readonly<Record<string, StepState>>

/** What the steps of a plan are by what was recorded; what is missing is open. */
export function statesOf({ steps }: Pick<Response, 'steps'>): StepStates {
  return Object.fromEntries(Object.entries(steps).map(([id, { state }]) => [id, state]))
}

/**
 * How far a plan has been followed.
 *
 * @param states what each step is; what is missing is open.
 * @param startedAt when the incident started, which the times of the phases count from: ms since the
 *   epoch, UTC.
 */
export function progressOf(
  plan: Pick<Plan, 'phases'>,
  states: StepStates,
  startedAt: number,
): PlanProgress {
  const phases = plan.phases.map((phase): PhaseProgress => {
    const open = phase.steps.filter(({ id }) => isOpen(states, id)).length
    return {
      phase,
      finished: phase.steps.length - open,
      isOver: open === 0,
      dueAt: phase.untilMs === null ? null : startedAt + phase.untilMs,
    }
  })
  const current = phases.findIndex(({ isOver }) => !isOver)
  const steps = stepsOf(plan)
  return {
    phases,
    current: current < 0 ? null : current,
    next: steps.find(({ id }) => isOpen(states, id)) ?? null,
    finished: phases.reduce((sum, { finished }) => sum + finished, 0),
    total: steps.length,
  }
}

/**
 * Where one goes on after a step: the next open one behind it, else the first open one before it.
 * Null once no other step is open.
 */
export function nextAfter(
  plan: Pick<Plan, 'phases'>,
  states: StepStates,
  stepId: string,
): PlanStep | null {
  const steps = stepsOf(plan)
  const index = steps.findIndex(({ id }) => id === stepId)
  const inOrder = [...steps.slice(index + 1), ...steps.slice(0, Math.max(0, index))]
  return inOrder.find(({ id }) => isOpen(states, id)) ?? null
}

/** True for a phase that has open steps after its time, at `now`: ms since the epoch, UTC. */
export function isOverdue({ dueAt, isOver }: PhaseProgress, now: number): boolean {
  return dueAt !== null && !isOver && now > dueAt
}

function isOpen(states: StepStates, id: string): boolean {
  return (states[id] ?? 'open') === 'open'
}
