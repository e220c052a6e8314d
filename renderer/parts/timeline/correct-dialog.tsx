import { useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import { MAX_NOTE_LENGTH } from '#shared/contract/operations/incident.ts'
import { caretToEnd } from '../../components/caret-to-end.ts'
import { ActionButton } from '../../components/action-button.tsx'
import formStyles from '../../components/dialog-form.module.css'
import { DialogRefusals } from '../../components/dialog-form.tsx'
import { Field } from '../../components/fields/field.tsx'
import fieldStyles from '../../components/fields/fields.module.css'
import { engineRefusal, rightRefusal } from '../../engine/commands/availability.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { useActions, useMirror, useUi } from '../../engine/cockpit/context.ts'
import { idle, partOf } from '../../engine/page/ui-store.ts'
import styles from './entry-dialog.module.css'

interface CorrectDialogProps {
  readonly incidentId: string
  readonly entry: { readonly seq: number; readonly at: number; readonly text: string }
}

/** Says how an entry should read. What it read before stays on the timeline, struck out. */
export function CorrectDialog({ incidentId, entry }: CorrectDialogProps) {
  const actions = useActions()
  const [text, setText] = useState(entry.text)
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [refused, setRefused] = useState<ContractError | null>(null)
  const work = partOf('entry.correct', String(entry.seq))
  const isPending = useUi((ui) => (ui.work.get(incidentId) ?? idle).pending.has(work))
  const forbidden = useMirror(
    ({ status, connection: { phase } }) =>
      rightRefusal(status, 'entry.correct') ??
      (phase === 'connecting' ? engineRefusal(phase) : null),
  )
  const send = async () => {
    if (isPending || forbidden !== null) return
    const written = text.trim()
    if (written === '' || written === entry.text.trim()) {
      setProblem('Change the text first: that is the correction.')
      return
    }
    setRefused(null)
    const given = await actions.correctEntry({
      incidentId,
      entry: entry.seq,
      recordedAt: entry.at,
      text: written,
    })
    if (given === null) return
    if (given.kind === 'answered' && !given.result.ok) setRefused(given.result.error)
    else actions.closeDialog()
  }
  return (
    <div className={formStyles.form}>
      <Field
        label="How it should read"
        hint="Enter records it, Shift+Enter for a new line. The old text stays on the timeline."
        error={problem}
      >
        {(control) => (
          <textarea
            {...control}
            className={fieldStyles.input}
            data-autofocus
            ref={caretToEnd}
            rows={3}
            value={text}
            maxLength={MAX_NOTE_LENGTH}
            onChange={({ target }) => {
              setText(target.value)
              setProblem(undefined)
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
              event.preventDefault()
              void send()
            }}
          />
        )}
      </Field>
      <DialogRefusals refused={refused && describeRefusal(refused)} forbidden={forbidden} />
      <div className={styles.buttons}>
        <ActionButton label="Cancel" onPress={actions.closeDialog} />
        <ActionButton
          label="Correct"
          tone="primary"
          isPending={isPending}
          refusedBecause={forbidden}
          onPress={() => void send()}
        />
      </div>
    </div>
  )
}
