import type { Incident } from '#shared/domain/incident/schema.ts'
import { TextButton } from '../../components/text-button.tsx'
import { keptRefusal } from '../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'

interface ImpactButtonProps {
  readonly incident: Incident
  /** Nothing is said of the harm yet, by nobody and no plan. */
  readonly isFirst: boolean
}

/** Opens the form in which a person says what harm an incident does; says why where they may not. */
export function ImpactButton({ incident, isFirst }: ImpactButtonProps) {
  const actions = useActions()
  const refusal = useMirror((state) => keptRefusal(incident, state, 'impact.set'))
  if (incident.status === 'closed') return null
  return (
    <TextButton
      aria-disabled={refusal !== null}
      aria-haspopup="dialog"
      title={refusal ?? undefined}
      onClick={() => {
        if (refusal === null) actions.open({ kind: 'impact', incidentId: incident.id })
        else actions.refuse(incident.id, 'impact.set', refusal)
      }}
    >
      {isFirst ? 'Set impact…' : 'Change impact…'}
    </TextButton>
  )
}
