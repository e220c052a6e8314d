import type { Baseline } from '../measurement/baseline.ts'
import type { Reading } from '../measurement/reading.ts'
import type { TriggerCondition } from '../plan/schema.ts'
import { minutesIn } from './words.ts'

/** A condition whose outcome is measured, as opposed to time and people. */
export type MeasuredCondition = Extract<
  TriggerCondition,
  { readonly kind: 'promql' | 'value' | 'baseline' | 'no-improvement' }
>

/** What a measured condition is compared with, beside its bound. */
export interface Compared {
  readonly baseline: Baseline | null
  /** The value at the first action. */
  readonly before: Reading | null
}

/** Whether a condition holds by one reading, however long it has; null where that is not known. */
export function holdsNow(
  when: MeasuredCondition,
  reading: Reading,
  { baseline, before }: Compared,
): boolean | null {
  if (when.kind === 'promql') return reading.kind === 'condition' ? reading.holds : null
  if (reading.kind !== 'value') return null
  const { value } = reading
  switch (when.kind) {
    case 'value': {
      const scaled = value * (when.per === null ? 1 : minutesIn[when.per])
      return when.comparison === 'above' ? scaled > when.bound : scaled < when.bound
    }
    case 'baseline': {
      const bound = baselineBound(when.above, baseline)
      return bound === null ? null : value > bound
    }
    case 'no-improvement':
      return before?.kind === 'value' ? value > improvedBelow(when.by, before.value) : null
  }
}

/** The value from which on it is above its baseline; null where a share of that says nothing. */
export function baselineBound(above: number, baseline: Baseline | null): number | null {
  return baseline && baseline.median > 0 ? baseline.median * (1 + above) : null
}

/** The value up to which it counts as better than it was. What was 0 cannot become less. */
export function improvedBelow(by: number, before: number): number {
  return before - Math.abs(before) * by
}
