import { z } from 'zod'
import { toPrintable } from '../text/printable.ts'
import type { AlertRule } from './rule.ts'

/** Labels and annotations from a server or a file: what is no text becomes one, nothing else is lost. */
export const textsSchema = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .transform((texts) =>
    Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [
        toPrintable(name, 200),
        toPrintable(text === null ? '' : String(text)),
      ]),
    ),
  )

const ruleSchema = z.object({
  type: z.string().catch('alerting'),
  name: z.string().min(1),
  query: z.string().nullish().catch(null),
  /** Seconds. */
  duration: z.number().nonnegative().nullish().catch(null),
  labels: textsSchema.nullish().catch(null),
  annotations: textsSchema.nullish().catch(null),
})

const groupSchema = z.object({
  name: z.string().catch(''),
  file: z.string().catch(''),
  rules: z.array(z.unknown()).nullish().catch(null),
})

/** `data` of what Prometheus and its kin answer to `GET /api/v1/rules`; each rule is read by itself. */
export const serverRulesSchema = z.object({
  groups: z
    .array(groupSchema.nullable().catch(null))
    .nullable()
    .transform((groups) => (groups ?? []).filter((group) => group !== null)),
})
export type ServerRules = z.infer<typeof serverRulesSchema>

/** The alerting rules among them, and how many could not be read. */
export function toAlertRules({ groups }: ServerRules): {
  readonly rules: readonly AlertRule[]
  readonly unreadable: number
} {
  const rules: AlertRule[] = []
  let unreadable = 0
  for (const { file, rules: raw } of groups) {
    for (const each of raw ?? []) {
      const parsed = ruleSchema.safeParse(each)
      if (!parsed.success) unreadable += 1
      else if (parsed.data.type !== 'recording') rules.push(toAlertRule(parsed.data, file))
    }
  }
  return { rules, unreadable }
}

function toAlertRule(rule: z.infer<typeof ruleSchema>, file: string): AlertRule {
  const name = toPrintable(rule.name, 200)
  return {
    name,
    kind: 'prometheus',
    labels: { ...rule.labels, alertname: name },
    annotations: rule.annotations ?? {},
    expression: rule.query ? toPrintable(rule.query) : null,
    forMs: rule.duration === null || rule.duration === undefined ? null : rule.duration * 1_000,
    comment: null,
    place: file === '' ? null : { file: toPrintable(file, 500), line: null, column: null },
  }
}
