import type { Coordination } from '#shared/domain/coordination/schema.ts'
import type { Actions } from '../../engine/cockpit/actions.ts'
import type { Given } from '../../engine/offline/command-queue.ts'
import type { KeptName } from '../../engine/offline/kept-command.ts'
import type { IncidentForm } from '../../engine/page/incident-form.ts'

/** A form that asks for one or two texts. */
export interface WordsForm {
  /** The command that it sends. */
  readonly name: KeptName
  /** What it is about, in the words of others; null for nothing. */
  readonly quote: string | null
  readonly fields: readonly WordsFormField[]
  readonly submit: string
  /** Sends the texts, trimmed, in the order of the fields; null for one that is left empty. */
  readonly give: (actions: Actions, texts: readonly (string | null)[]) => Promise<Given | null>
}

interface WordsFormField {
  readonly label: string
  readonly placeholder: string
  readonly isRequired: boolean
}

const required = (label: string, placeholder: string): WordsFormField => ({
  label,
  placeholder,
  isRequired: true,
})
const optional = (label: string, placeholder: string): WordsFormField => ({
  label: `${label} (optional)`,
  placeholder,
  isRequired: false,
})

/** The form that asks for words; null for one that asks for something else as well. */
export function wordsFormOf(
  form: IncidentForm,
  incidentId: string,
  coordination: Coordination | undefined,
): WordsForm | null {
  switch (form.type) {
    case 'mitigate':
      return {
        name: 'incident.mitigate',
        quote: null,
        fields: [optional('What stopped the harm', 'Rolled back to v2.1.2')],
        submit: 'Mitigated',
        give: (actions, [note = null]) => actions.give('incident.mitigate', { incidentId, note }),
      }
    case 'note':
      return {
        name: 'incident.note',
        quote: null,
        fields: [required('Note', 'What you saw, what you did')],
        submit: 'Add note',
        give: (actions, [text]) => actions.give('incident.note', { incidentId, text: text ?? '' }),
      }
    case 'hypothesis':
      return {
        name: 'hypothesis.open',
        quote: null,
        fields: [
          required('What could be the cause', 'The release of 03:00 broke the payment form'),
        ],
        submit: 'Add hypothesis',
        give: (actions, [text]) =>
          actions.give('hypothesis.open', { incidentId, text: text ?? '' }),
      }
    case 'settle': {
      const { hypothesisId, state } = form
      const isConfirmed = state === 'confirmed'
      return {
        name: 'hypothesis.settle',
        quote: coordination?.hypotheses.find(({ id }) => id === hypothesisId)?.text ?? null,
        // Without the reason somebody else tries it again.
        fields: [
          isConfirmed
            ? optional('How you know', 'Errors stopped with the rollback')
            : required('How you know', 'Errors began before the release'),
        ],
        submit: isConfirmed ? 'Confirm' : 'Rule out',
        give: (actions, [reason = null]) =>
          actions.give(
            'hypothesis.settle',
            { incidentId, hypothesisId, state, reason },
            hypothesisId,
          ),
      }
    }
    case 'decision':
      return {
        name: 'decision.make',
        quote: null,
        fields: [
          required('What is decided', 'Roll back before the shops open'),
          optional('Why', 'A fix takes longer than an hour'),
        ],
        submit: 'Record decision',
        give: (actions, [text, reason = null]) =>
          actions.give('decision.make', { incidentId, text: text ?? '', reason }),
      }
    case 'measure':
      return {
        name: 'measure.take',
        quote: null,
        fields: [required('What is in place for a time', 'Refunds are switched off')],
        submit: 'Record measure',
        give: (actions, [text]) => actions.give('measure.take', { incidentId, text: text ?? '' }),
      }
    case 'remove-measure': {
      const { measureId } = form
      return {
        name: 'measure.remove',
        quote: coordination?.measures.find(({ id }) => id === measureId)?.text ?? null,
        fields: [optional('Note', 'Refunds work again since 05:10')],
        submit: 'Removed',
        give: (actions, [note = null]) =>
          actions.give('measure.remove', { incidentId, measureId, note }, measureId),
      }
    }
    case 'end-task': {
      const { taskId, outcome } = form
      return {
        name: 'task.end',
        quote: coordination?.tasks.find(({ id }) => id === taskId)?.text ?? null,
        fields: [optional(outcome === 'done' ? 'What came of it' : 'Why it is dropped', '')],
        submit: outcome === 'done' ? 'Done' : 'Drop task',
        give: (actions, [note = null]) =>
          actions.give('task.end', { incidentId, taskId, outcome, note }, taskId),
      }
    }
    case 'answer': {
      const { approvalId, answer } = form
      return {
        name: 'approval.answer',
        quote: coordination?.approvals.find(({ id }) => id === approvalId)?.text ?? null,
        fields: [
          answer === 'given'
            ? optional('Conditions', 'Only with a second pair of eyes')
            : required('Reason', 'Wait for the database team'),
        ],
        submit: answer === 'given' ? 'Approve' : 'Refuse',
        give: (actions, [reason = null]) =>
          actions.give('approval.answer', { incidentId, approvalId, answer, reason }, approvalId),
      }
    }
    default:
      return null
  }
}
