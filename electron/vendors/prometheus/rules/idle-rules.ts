import { lackingOf } from '../promql/lacking.ts'
import type { QueryReader } from '../promql/query-memory.ts'
import type { Rule, Rules } from '../schema.ts'
import { isFailing, isRecording } from './read-rules.ts'

/** An alerting rule that cannot fire as there is nothing that it could read. */
export interface IdleRule {
  readonly rule: string
  /** Metrics that nobody makes; empty where only that no series was read is known. */
  readonly metrics: readonly string[]
}

/** Prometheus makes these itself, and only while alerts are pending or firing. */
const ownMetrics = new Set(['ALERTS', 'ALERTS_FOR_STATE'])
/** Other names can be metrics too, but would have to be escaped in a question. */
const plainName = /^[A-Za-z_:][A-Za-z0-9_:]*$/

/** The names of the metrics that rules read and no rule records, each once: whether there are any series of them must be asked. */
export function metricsToAsk(rules: Rules, read: QueryReader): readonly string[] {
  const names = new Set<string>()
  lookAt(rules, read, (metric) => {
    names.add(metric)
    return true
  })
  return [...names]
}

/** The alerting rules that lack one of the metrics which the answer, `present`, leaves out. */
export function rulesWithoutData(
  rules: Rules,
  read: QueryReader,
  present: ReadonlySet<string>,
): readonly IdleRule[] {
  return lookAt(rules, read, (metric) => present.has(metric))
}

/**
 * The alerting rules whose last evaluation read no series at all, as vmalert says it, although they
 * need some.
 */
export function rulesWithoutSeries({ groups }: Rules, read: QueryReader): readonly IdleRule[] {
  return groups
    .flatMap((group) => group.rules)
    .filter(isQuiet)
    .filter(({ lastSeriesFetched }) => lastSeriesFetched === 0)
    .filter(({ query }) => {
      const { needs } = read(query)
      return needs !== null && lackingOf(needs, (metric) => [metric]).length > 0
    })
    .map(({ name }) => ({ rule: name, metrics: [] }))
}

/** Goes through all alerting rules that do not fire, by way of the rules that record for them. */
function lookAt(
  { groups }: Rules,
  read: QueryReader,
  isPresent: (metric: string) => boolean,
): readonly IdleRule[] {
  const rules = groups.flatMap((group) => group.rules)
  const recording = Map.groupBy(rules.filter(isRecording), ({ name }) => name)
  const known = new Map<string, readonly string[]>()

  function lacksOf(metric: string): readonly string[] {
    const before = known.get(metric)
    if (before) return before
    // A rule that reads what it records itself lacks nothing by that.
    known.set(metric, [])
    const recorders = recording.get(metric)
    const lacks = recorders ? recordersLack(recorders) : askable(metric)
    known.set(metric, lacks)
    return lacks
  }
  function askable(metric: string): readonly string[] {
    const isAsked = plainName.test(metric) && !ownMetrics.has(metric)
    return isAsked && !isPresent(metric) ? [metric] : []
  }
  function recordersLack(recorders: readonly Rule[]): readonly string[] {
    const lacks = recorders.map(queryLacks)
    return lacks.some((lack) => lack.length === 0) ? [] : lacks.flat()
  }
  function queryLacks({ query }: Rule): readonly string[] {
    const { needs } = read(query)
    return needs === null ? [] : lackingOf(needs, lacksOf)
  }

  return rules.filter(isQuiet).flatMap((rule) => {
    const metrics = [...new Set(queryLacks(rule))]
    return metrics.length === 0 ? [] : [{ rule: rule.name, metrics }]
  })
}

/** True for an alerting rule that works and does not fire: one that fires has something to read. */
function isQuiet(rule: Rule): boolean {
  const isActive = rule.state === 'firing' || rule.state === 'pending'
  return !isRecording(rule) && !isFailing(rule) && !isActive && rule.isPaused !== true
}
