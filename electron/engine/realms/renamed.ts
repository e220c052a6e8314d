import { observationBy } from '#shared/domain/alert/observations.ts'
import { isActive, type Signal } from '#shared/domain/alert/schema.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { PipelineContext } from '../pipeline/context.ts'
import { alertKey } from '../pipeline/normalise.ts'
import { moveToLabels, type Renamed } from './move.ts'

/**
 * Alerts that were recorded under other labels than their source is known to send now, as by a
 * version that knew nothing of relabelling: they go on under the new ones. Pure.
 */
export function renameAlerts(
  signals: readonly Signal[],
  context: PipelineContext,
): readonly EventBody[] {
  const { state, sourceId, realm, ids } = context
  const renamed = signals.flatMap(({ labels, formerLabels }): Renamed[] => {
    if (!formerLabels) return []
    const alert = state.alerts.get(alertKey(formerLabels, realm, ids))
    const isTheirs = alert && isActive(alert) && observationBy(alert, sourceId)
    return isTheirs ? [{ alert, labels }] : []
  })
  return moveToLabels(renamed, sourceId, context)
}
