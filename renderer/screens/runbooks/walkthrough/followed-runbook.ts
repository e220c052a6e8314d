import type { EngineStatus } from '#shared/contract/messages.ts'
import type { Execution } from '#shared/domain/execution/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { statesOf, type StepStates } from '#shared/domain/response/progress.ts'
import type { Runbook, Step } from '#shared/domain/runbook/schema.ts'
import { stepsFor } from '#shared/domain/walkthrough/path.ts'
import { doneWithoutRun } from '#shared/domain/execution/without-run.ts'
import { decisionKey, type Answer, type Walkthrough } from '#shared/domain/walkthrough/schema.ts'
import type { Connection } from '../../../engine/bridge/engine-client.ts'
import { keptRefusal } from '../../../engine/commands/availability.ts'
import { isShownWaiting } from '../../../engine/commands/waiting.ts'
import { isAbout, type KeptCommand } from '../../../engine/offline/kept-command.ts'

type KeptStep = Extract<KeptCommand, { readonly name: 'walkthrough.step' }>
type KeptAnswer = Extract<KeptCommand, { readonly name: 'walkthrough.answer' }>

/** A runbook as it is followed for an incident: what was recorded, with what waits for the engine. */
export interface FollowedRunbook {
  readonly incident: Incident
  readonly id: string
  /** Of the text that is followed. */
  readonly hash: string
  readonly runbook: Runbook
  /** Those that are for the alerts of the incident. */
  readonly steps: readonly Step[]
  /** Undefined before the first mark was recorded. */
  readonly walkthrough: Walkthrough | undefined
  /** What waits for the engine, the last for each step, by the step's id. */
  readonly queuedSteps: ReadonlyMap<string, KeptStep>
  /** The same of each question, by its key. */
  readonly queuedAnswers: ReadonlyMap<string, KeptAnswer>
  /** What the steps will be once the engine has recorded what waits. */
  readonly states: StepStates
  /** How many of {@link FollowedRunbook.steps} are done, skipped or failed. */
  readonly finished: number
  /** Those of them that are done although none of their commands was run here, by their ids. */
  readonly withoutRun: ReadonlySet<string>
  /** Why nobody can mark a step now; null while they can. */
  readonly refusedBecause: string | null
}

/** What a followed runbook is put together from. */
export interface RunbookSources {
  readonly incident: Incident
  readonly alertNames: readonly string[]
  readonly id: string
  readonly hash: string
  readonly runbook: Runbook
  readonly walkthrough: Walkthrough | undefined
  /** What was run, for whatever incident. */
  readonly executions: Iterable<Execution>
  readonly kept: readonly KeptCommand[]
  readonly phase: Connection['phase']
  readonly status: EngineStatus | null
}

/** Lays what waits for the engine over what was recorded. */
export function followRunbook(sources: RunbookSources): FollowedRunbook {
  const { incident, alertNames, id, hash, runbook, walkthrough, executions } = sources
  const { kept, phase, status } = sources
  const waiting = kept.filter((each) => isAbout(each, incident.id) && isShownWaiting(each, phase))
  const queuedSteps = new Map(
    waiting.flatMap((each) =>
      each.name === 'walkthrough.step' && each.input.runbook === id
        ? [[each.input.step, each]]
        : [],
    ),
  )
  const queuedAnswers = new Map(
    waiting.flatMap((each) =>
      each.name === 'walkthrough.answer' && each.input.runbook === id
        ? [[decisionKey(each.input.step, each.input.decision), each]]
        : [],
    ),
  )
  const states = {
    ...(walkthrough ? statesOf(walkthrough) : {}),
    ...Object.fromEntries([...queuedSteps].map(([step, { input }]) => [step, input.state])),
  }
  const steps = stepsFor(runbook, alertNames)
  return {
    incident,
    id,
    hash,
    runbook,
    steps,
    walkthrough,
    queuedSteps,
    queuedAnswers,
    states,
    finished: steps.filter((step) => (states[step.id] ?? 'open') !== 'open').length,
    withoutRun: doneWithoutRun({ incidentId: incident.id, runbook: id }, steps, states, executions),
    refusedBecause: keptRefusal(incident, { status, connection: { phase } }, 'walkthrough.step'),
  }
}

/** How a question of a step is answered, with what waits for the engine; null while it is not. */
export function answerOf(
  { walkthrough, queuedAnswers }: Pick<FollowedRunbook, 'walkthrough' | 'queuedAnswers'>,
  step: string,
  decision: number,
): Answer | null {
  const key = decisionKey(step, decision)
  const queued = queuedAnswers.get(key)
  return queued ? queued.input.answer : (walkthrough?.answers[key]?.answer ?? null)
}
