import type { Incident } from '#shared/domain/incident/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'

/** Focus: pages of other incidents are held while this one is worked on. */
export function StayButton({ incident }: { readonly incident: Incident }) {
  const actions = useActions()
  const refusal = useMirror((state) => refusalOf(state, 'focus.start'))
  const isStaying = useMirror(({ watch }) => watch?.posture.focus?.incidentId === incident.id)
  if (incident.status === 'resolved' || incident.status === 'closed') return null
  return (
    <ActionButton
      label={isStaying ? 'End focus' : 'Focus'}
      hint={keyOf('stay')}
      refusedBecause={refusal}
      onPress={() => void (isStaying ? actions.endStay() : actions.stayOn(incident.id))}
    />
  )
}
