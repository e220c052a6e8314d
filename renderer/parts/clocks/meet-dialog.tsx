import { useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import { MAX_CLOCK_TEXT } from '#shared/contract/operations/clock.ts'
import { ActionButton } from '../../components/action-button.tsx'
import formStyles from '../../components/dialog-form.module.css'
import { DialogRefusals } from '../../components/dialog-form.tsx'
import { Field } from '../../components/fields/field.tsx'
import fieldStyles from '../../components/fields/fields.module.css'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { useActions, useMirror, useOffline, useUi } from '../../engine/cockpit/context.ts'
import { idle, partOf, type SaidClock } from '../../engine/page/ui-store.ts'
import { meetRefusal, meetWords } from './meet-words.ts'
import styles from './meet-dialog.module.css'

interface MeetDialogProps {
  readonly incidentId: string
  readonly kind: SaidClock
}

/** A person says that the plan of action is there, or that others were brought in. */
export function MeetDialog({ incidentId, kind }: MeetDialogProps) {
  const actions = useActions()
  const incident = useMirror(({ watch }) => watch?.incidents.get(incidentId))
  const kept = useOffline((state) => state.kept)
  const [text, setText] = useState('')
  const [refused, setRefused] = useState<ContractError | null>(null)
  const work = partOf('clock.meet', kind)
  const isPending = useUi((ui) => (ui.work.get(incidentId) ?? idle).pending.has(work))
  const forbidden = useMirror((state) =>
    incident
      ? meetRefusal(incident, kind, { ...state, kept })
      : 'This incident is no longer known.',
  )
  const { label, placeholder, send } = meetWords[kind]
  const submit = async () => {
    if (isPending || forbidden !== null) return
    setRefused(null)
    const given = await actions.meetClock(incidentId, kind, text.trim() === '' ? null : text.trim())
    if (given === null) return
    if (given.kind === 'answered' && !given.result.ok) setRefused(given.result.error)
    else actions.closeDialog()
  }
  return (
    <div className={formStyles.form}>
      <p className={formStyles.about}>{incident?.title}</p>
      <Field label={label} hint="Enter records it, Shift+Enter for a new line">
        {(control) => (
          <textarea
            {...control}
            className={fieldStyles.input}
            data-autofocus
            rows={1}
            value={text}
            maxLength={MAX_CLOCK_TEXT}
            placeholder={placeholder}
            onChange={({ target }) => setText(target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
              event.preventDefault()
              void submit()
            }}
          />
        )}
      </Field>
      <DialogRefusals refused={refused && describeRefusal(refused)} forbidden={forbidden} />
      <div className={styles.buttons}>
        <ActionButton label="Cancel" onPress={actions.closeDialog} />
        <ActionButton
          label={send}
          tone="primary"
          isPending={isPending}
          refusedBecause={forbidden}
          onPress={() => void submit()}
        />
      </div>
    </div>
  )
}
