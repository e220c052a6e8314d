import { isIncidentOpen } from '../incident/status.ts'
import { withoutFullStop } from '../text/as-part.ts'
import { formatDuration } from '../duration/format-duration.ts'
import { activeAlerts, type Incident } from '../incident/schema.ts'
import type { Baseline } from '../measurement/baseline.ts'
import { formatValue } from '../measurement/format.ts'
import type { Observed } from '../measurement/observed.ts'
import { current, type Reading } from '../measurement/reading.ts'
import type { Plan, Trigger, TriggerCondition } from '../plan/schema.ts'
import type { Response } from '../response/schema.ts'
import { unreachable } from '../result/result.ts'
import { complaintsOf, satisfactionOf } from '../voice/satisfaction.ts'
import type { VoiceMinute } from '../voice/schema.ts'
import { baselineBound, holdsNow, improvedBelow, type MeasuredCondition } from './holds.ts'
import { boundText, minutesIn, perText, unitOf } from './words.ts'

/**
 * How a trigger stands. `clear`: its condition does not hold. `holding`: it holds, or its time runs,
 * but not for long enough. `crossed`: for as long as it has to. `unknown` is none of them.
 */
export interface Verdict {
  readonly standing: 'unknown' | 'clear' | 'holding' | 'crossed'
  /** What it is now, in words; null where there is no number. */
  readonly value: string | null
  /** What that is compared with, in words. */
  readonly threshold: string
  /** Why it is unknown, or why it is not judged yet; null where nothing is to be said. */
  readonly reason: string | null
  /** Since when it holds, ms since the epoch, UTC. */
  readonly since: number | null
  /** When it will be crossed if it goes on like this; null where it is, or where that is not known. */
  readonly dueAt: number | null
}

/** All that a trigger is judged by. */
export interface Judged {
  readonly incident: Pick<
    Incident,
    'status' | 'startedAt' | 'triggeredAt' | 'counts' | 'asksAgain' | 'group'
  >
  readonly plan: Pick<Plan, 'impact' | 'service'>
  readonly response: Pick<Response, 'firstActionAt'>
  /** What is measured of it; undefined while nothing is. */
  readonly observed: Observed | undefined
  /** What customers said, minute by minute. */
  readonly voices: ReadonlyMap<string, VoiceMinute>
  /** ms since the epoch, UTC. */
  readonly now: number
}

/** How a trigger stands now. Pure: the same for the engine that records it and the page that shows it. */
export function judgeTrigger({ when }: Pick<Trigger, 'when'>, judged: Judged): Verdict {
  const { incident, now } = judged
  switch (when.kind) {
    case 'unresolved':
      return judgeTime(when.forMs, isIncidentOpen(incident) ? openSince(incident) : null, now)
    case 'unacknowledged':
      return judgeTime(
        when.forMs,
        incident.status === 'triggered' ? incident.triggeredAt : null,
        now,
      )
    case 'alerts': {
      const count = activeAlerts(incident.counts)
      return {
        ...nothing,
        standing: count >= when.atLeast ? 'crossed' : 'clear',
        value: counted(count, 'active alert'),
        threshold: counted(when.atLeast, 'alert'),
      }
    }
    case 'satisfaction':
    case 'complaints':
      return judgeVoices(when, judged)
    case 'no-improvement':
      return judgeImprovement(when, judged)
    case 'promql':
    case 'value':
    case 'baseline':
      return judgeMeasured(when, judged)
    default:
      return unreachable(when)
  }
}

