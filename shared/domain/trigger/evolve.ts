import type { Occurrence } from '../event/definition.ts'
import type { TriggerBody } from './events.ts'
import type { WatchedTriggers } from './schema.ts'

/** Which triggers of an incident are crossed after an event. */
export function evolveTriggers(
  before: WatchedTriggers | undefined,
  body: TriggerBody,
  { at }: Occurrence,
): WatchedTriggers {
  const { incidentId, trigger, value, threshold } = body
  const { [trigger]: _gone, ...others } = before?.crossed ?? {}
  const crossed =
    body.type === 'trigger.crossed' ? { ...others, [trigger]: { at, value, threshold } } : others
  return { incidentId, crossed, changes: (before?.changes ?? 0) + 1 }
}
