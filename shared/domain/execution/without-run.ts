import { MAX_EXECUTIONS } from './evolve.ts'
import { isGrouped } from './groups.ts'
import type { Execution } from './schema.ts'
import type { StepStates } from '../response/progress.ts'
import type { Step } from '../runbook/schema.ts'
import type { Walkthrough } from '../walkthrough/schema.ts'

/**
 * The steps that are done although none of their commands was run through Deckwatch, by their ids.
 * Somebody may have run them elsewhere: nothing is known of that. Empty where so much was run for the
 * incident that a part of it is forgotten. Pure.
 *
 * @param executions of all incidents.
 */
export function doneWithoutRun(
  { incidentId, runbook }: Pick<Walkthrough, 'incidentId' | 'runbook'>,
  steps: readonly Pick<Step, 'id' | 'commands'>[],
  states: StepStates,
  executions: Iterable<Execution>,
): ReadonlySet<string> {
  const own = [...executions].filter((each) => each.incidentId === incidentId)
  const ended = own.filter(({ finishedAt }) => finishedAt !== null)
  const grouped = ended.filter(isGrouped).length
  if (Math.max(grouped, ended.length - grouped) >= MAX_EXECUTIONS) return new Set()
  const run = new Set(
    own.filter((each) => each.runbook === runbook && hasBegun(each)).map(({ step }) => step),
  )
  return new Set(
    steps
      .filter(({ id, commands }) => states[id] === 'done' && commands.length > 0 && !run.has(id))
      .map(({ id }) => id),
  )
}

function hasBegun({ kind, result }: Execution): boolean {
  return kind === 'command' && result?.outcome.kind !== 'not-started'
}
