import type { StepState } from '#shared/domain/response/schema.ts'
import { MAX_STEP_WORDS } from '#shared/contract/operations/walkthrough.ts'
import type { Decision, Step } from '#shared/domain/runbook/schema.ts'
import { decisionKey, type Answer } from '#shared/domain/walkthrough/schema.ts'
import type { Actions } from '../../../engine/cockpit/actions.ts'
import { answerOf, type FollowedRunbook } from './followed-runbook.ts'

type Marking = Pick<Actions, 'markRunbookStep' | 'answerRunbook' | 'withdraw' | 'refuse'>

/**
 * Marks a step, or cancels what is queued for the engine where that leads to the same. Returns false
 * where it cannot be marked, which is then said.
 */
export function markRunbookStep(
  actions: Marking,
  followed: FollowedRunbook,
  step: Step,
  state: StepState,
): boolean {
  if (isRefused(actions, followed, 'walkthrough.step')) return false
  const queued = followed.queuedSteps.get(step.id)
  const recorded = followed.walkthrough?.steps[step.id]?.state ?? 'open'
  if (queued && recorded === state && queued.input.note === null) void actions.withdraw(queued)
  else if ((queued?.input.state ?? recorded) !== state) {
    void actions.markRunbookStep({ ...inputOf(followed, step, step.title), state, note: null })
  }
  return true
}

/** Writes down what a step showed; its state stays. */
export function noteRunbookStep(
  actions: Marking,
  followed: FollowedRunbook,
  step: Step,
  note: string,
): void {
  const state = followed.states[step.id] ?? 'open'
  void actions.markRunbookStep({ ...inputOf(followed, step, step.title), state, note })
}

/** Answers a question of a step; the same answer once more takes it back. */
export function answerQuestion(
  actions: Marking,
  followed: FollowedRunbook,
  step: Step,
  decision: number,
  { condition }: Pick<Decision, 'condition'>,
  answer: Answer,
): boolean {
  if (isRefused(actions, followed, 'walkthrough.answer')) return false
  const queued = followed.queuedAnswers.get(decisionKey(step.id, decision))
  const isSame = answerOf(followed, step.id, decision) === answer
  if (queued && isSame) void actions.withdraw(queued)
  else {
    const input = inputOf(followed, step, condition)
    void actions.answerRunbook({ ...input, decision, answer: isSame ? null : answer })
  }
  return true
}

function inputOf({ incident, id, hash, runbook }: FollowedRunbook, step: Step, words: string) {
  return {
    incidentId: incident.id,
    runbook: id,
    title: shortened(runbook.title),
    hash,
    step: step.id,
    words: shortened(words),
  }
}

/** What the engine records of a text; an empty one is named by what it is. */
function shortened(text: string): string {
  const words = text.trim()
  if (words === '') return 'Untitled'
  return words.length > MAX_STEP_WORDS ? `${words.slice(0, MAX_STEP_WORDS - 1)}…` : words
}

function isRefused(
  actions: Marking,
  { incident, refusedBecause }: FollowedRunbook,
  name: 'walkthrough.step' | 'walkthrough.answer',
): boolean {
  if (refusedBecause === null) return false
  actions.refuse(incident.id, name, refusedBecause)
  return true
}
