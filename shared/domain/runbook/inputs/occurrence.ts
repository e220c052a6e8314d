import type { Placeholder } from '../schema.ts'
import { evaluateArithmetic } from './arithmetic.ts'
import type { FilledInput } from './schema.ts'
import { numberOf } from './template-functions.ts'
import { expandTemplates } from './template.ts'

/** The input that a placeholder of one of its codes belongs to. */
function inputFor(
  placeholder: Placeholder,
  filled: readonly FilledInput[],
): FilledInput | undefined {
  return filled.find(({ occurrences }) =>
    occurrences.some((each) => isSame(each.placeholder, placeholder)),
  )
}

/** Whether two placeholders mean the same: those of a message are copies. */
function isSame(a: Placeholder, b: Placeholder): boolean {
  return (
    a.name === b.name &&
    a.form === b.form &&
    a.label === b.label &&
    a.description === b.description &&
    a.setBy === b.setBy
  )
}

/** The value that a placeholder is worked out of. Null: it is missing. */
export function valueFor(placeholder: Placeholder, filled: readonly FilledInput[]): string | null {
  return inputFor(placeholder, filled)?.value ?? null
}

/** What stands in the place of a placeholder, its expression worked out. Null: it is missing. */
export function textFor(placeholder: Placeholder, filled: readonly FilledInput[]): string | null {
  const value = valueFor(placeholder, filled)
  const { expression, form, name, label } = placeholder
  if (value === null || expression === null) return value
  if (form !== 'template') return evaluateArithmetic(expression, new Map([[name, value]]))
  const { text, unresolved } = expandTemplates(`{{ ${expression} }}`, {
    labels: label === null ? {} : { [label]: value },
    value: label === null ? numberOf(value) : null,
  })
  return unresolved.length === 0 ? text : null
}
