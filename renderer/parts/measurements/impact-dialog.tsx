import { useRef, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import { MAX_IMPACT_TEXT, type SaidImpact } from '#shared/domain/impact/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { TextField } from '../../components/fields/controls.tsx'
import formStyles from '../../components/dialog-form.module.css'
import { DialogRefusals } from '../../components/dialog-form.tsx'
import { Field } from '../../components/fields/field.tsx'
import fieldStyles from '../../components/fields/fields.module.css'
import { keptRefusal } from '../../engine/commands/availability.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { useActions, useCockpit, useMirror, useUi } from '../../engine/cockpit/context.ts'
import { idle } from '../../engine/page/ui-store.ts'
import {
  impactDraft,
  problemsOf,
  reasonProblem,
  saidIn,
  type ImpactDraft,
  type ImpactProblems,
} from './impact-draft.ts'
import { expectedImpact, usualCurrency } from './expected-impact.ts'
import styles from './impact-dialog.module.css'

const nothing: SaidImpact = {
  affectedUsers: null,
  revenuePerMinute: null,
  risks: null,
  sentence: null,
}

interface ImpactDialogProps {
  readonly incidentId: string
}

/**
 * A person says what harm an incident does, beside what is measured. What was said last is in the
 * form when it opens; what the engine refuses stays in it.
 */
export function ImpactDialog({ incidentId }: ImpactDialogProps) {
  const actions = useActions()
  const { mirror, offline } = useCockpit()
  const incident = useMirror(({ watch }) => watch?.incidents.get(incidentId))
  const [before] = useState(() =>
    expectedImpact(incidentId, mirror.getState().watch, offline.state.getState().kept),
  )
  const [draft, setDraft] = useState(() =>
    impactDraft(before, usualCurrency(incidentId, mirror.getState().watch)),
  )
  const [problems, setProblems] = useState<ImpactProblems>({})
  const [refused, setRefused] = useState<ContractError | null>(null)
  const isPending = useUi(({ work }) => (work.get(incidentId) ?? idle).pending.has('impact.set'))
  const forbidden = useMirror((state) =>
    incident ? keptRefusal(incident, state, 'impact.set') : 'This incident is no longer known.',
  )
  const form = useRef<HTMLDivElement>(null)

  const change = (field: keyof ImpactDraft) => (text: string) => {
    setDraft({ ...draft, [field]: text })
    // What is being corrected is not scolded meanwhile.
    setProblems({ ...problems, [field]: undefined, all: undefined })
  }
  const send = async (said: SaidImpact, found: ImpactProblems) => {
    setProblems(found)
    setRefused(null)
    if (Object.keys(found).length > 0) {
      focusFirst(form.current, found)
      return
    }
    if (isPending || forbidden !== null) return
    const given = await actions.setImpact(incidentId, { ...said, reason: draft.reason.trim() })
    if (given === null) return
    if (given.kind === 'answered' && !given.result.ok) setRefused(given.result.error)
    else actions.closeDialog()
  }
  const submit = () => void send(saidIn(draft), problemsOf(draft))

  return (
    <div
      ref={form}
      className={formStyles.form}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
        const isLine = event.target instanceof HTMLInputElement
        if (!isLine && !event.ctrlKey && !event.metaKey) return
        event.preventDefault()
        submit()
      }}
    >
      <p className={formStyles.about}>{incident?.title}</p>
      <p className={styles.help}>
        Your words stand before the measured values, which stay in sight below them.
      </p>
      <div className={styles.numbers}>
        <TextField
          label="Affected users"
          field="users"
          data-autofocus
          value={draft.users}
          error={problems.users}
          placeholder="1200"
          onChange={change('users')}
        />
        <TextField
          label="Revenue lost per minute"
          field="amount"
          value={draft.amount}
          error={problems.amount}
          placeholder="1420"
          onChange={change('amount')}
        />
        <TextField
          label="Currency"
          field="currency"
          value={draft.currency}
          error={problems.currency}
          onChange={change('currency')}
        />
      </div>
      <Words
        label="Risks"
        field="risks"
        value={draft.risks}
        placeholder="Security, compliance, SLA, reputation"
        onChange={change('risks')}
      />
      <Words
        label="In your words"
        field="sentence"
        value={draft.sentence}
        placeholder="Half of all card payments fail in Europe"
        onChange={change('sentence')}
      />
      <Words
        label="Reason (required)"
        field="reason"
        value={draft.reason}
        error={problems.reason}
        placeholder="How you know it"
        onChange={change('reason')}
      />
      {problems.all === undefined ? null : (
        <p className={formStyles.problem} role="alert">
          {problems.all}
        </p>
      )}
      <DialogRefusals refused={refused && describeRefusal(refused)} forbidden={forbidden} />
      <div className={styles.buttons}>
        {before === null ? null : (
          <ActionButton
            label="Use measured values again"
            refusedBecause={forbidden}
            onPress={() => void send(nothing, reasonProblem(draft))}
          />
        )}
        <span className={styles.space} />
        <ActionButton label="Cancel" onPress={actions.closeDialog} />
        <ActionButton
          label="Set impact"
          tone="primary"
          isPending={isPending}
          refusedBecause={forbidden}
          onPress={submit}
        />
      </div>
    </div>
  )
}

interface WordsProps {
  readonly label: string
  readonly field: keyof ImpactDraft
  readonly value: string
  readonly error?: string | undefined
  readonly placeholder: string
  readonly onChange: (text: string) => void
}

/** Some words, in as many lines as they take. */
function Words({ label, field, value, error, placeholder, onChange }: WordsProps) {
  return (
    <Field label={label} field={field} error={error}>
      {(control) => (
        <textarea
          {...control}
          className={fieldStyles.input}
          rows={1}
          value={value}
          maxLength={MAX_IMPACT_TEXT}
          placeholder={placeholder}
          aria-required={field === 'reason'}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}

/** Leads to the first field that is wrong; where none is by itself, to the first of all. */
function focusFirst(form: HTMLElement | null, problems: ImpactProblems): void {
  const fields = [...(form?.querySelectorAll<HTMLElement>('[data-field]') ?? [])]
  const wrong = fields.find(({ dataset }) => (dataset['field'] ?? '') in problems) ?? fields[0]
  wrong?.querySelector<HTMLElement>('input, textarea')?.focus()
}
