import { actorName } from '../actor/name.ts'
import { toPrintable } from '../text/printable.ts'
import type {
  ExecutionGroup,
  ExecutionRequest,
  ExecutionResult,
  Outcome,
  Target,
  Verdict,
} from './schema.ts'

/** Longest command that stands in a line, in UTF-16 units. */
const MAX_IN_LINE = 160

const verdicts: Readonly<Record<Verdict, string | null>> = {
  'as-expected': 'as expected',
  'not-as-expected': 'not as expected',
  failed: 'failed',
  unjudged: null,
}

/** A command in one line: its first words where it is long. */
export function shownInLine(shown: string): string {
  const line = shown.replace(/\\\n/g, ' ').replace(/\s+/g, ' ').trim()
  return line.length > MAX_IN_LINE ? `${line.slice(0, MAX_IN_LINE - 1)}…` : line
}

/** What it acts on, one text for each: `context prod-eu1`. */
export function targetWords(targets: readonly Target[]): readonly string[] {
  return targets.map(({ kind, value }) => `${kind} ${value}`)
}

/** How much harm it can do, on what, and which text says so: `read, context prod, commit 0a1b2c3d`. */
export function factWords({
  risk,
  targets,
  commit,
}: Pick<ExecutionRequest, 'risk' | 'targets' | 'commit'>): string {
  const version = commit === null ? [] : [`commit ${commit.slice(0, 8)}`]
  return [risk, ...targetWords(targets), ...version].join(', ')
}

/** What leads a line about one of many targets: `on card-7f9, 1 of 12 pods: `. Else empty. */
export function onTarget(
  group: Pick<ExecutionGroup, 'target' | 'of' | 'noun'> | undefined,
): string {
  return group ? `${targetOf(group)}: ` : ''
}

/** Which of many targets: `on card-7f9, 1 of 12 pods`. */
function targetOf({ target, of, noun }: Pick<ExecutionGroup, 'target' | 'of' | 'noun'>): string {
  return `on ${toPrintable(target)}, 1 of ${countOf(of, noun)}`
}

/** What a person ended, as said after their name: `cancelled “Vacuum” after 2.0 s: Vacuuming…`. */
export function cancelledWords({
  title,
  group,
  summary,
  durationMs,
}: Pick<ExecutionResult, 'summary' | 'durationMs'> & {
  /** What the step says, as plain text. */
  readonly title: string
  readonly group?: Pick<ExecutionGroup, 'target' | 'of' | 'noun'> | undefined
}): string {
  const on = group ? ` ${targetOf(group)},` : ''
  const said = summary === '' ? '' : `: ${summary}`
  return `cancelled “${title}”${on} after ${tookWords(durationMs)}${said}`
}

/** A count with its noun: `12 pods`. */
export function countOf(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** How it ended, such as `exit 1`. */
export function outcomeWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'exited':
      return `exit ${String(outcome.code)}`
    case 'signalled':
      return `ended by ${outcome.signal}`
    case 'answered':
      return 'answered'
    case 'timed-out':
      return 'timed out'
    case 'cancelled':
      return outcome.by === null ? 'cancelled' : `cancelled by ${actorName(outcome.by)}`
    case 'not-started':
      return `not started: ${outcome.message}`
    case 'lost':
      return 'interrupted: Deckwatch ended before it did'
  }
}

/** How long it took: `41 ms`, `0.3 s`, `2 min 5 s`. */
export function tookWords(durationMs: number): string {
  if (durationMs < 100) return `${String(Math.round(durationMs))} ms`
  const seconds = durationMs / 1_000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${String(Math.round(seconds))} s`
  const whole = Math.round(seconds)
  return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`
}

/** What came of it in one line: `not as expected: 2 of 4 say 502 (exit 0, 0.3 s)`. */
export function resultWords({
  outcome,
  verdict,
  summary,
  durationMs,
}: Pick<ExecutionResult, 'outcome' | 'verdict' | 'summary' | 'durationMs'>): string {
  const ended =
    outcome.kind === 'not-started' || outcome.kind === 'lost'
      ? outcomeWords(outcome)
      : `${outcomeWords(outcome)}, ${tookWords(durationMs)}`
  const lead = [verdicts[verdict], summary === '' ? null : summary]
    .filter((part) => part !== null)
    .join(': ')
  return lead === '' ? ended : `${lead} (${ended})`
}
