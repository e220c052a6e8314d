import { saidAt, type Actor } from '../actor/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import { evolveExecution } from '../execution/evolve.ts'
import type { Execution } from '../execution/schema.ts'
import type { OwnResponseBody } from '../response/evolve.ts'
import type { CriterionMark, StepMark } from '../response/schema.ts'
import type { Answer } from '../walkthrough/schema.ts'
import type { WalkthroughBody } from '../walkthrough/events.ts'
import { conceptOf, type Event, type EventBody } from '../watch/event.ts'
import type { ExecutionBody } from '../execution/events.ts'

/** Who did something; `at` in ms since the epoch, UTC. */
export interface Deed {
  readonly at: number
  readonly by: Actor
}

/** An answer to a question of a step; null: it was withdrawn. */
export interface RecordedAnswer extends Deed {
  readonly question: string
  readonly answer: Answer | null
}

/** What was done with one step of a plan or a runbook, in the order in which it was recorded. */
export interface RecordedStep {
  readonly id: string
  /** What it said last; null where only its id is known. */
  readonly text: string | null
  readonly marks: readonly StepMark[]
  readonly answers: readonly RecordedAnswer[]
}

/** A text of a runbook that was followed, from that time on. */
export interface FollowedText extends Deed {
  readonly title: string
  readonly hash: string
  /** Null where it is unknown. */
  readonly commit: string | null
}

/** How one runbook was followed. */
export interface RecordedRunbook {
  readonly runbook: string
  readonly texts: readonly FollowedText[]
  /** Those that somebody dealt with, in the order in which they were first. */
  readonly steps: readonly RecordedStep[]
}

/** A revision of a response plan that was followed, from that time on: ms since the epoch, UTC. */
export interface FollowedPlan {
  readonly planId: string
  readonly revision: string
  readonly title: string
  readonly at: number
}

/** A "fixed when" of the plan, and each time that somebody or a measurement said whether it is met. */
export interface RecordedCriterion {
  readonly id: string
  readonly text: string
  readonly marks: readonly CriterionMark[]
}

/** All that is recorded of how an incident was dealt with: what an evidence document is made of. */
export interface EvidenceRecord {
  readonly plans: readonly FollowedPlan[]
  readonly planSteps: readonly RecordedStep[]
  readonly criteria: readonly RecordedCriterion[]
  readonly runbooks: readonly RecordedRunbook[]
  /** In the order in which they were asked for. */
  readonly runs: readonly Execution[]
}

type EvidenceBody = ExecutionBody | WalkthroughBody | OwnResponseBody

/** True for what is recorded of steps, answers, plans and runs: the rest is no evidence of a deed. */
export function isEvidence(event: Event): event is Event & { readonly body: EvidenceBody } {
  return isEvidenceBody(event.body)
}

const concepts: ReadonlySet<string> = new Set(['execution', 'walkthrough', 'response'])

function isEvidenceBody(body: EventBody): body is EvidenceBody {
  return concepts.has(conceptOf(body)) && body.type !== 'plan.recorded'
}

interface StepDraft {
  readonly id: string
  text: string | null
  readonly marks: StepMark[]
  readonly answers: RecordedAnswer[]
}

interface RunbookDraft {
  readonly runbook: string
  readonly texts: FollowedText[]
  readonly steps: Map<string, StepDraft>
}

/**
 * What the events of one incident say of how it was dealt with. Every mark and answer is kept, not
 * only the last one: a step that failed before it was done is two lines of evidence.
 *
 * @param events in the order of the journal; those that are no evidence are passed over.
 */
export function evidenceRecordOf(events: Iterable<Event>): EvidenceRecord {
  const plans: FollowedPlan[] = []
  const planSteps = new Map<string, StepDraft>()
  const criteria = new Map<string, { id: string; text: string; marks: CriterionMark[] }>()
  const runbooks = new Map<string, RunbookDraft>()
  const runs = new Map<string, Execution>()

  function follow(body: WalkthroughBody, { at, actor }: Occurrence): void {
    const { runbook } = body
    const draft: RunbookDraft = runbooks.get(runbook) ?? { runbook, texts: [], steps: new Map() }
    runbooks.set(runbook, draft)
    const said = { at: saidAt(actor, at), by: actor }
    if (body.type === 'walkthrough.started') {
      const { title, hash, commit } = body
      draft.texts.push({ title, hash, commit, ...said })
      return
    }
    const step = stepIn(draft.steps, body.step)
    if (body.type === 'walkthrough.step-marked') {
      step.text = body.text
      step.marks.push({ state: body.state, note: body.note, ...said })
    } else {
      step.answers.push({ question: body.text, answer: body.answer, ...said })
    }
  }

  function respond(body: OwnResponseBody, { at, actor }: Occurrence): void {
    const said = { at: saidAt(actor, at), by: actor }
    switch (body.type) {
      case 'plan.applied': {
        const { planId, revision, title } = body
        plans.push({ planId, revision, title, at })
        return
      }
      case 'step.marked': {
        const step = stepIn(planSteps, body.step)
        step.text = body.text
        step.marks.push({ state: body.state, note: body.note, ...said })
        return
      }
      case 'criterion.marked': {
        const { criterion: id, text, isMet } = body
        const known = criteria.get(id) ?? { id, text, marks: [] }
        criteria.set(id, known)
        known.marks.push({ isMet, ...said })
      }
    }
  }

  for (const event of events) {
    if (!isEvidence(event)) continue
    const { body } = event
    switch (body.type) {
      case 'walkthrough.started':
      case 'walkthrough.step-marked':
      case 'walkthrough.answered':
        follow(body, event)
        break
      case 'execution.requested':
      case 'execution.started':
      case 'execution.finished': {
        const after = evolveExecution(runs.get(body.executionId), body, event)
        if (after) runs.set(body.executionId, after)
        break
      }
      case 'execution.group-requested':
      case 'execution.group-finished':
        // Each of its runs is evidence of its own.
        break
      default:
        respond(body, event)
    }
  }
  return {
    plans,
    planSteps: [...planSteps.values()],
    criteria: [...criteria.values()],
    runbooks: [...runbooks.values()].map((each) => ({ ...each, steps: [...each.steps.values()] })),
    runs: [...runs.values()],
  }
}

function stepIn(steps: Map<string, StepDraft>, id: string): StepDraft {
  const known = steps.get(id)
  if (known) return known
  const step: StepDraft = { id, text: null, marks: [], answers: [] }
  steps.set(id, step)
  return step
}
