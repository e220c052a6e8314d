import type { Incident } from '#shared/domain/incident/schema.ts'
import { useMirror, useOffline } from '../../engine/cockpit/context.ts'
import { pendingOf } from '../../engine/commands/waiting.ts'
import type { KeptCommand } from '../../engine/offline/kept-command.ts'
import { stillFires, type Section } from '../../engine/watch/queue.ts'

/** What one mark says of the commands that wait for the engine; null where none does. */
export type PendingMark = 'waits' | 'refused' | null

/** Whether a line of the queue has something to say of the state of its incident. */
export interface QueueStanding {
  readonly pending: PendingMark
  readonly hasState: boolean
  /** A trigger of its plan is crossed, which asks a person to act. */
  readonly isCrossed: boolean
}

/** Looks at the incident, and at what waits for the engine. */
export function useQueueState(
  incident: Incident,
  section: Section,
  isFlapping: boolean,
): QueueStanding {
  const { acknowledged, resolved, counts } = incident
  const phase = useMirror(({ connection }) => connection.phase)
  const pending = useOffline(({ kept }) => markOf(pendingOf(kept, incident.id, phase)))
  const isCrossed = useMirror(
    ({ watch }) => Object.keys(watch?.triggers.get(incident.id)?.crossed ?? {}).length > 0,
  )
  const isOver = stillFires(incident) || resolved?.by.kind === 'person'
  const hasState =
    pending !== null ||
    acknowledged !== null ||
    section === 'snoozed' ||
    (section === 'resolved' && isOver) ||
    isFlapping ||
    isCrossed ||
    counts.unconfirmed > 0
  return { pending, hasState, isCrossed }
}

/** What one mark can say of several commands: a refusal first, as it needs a person. */
function markOf(commands: readonly KeptCommand[]): PendingMark {
  if (commands.length === 0) return null
  return commands.some(({ state }) => state === 'rejected') ? 'refused' : 'waits'
}
