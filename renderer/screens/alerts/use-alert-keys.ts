import { useCallback, useState } from 'react'
import { isGlobal, type ShortcutAction } from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'
import { bulkRefusal, useAlertsModel } from './alerts-model.ts'
import { refusalOf, rightRefusal } from '../../engine/commands/availability.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { stepFrom } from '../../lists/list-steps.ts'
import { openKeyLink } from '../../parts/runbooks/open-key-link.ts'
import { keyOfEntry } from './entries/alert-entry.ts'

/** Whether the menu of times for a snooze is open. */
export interface SnoozeMenuState {
  readonly isOpen: boolean
  readonly setOpen: (isOpen: boolean) => void
}

/** The keys of the alerts screen. None works while a dialog or a menu is open. */
export function useAlertKeys(): SnoozeMenuState {
  const { ui, actions, announcements, mirror, runbooks } = useCockpit()
  const { screen, bulk } = useAlertsModel()
  const [isOpen, setOpen] = useState(false)
  const perform = useCallback(
    (shortcut: ShortcutAction): boolean => {
      if (ui.getState().dialog || isGlobal(shortcut)) return false
      const { shown, activeKey, selected } = screen.store.getState()
      const active = screen.active()
      const maySnooze = () => rightRefusal(mirror.getState().status, 'incident.snooze') === null
      switch (shortcut) {
        case 'next':
        case 'previous':
        case 'first':
        case 'last': {
          const key = stepFrom(shown, keyOfEntry, activeKey, shortcut, 1)
          if (key !== null) screen.moveTo(key)
          return key !== null
        }
        case 'queue':
          if (shown[0]) screen.moveTo(active?.key ?? shown[0].key)
          return true
        case 'news':
          screen.showNews()
          return true
        case 'why':
          if (!active) return false
          actions.open({
            kind: 'why',
            incidentId: active.alert.incidentId,
            alertKey: active.key,
          })
          return true
        case 'silence': {
          // With nothing chosen, the line that the keyboard is on is meant.
          const keys = selected.size > 0 ? [...selected] : active ? [active.key] : []
          if (keys.length === 0) return false
          const refusal =
            refusalOf(mirror.getState(), 'silence.create') ??
            (keys.length > 1 ? bulkRefusal(screen) : null)
          if (refusal === null) actions.open({ kind: 'silence', target: { kind: 'alerts', keys } })
          else announcements.tell({ politeness: 'polite', text: `Not now: ${refusal}` })
          return true
        }
        case 'runbook':
        case 'dashboard': {
          return openKeyLink({ actions, announcements, mirror, runbooks }, shortcut, () => {
            const now = ui.getState().screen === 'alerts' ? screen.active() : null
            if (!now || now.key !== active?.key) return null
            return { incidentId: now.alert.incidentId, alerts: [now.alert], plan: undefined }
          })
        }
        case 'acknowledge':
        case 'snooze': {
          if (bulk.store.getState()?.phase === 'running') {
            bulk.start(shortcut)
            return true
          }
          // Nothing is done to a line that has scrolled away: it comes into view first.
          if (selected.size === 0 && active && isOutOfView(active.key)) {
            screen.moveTo(active.key)
            announcements.tell({ politeness: 'polite', text: 'The line is in view now.' })
            return true
          }
          // With nothing chosen, the line that the keyboard is on is meant.
          if (selected.size === 0 && active) screen.select(new Set([active.key]))
          if (screen.store.getState().selected.size === 0) return false
          const isBlocked =
            screen.store.getState().selected.size > 1 && bulkRefusal(screen) !== null
          // What cannot be snoozed is answered at once, not after choosing a time.
          if (shortcut === 'acknowledge' || isBlocked || !maySnooze()) {
            bulk.start(shortcut, { isByKey: true })
            return true
          }
          // A question about something else is answered by this.
          if (bulk.store.getState()?.phase === 'asking') bulk.dismiss()
          setOpen(true)
          return true
        }
        case 'unacknowledge': {
          const state = bulk.store.getState()
          if (state?.phase !== 'ended' || state.taken.length === 0) return false
          bulk.undo()
          return true
        }
        default:
          return false
      }
    },
    [actions, announcements, bulk, mirror, runbooks, screen, ui],
  )
  useShortcuts(perform)
  return { isOpen, setOpen }
}

/** True for a line whose place in the list is scrolled out of view. */
function isOutOfView(key: string): boolean {
  const line = document.querySelector<HTMLElement>(`[data-alert="${CSS.escape(key)}"]`)
  const list = line?.closest('[role="grid"]')?.getBoundingClientRect()
  if (!line || !list) return line === null
  const { top, bottom } = line.getBoundingClientRect()
  return bottom <= list.top || top >= list.bottom
}
