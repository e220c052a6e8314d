import { z } from 'zod'
import { parseMatchers, type Matcher } from './matcher.ts'

/** Conditions on labels in a file, in Alertmanager's syntax: checked, and kept as they are written. */
export const matcherText = z.string().transform((text, context) => {
  const parsed = parseMatchers(text)
  if (!parsed.ok) {
    context.addIssue({ code: 'custom', message: parsed.error.message })
    return z.NEVER
  }
  return { text, matchers: parsed.value satisfies readonly Matcher[] }
})
