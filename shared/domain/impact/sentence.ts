import { formatValue } from '../measurement/format.ts'
import type { Observed } from '../measurement/observed.ts'
import { current, unknown, type Reading } from '../measurement/reading.ts'
import type { PlanImpact, PlanValue, Unit } from '../plan/schema.ts'

/** One number of an impact, and where it comes from. */
export interface ImpactValue {
  readonly name: string
  /** As people read it; null where it is unknown. */
  readonly text: string | null
  readonly value: number | null
  readonly unit: Unit
  readonly origin:
    | { readonly kind: 'measured'; readonly at: number; readonly source: string }
    | { readonly kind: 'plan' }
    | { readonly kind: 'unknown'; readonly reason: string; readonly source: string | null }
}

/** What a plan says of the harm, with its numbers filled in. */
export interface ImpactSentence {
  /** Null where the plan says nothing of the harm. */
  readonly text: string | null
  /** The numbers in the sentence, in the order of the plan; without any, all that the plan names. */
  readonly values: readonly ImpactValue[]
}

/** What stands in a sentence for a number that nobody knows. */
const UNKNOWN = '(unknown)'

/** Reads what is measured of a value by its name; undefined while nothing is. */
export type Measured = (name: string) => Pick<Observed, 'reading'> | undefined

/**
 * The sentence of a plan on the harm. A number that is not known is said to be unknown; its name and
 * the reason are among the values.
 *
 * @param now ms since the epoch, UTC: a reading that is too old is unknown.
 */
export function impactSentence(
  impact: PlanImpact,
  measured: Measured,
  now: number,
): ImpactSentence {
  const values = Object.entries(impact.values).map(([name, value]) =>
    impactValue(name, value, measured(name)?.reading, now),
  )
  const { says } = impact
  if (says === null) return { text: impact.description ?? impact.affectedUsers, values }
  const named = new Set<string>()
  const text = says.replaceAll(/\{([a-zA-Z][a-zA-Z0-9_]*)\}/g, (written, name: string) => {
    const value = values.find((each) => each.name === name)
    if (!value) return written
    named.add(name)
    return value.text ?? UNKNOWN
  })
  return { text, values: named.size > 0 ? values.filter(({ name }) => named.has(name)) : values }
}

/** True where a sentence has numbers and none of them is known: it says nothing then. */
export function isWithoutNumbers({ text, values }: ImpactSentence): boolean {
  return text?.includes(UNKNOWN) === true && values.every((value) => value.text === null)
}

/** One number of an impact, from what the plan says of it and what was measured. */
export function impactValue(
  name: string,
  value: PlanValue,
  reading: Reading | undefined,
  now: number,
): ImpactValue {
  const { unit } = value
  if (value.kind === 'fixed') {
    return {
      name,
      unit,
      value: value.value,
      text: formatValue(value.value, unit),
      origin: { kind: 'plan' },
    }
  }
  const known = current(reading ?? unknown('not measured yet'), now)
  if (known.kind !== 'value') {
    const reason = known.kind === 'unknown' ? known.reason : 'not a number'
    const origin = { kind: 'unknown', reason, source: known.source } as const
    return { name, unit, value: null, text: null, origin }
  }
  const { at, source } = known
  return {
    name,
    unit,
    value: known.value,
    text: formatValue(known.value, unit),
    origin: { kind: 'measured', at, source },
  }
}
