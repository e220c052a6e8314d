import { useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { Prepared } from '#shared/contract/operations/execution.ts'
import { ActionButton } from '../../components/action-button.tsx'
import formStyles from '../../components/dialog-form.module.css'
import { DialogRefusals } from '../../components/dialog-form.tsx'
import { Field } from '../../components/fields/field.tsx'
import fieldStyles from '../../components/fields/fields.module.css'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import type { CodePlace } from './use-prepared.ts'
import styles from './run-dialog.module.css'

interface RunDialogProps {
  readonly place: CodePlace
  readonly prepared: Prepared
}

/** Asks before something is changed or destroyed: what runs, and on what. */
export function RunDialog({ place, prepared }: RunDialogProps) {
  const actions = useActions()
  const { client } = useCockpit()
  const forbidden = useMirror((state) => refusalOf(state, 'execution.start'))
  const [typed, setTyped] = useState('')
  const [isPending, setPending] = useState(false)
  const [refused, setRefused] = useState<ContractError | null>(null)
  const { shown, targets, why, risk } = prepared
  const isTyped = prepared.typed === null || typed === prepared.typed
  const unready = isTyped ? null : `Type ${prepared.typed} first.`
  const run = async () => {
    if (isPending || forbidden !== null || !isTyped) return
    setPending(true)
    const result = await client.request('execution.start', {
      ...place,
      confirmed: prepared.seal,
      typed: prepared.typed === null ? null : typed,
    })
    setPending(false)
    if (result.ok) actions.closeDialog()
    else setRefused(result.error)
  }
  return (
    <div className={formStyles.form}>
      <dl className={styles.targets}>
        {targets.map(({ kind, value }) => (
          <div key={`${kind} ${value}`}>
            <dt>{kind}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <pre className={styles.command}>{shown}</pre>
      {why.length === 0 ? null : (
        <ul className={styles.why}>
          {why.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      {prepared.typed === null ? null : (
        <Field label={`Type ${prepared.typed} to confirm`}>
          {(control) => (
            <input
              {...control}
              className={fieldStyles.input}
              data-autofocus
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setTyped(target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !event.nativeEvent.isComposing) void run()
              }}
            />
          )}
        </Field>
      )}
      <DialogRefusals refused={refused && describeRefusal(refused)} forbidden={forbidden} />
      <div className={styles.buttons}>
        <ActionButton label="Cancel" onPress={actions.closeDialog} />
        <ActionButton
          label={risk === 'destroy' ? 'Destroy' : 'Run'}
          tone={risk === 'destroy' ? 'danger' : 'primary'}
          isPending={isPending}
          refusedBecause={forbidden ?? unready}
          onPress={() => void run()}
        />
      </div>
    </div>
  )
}
