import { parseDocument } from 'yaml'
import { z } from 'zod'

const testsSchema = z.object({
  tests: z.array(
    z.object({
      alert_rule_test: z
        .array(z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()).nullish() }))
        .nullish()
        .catch(null),
    }),
  ),
})

/**
 * The alerts that a test file of promtool makes fire; null where it is none. One that is only expected
 * to be silent has not been tried.
 */
export function testedAlerts(text: string): readonly string[] | null {
  let value: unknown
  try {
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' })
    if (document.errors.length > 0) return null
    value = document.toJS({ maxAliasCount: 100 })
  } catch {
    return null
  }
  const parsed = testsSchema.safeParse(value)
  if (!parsed.success) return null
  const cases = parsed.data.tests.flatMap(({ alert_rule_test: each }) => each ?? [])
  const fired = cases.filter(({ exp_alerts: expected }) => (expected?.length ?? 0) > 0)
  return [...new Set(fired.map(({ alertname }) => alertname))]
}
