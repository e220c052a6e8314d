import { useCallback } from 'react'
import type { CommandName } from '#shared/contract/contract.ts'
import type { ContractErrorCode } from '#shared/contract/errors.ts'
import {
  isGlobal,
  isOfIncidents,
  isOfTimeline,
  type ShortcutAction,
} from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'
import {
  focusRefusal,
  refusalOf,
  rightRefusal,
  silenceRefusal,
} from '../../engine/commands/availability.ts'
import { alertsOf, planOf } from '../../engine/watch/derived.ts'
import { lastOfTerminal } from '../../parts/execution/latest.ts'
import { openKeyLink } from '../../parts/runbooks/open-key-link.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { pressAction } from '../../parts/incident-actions/press-action.ts'
import { useSnoozeDigits } from '../../parts/incident-actions/use-snooze-digits.ts'

/**
 * The keys of this screen. None works while a dialog or a menu is open.
 *
 * @param focusNote puts the focus into the note field.
 */
export function useNowShortcuts(focusNote: () => void): void {
  const { actions, announcements, mirror, offline, runbooks, ui } = useCockpit()
  const perform = useCallback(
    (shortcut: ShortcutAction): boolean => {
      const { dialog, selectedId } = ui.getState()
      // Any key lets the queue go that a pointer holds still: nothing more is to be done.
      if (dialog || isGlobal(shortcut) || shortcut === 'news') return false
      if (isOfIncidents(shortcut)) return false
      // The timeline listens for it itself.
      if (isOfTimeline(shortcut)) return false
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
      const refuse = (name: CommandName, message: string, code?: ContractErrorCode) => {
        actions.refuse(incident.id, name, message, code)
        return true
      }
      if (shortcut === 'note') {
        const forbidden = rightRefusal(status, 'incident.note')
        if (forbidden !== null) return refuse('incident.note', forbidden, 'not-permitted')
        focusNote()
        return true
      }
      if (shortcut === 'open-page') {
        actions.showPast(incident.id)
        return true
      }
      if (shortcut === 'evidence') {
        actions.toggleEvidence(incident.id)
        return true
      }
      if (shortcut === 'runbook-step') {
        const execution = lastOfTerminal(watch?.executions.values() ?? [], incident.id)
        if (execution) actions.open({ kind: 'step', execution })
        else announcements.tell({ politeness: 'polite', text: 'Nothing was run in a terminal' })
        return true
      }
      if (shortcut === 'next-step') {
        if (watch?.responses.has(incident.id)) actions.goToNextStep(incident.id)
        else announcements.tell({ politeness: 'polite', text: 'No response plan' })
        return true
      }
      if (shortcut === 'runbook' || shortcut === 'dashboard') {
        openKeyLink({ actions, announcements, mirror, runbooks }, shortcut, () => {
          const { dialog, screen, selectedId: id } = ui.getState()
          const now = mirror.getState().watch
          if (!now || id !== incident.id || dialog || screen !== 'now') return null
          return { incidentId: id, alerts: alertsOf(now, id), plan: planOf(now, id) }
        })
        return true
      }
      if (shortcut === 'why') {
        const lost = refusalOf({ status, connection }, 'why')
        if (lost !== null) announcements.tell({ politeness: 'polite', text: `Not now: ${lost}` })
        else actions.open({ kind: 'why', incidentId: incident.id })
        return true
      }
      if (shortcut === 'silence') {
        const refusal = silenceRefusal(incident, { status, connection })
        if (refusal !== null) return refuse('silence.create', refusal)
        actions.open({ kind: 'silence', target: { kind: 'incident', incidentId: incident.id } })
        return true
      }
      if (shortcut === 'focus') {
        const refusal = focusRefusal(incident, { status, connection })
        if (refusal !== null) return refuse('focus.start', refusal)
        if (watch?.muting.focus?.incidentId === incident.id) void actions.endFocus()
        else void actions.startFocus(incident.id)
        return true
      }
      pressAction({ actions, mirror, offline }, incident, shortcut)
      return true
    },
    [actions, announcements, mirror, offline, runbooks, ui, focusNote],
  )
  useSnoozeDigits()
  useShortcuts(perform)
}
