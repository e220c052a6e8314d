import type { CommandName } from '#shared/contract/contract.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'
import type { IncidentAction } from '../../engine/commands/availability.ts'

/** How each action is called, its key and its command. */
export const actionButtons: Readonly<
  Record<IncidentAction, { label: string; hint: string; command: CommandName }>
> = {
  acknowledge: {
    label: 'Acknowledge',
    hint: keyOf('acknowledge'),
    command: 'incident.acknowledge',
  },
  unacknowledge: {
    label: 'Unacknowledge',
    hint: keyOf('unacknowledge'),
    command: 'incident.unacknowledge',
  },
  snooze: { label: 'Snooze', hint: keyOf('snooze'), command: 'incident.snooze' },
  unsnooze: { label: 'Unsnooze', hint: keyOf('snooze'), command: 'incident.unsnooze' },
  mitigate: { label: 'Mitigated…', hint: keyOf('mitigate'), command: 'incident.mitigate' },
  unmitigate: {
    label: 'Not mitigated',
    hint: keyOf('mitigate'),
    command: 'incident.unmitigate',
  },
  resolve: { label: 'Resolve', hint: keyOf('resolve'), command: 'incident.resolve' },
  reopen: { label: 'Reopen', hint: keyOf('reopen'), command: 'incident.reopen' },
  close: { label: 'Close', hint: keyOf('close'), command: 'incident.close' },
}
