import { IconReportSearch } from '@tabler/icons-react'
import { SmallButton } from '../../components/small-button.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { isIncidentOver } from '#shared/domain/incident/status.ts'

interface ReviewButtonProps {
  readonly incidentId: string
  /** True where history knows that it is over, also once the state has let go of it. */
  readonly isOver: boolean
}

/** Leads from an incident that is over to its review. */
export function ReviewButton({ incidentId, isOver }: ReviewButtonProps) {
  const actions = useActions()
  const isShown = useMirror(({ watch }) => {
    const incident = watch?.incidents.get(incidentId)
    return incident ? isIncidentOver(incident) : isOver
  })
  if (!isShown) return null
  return (
    <SmallButton onClick={() => actions.reviewIncident(incidentId)}>
      <IconReportSearch size={15} aria-hidden="true" />
      Review
    </SmallButton>
  )
}
