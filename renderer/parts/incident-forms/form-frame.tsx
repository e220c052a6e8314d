import { useRef } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import { ActionButton } from '../../components/action-button.tsx'
import formStyles from '../../components/dialog-form.module.css'
import { DialogRefusals } from '../../components/dialog-form.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import styles from './form-frame.module.css'

interface FormFrameProps {
  /** The incident that it is about; null for none. */
  readonly incidentId: string | null
  /** What it is about more exactly, such as the text of a hypothesis. */
  readonly quote?: string | null
  readonly submit: string
  readonly tone?: 'primary' | 'danger'
  readonly isPending: boolean
  readonly refused: ContractError | null
  readonly forbidden: string | null
  /** False where something is missing: the first field that is marked as wrong has the focus then. */
  readonly onSubmit: () => boolean
  readonly children: React.ReactNode
}

/** What the forms about an incident have in common: Enter sends, a refusal leaves what was typed. */
export function FormFrame({
  incidentId,
  quote = null,
  submit,
  tone = 'primary',
  isPending,
  refused,
  forbidden,
  onSubmit,
  children,
}: FormFrameProps) {
  const actions = useActions()
  const form = useRef<HTMLDivElement>(null)
  const title = useMirror(({ watch }) =>
    incidentId === null ? null : (watch?.incidents.get(incidentId)?.title ?? null),
  )
  const isLost = useMirror(({ connection }) => connection.phase === 'lost')
  const press = () => {
    if (onSubmit()) return
    // The mistakes are shown with the next rendering.
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    )
  }
  return (
    <div
      ref={form}
      className={formStyles.form}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
        const { target } = event
        const isField =
          target instanceof HTMLInputElement ||
          target instanceof HTMLTextAreaElement ||
          target instanceof HTMLSelectElement
        if (!isField) return
        event.preventDefault()
        press()
      }}
    >
      {title === null ? null : <p className={formStyles.about}>{title}</p>}
      {quote === null ? null : <p className={styles.quote}>{quote}</p>}
      {children}
      <DialogRefusals refused={refused && describeRefusal(refused)} forbidden={forbidden} />
      <div className={styles.foot}>
        <p className={styles.help}>
          {isLost ? 'Enter queues it' : 'Enter records it'}, Shift+Enter for a new line
        </p>
        <ActionButton label="Cancel" onPress={actions.closeDialog} />
        <ActionButton
          label={submit}
          tone={tone}
          isPending={isPending}
          refusedBecause={forbidden}
          onPress={press}
        />
      </div>
    </div>
  )
}
