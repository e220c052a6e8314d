import { isIncidentOver } from '#shared/domain/incident/status.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'

/** Focus: pages of other incidents are held while this one is worked on. */
export function FocusButton({ incident }: { readonly incident: Incident }) {
  const actions = useActions()
  const refusal = useMirror((state) => refusalOf(state, 'focus.start'))
  const isFocused = useMirror(({ watch }) => watch?.muting.focus?.incidentId === incident.id)
  if (isIncidentOver(incident)) return null
  return (
    <ActionButton
      label={isFocused ? 'End focus' : 'Focus'}
      hint={keyOf('focus')}
      refusedBecause={refusal}
      onPress={() => void (isFocused ? actions.endFocus() : actions.startFocus(incident.id))}
      onRefused={(reason) => actions.refuse(incident.id, 'focus.start', reason)}
    />
  )
}
