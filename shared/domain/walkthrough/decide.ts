import type { Incident } from '../incident/schema.ts'
import type { StepState } from '../response/schema.ts'
import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, type Result } from '../result/result.ts'
import type { WalkthroughBody } from './events.ts'
import { decisionKey, type Answer, type Walkthrough } from './schema.ts'

/** Steps that a walkthrough has marks of: more than a runbook of a person ever has. */
export const MAX_MARKS = 1_000

/** Runbooks that are followed for one incident. */
export const MAX_WALKTHROUGHS = 50

/** The step of a runbook that a command is about. */
interface OnStep {
  readonly incidentId: string
  readonly runbook: string
  readonly title: string
  /** Of the text that whoever did it had before them. */
  readonly hash: string
  readonly step: string
  /** What the step, or the question in it, says. */
  readonly text: string
}

/** What a person does with a step of a runbook. */
export type WalkthroughCommand =
  | (OnStep & {
      readonly type: 'walkthrough.step'
      readonly state: StepState
      readonly note: string | null
    })
  | (OnStep & {
      readonly type: 'walkthrough.answer'
      readonly decision: number
      readonly answer: Answer | null
    })

/** How things stand for the incident that it is about. */
export interface Walked {
  readonly incident: Incident | undefined
  readonly walkthrough: Walkthrough | undefined
  /** Runbooks that are followed for this incident already. */
  readonly count: number
  /** The commit of the text that was followed, where it is known. */
  readonly commit: string | null
}

/**
 * What a person's command on a runbook leads to: events, or a worded refusal. Pure. The text may be
 * one that only a cockpit without a network still had: what was done by it is true all the same.
 */
export function decideWalkthrough(
  { incident, walkthrough, count, commit }: Walked,
  command: WalkthroughCommand,
): Result<readonly WalkthroughBody[], CommandRejection> {
  if (!incident) {
    return fail({ code: 'not-found', message: 'This incident is no longer known.' })
  }
  if (incident.status === 'closed') {
    return fail({ code: 'not-allowed-now', message: 'This incident is closed.' })
  }
  if (walkthrough ? isFull(walkthrough, command) : count >= MAX_WALKTHROUGHS) {
    return fail({
      code: 'not-allowed-now',
      message: 'This incident has more steps of runbooks than Deckwatch keeps.',
      hint: 'Add a note to the incident instead.',
    })
  }
  const done = doneAlready(walkthrough, command)
  if (done !== null) return fail({ code: 'already-done', message: done })
  const { incidentId, runbook, title, hash, step, text } = command
  const bodies: WalkthroughBody[] = []
  if (walkthrough?.hash !== hash) {
    const reason = walkthrough ? 'text-changed' : 'started'
    bodies.push({
      type: 'walkthrough.started',
      incidentId,
      runbook,
      title,
      hash,
      commit,
      step,
      reason,
    })
  }
  const on = { incidentId, runbook, step, text }
  bodies.push(
    command.type === 'walkthrough.step'
      ? { type: 'walkthrough.step-marked', ...on, state: command.state, note: command.note }
      : {
          type: 'walkthrough.answered',
          ...on,
          decision: command.decision,
          answer: command.answer,
        },
  )
  return ok(bodies)
}

function isFull({ steps, answers }: Walkthrough, { step }: WalkthroughCommand): boolean {
  const marks = Object.keys(steps).length + Object.keys(answers).length
  return marks >= MAX_MARKS && steps[step] === undefined
}

/** What makes a command say nothing new; null where it does. */
function doneAlready(
  walkthrough: Walkthrough | undefined,
  command: WalkthroughCommand,
): string | null {
  if (command.type === 'walkthrough.step') {
    const { step, state, note } = command
    const mark = walkthrough?.steps[step]
    const isSame = (mark?.state ?? 'open') === state && (note === null || mark?.note === note)
    return isSame ? `This step is ${state} already.` : null
  }
  const { step, decision, answer } = command
  const before = walkthrough?.answers[decisionKey(step, decision)]?.answer ?? null
  if (before !== answer) return null
  return answer === null ? 'This question is not answered.' : `This is answered ${answer} already.`
}
