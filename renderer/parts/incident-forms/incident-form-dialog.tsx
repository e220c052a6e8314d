import { useState } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import type { IncidentForm } from '../../engine/page/incident-form.ts'
import { ApprovalForm } from './approval-form.tsx'
import { DuplicateForm } from './duplicate-form.tsx'
import { GiveRoleForm } from './give-role-form.tsx'
import { MergeForm } from './merge-form.tsx'
import { SeverityForm } from './severity-form.tsx'
import { SplitForm } from './split-form.tsx'
import { TaskForm } from './task-form.tsx'
import { UpdateForm } from './update-form.tsx'
import { WordsFormDialog } from './words-form-dialog.tsx'
import { wordsFormOf } from './words-forms.ts'

interface IncidentFormDialogProps {
  readonly incidentId: string
  readonly form: IncidentForm
}

/** The form that is open, whatever it asks for. */
export function IncidentFormDialog({ incidentId, form }: IncidentFormDialogProps) {
  const { mirror } = useCockpit()
  // As it was when the form opened: what somebody else changes meanwhile is no reason to lose a text.
  const [words] = useState(() =>
    wordsFormOf(form, incidentId, mirror.getState().watch?.coordinations.get(incidentId)),
  )
  if (words) return <WordsFormDialog incidentId={incidentId} form={words} />
  switch (form.type) {
    case 'severity':
      return <SeverityForm incidentId={incidentId} />
    case 'duplicate':
      return <DuplicateForm incidentId={incidentId} />
    case 'merge':
      return <MergeForm incidentId={incidentId} />
    case 'split':
      return <SplitForm incidentId={incidentId} />
    case 'give-role':
      return <GiveRoleForm incidentId={incidentId} role={form.role} />
    case 'task':
      return <TaskForm incidentId={incidentId} taskId={form.taskId} entry={form.entry} />
    case 'approval':
      return <ApprovalForm incidentId={incidentId} />
    case 'update':
      return <UpdateForm incidentId={incidentId} />
    default:
      return null
  }
}
