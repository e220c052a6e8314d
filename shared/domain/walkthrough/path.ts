import type { StepStates } from '../response/progress.ts'
import type { Phase, Runbook, Step } from '../runbook/schema.ts'
import type { Walkthrough } from './schema.ts'

/**
 * The steps that are for these alerts, in their order: of a file with a runbook for each of several
 * alerts, those of their parts and those for all; where it has no part for any of them, all steps.
 */
export function stepsFor(
  { steps, parts }: Pick<Runbook, 'steps' | 'parts'>,
  alertNames: readonly string[],
): readonly Step[] {
  const names = new Set(alertNames.map((name) => name.toLowerCase()))
  const own = new Set(
    parts.filter(({ alert }) => names.has(alert.toLowerCase())).map(({ id }) => id),
  )
  return own.size === 0 ? steps : steps.filter(({ part }) => part === null || own.has(part))
}

/** Where one goes on after a step: the next open one behind it, else the first open one before it. */
export function nextOpenStep(
  steps: readonly Pick<Step, 'id'>[],
  states: StepStates,
  stepId: string,
): string | null {
  const index = steps.findIndex(({ id }) => id === stepId)
  const before = steps.slice(0, Math.max(0, index))
  return openStepBehind(steps, states, stepId) ?? firstOpen(before, states)
}

/** The next open step behind a step; null where none is: nobody is led back without a word. */
export function openStepBehind(
  steps: readonly Pick<Step, 'id'>[],
  states: StepStates,
  stepId: string,
): string | null {
  return firstOpen(steps.slice(steps.findIndex(({ id }) => id === stepId) + 1), states)
}

function firstOpen(steps: readonly Pick<Step, 'id'>[], states: StepStates): string | null {
  return steps.find(({ id }) => isOpen(states, id))?.id ?? null
}

/** What says where a walkthrough opens. */
export interface Opening {
  /** The section that a link named, by its anchor; null where none did. */
  readonly section: string | null
  /** What was recorded so far; undefined before the first mark. */
  readonly walkthrough: Pick<Walkthrough, 'lastStep'> | undefined
  readonly states: StepStates
  /** What the incident's plan is at, where its words say so. */
  readonly phase: Phase | null
}

/**
 * The step at which a walkthrough opens: the place that was asked for; else the one after the last
 * that somebody dealt with; else the first of the phase that the incident is in; else the first that
 * is more than background.
 *
 * @returns null where no step is open and no place was asked for.
 */
export function openingStep(
  { steps, sections }: Pick<Runbook, 'steps' | 'sections'>,
  own: readonly Step[],
  { section, walkthrough, states, phase }: Opening,
): string | null {
  const place = section === null ? -1 : sections.findIndex(({ id }) => id === section)
  const asked = sections[place]
  if (asked) {
    const end = sections.slice(place + 1).find(({ level }) => level <= asked.level)
    const within = own.filter(
      ({ from }) => from >= asked.from && from < (end?.from ?? Number.POSITIVE_INFINITY),
    )
    const there = within.find(({ id }) => isOpen(states, id)) ?? within[0]
    if (there) return there.id
  }
  if (walkthrough) {
    // A step that the text no longer has: its place is unknown, so one begins at the top.
    const isKnown = steps.some(({ id }) => id === walkthrough.lastStep)
    const last = isKnown ? walkthrough.lastStep : ''
    return isOpen(states, last) && isKnown ? last : nextOpenStep(own, states, last)
  }
  const open = own.filter(({ id }) => isOpen(states, id))
  const ofPhase = phase === null ? undefined : open.find((step) => step.phase === phase)
  const first = ofPhase ?? open.find((step) => step.phase !== 'context') ?? open[0]
  return first?.id ?? null
}

function isOpen(states: StepStates, id: string): boolean {
  return (states[id] ?? 'open') === 'open'
}
