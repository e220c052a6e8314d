import { useCallback } from 'react'
import type { KeptName } from '../../../engine/offline/kept-command.ts'
import type { IncidentForm } from '../../../engine/page/incident-form.ts'
import { keptRefusal, refusalOf } from '../../../engine/commands/availability.ts'
import { useCockpit } from '../../../engine/cockpit/context.ts'
import { readerOf } from '../../../engine/watch/reader.ts'
import {
  isOfTimeline,
  type ShortcutAction,
  type ShortcutGroup,
} from '../../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../../keyboard/use-shortcuts.ts'
import { judge } from '../../../parts/incident-actions/judge.ts'
import { pressAction } from '../../../parts/incident-actions/press-action.ts'
import { useSnoozeDigits } from '../../../parts/incident-actions/use-snooze-digits.ts'

const groups: readonly ShortcutGroup[] = ['incident', 'now']

type FormAction =
  | 'add-hypothesis'
  | 'add-decision'
  | 'add-measure'
  | 'add-task'
  | 'ask-approval'
  | 'write-update'
  | 'set-severity'
  | 'note'

/** The forms that keys open, and the command that each of them sends. */
const forms: Readonly<Record<FormAction, readonly [IncidentForm, KeptName]>> = {
  'add-hypothesis': [{ type: 'hypothesis' }, 'hypothesis.open'],
  'add-decision': [{ type: 'decision' }, 'decision.make'],
  'add-measure': [{ type: 'measure' }, 'measure.take'],
  'add-task': [{ type: 'task', taskId: null }, 'task.open'],
  'ask-approval': [{ type: 'approval' }, 'approval.ask'],
  'write-update': [{ type: 'update' }, 'update.write'],
  'set-severity': [{ type: 'severity' }, 'incident.set-severity'],
  note: [{ type: 'note' }, 'incident.note'],
}

const verdicts = {
  'judge-real': 'real',
  'judge-false-alarm': 'false-alarm',
  'judge-duplicate': 'duplicate',
} as const

/**
 * The keys of the page of an incident that the engine still knows. None works while a dialog or a
 * menu is open.
 *
 * @param takeCommand takes the role of the incident commander.
 */
export function usePageShortcuts(incidentId: string, takeCommand: () => void): void {
  const cockpit = useCockpit()
  const perform = useCallback(
    (shortcut: ShortcutAction): boolean => {
      const { actions, announcements, mirror, ui } = cockpit
      const state = mirror.getState()
      const incident = state.watch?.incidents.get(incidentId)
      if (ui.getState().dialog || !incident || isOfTimeline(shortcut)) return false
      switch (shortcut) {
        case 'acknowledge':
        case 'unacknowledge':
        case 'snooze':
        case 'mitigate':
        case 'resolve':
        case 'reopen':
        case 'close':
          pressAction(cockpit, incident, shortcut)
          return true
        case 'judge-real':
        case 'judge-false-alarm':
        case 'judge-duplicate':
          judge(cockpit, incident, verdicts[shortcut])
          return true
        case 'take-command': {
          const refusal = keptRefusal(incident, state, 'role.assign')
          if (refusal !== null) actions.refuse(incidentId, 'role.assign', refusal)
          else if (readerOf(state.status)) takeCommand()
          return true
        }
        case 'why': {
          const lost = refusalOf(state, 'why')
          if (lost !== null) announcements.tell({ politeness: 'polite', text: `Not now: ${lost}` })
          else actions.open({ kind: 'why', incidentId })
          return true
        }
        case 'add-hypothesis':
        case 'add-decision':
        case 'add-measure':
        case 'add-task':
        case 'ask-approval':
        case 'write-update':
        case 'set-severity':
        case 'note': {
          const [form, name] = forms[shortcut]
          const refusal = keptRefusal(incident, state, name)
          if (refusal !== null) actions.refuse(incidentId, name, refusal)
          else actions.open({ kind: 'incident-form', incidentId, form })
          return true
        }
        default:
          return false
      }
    },
    [cockpit, incidentId, takeCommand],
  )
  useSnoozeDigits()
  useShortcuts(perform, groups)
}
