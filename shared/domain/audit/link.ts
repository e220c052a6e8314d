import { z } from 'zod'
import type { Plan } from '../plan/schema.ts'
import { runbookAnnotations } from '../runbook/annotations.ts'
import type { AlertRule } from './rule.ts'

/** Whether a link leads somewhere. What could not be looked at is unchecked, never found or missing. */
export const linkAnswerSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('found') }),
  /** `hint`: where it may be instead. */
  z.object({ status: z.literal('missing'), why: z.string(), hint: z.string().nullable() }),
  /** It leads on to another address: it works, and is out of date. */
  z.object({ status: z.literal('moved'), to: z.string() }),
  z.object({ status: z.literal('unchecked'), why: z.string() }),
])
export type LinkAnswer = Readonly<z.infer<typeof linkAnswerSchema>>

/** What is known of a link; what nobody looked at is unchecked. */
export type LinkAnswers = ReadonlyMap<string, LinkAnswer>

/** A runbook of an alert, and who names it. */
export interface RunbookLink {
  readonly link: string
  readonly from: 'plan' | 'alert'
}

/** Annotations by the names that public rule sets use. */
const dashboardAnnotations = [
  'dashboard_url',
  'dashboard',
  'dashboardURL',
  'dashboardUrl',
  'dashboard_link',
  'panelURL',
  '__dashboardUid__',
  'grafana',
  'grafana_url',
]

function annotation(annotations: AlertRule['annotations'], names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const text = Object.hasOwn(annotations, name) ? annotations[name]?.trim() : undefined
    return text ? [text] : []
  })
}

/** The runbooks that an alert and its plan name, each once; the plan's first. */
export function runbooksOf(
  rule: Pick<AlertRule, 'annotations'>,
  plan: Plan | null,
): readonly RunbookLink[] {
  const links: RunbookLink[] = plan?.runbook ? [{ link: plan.runbook, from: 'plan' }] : []
  for (const link of annotation(rule.annotations, runbookAnnotations)) {
    if (links.every((known) => known.link !== link)) links.push({ link, from: 'alert' })
  }
  return links
}

/** True where the alert or its plan leads to a picture of what it is about. */
export function hasDashboard(rule: AlertRule, plan: Plan | null): boolean {
  if (annotation(rule.annotations, dashboardAnnotations).length > 0) return true
  return (plan?.links ?? []).some(({ name }) => /dashboard|grafana|graph|panel/i.test(name))
}
