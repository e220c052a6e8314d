import { useCallback } from 'react'
import { isGlobal, type ShortcutAction } from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'
import {
  availableActions,
  refusalOf,
  rightRefusal,
  explainMissing,
} from '../../engine/commands/availability.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { actionButtons } from './action-buttons.ts'
import { performAction } from './perform-action.ts'
import { useSnoozeDigits } from './use-snooze-digits.ts'

/**
 * The keys of this screen. None works while a dialog or a menu is open.
 *
 * @param focusNote puts the focus into the note field.
 */
export function useNowShortcuts(focusNote: () => void): void {
  const { actions, announcements, mirror, offline, ui } = useCockpit()
  const perform = useCallback(
    (shortcut: ShortcutAction): boolean => {
      const { dialog, selectedId } = ui.getState()
      // Any key lets the queue go that a pointer holds still: nothing more is to be done.
      if (dialog || isGlobal(shortcut) || shortcut === 'news') return false
      // The timeline listens for it itself.
      if (shortcut === 'older-entries') return false
      if (
        shortcut === 'next' ||
        shortcut === 'previous' ||
        shortcut === 'first' ||
        shortcut === 'last'
      ) {
        return actions.move(shortcut) !== null
      }
      if (shortcut === 'queue') {
        actions.goToQueue()
        return true
      }
      const { watch, connection, status } = mirror.getState()
      const incident = selectedId === null ? undefined : watch?.incidents.get(selectedId)
      if (!incident) return false
      if (shortcut === 'note') {
        focusNote()
        return true
      }
      if (shortcut === 'why') {
        const lost = refusalOf({ status, connection }, 'why')
        if (lost !== null) announcements.tell({ politeness: 'polite', text: `Not now: ${lost}` })
        else actions.open({ kind: 'why', incidentId: incident.id })
        return true
      }
      if (shortcut === 'focus') {
        const refusal = rightRefusal(status, 'focus.start')
        if (refusal !== null) {
          announcements.tell({ politeness: 'polite', text: `Not now: ${refusal}` })
          return true
        }
        if (watch?.muting.focus?.incidentId === incident.id) void actions.endFocus()
        else void actions.startFocus(incident.id)
        return true
      }
      const waiting = offline.state
        .getState()
        .kept.filter(({ input }) => input.incidentId === incident.id)
      const found = availableActions(incident, connection.phase, waiting, status).find(
        ({ action }) => action === shortcut || (action === 'unsnooze' && shortcut === 'snooze'),
      )
      // A key is never without an answer: what cannot be done is answered with why.
      const refusedBecause = found ? found.refusedBecause : explainMissing(incident, shortcut)
      const action = found?.action ?? shortcut
      if (refusedBecause === null) performAction(actions, action, incident.id)
      else actions.refuse(incident.id, actionButtons[action].command, refusedBecause)
      return true
    },
    [actions, announcements, mirror, offline, ui, focusNote],
  )
  useSnoozeDigits()
  useShortcuts(perform)
}
