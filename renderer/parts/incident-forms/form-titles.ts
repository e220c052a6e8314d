import type { IncidentForm } from '../../engine/page/incident-form.ts'

const titles: Readonly<Record<IncidentForm['type'], string>> = {
  mitigate: 'Mitigated',
  note: 'Note',
  severity: 'Set the severity',
  duplicate: 'Duplicate of another incident',
  merge: 'Merge into another incident',
  split: 'Split alerts off',
  'give-role': 'Give a role',
  hypothesis: 'New hypothesis',
  settle: 'Rule out the hypothesis',
  decision: 'Decision',
  measure: 'Temporary measure',
  'remove-measure': 'Temporary measure removed',
  task: 'Task',
  'end-task': 'Drop the task',
  approval: 'Request an approval',
  answer: 'Approve this?',
  update: 'Update for others',
}

/** What stands above a form. */
export function formTitle(form: IncidentForm): string {
  if (form.type === 'settle' && form.state === 'confirmed') return 'Confirm the hypothesis'
  if (form.type === 'answer' && form.answer === 'refused') return 'Refuse this?'
  if (form.type === 'end-task' && form.outcome === 'done') return 'Task done'
  if (form.type === 'task' && form.taskId !== null) return 'Change the task'
  return titles[form.type]
}
