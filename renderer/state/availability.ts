import { actorName } from '#shared/domain/decision/explain.ts'
import { activeAlerts, type Incident } from '#shared/domain/incident/schema.ts'
import type { Connection } from '../bridge/engine-client.ts'

/** What can be done with an incident, by button and by key. */
export type IncidentAction = 'acknowledge' | 'snooze' | 'unsnooze' | 'resolve' | 'close'

/** One button: shown, maybe the obvious next one, maybe with a reason why it cannot be used now. */
export interface AvailableAction {
  readonly action: IncidentAction
  readonly isNext: boolean
  readonly refusedBecause: string | null
}

/** Why nothing can be done at all; null while the engine is there. */
export function engineRefusal(phase: Connection['phase']): string | null {
  if (phase === 'lost') return 'The engine is lost: nothing can be recorded until it returns.'
  return phase === 'connecting' ? 'The engine is not connected yet.' : null
}

/**
 * The buttons of an incident in their order. What can never apply in its state is left out; what
 * is only not possible now is shown with its reason.
 */
export function availableActions(
  incident: Incident,
  phase: Connection['phase'],
): readonly AvailableAction[] {
  const lost = engineRefusal(phase)
  const isFiring = activeAlerts(incident.counts) > 0
  const button = (
    action: IncidentAction,
    isNext: boolean,
    refusedBecause: string | null = null,
  ): AvailableAction => ({ action, isNext, refusedBecause: lost ?? refusedBecause })

  switch (incident.status) {
    case 'closed':
      return []
    case 'resolved':
      return [
        button(
          'close',
          !isFiring,
          isFiring ? 'Alerts of this incident still fire at the source.' : null,
        ),
      ]
    case 'triggered':
    case 'acknowledged':
      return [
        button(
          'acknowledge',
          !incident.acknowledged,
          incident.acknowledged
            ? `${actorName(incident.acknowledged.by)} acknowledged it already.`
            : null,
        ),
        incident.snoozed ? button('unsnooze', false) : button('snooze', false),
        button('resolve', incident.acknowledged !== null && !isFiring),
      ]
  }
}
