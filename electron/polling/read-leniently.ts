import type { z } from 'zod'
import { isRecord } from './labels.ts'
import type { Flaw } from './rejections.ts'

/** What was read of an object, maybe without some of its members. */
export interface LenientReading<Value> {
  readonly value: Value
  readonly flaw: Flaw | null
}

/**
 * Reads an object. When members other than the `essential` ones cannot be read, they are left out
 * and named in the flaw: an alert must not be hidden because its receiver is a number.
 */
export function readLeniently<Value>(
  schema: z.ZodType<Value>,
  raw: unknown,
  essential: readonly string[],
): LenientReading<Value> | Flaw {
  const whole = schema.safeParse(raw)
  if (whole.success) return { value: whole.data, flaw: null }
  const flaw = flawOf(whole.error, raw)
  const bad = new Set(whole.error.issues.map(({ path }) => path[0]))
  if (!isRecord(raw) || essential.some((name) => bad.has(name))) return flaw
  const rest = Object.fromEntries(Object.entries(raw).filter(([name]) => !bad.has(name)))
  const partial = schema.safeParse(rest)
  if (!partial.success) return flaw
  return {
    value: partial.data,
    flaw: { ...flaw, reason: `${flaw.reason}; the alert is shown without it` },
  }
}

function flawOf(error: z.ZodError, raw: unknown): Flaw {
  const [issue] = error.issues
  const path = (issue?.path ?? []).map((part) => `.${String(part)}`).join('')
  const more = error.issues.length - 1
  return {
    path,
    reason: `${issue?.message ?? 'cannot be read'}${more > 0 ? ` (and ${String(more)} more)` : ''}`,
    subject: raw,
  }
}
