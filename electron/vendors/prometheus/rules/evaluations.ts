import { parseTime } from '#electron/polling/times.ts'
import type { Rule, RuleGroup, Rules } from '../schema.ts'
import { isRecording } from './read-rules.ts'

/** Where a group does not say how often it is evaluated, s; Prometheus's own default. */
const DEFAULT_INTERVAL_S = 60
/** A group is late after so many of its intervals, */
const INTERVALS_UNTIL_LATE = 5
/** and not before this time, ms: evaluations may be skipped while a server is busy. */
const LEAST_UNTIL_LATE_MS = 300_000
/** The same where only one look at a clock that is not ours tells, ms. */
const LEAST_BY_ITS_CLOCK_MS = 900_000

/** A group whose rules were evaluated last, or never. */
export interface Evaluation {
  readonly group: RuleGroup
  /** Its rules that should be evaluated. */
  readonly rules: readonly Rule[]
  readonly intervalMs: number
  /** ms since the epoch by the server's clock; null for never. */
  readonly lastAt: number | null
}

/** When each group was evaluated last; without groups that have nothing to be evaluated. */
export function evaluationsOf({ groups }: Rules): readonly Evaluation[] {
  return groups.flatMap((group) => {
    const rules = group.rules.filter((rule) => !isIdleOnPurpose(rule))
    if (rules.length === 0) return []
    const times = [group.lastEvaluation, ...rules.map(({ lastEvaluation }) => lastEvaluation)]
    // A proxy may leave the time out. Then nothing can be said.
    if (times.every((time) => time === null || time === undefined)) return []
    const lastAt = Math.max(...times.map((time) => parseTime(time) ?? 0))
    const intervalMs = (group.interval ?? DEFAULT_INTERVAL_S) * 1_000
    return [{ group, rules, intervalMs, lastAt: lastAt > 0 ? lastAt : null }]
  })
}

/** Grafana has rules that are paused; older versions show them as fine and never evaluated. */
function isIdleOnPurpose({ isPaused, health, lastEvaluation }: Rule): boolean {
  return isPaused === true || (health === 'ok' && parseTime(lastEvaluation) === null)
}

/** After so long without an evaluation something is wrong, ms. */
export function lateAfterMs({ intervalMs }: Pick<Evaluation, 'intervalMs'>): number {
  return Math.max(INTERVALS_UNTIL_LATE * intervalMs, LEAST_UNTIL_LATE_MS)
}

/**
 * The groups that seem to be late in one look, by our clock, `now` in ms since the epoch. Generous,
 * as the server's clock may be another one; a group that was never evaluated may just be new.
 */
export function lateByClock(rules: Rules, now: number): readonly Evaluation[] {
  return evaluationsOf(rules).filter((evaluation) => {
    const { lastAt } = evaluation
    const margin = Math.max(2 * lateAfterMs(evaluation), LEAST_BY_ITS_CLOCK_MS)
    return lastAt === null || now - lastAt > margin
  })
}

/** Tells late groups by watching whether they go on, so that no clock but ours is needed. */
export interface EvaluationWatch {
  /**
   * Takes in how the groups stand and returns those that have not gone on for too long.
   *
   * @param monotonic the steady clock, ms
   */
  late(rules: Rules, monotonic: number): readonly Evaluation[]
}

/** Watches from now on. */
export function createEvaluationWatch(): EvaluationWatch {
  let seen: ReadonlyMap<string, { readonly lastAt: number | null; readonly since: number }> =
    new Map()
  return {
    late(rules, monotonic) {
      const next = new Map<string, { lastAt: number | null; since: number }>()
      const late: Evaluation[] = []
      for (const evaluation of evaluationsOf(rules)) {
        const { group, lastAt } = evaluation
        const key = JSON.stringify([group.file, group.name])
        const before = seen.get(key)
        const since = before?.lastAt === lastAt ? before.since : monotonic
        next.set(key, { lastAt, since })
        if (monotonic - since > lateAfterMs(evaluation)) late.push(evaluation)
      }
      seen = next
      return late
    },
  }
}

/** The names of a group's alerting rules, each once. */
export function alertingNames(rules: readonly Rule[]): readonly string[] {
  return [...new Set(rules.filter((rule) => !isRecording(rule)).map(({ name }) => name))]
}