/** How a measured condition that has to hold for a time stands, such as a "fixed when". */
export function judgeHeld(
  {
    observed,
    forMs,
    now,
  }: { readonly observed: Observed | undefined; readonly forMs: number; readonly now: number },
  words: Pick<Verdict, 'value' | 'threshold'>,
): Verdict {
  const reading = observed && current(observed.reading, now)
  if (!observed || !reading || reading.kind === 'unknown') {
    const reason = reading?.kind === 'unknown' ? reading.reason : NOT_YET
    return { ...nothing, ...words, standing: 'unknown', reason }
  }
  const { holds, since } = observed
  if (holds === null) return { ...nothing, ...words, standing: 'unknown', reason: NOT_COMPARABLE }
  if (!holds || since === null) return { ...nothing, ...words, standing: 'clear' }
  // By the last reading, not by the clock: nobody knows yet whether it holds until now.
  const isLong = reading.at - since >= forMs
  return {
    ...nothing,
    ...words,
    standing: isLong ? 'crossed' : 'holding',
    since,
    dueAt: isLong ? null : since + forMs,
  }
}

/** What the last reading of a condition says, and what it is compared with. */
export function conditionWords(
  observed: Observed | undefined,
  promql: string,
): Pick<Verdict, 'value' | 'threshold'> {
  const reading = observed?.reading
  if (reading?.kind !== 'condition') return { value: null, threshold: promql }
  const { value, bound } = reading
  return {
    value: value === null ? null : formatValue(value, 'number'),
    threshold: bound ? `${bound.operator} ${formatValue(bound.value, 'number')}` : promql,
  }
}

