import { parse } from 'yaml'
import { z } from 'zod'
import { excerptOf } from '#electron/http/failure.ts'
import { isRecord } from '#electron/polling/labels.ts'
import { compileGroupedExpression } from '#shared/domain/matcher/expression.ts'
import type { RelabelAction, RelabelRule } from './relabel.ts'

/** Most rules that are applied; nobody writes as many by hand. */
const MAX_RULES = 200

/** What a server's configuration does to the labels of the alerts that it sends. */
export interface AlertRelabelling {
  readonly rules: readonly RelabelRule[]
  /** What of it cannot be applied, in words. */
  readonly problems: readonly string[]
}

/** The relabelling of a server that does none, or does not show it. */
export const noRelabelling: AlertRelabelling = { rules: [], problems: [] }

const ruleSchema = z.object({
  action: z
    .string()
    .toLowerCase()
    .pipe(
      z.enum([
        'replace',
        'keep',
        'drop',
        'keepequal',
        'dropequal',
        'hashmod',
        'labelmap',
        'labeldrop',
        'labelkeep',
        'lowercase',
        'uppercase',
      ]),
    )
    .default('replace'),
  source_labels: z.array(z.string()).default([]),
  separator: z.string().optional(),
  regex: z.string().default('(.*)'),
  modulus: z
    .string()
    .regex(/^[0-9]{1,20}$/)
    .transform(BigInt)
    .refine((modulus) => modulus > 0n)
    .default(1n),
  target_label: z.string().default(''),
  replacement: z.string().optional(),
})

/**
 * Prometheus prints what a rule has by default, and leaves out what is empty: a rule that has one of
 * the two, as it prints them, has the other one empty.
 */
function separatorAndReplacement({
  separator,
  replacement,
}: Pick<z.output<typeof ruleSchema>, 'separator' | 'replacement'>) {
  const isPrinted = separator !== undefined || replacement !== undefined
  return {
    separator: separator ?? (isPrinted ? '' : ';'),
    replacement: replacement ?? (isPrinted ? '' : '$1'),
  }
}

const alertingSchema = z.object({
  alert_relabel_configs: z.array(z.unknown()).nullish().catch(null),
  alertmanagers: z
    .array(z.object({ alert_relabel_configs: z.array(z.unknown()).nullish().catch(null) }))
    .nullish()
    .catch(null),
})

/**
 * A block of the top level of a configuration as Prometheus prints it; null where it has none. Only
 * this block is parsed: a whole configuration can have megabytes. Every scalar is a text.
 */
export function readConfigBlock(yaml: string, name: 'global' | 'alerting'): unknown {
  const block = new RegExp(`^${name}:[^\\n]*(?:\\n(?:[ \\t][^\\n]*)?)*`, 'm').exec(yaml)
  if (!block) return null
  try {
    const root: unknown = parse(block[0], {
      schema: 'failsafe',
      maxAliasCount: 0,
      logLevel: 'silent',
    })
    return isRecord(root) ? root[name] : null
  } catch {
    return null
  }
}

/**
 * The relabelling of all alerts, and then the one for each Alertmanager where it is the same for all
 * of them. Otherwise what an alert becomes depends on where it is sent.
 */
export function alertRelabellingOf(yaml: string): AlertRelabelling {
  const alerting = alertingSchema.safeParse(readConfigBlock(yaml, 'alerting'))
  if (!alerting.success) return noRelabelling
  const { alert_relabel_configs: common, alertmanagers } = alerting.data
  const own = (alertmanagers ?? []).map((each) => each.alert_relabel_configs ?? [])
  const [first = []] = own
  const isSame = own.every((each) => JSON.stringify(each) === JSON.stringify(first))
  const read = readRules([
    ...placed(common ?? [], 'alert_relabel_configs'),
    ...(isSame ? placed(first, 'alertmanagers alert_relabel_configs') : []),
  ])
  if (isSame) return read
  return {
    rules: read.rules,
    problems: [
      ...read.problems,
      'its Alertmanagers are sent different labels, by alert_relabel_configs of each; set externalLabels to say which to use',
    ],
  }
}

interface PlacedRule {
  readonly place: string
  readonly raw: unknown
}

function placed(rules: readonly unknown[], name: string): readonly PlacedRule[] {
  return rules.map((raw, index) => ({ place: `${name}[${String(index)}]`, raw }))
}

function readRules(all: readonly PlacedRule[]): AlertRelabelling {
  const rules: RelabelRule[] = []
  const problems: string[] = []
  for (const { place, raw } of all.slice(0, MAX_RULES)) {
    const read = ruleSchema.safeParse(raw)
    const expression = read.success ? compileGroupedExpression(read.data.regex) : null
    if (!read.success || !expression?.ok) {
      const reason = read.success
        ? `regex ${excerptOf(read.data.regex)}: ${expression?.ok === false ? expression.error : ''}`
        : issueOf(read.error)
      problems.push(`${place} is not applied (${reason})`)
      continue
    }
    const { data } = read
    // What it looks at may be what the other rule would have written: in doubt the alert is sent.
    if (problems.length > 0 && isFilter(data.action)) {
      problems.push(`${place} (${data.action}) is not applied (a rule before it is not)`)
      continue
    }
    rules.push({
      place,
      action: data.action,
      sourceLabels: data.source_labels,
      ...separatorAndReplacement(data),
      expression: expression.value,
      modulus: data.modulus,
      targetLabel: data.target_label,
    })
  }
  const more = all.length - MAX_RULES
  if (more > 0) problems.push(`${String(more)} more rules of alert_relabel_configs are not applied`)
  return { rules, problems }
}

/** True for what keeps alerts from being sent, or lets only some be. */
function isFilter(action: RelabelAction): boolean {
  return ['drop', 'keep', 'dropequal', 'keepequal'].includes(action)
}

function issueOf({ issues }: z.ZodError): string {
  const [issue] = issues
  return `${(issue?.path ?? []).map(String).join('.')}: ${excerptOf(issue?.message ?? '')}`
}
