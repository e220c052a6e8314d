import { compareTargets, isGrouped, latestOfGroup } from '#shared/domain/execution/groups.ts'
import type { Execution } from '#shared/domain/execution/schema.ts'
import { plural } from '../../text/plural.ts'

/**
 * What was run for an incident, each thing as it was run last; for all targets of a group stands the
 * one that is looked at first.
 */
export function latestOf(all: Iterable<Execution>, incidentId: string): readonly Execution[] {
  const executions = [...all]
  const latest = new Map<string, Execution>()
  for (const each of executions) {
    if (each.incidentId !== incidentId) continue
    const many = each.group ? 'many' : 'one'
    const key =
      each.reason === 'terminal'
        ? `terminal ${each.shown}`
        : `${String(each.runbook)} ${String(each.step)} ${String(each.place)} ${many} ${each.title}`
    const before = latest.get(key)
    if (!before || each.requestedAt >= before.requestedAt) latest.set(key, each)
  }
  return [...latest.values()].map((each) => {
    if (!isGrouped(each)) return each
    return compareTargets(latestOfGroup(executions, each.group.id))[0]?.execution ?? each
  })
}

/** What was run last in a terminal for an incident, and has ended; undefined where nothing was. */
export function lastOfTerminal(
  executions: Iterable<Execution>,
  incidentId: string,
): Execution | undefined {
  return [...executions]
    .filter((each) => each.incidentId === incidentId && each.reason === 'terminal' && each.result)
    .reduce<Execution | undefined>(
      (last, each) => (last && last.requestedAt > each.requestedAt ? last : each),
      undefined,
    )
}

/** In the order in which somebody wants to see them: what is not as expected, what failed, the rest. */
export function problemFirst(executions: readonly Execution[]): readonly Execution[] {
  return executions.toSorted((a, b) => rank(a) - rank(b) || a.requestedAt - b.requestedAt)
}

function rank({ result }: Execution): number {
  if (!result) return 2
  if (result.outcome.kind === 'not-started') return 4
  if (result.verdict === 'not-as-expected') return 0
  return result.verdict === 'failed' ? 1 : 3
}

/** `5 runs, 2 not as expected, 1 failed`. */
export function summaryOf(executions: readonly Execution[]): string {
  const count = (isIt: (each: Execution) => boolean) => executions.filter(isIt).length
  const notRun = count(({ result }) => result?.outcome.kind === 'not-started')
  const parts = [
    [count(({ result }) => result === null), 'running'],
    [count(({ result }) => result?.verdict === 'not-as-expected'), 'not as expected'],
    [count(({ result }) => result?.verdict === 'failed') - notRun, 'failed'],
    [notRun, 'not run'],
  ] as const
  return [
    plural(executions.length, 'run'),
    ...parts.filter(([number]) => number > 0).map(([number, word]) => `${String(number)} ${word}`),
  ].join(', ')
}
