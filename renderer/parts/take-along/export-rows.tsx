import type { PastIncident } from '#shared/domain/history/schema.ts'
import { isEvidenceAction, takeAlongActions } from '../../keyboard/shortcuts.ts'
import { ExportRow } from './export-row.tsx'

interface ExportRowsProps {
  readonly incidentId: string
  readonly past: PastIncident | null
}

const ofTimeline = takeAlongActions.filter(
  (action) => action !== 'copy-text' && !isEvidenceAction(action),
)
const ofEvidence = takeAlongActions.filter(isEvidenceAction)

/** Exports the timeline, and what was done with commands and outputs, by click. */
export function ExportRows(props: ExportRowsProps) {
  return (
    <>
      <ExportRow {...props} label="Export" title="Export the timeline" actions={ofTimeline} />
      <ExportRow
        {...props}
        label="Evidence"
        title="Evidence: steps, commands and outputs"
        actions={ofEvidence}
      />
    </>
  )
}
