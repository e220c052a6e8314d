import type { PlanFile } from './file.ts'
import type { TriggerCondition } from './schema.ts'

type FileTrigger = NonNullable<PlanFile['triggers']>[number]

/** A trigger as a file has it, without what is no condition. */
type ConditionOf<Trigger> = Trigger extends unknown
  ? Omit<Trigger, 'id' | 'text' | 'then' | 'to'>
  : never

/** A condition as files of the playbook have it. */
export type FileCondition = ConditionOf<FileTrigger>

/** The condition that a file means. */
export function toCondition(trigger: FileCondition): TriggerCondition {
  if ('aboveBaseline' in trigger) {
    return {
      kind: 'baseline',
      promql: trigger.promql,
      above: trigger.aboveBaseline,
      forMs: trigger.for,
      source: trigger.source ?? null,
    }
  }
  if ('promql' in trigger) {
    const { promql, source } = trigger
    return { kind: 'promql', promql, forMs: trigger.for, source: source ?? null }
  }
  if ('value' in trigger) {
    const isAbove = 'above' in trigger
    return {
      kind: 'value',
      value: trigger.value,
      comparison: isAbove ? 'above' : 'below',
      bound: isAbove ? trigger.above : trigger.below,
      per: trigger.per ?? null,
      forMs: trigger.for,
    }
  }
  if ('unresolvedFor' in trigger) return { kind: 'unresolved', forMs: trigger.unresolvedFor }
  if ('unacknowledgedFor' in trigger) {
    return { kind: 'unacknowledged', forMs: trigger.unacknowledgedFor }
  }
  if ('alerts' in trigger) return { kind: 'alerts', atLeast: trigger.alerts }
  if ('satisfactionBelow' in trigger) {
    return { kind: 'satisfaction', below: trigger.satisfactionBelow, overMs: trigger.over }
  }
  if ('complaints' in trigger) {
    return { kind: 'complaints', atLeast: trigger.complaints, overMs: trigger.over }
  }
  return {
    kind: 'no-improvement',
    value: trigger.noImprovementOf,
    by: trigger.by,
    withinMs: trigger.within,
  }
}
