import type { Actions } from '../../engine/cockpit/actions.ts'
import type { IncidentAction } from '../../engine/commands/availability.ts'

/** Starts what a button or its key stands for; how it ends shows on the incident. */
export function performAction(actions: Actions, action: IncidentAction, incidentId: string): void {
  switch (action) {
    case 'acknowledge':
      void actions.acknowledge(incidentId)
      return
    case 'unacknowledge':
      void actions.unacknowledge(incidentId)
      return
    case 'snooze':
      // A menu that opens below the window's edge is one that nobody sees.
      actions.select(incidentId)
      actions.open({ kind: 'snooze', incidentId })
      return
    case 'unsnooze':
      void actions.unsnooze(incidentId)
      return
    case 'mitigate':
      actions.open({ kind: 'incident-form', incidentId, form: { type: 'mitigate' } })
      return
    case 'unmitigate':
      void actions.unmitigate(incidentId)
      return
    case 'resolve':
      void actions.resolve(incidentId)
      return
    case 'reopen':
      void actions.reopen(incidentId)
      return
    case 'close':
      void actions.close(incidentId)
  }
}
