import type { Alert } from '#shared/domain/alert/schema.ts'
import { isActive } from '#shared/domain/alert/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Plan, PlanValue, Trigger, TriggerCondition } from '#shared/domain/plan/schema.ts'
import type { Response } from '#shared/domain/response/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { MeasuredCondition } from '#shared/domain/trigger/holds.ts'
import type { Question, QueryPlace } from '../ports/measurements.ts'

/** What of a plan is measured. */
export type MeasuredPart = 'values' | 'triggers' | 'criteria'

/** Something of an incident that is to be measured, or why it cannot be. */
export interface Wanted {
  readonly incidentId: string
  readonly part: MeasuredPart
  /** The name of the value, or the id of the trigger or criterion. */
  readonly id: string
  readonly key: string
  /** What decides; null for a value, which is only shown. */
  readonly when: MeasuredCondition | null
  /** What is asked; a number that stands in the plan; what people say; or why nothing can be asked. */
  readonly source:
    | { readonly kind: 'question'; readonly question: Question }
    | { readonly kind: 'fixed'; readonly value: number }
    | { readonly kind: 'voices'; readonly when: VoiceCondition }
    | { readonly kind: 'unknown'; readonly reason: string }
}

/** A condition on what people say. */
export type VoiceCondition = Extract<
  TriggerCondition,
  { readonly kind: 'satisfaction' | 'complaints' }
>

/** One incident with what its measuring depends on. */
export interface MeasuredIncident {
  readonly incident: Pick<Incident, 'id' | 'status'>
  readonly plan: Pick<Plan, 'impact' | 'triggers' | 'fixedWhen'>
  readonly response: Pick<Response, 'firstActionAt'>
  /** The alert whose labels fill the placeholders; undefined where none is known. */
  readonly alert: Pick<Alert, 'labels'> | undefined
  /** True while somebody looks at it, or its values are still to be recorded. */
  readonly isLookedAt: boolean
  placeFor(source: string | null): Result<QueryPlace, string>
}

/** All of an incident that is to be measured now. Triggers rest once it is over. */
export function wantedOf(measured: MeasuredIncident): readonly Wanted[] {
  const { incident, plan, isLookedAt } = measured
  if (incident.status === 'closed') return []
  const isOpen = incident.status !== 'resolved'
  const values = isLookedAt ? Object.entries(plan.impact.values) : []
  return [
    ...values.map(([name, value]) => ofValue(measured, name, value)),
    ...(isOpen ? plan.triggers.flatMap((trigger) => ofTrigger(measured, trigger)) : []),
    ...plan.fixedWhen.flatMap((criterion) => {
      if (criterion.kind !== 'promql') return []
      const { id, promql, forMs, source } = criterion
      const when = { kind: 'promql', promql, forMs, source } as const
      return [
        {
          ...named(measured, 'criteria', id),
          when,
          source: asked(measured, 'criteria', id, { promql, source, as: 'condition', forMs }),
        },
      ]
    }),
  ]
}

function named({ incident }: MeasuredIncident, part: MeasuredPart, id: string) {
  return { incidentId: incident.id, part, id, key: `${incident.id} ${part} ${id}` }
}

interface Asked {
  readonly promql: string
  readonly source: string | null
  readonly as: Question['as']
  readonly forMs?: number
  readonly before?: number | null
  readonly withBaseline?: boolean
}

function asked(
  measured: MeasuredIncident,
  part: MeasuredPart,
  id: string,
  { promql, source, as, forMs = 0, before = null, withBaseline = false }: Asked,
): Wanted['source'] {
  const place = measured.placeFor(source)
  if (!place.ok) return { kind: 'unknown', reason: place.error }
  const { key } = named(measured, part, id)
  return {
    kind: 'question',
    question: {
      key,
      place: place.value,
      promql,
      labels: measured.alert?.labels ?? {},
      as,
      before,
      withBaseline,
      pastMs: forMs,
    },
  }
}

function ofValue(measured: MeasuredIncident, name: string, value: PlanValue): Wanted {
  return {
    ...named(measured, 'values', name),
    when: null,
    source:
      value.kind === 'fixed'
        ? { kind: 'fixed', value: value.value }
        : asked(measured, 'values', name, { ...value, as: 'value', withBaseline: true }),
  }
}

function ofTrigger(measured: MeasuredIncident, { id, when }: Trigger): readonly Wanted[] {
  const names = named(measured, 'triggers', id)
  switch (when.kind) {
    case 'promql': {
      const { promql, source, forMs } = when
      return [
        {
          ...names,
          when,
          source: asked(measured, 'triggers', id, { promql, source, as: 'condition', forMs }),
        },
      ]
    }
    case 'baseline': {
      const { promql, source, forMs } = when
      const question = { promql, source, as: 'value', forMs, withBaseline: true } as const
      return [{ ...names, when, source: asked(measured, 'triggers', id, question) }]
    }
    case 'value':
    case 'no-improvement': {
      const value = valueOf(measured, when.value)
      if (!value) {
        const reason = `the plan has no value ${when.value}`
        return [{ ...names, when, source: { kind: 'unknown', reason } }]
      }
      if (value.kind === 'fixed') {
        const reason = `${when.value} stands in the plan and never changes`
        return [{ ...names, when, source: { kind: 'unknown', reason } }]
      }
      const { promql, source } = value
      const question =
        when.kind === 'value'
          ? { promql, source, as: 'value' as const, forMs: when.forMs }
          : { promql, source, as: 'value' as const, before: measured.response.firstActionAt }
      return [{ ...names, when, source: asked(measured, 'triggers', id, question) }]
    }
    case 'satisfaction':
    case 'complaints':
      return [{ ...names, when: null, source: { kind: 'voices', when } }]
    default:
      return []
  }
}

function valueOf({ plan }: MeasuredIncident, name: string): PlanValue | undefined {
  return Object.hasOwn(plan.impact.values, name) ? plan.impact.values[name] : undefined
}

/**
 * The alert that speaks for an incident where labels are filled in: the oldest active one that its
 * plan is for, so that the same is measured for as long as it lasts, also after a restart; else the
 * oldest one.
 *
 * @param isOfPlan says whether an alert has the plan that is followed.
 */
export function speakerOf(
  alerts: readonly Alert[],
  isOfPlan: (alert: Alert) => boolean,
): Alert | undefined {
  let best: Alert | undefined
  let bestRank = 0
  for (const alert of alerts) {
    const rank = (isOfPlan(alert) ? 2 : 0) + (isActive(alert) ? 1 : 0)
    const isBetter = !best || rank > bestRank || (rank === bestRank && isOlder(alert, best))
    if (isBetter) {
      best = alert
      bestRank = rank
    }
  }
  return best
}

function isOlder(a: Alert, b: Alert): boolean {
  return a.startsAt < b.startsAt || (a.startsAt === b.startsAt && a.key < b.key)
}
