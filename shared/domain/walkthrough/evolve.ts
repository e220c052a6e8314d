import { saidAt } from '../actor/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import type { WalkthroughBody } from './events.ts'
import { decisionKey, type Walkthrough } from './schema.ts'

/** How a runbook is followed after an event; undefined where nothing says that it was started. */
export function evolveWalkthrough(
  walkthrough: Walkthrough | undefined,
  body: WalkthroughBody,
  { at, actor }: Occurrence,
): Walkthrough | undefined {
  const said = saidAt(actor, at)
  const changes = (walkthrough?.changes ?? 0) + 1
  if (body.type === 'walkthrough.started') {
    const { incidentId, runbook, title, hash, commit, step } = body
    const started = walkthrough ?? {
      startedAt: said,
      startedBy: actor,
      steps: {},
      answers: {},
    }
    // Marks are kept by the words that they mark: a changed step has no mark.
    const now = { lastStep: step, lastAt: said, changes }
    return { ...started, incidentId, runbook, title, hash, commit, ...now }
  }
  if (!walkthrough) return undefined
  const touched = { ...walkthrough, lastStep: body.step, lastAt: said, changes }
  switch (body.type) {
    case 'walkthrough.step-marked': {
      const { step, state, note } = body
      const kept = note ?? walkthrough.steps[step]?.note ?? null
      const mark = { state, note: kept, at: said, by: actor }
      return { ...touched, steps: { ...walkthrough.steps, [step]: mark } }
    }
    case 'walkthrough.answered': {
      const { step, decision, answer } = body
      const key = decisionKey(step, decision)
      const { [key]: _before, ...others } = walkthrough.answers
      const answers =
        answer === null ? others : { ...others, [key]: { answer, at: said, by: actor } }
      return { ...touched, answers }
    }
  }
}
