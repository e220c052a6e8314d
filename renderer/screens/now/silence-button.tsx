import { isIncidentOver } from '#shared/domain/incident/status.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { hasSilences, silenceRefusal } from '../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'

/** Silences the alerts of an incident where they come from, or shows the silences that they have. */
export function SilenceButton({ incident }: { readonly incident: Incident }) {
  const actions = useActions()
  const refusal = useMirror((state) => silenceRefusal(incident, state))
  const isOffered = useMirror(hasSilences)
  if (!isOffered || isIncidentOver(incident)) return null
  return (
    <ActionButton
      label="Silence"
      hint={keyOf('silence')}
      refusedBecause={refusal}
      onPress={() =>
        actions.open({ kind: 'silence', target: { kind: 'incident', incidentId: incident.id } })
      }
      onRefused={(reason) => actions.refuse(incident.id, 'silence.create', reason)}
    />
  )
}
