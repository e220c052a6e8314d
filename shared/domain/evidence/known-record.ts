import { stepsOf } from '../plan/schema.ts'
import type { WatchState } from '../watch/state.ts'
import type { EvidenceRecord, RecordedStep } from './record.ts'

/** The part of the state that evidence is in. */
export type KnownOfIncidents = Pick<
  WatchState,
  'executions' | 'plans' | 'responses' | 'walkthroughs'
>

/**
 * What the state knows of how an incident was dealt with, for where its events cannot be read: of
 * each step the last mark alone, and no more runs than the state keeps.
 *
 * @param textOf what a step of a runbook says, where its text is at hand; else null.
 */
export function knownRecordOf(
  incidentId: string,
  { executions, plans, responses, walkthroughs }: KnownOfIncidents,
  textOf: (runbook: string, step: string) => string | null,
): EvidenceRecord {
  const isOfIncident = (each: { readonly incidentId: string }) => each.incidentId === incidentId
  const runs = [...executions.values()]
    .filter(isOfIncident)
    .toSorted((a, b) => a.requestedAt - b.requestedAt)
  const runbooks = [...walkthroughs.values()].filter(isOfIncident).map((walkthrough) => {
    const { runbook, title, hash, commit, startedAt: at, startedBy: by } = walkthrough
    const steps = new Map<string, RecordedStep>()
    for (const [id, mark] of Object.entries(walkthrough.steps)) {
      steps.set(id, { id, text: textOf(runbook, id), marks: [mark], answers: [] })
    }
    for (const [key, answered] of Object.entries(walkthrough.answers)) {
      const [id = key, decision = ''] = key.split(' ')
      const step = steps.get(id) ?? { id, text: textOf(runbook, id), marks: [], answers: [] }
      const question = `Question ${String(Number(decision) + 1)} of the step`
      steps.set(id, { ...step, answers: [...step.answers, { question, ...answered }] })
    }
    const inOrder = [...steps.values()].toSorted((a, b) => firstOf(a) - firstOf(b))
    return { runbook, texts: [{ title, hash, commit, at, by }], steps: inOrder }
  })
  const response = responses.get(incidentId)
  const plan = response && plans.get(response.revision)
  const planTexts = new Map(plan ? stepsOf(plan).map(({ id, text }) => [id, text]) : [])
  const criterionTexts = new Map(plan?.fixedWhen.map(({ id, text }) => [id, text]))
  return {
    plans: response
      ? [
          {
            planId: response.planId,
            revision: response.revision,
            title: plan?.title ?? response.planId,
            at: response.appliedAt,
          },
        ]
      : [],
    planSteps: Object.entries(response?.steps ?? {}).map(([id, mark]) => ({
      id,
      text: planTexts.get(id) ?? null,
      marks: [mark],
      answers: [],
    })),
    criteria: Object.entries(response?.criteria ?? {}).map(([id, mark]) => ({
      id,
      text: criterionTexts.get(id) ?? id,
      marks: [mark],
    })),
    runbooks,
    runs,
  }
}

/** When something of a step was first said, ms since the epoch, UTC. */
function firstOf({ marks, answers }: RecordedStep): number {
  return Math.min(...[...marks, ...answers].map(({ at }) => at))
}
