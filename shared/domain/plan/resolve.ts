import { toCondition } from './condition.ts'
import { fail, ok, type Result } from '../result/result.ts'
import type { PlanFile } from './file.ts'
import type { ClockTimes, Criterion, Phase, Plan, PlanStep, PlanValue, Trigger } from './schema.ts'
import { createStepIds } from './step-id.ts'

/** What keeps a plan from being used; `field` is the key of its file that says it. */
export interface PlanFlaw {
  readonly plan: string
  readonly field: 'plan' | 'match' | 'extends'
  readonly message: string
  /** A plan that it names and that there is not. */
  readonly missing?: string
}

/** A plan with whatever it extends, the nearest first. */
export type Ancestry = readonly [PlanFile, ...PlanFile[]]

/** The plan and all that it extends, or why that leads nowhere. */
export function ancestryOf(
  plan: PlanFile,
  files: ReadonlyMap<string, PlanFile>,
): Result<Ancestry, PlanFlaw> {
  const found: [PlanFile, ...PlanFile[]] = [plan]
  const seen = new Set([plan.plan])
  for (let last = plan; last.extends !== undefined;) {
    const name = last.extends
    if (seen.has(name)) {
      const circle = [...seen, name].join(' → ')
      const message = `these plans extend each other in a circle: ${circle}`
      // Said of those in the circle: one that only leads into it cannot mend it.
      return fail({ plan: name, field: 'extends', message })
    }
    const next = files.get(name)
    if (!next) {
      const message = `there is no plan ${JSON.stringify(name)} to extend`
      return fail({ plan: last.plan, field: 'extends', message, missing: name })
    }
    found.push(next)
    seen.add(name)
    last = next
  }
  return ok(found)
}

/**
 * A plan with all that it takes over. The nearest that gives a field decides it, as a whole; in
 * `impact`, `technical` and `communication` each key is a field of its own.
 *
 * @param revisionOf derives a revision from what the plan says.
 */
export function resolvePlan(ancestry: Ancestry, revisionOf: (text: string) => string): Plan {
  const [own] = ancestry
  const first = <Value>(read: (file: PlanFile) => Value | undefined): Value | null => {
    for (const file of ancestry) {
      const value = read(file)
      if (value !== undefined) return value
    }
    return null
  }
  const impact = <Value>(read: (each: NonNullable<PlanFile['impact']>) => Value | undefined) =>
    first((file) => (file.impact ? read(file.impact) : undefined))
  const technical = <Value>(
    read: (each: NonNullable<PlanFile['technical']>) => Value | undefined,
  ) => first((file) => (file.technical ? read(file.technical) : undefined))
  const communication = <Value>(
    read: (each: NonNullable<PlanFile['communication']>) => Value | undefined,
  ) => first((file) => (file.communication ? read(file.communication) : undefined))
  const ids = createStepIds()
  const clocks = first((file) => file.clocks)
  const plan: Omit<Plan, 'revision'> = {
    id: own.plan,
    title: own.title ?? titleOf(own.plan),
    match: own.match?.map(({ text }) => text) ?? [],
    owner: first((file) => file.owner),
    severity: first((file) => file.severity),
    service: first((file) => file.service),
    impact: {
      says: impact((each) => each.says),
      values: mapValues(impact((each) => each.values) ?? {}, toValue),
      description: impact((each) => each.description),
      affectedUsers: impact((each) => each.affectedUsers),
      revenueRisk: impact((each) => each.revenueRisk),
      competitiveRisk: impact((each) => each.competitiveRisk),
    },
    technical: {
      component: technical((each) => each.component),
      error: technical((each) => each.error),
      performance: technical((each) => each.performance),
      metrics: technical((each) => each.metrics) ?? [],
    },
    phases: (first((file) => file.phases) ?? []).map(({ name, until, steps }): Phase => ({
      name,
      untilMs: until ?? null,
      steps: steps.map((step) => toStep(step, ids)),
    })),
    options: (first((file) => file.options) ?? []).map((option) => ({
      name: option.name,
      text: option.text ?? null,
      runbook: option.runbook ?? null,
      rollback: option.rollback ?? null,
    })),
    rollback: first((file) => file.rollback),
    fixedWhen: (first((file) => file.fixedWhen) ?? []).map((each) => toCriterion(each, ids)),
    triggers: (first((file) => file.triggers) ?? []).map((each) => toTrigger(each, ids)),
    escalation: first((file) => file.escalation),
    communication: {
      cadenceMs: communication((each) => each.cadence),
      channels: communication((each) => each.channels) ?? [],
      stakeholders: communication((each) => each.stakeholders),
      customersAfterMs: communication((each) => each.customersAfter),
      messages: communication((each) => each.messages) ?? {},
    },
    diagnostics: first((file) => file.diagnostics) ?? [],
    actions: first((file) => file.actions) ?? [],
    runbook: first((file) => file.runbook),
    links: first((file) => file.links) ?? [],
    prevention: first((file) => file.prevention) ?? [],
    clocks: clocks === null || typeof clocks === 'string' ? clocks : toClockTimes(clocks),
  }
  return { ...plan, revision: revisionOf(JSON.stringify(plan)) }
}

function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}

type FileValue = NonNullable<NonNullable<PlanFile['impact']>['values']>[string]

function toValue(value: FileValue): PlanValue {
  if (typeof value === 'number') return { kind: 'fixed', value, unit: 'number' }
  if ('promql' in value) {
    return {
      kind: 'promql',
      promql: value.promql,
      unit: value.as,
      source: value.source ?? null,
    }
  }
  return { kind: 'fixed', value: value.value, unit: value.as }
}

type StepIds = ReturnType<typeof createStepIds>
type FileStep = NonNullable<PlanFile['phases']>[number]['steps'][number]

function toStep(step: FileStep, ids: StepIds): PlanStep {
  if (typeof step === 'string') return { id: ids(step), text: step, run: null }
  const run = 'run' in step ? step.run : null
  const text = step.text ?? run ?? ''
  return { id: ids(step.id ?? text), text, run }
}

function toCriterion(
  criterion: NonNullable<PlanFile['fixedWhen']>[number],
  ids: StepIds,
): Criterion {
  if (typeof criterion === 'string') return { kind: 'person', id: ids(criterion), text: criterion }
  if (!('promql' in criterion)) {
    return { kind: 'person', id: ids(criterion.id ?? criterion.text), text: criterion.text }
  }
  const text = criterion.text ?? criterion.promql
  return {
    kind: 'promql',
    id: ids(criterion.id ?? text),
    text,
    promql: criterion.promql,
    forMs: criterion.for,
    source: criterion.source ?? null,
  }
}

type FileTrigger = NonNullable<PlanFile['triggers']>[number]

function toTrigger(trigger: FileTrigger, ids: StepIds): Trigger {
  const when = toCondition(trigger)
  return {
    id: ids(trigger.id ?? trigger.text ?? JSON.stringify(when)),
    text: trigger.text ?? null,
    when,
    then: trigger.then,
    to: trigger.to ?? null,
  }
}

function toClockTimes(clocks: Exclude<NonNullable<PlanFile['clocks']>, string>): ClockTimes {
  const { acknowledge, respond, plan, escalate } = clocks
  return {
    ...(acknowledge === undefined ? {} : { acknowledgeMs: acknowledge }),
    ...(respond === undefined ? {} : { respondMs: respond }),
    ...(plan === undefined ? {} : { planMs: plan }),
    ...(escalate === undefined ? {} : { escalateMs: escalate }),
  }
}