/** `1 complaint`, `2 complaints`. */
function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`
}

const NOT_YET = 'not measured yet'
const NOT_COMPARABLE = 'there is nothing to compare it with'

const nothing = { value: null, threshold: '', reason: null, since: null, dueAt: null } as const

/** Since when it is open: from its start, or from when it came back after it was resolved. */
function openSince({ startedAt, asksAgain }: Judged['incident']): number {
  return asksAgain?.reason === 'fired-again' ? asksAgain.at : startedAt
}

function judgeTime(forMs: number, since: number | null, now: number): Verdict {
  const threshold = formatDuration(forMs)
  if (since === null) return { ...nothing, threshold, standing: 'clear' }
  const isOver = now - since >= forMs
  return {
    ...nothing,
    threshold,
    value: formatDuration(Math.floor(Math.max(0, now - since) / 1_000) * 1_000),
    standing: isOver ? 'crossed' : 'holding',
    since,
    dueAt: isOver ? null : since + forMs,
  }
}

type Voices = Extract<TriggerCondition, { readonly kind: 'satisfaction' | 'complaints' }>

function judgeVoices(when: Voices, { incident, plan, voices, now }: Judged): Verdict {
  const isShare = when.kind === 'satisfaction'
  const threshold = isShare
    ? `below ${formatValue(when.below, 'percent')}`
    : counted(when.atLeast, 'complaint')
  const service = plan.service ?? incident.group['service']
  const question = { services: service === undefined ? null : [service], now, overMs: when.overMs }
  const unknownBecause = (reason: string): Verdict => ({
    ...nothing,
    threshold,
    standing: 'unknown',
    reason: withoutFullStop(reason),
  })
  if (isShare) {
    const known = satisfactionOf(voices.values(), question)
    if (!known.isKnown) return unknownBecause(known.reason)
    const value = `${formatValue(known.share, 'percent')} of ${String(known.of)} ratings`
    return {
      ...nothing,
      threshold,
      value,
      standing: known.share < when.below ? 'crossed' : 'clear',
    }
  }
  const known = complaintsOf(voices.values(), question)
  if (!known.isKnown) return unknownBecause(known.reason)
  return {
    ...nothing,
    threshold,
    value: counted(known.count, 'complaint'),
    standing: known.count >= when.atLeast ? 'crossed' : 'clear',
  }
}

function judgeMeasured(
  when: Exclude<MeasuredCondition, { readonly kind: 'no-improvement' }>,
  { observed, plan, now }: Judged,
): Verdict {
  const words = measuredWords(when, observed, plan)
  const isWithoutBaseline = when.kind === 'baseline' && observed?.reading.kind === 'value'
  const verdict = judgeHeld({ observed, forMs: when.forMs, now }, words)
  return isWithoutBaseline && observed.holds === null && verdict.standing === 'unknown'
    ? { ...verdict, reason: withoutBaseline(observed.baseline) ?? verdict.reason }
    : verdict
}

function withoutBaseline(baseline: Baseline | null): string | null {
  if (!baseline) return 'the past weeks have no data at this hour, or could not be read'
  return baseline.median > 0 ? null : 'it is usually 0 or less, of which no share can be taken'
}

function measuredWords(
  when: Exclude<MeasuredCondition, { readonly kind: 'no-improvement' }>,
  observed: Observed | undefined,
  { impact }: Pick<Plan, 'impact'>,
): Pick<Verdict, 'value' | 'threshold'> {
  switch (when.kind) {
    case 'promql':
      return conditionWords(observed, when.promql)
    case 'value': {
      const unit = unitOf(impact.values, when.value)
      const factor = when.per === null ? 1 : minutesIn[when.per]
      const value = valueOf(observed?.reading)
      return {
        value: value === null ? null : perText(formatValue(value * factor, unit), when.per),
        threshold: `${when.comparison} ${boundText(when, impact.values)}`,
      }
    }
    case 'baseline': {
      const value = valueOf(observed?.reading)
      const baseline = observed?.baseline ?? null
      const bound = baselineBound(when.above, baseline)
      const share = formatValue(when.above, 'percent')
      return {
        value: value === null ? null : formatValue(value, 'number'),
        threshold:
          bound === null || !baseline
            ? `${share} above baseline`
            : `> ${formatValue(bound, 'number')} (${share} above ${baselineText(baseline)})`,
      }
    }
  }
}

/** A baseline as people read it: `usually 120 ± 8 at this hour, 4 weeks`. */
export function baselineText(
  { median, spread, weeks, of }: Baseline,
  format: (value: number) => string = (value) => formatValue(value, 'number'),
): string {
  const known = weeks === of ? `${String(weeks)} weeks` : `${String(weeks)} of ${String(of)} weeks`
  return `usually ${format(median)} ± ${format(spread)} at this hour, ${known}`
}

function valueOf(reading: Reading | undefined): number | null {
  return reading?.kind === 'value' ? reading.value : null
}

function judgeImprovement(
  when: Extract<TriggerCondition, { readonly kind: 'no-improvement' }>,
  { observed, plan, response, now }: Judged,
): Verdict {
  const unit = unitOf(plan.impact.values, when.value)
  const share = formatValue(when.by, 'percent')
  const { firstActionAt } = response
  const first = observed?.before ?? null
  const threshold =
    first?.kind === 'value'
      ? `≤ ${formatValue(improvedBelow(when.by, first.value), unit)} (${share} less than ${formatValue(first.value, unit)} at the first action)`
      : `${share} less than at the first action`
  const value = valueOf(observed?.reading)
  const words = { threshold, value: value === null ? null : formatValue(value, unit) }
  if (firstActionAt === null) {
    return { ...nothing, ...words, standing: 'clear', reason: 'no action taken yet' }
  }
  const reading = observed && current(observed.reading, now)
  const unknownBecause = (reason: string): Verdict => ({
    ...nothing,
    ...words,
    standing: 'unknown',
    reason,
  })
  if (!reading || reading.kind === 'unknown') return unknownBecause(reading?.reason ?? NOT_YET)
  if (first?.kind !== 'value') {
    const reason = first?.kind === 'unknown' ? first.reason : NOT_YET
    return unknownBecause(`its value at the first action: ${reason}`)
  }
  // By the clock of now: the very same value may have been judged before the first action.
  const isWorse = holdsNow(when, reading, { baseline: null, before: first })
  if (!isWorse) return { ...nothing, ...words, standing: 'clear' }
  const dueAt = firstActionAt + when.withinMs
  const isDue = reading.at >= dueAt
  return {
    ...nothing,
    ...words,
    standing: isDue ? 'crossed' : 'holding',
    since: firstActionAt,
    dueAt: isDue ? null : dueAt,
  }
}
