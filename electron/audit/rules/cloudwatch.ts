import { z } from 'zod'
import type { AlertRule } from '#shared/domain/audit/rule.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'

const metricAlarmSchema = z.object({
  AlarmName: z.string().min(1),
  AlarmDescription: z.string().nullish(),
  Namespace: z.string().nullish(),
  MetricName: z.string().nullish(),
  Statistic: z.string().nullish(),
  ExtendedStatistic: z.string().nullish(),
  Dimensions: z
    .array(z.object({ Name: z.string(), Value: z.string() }))
    .nullish()
    .catch(null),
  ComparisonOperator: z.string().nullish(),
  Threshold: z.number().nullish(),
  /** Seconds. */
  Period: z.number().nullish().catch(null),
  EvaluationPeriods: z.number().nullish().catch(null),
})

const compositeAlarmSchema = z.object({
  AlarmName: z.string().min(1),
  AlarmDescription: z.string().nullish(),
  AlarmRule: z.string().nullish(),
})

/** What `aws cloudwatch describe-alarms` prints: of each alarm its own form, read by itself. */
export const describeAlarmsSchema = z
  .object({
    MetricAlarms: z.array(z.unknown()).optional(),
    CompositeAlarms: z.array(z.unknown()).optional(),
    NextToken: z.string().nullish().catch(null),
  })
  .refine(({ MetricAlarms, CompositeAlarms }) => MetricAlarms ?? CompositeAlarms)

const operators: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
}

/** The alarms as rules, without their places; null for one that cannot be read. */
export function toCloudWatchRules(
  alarms: z.infer<typeof describeAlarmsSchema>,
): readonly (AlertRule | null)[] {
  return [
    ...(alarms.MetricAlarms ?? []).map((alarm) => {
      const parsed = metricAlarmSchema.safeParse(alarm)
      return parsed.success ? metricRule(parsed.data) : null
    }),
    ...(alarms.CompositeAlarms ?? []).map((alarm) => {
      const parsed = compositeAlarmSchema.safeParse(alarm)
      if (!parsed.success) return null
      const { AlarmName, AlarmDescription, AlarmRule } = parsed.data
      return toRule(AlarmName, AlarmDescription, {}, AlarmRule ?? null, null)
    }),
  ]
}

function metricRule(alarm: z.infer<typeof metricAlarmSchema>): AlertRule {
  const { Namespace, MetricName, ComparisonOperator, Threshold, Period, EvaluationPeriods } = alarm
  const labels = Object.fromEntries(
    (alarm.Dimensions ?? []).map(({ Name, Value }) => [
      toPrintable(Name, 200),
      toPrintable(Value, 500),
    ]),
  )
  const operator = operators[ComparisonOperator ?? ''] ?? ComparisonOperator
  const expression =
    MetricName && operator && typeof Threshold === 'number'
      ? `${alarm.Statistic ?? alarm.ExtendedStatistic ?? ''} ${Namespace ?? ''}/${MetricName} ${operator} ${String(Threshold)}`.trim()
      : null
  const forMs = Period && EvaluationPeriods ? Period * EvaluationPeriods * 1_000 : null
  return toRule(alarm.AlarmName, alarm.AlarmDescription, labels, expression, forMs)
}

/** An alarm has one text for all: a link to its runbook is looked for in it. */
function toRule(
  alarmName: string,
  said: string | null | undefined,
  labels: Readonly<Record<string, string>>,
  expression: string | null,
  forMs: number | null,
): AlertRule {
  const name = toPrintable(alarmName, 255)
  const description = toPrintable(said?.trim() ?? '')
  return {
    name,
    kind: 'cloudwatch',
    labels: { ...labels, alertname: name },
    annotations: {
      ...(description === '' ? {} : { description }),
      ...linksIn(description),
    },
    expression: expression === null ? null : toPrintable(expression),
    forMs,
    comment: null,
    place: null,
  }
}

function linksIn(text: string): Readonly<Record<string, string>> {
  const links = text.match(/https?:\/\/[^\s<>"'`)\]]+/g) ?? []
  const dashboard = links.find((link) => /grafana|dashboard|#dashboards/i.test(link))
  const runbook =
    links.find((link) => /runbook|playbook|wiki|confluence/i.test(link)) ??
    links.find((link) => link !== dashboard)
  return {
    ...(runbook === undefined ? {} : { runbook_url: runbook }),
    ...(dashboard === undefined ? {} : { dashboard_url: dashboard }),
  }
}
