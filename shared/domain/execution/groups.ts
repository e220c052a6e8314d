import { MAX_NAMED, type Tally } from './group-events.ts'
import type { Execution, ExecutionGroup, ExecutionResult } from './schema.ts'

/** Something that was run on one of many targets. */
export type GroupedExecution = Execution & { readonly group: ExecutionGroup }

/** What came of one target. */
export interface TargetRow {
  readonly target: string
  /** What was run on it last. */
  readonly execution: GroupedExecution
  /** True where it came to something else than most of the others. */
  readonly isOutlier: boolean
}

/** True for what is run on one of many targets. */
export function isGrouped(execution: Execution): execution is GroupedExecution {
  return execution.group !== undefined
}

/** What was run last on each target of a group, in the order in which they were asked for. */
export function latestOfGroup(
  executions: Iterable<Execution>,
  groupId: string,
): readonly GroupedExecution[] {
  const latest = new Map<string, GroupedExecution>()
  for (const each of executions) {
    if (!isGrouped(each) || each.group.id !== groupId) continue
    const before = latest.get(each.group.target)
    if (!before || each.requestedAt >= before.requestedAt) latest.set(each.group.target, each)
  }
  return [...latest.values()]
}

/** True where it did what it was to do, as far as anybody can say without reading it. */
export function wentWell(result: ExecutionResult | null): boolean {
  const part = result && tallyPart(result)
  return part === 'asExpected' || part === 'finished'
}

/** What has to be tried again: those that failed, were cancelled or did not run. */
export function hasFailed(result: ExecutionResult | null): boolean {
  const part = result && tallyPart(result)
  return part === 'failed' || part === 'cancelled' || part === 'notRun'
}

/** How many came to what; what still runs is in none of them. */
export function tallyOf(executions: readonly Pick<Execution, 'result'>[]): Tally {
  const tally = {
    asExpected: 0,
    finished: 0,
    notAsExpected: 0,
    failed: 0,
    cancelled: 0,
    notRun: 0,
  }
  for (const { result } of executions) if (result) tally[tallyPart(result)] += 1
  return tally
}

function tallyPart({ outcome, verdict }: ExecutionResult): keyof Tally {
  if (outcome.kind === 'not-started') return 'notRun'
  if (outcome.kind === 'cancelled') return 'cancelled'
  if (verdict === 'as-expected') return 'asExpected'
  if (verdict === 'not-as-expected') return 'notAsExpected'
  return verdict === 'failed' ? 'failed' : 'finished'
}

/** The names of those that did not go well, the first few. */
export function problemsOf(executions: readonly GroupedExecution[]): readonly string[] {
  return executions
    .filter(({ result }) => result !== null && !wentWell(result))
    .map(({ group }) => group.target)
    .slice(0, MAX_NAMED)
}

/**
 * What came of each target, those first that differ from most of the others: in how they ended or
 * against what was expected, else in the line that says most. A target's own name in its line is no
 * difference. Then what runs, what is alike, and what waits. Pure.
 */
export function compareTargets(executions: readonly GroupedExecution[]): readonly TargetRow[] {
  const ended = executions.filter(({ result }) => result !== null)
  const usual = mostFrequent(ended, endingOf, ({ result }) => wentWell(result))
  const alike = usual === null ? [] : ended.filter((each) => endingOf(each) === usual)
  const line = mostFrequent(alike, lineOf, () => false)
  const isOutlier = (each: GroupedExecution) =>
    each.result !== null &&
    usual !== null &&
    (endingOf(each) !== usual || (line !== null && lineOf(each) !== line))
  return executions
    .map((execution) => ({
      target: execution.group.target,
      execution,
      isOutlier: isOutlier(execution),
    }))
    .toSorted((a, b) => rank(a, usual) - rank(b, usual))
}

/** How it ended and what that is worth. */
function endingOf({ result }: GroupedExecution): string {
  if (!result) return ''
  const { outcome, verdict } = result
  const detail =
    outcome.kind === 'exited' ? outcome.code : outcome.kind === 'signalled' ? outcome.signal : ''
  return `${verdict} ${outcome.kind} ${String(detail)}`
}

/** What it showed, the same for each target that showed the same of itself. */
function lineOf({ result, group }: GroupedExecution): string {
  const names = Object.values(group.values)
    .filter((value) => value !== '')
    .toSorted((a, b) => b.length - a.length)
  return names.reduce(withoutName, result?.summary ?? '')
}

/** A name is left out where it stands alone: `a` is no part of `ready`. */
function withoutName(line: string, name: string): string {
  const written = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return line.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}_])${written}(?![\\p{L}\\p{N}_])`, 'gu'), '…')
}

/** What more than half have in common; of two halves the one that `isBetter`. Null: nothing. */
function mostFrequent(
  all: readonly GroupedExecution[],
  read: (each: GroupedExecution) => string,
  isBetter: (each: GroupedExecution) => boolean,
): string | null {
  const groups = Map.groupBy(all, read)
  for (const [text, group] of groups) {
    const isHalf = group.length === all.length / 2
    if (group.length > all.length / 2 || (isHalf && group.every(isBetter))) return text
  }
  return null
}

function rank(
  { isOutlier, execution: { result, startedAt } }: TargetRow,
  usual: string | null,
): number {
  // Without anything in common, what did not go well is first.
  if (isOutlier || (usual === null && result !== null && !wentWell(result))) {
    return wentWell(result) ? 1 : 0
  }
  if (result) return 3
  return startedAt === null ? 4 : 2
}
