import type { Code } from '../schema.ts'
import { textFor } from './occurrence.ts'
import type { FilledInput } from './schema.ts'

/** A command or a query as it reads with its values in. */
export interface ResolvedText {
  readonly text: string
  /** Names of what stays open, each once, in their order. */
  readonly missing: readonly string[]
}

/**
 * A code with its values in, to show it: what is missing stays as it is written. NEVER to run it:
 * a value may hold anything, and running puts no value into a text. Pure.
 */
export function resolveText(
  { run, placeholders }: Code,
  filled: readonly FilledInput[],
): ResolvedText {
  const missing = new Set<string>()
  let text = ''
  let at = 0
  for (const placeholder of placeholders) {
    const value = textFor(placeholder, filled)
    if (value === null) missing.add(placeholder.name)
    text += run.slice(at, placeholder.start)
    text += value ?? run.slice(placeholder.start, placeholder.end)
    at = placeholder.end
  }
  return { text: text + run.slice(at), missing: [...missing] }
}
