import type { ContractError } from '#shared/contract/index.ts'
import { parseMatchers, type Matcher } from '#shared/domain/matcher/matcher.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { InForce } from '../configuration/in-force.ts'
import { askingReadings, type ReadingsDeps } from './ask-readings.ts'
import type { Handlers } from './dispatch.ts'

interface Deps extends ReadingsDeps {
  readonly inForce: Pick<InForce, 'playbook'>
}

/** Past incidents, answered from the readings, which say how far they have read. */
export function historyHandlers(deps: Deps) {
  const { inForce, recorder } = deps
  const { within, lag } = askingReadings(deps)

  /** Of the plan that is followed; where that has left the state, of the plan as it is now. */
  function preventionOf(incidentId: string, planId: string | null): string[] {
    const { responses, plans } = recorder.state()
    const response = responses.get(incidentId)
    const followed = response && plans.get(response.revision)
    const plan = followed ?? (planId === null ? null : inForce.playbook().plans.plans.get(planId))
    return [...(plan?.prevention ?? [])]
  }

  return {
    'history.incidents': async ({ labels: labelsText, cursor, ...conditions }, { hidden }) => {
      const labels = parseLabels(labelsText)
      if (!labels.ok) return labels
      const answer = await within((asked, signal) =>
        asked.incidents(
          { ...conditions, labels: labels.value, before: cursor, without: [...hidden] },
          signal,
        ),
      )
      if (!answer.ok) return answer
      const { incidents, read, ...page } = answer.value
      return ok({ ...page, incidents: [...incidents], lag: lag(read) })
    },
    'history.incident': async ({ incidentId }) => {
      const answer = await within((asked, signal) => asked.incident(incidentId, signal))
      if (!answer.ok) return answer
      const { incident, read } = answer.value
      if (incident) return ok({ incident, lag: lag(read) })
      return fail(notFound(lag(read)))
    },
    'history.before': async ({ incidentId }, { hidden }) => {
      const answer = await within((asked, signal) => asked.before(incidentId, [...hidden], signal))
      if (!answer.ok) return answer
      const { before, read } = answer.value
      if (!before) return fail(notFound(lag(read)))
      const prevention = preventionOf(incidentId, before.plan)
      return ok({ before, prevention, lag: lag(read) })
    },
  } satisfies Partial<Handlers>
}

function parseLabels(text: string): Result<readonly Matcher[], ContractError> {
  if (text.trim() === '') return ok([])
  const parsed = parseMatchers(text)
  return parsed.ok
    ? parsed
    : fail({ code: 'invalid-input', message: `Invalid label filter: ${parsed.error.message}.` })
}

function notFound({ read, recorded }: { read: number; recorded: number }): ContractError {
  const message = 'There is no incident with this id in the journal.'
  return read < recorded
    ? {
        code: 'not-found',
        message: 'This incident is not known yet.',
        hint: 'History is still being read from the journal: try again when it has caught up.',
      }
    : { code: 'not-found', message, hint: 'The link may be of another Deckwatch.' }
}
