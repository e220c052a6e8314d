import { labelsKey } from '#electron/polling/labels.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { excerptOf } from '#electron/http/failure.ts'
import { formatTime } from '#electron/polling/times.ts'
import type { QueryReader } from '../promql/query-memory.ts'
import type { Rules } from '../schema.ts'
import { counted, named } from '../words.ts'
import { alertingNames, type Evaluation } from './evaluations.ts'
import type { Trouble } from './failing-rules.ts'
import { isRecording } from './read-rules.ts'
import { alertsReading } from './rule-readers.ts'

/** Most late groups that alert one by one; the rest alert together. */
const MAX_LATE_GROUPS = 20

/** One trouble for each group that is not evaluated; groups of one name share it. */
export function lateGroups(
  source: string,
  late: readonly Evaluation[],
  rules: Rules,
  read: QueryReader,
): readonly Trouble[] {
  const byLabels = new Map<string, Trouble>()
  let more = 0
  for (const evaluation of late) {
    const labels = { source, group: toPrintable(evaluation.group.name) }
    const key = labelsKey(labels)
    if (byLabels.has(key)) continue
    if (byLabels.size >= MAX_LATE_GROUPS) more += 1
    else byLabels.set(key, lateGroup(labels, evaluation, rules, read))
  }
  const all = [...byLabels.values()]
  return more === 0 ? all : [...all, manyLate(source, more)]
}

/** Since when a group is not evaluated, for a sentence: `last evaluated …` or `never evaluated`. */
export function lastEvaluated({ lastAt, intervalMs }: Evaluation): string {
  const interval = `${String(intervalMs / 1_000)} s`
  return lastAt === null
    ? `never evaluated, its interval is ${interval}`
    : `last evaluated ${formatTime(lastAt)}, its interval is ${interval}`
}

function lateGroup(
  labels: { readonly source: string; readonly group: string },
  evaluation: Evaluation,
  rules: Rules,
  read: QueryReader,
): Trouble {
  const own = alertingNames(evaluation.rules)
  const recorded = evaluation.rules.filter(isRecording)
  const readers = recorded.flatMap(({ name }) => alertsReading(name, rules, read))
  const affected = [...new Set([...own, ...readers])]
  return {
    name: 'RulesNotEvaluated',
    severity: affected.length > 0 ? 'high' : 'medium',
    labels,
    summary:
      evaluation.lastAt === null
        ? `${labels.source} has not evaluated the rule group ${labels.group} at all`
        : `${labels.source} no longer evaluates the rule group ${labels.group}`,
    description: `The group was ${lastEvaluated(evaluation)}. ${
      affected.length > 0
        ? `${counted(affected.length, 'alerting rule')} may not fire meanwhile: ${named(affected)}.`
        : 'No alerting rule reads what it records.'
    } Look into the log of the server, and for evaluations that take longer than the interval.`,
  }
}

function manyLate(source: string, rest: number): Trouble {
  return {
    name: 'RulesNotEvaluated',
    severity: 'high',
    labels: { source, group: '(others)' },
    summary: `${source} does not evaluate more rule groups than are listed one by one`,
    description: `${String(rest)} more groups are not evaluated, and their rules cannot fire. See the rules page of ${excerptOf(source)}.`,
  }
}
