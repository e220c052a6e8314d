import { useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import { MAX_CONFIDENTIAL_REASON } from '#shared/domain/confidential/schema.ts'
import { currentId } from '#shared/domain/person/identity.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { CheckField } from '../../components/fields/controls.tsx'
import { Field } from '../../components/fields/field.tsx'
import fieldStyles from '../../components/fields/fields.module.css'
import formStyles from '../../components/dialog-form.module.css'
import { DialogRefusals } from '../../components/dialog-form.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import styles from './confidential.module.css'
import { useRestriction } from './use-restriction.ts'

/** A person says who may see an incident, or that everybody may. */
export function ConfidentialDialog({ incidentId }: { readonly incidentId: string }) {
  const actions = useActions()
  const restriction = useRestriction(incidentId)
  const incident = useMirror(({ watch }) => watch?.incidents.get(incidentId))
  const status = useMirror((state) => state.status)
  const refusal = useMirror((state) => refusalOf(state, 'incident.restrict'))
  const [named, setNamed] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        restriction?.people.map(({ id }) => currentId(id, { owner: status?.owner ?? id })) ?? [],
      ),
  )
  const [reason, setReason] = useState('')
  const [isPending, setPending] = useState(false)
  const [refused, setRefused] = useState<ContractError | null>(null)
  const forbidden = incident ? refusal : 'This incident is no longer known.'
  const owner = status?.owner
  const you = status?.you.id
  const others = [...(status?.people ?? []), ...(restriction?.people ?? [])]
    .filter(({ id }, index, all) => all.findIndex((each) => each.id === id) === index)
    .filter(({ id }) => id !== owner && id !== you)
  const ownerName = status?.people.find(({ id }) => id === owner)?.name

  const send = async (isRestricted: boolean) => {
    if (isPending || forbidden !== null) return
    setPending(true)
    setRefused(null)
    const why = reason.trim() === '' ? null : reason.trim()
    const result = isRestricted
      ? await actions.restrict(incidentId, [...named], why)
      : await actions.unrestrict(incidentId, why)
    setPending(false)
    if (result.ok) actions.closeDialog()
    else setRefused(result.error)
  }
  const toggle = (id: string) => (isNamed: boolean) => {
    const next = new Set(named)
    if (isNamed) next.add(id)
    else next.delete(id)
    setNamed(next)
  }

  return (
    <div
      className={formStyles.form}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
        // A button is pressed by it.
        if (event.target instanceof HTMLButtonElement) return
        event.preventDefault()
        void send(true)
      }}
    >
      <p className={formStyles.about}>{incident?.title}</p>
      <p className={styles.help}>
        Others see nothing of it: not here, not in search, history, exports or notifications. Only
        the people selected can change this.
      </p>
      <fieldset className={styles.people} aria-label="Who can see it">
        <p className={styles.always}>
          {you === owner ? 'You, as the owner' : 'You'}
          {you === owner
            ? ' of this Deckwatch'
            : ` and ${ownerName ?? 'the owner'}, who owns this Deckwatch and its disk`}
        </p>
        {others.length === 0 ? (
          <p className={styles.help}>
            Nobody else is listed. Add people to deckwatch.yaml to select them here.
          </p>
        ) : (
          others.map(({ id, name }, index) => (
            <CheckField
              key={id}
              label={name}
              isFocused={index === 0}
              checked={named.has(id)}
              onChange={toggle(id)}
            />
          ))
        )}
      </fieldset>
      <Field label="Reason (optional)" field="reason">
        {(control) => (
          <input
            {...control}
            className={fieldStyles.input}
            data-autofocus={others.length === 0 ? true : undefined}
            type="text"
            value={reason}
            maxLength={MAX_CONFIDENTIAL_REASON}
            placeholder="Names of customers in it"
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </Field>
      <p className={styles.help}>
        It holds for this incident. For the next one of the same alert, add a rule to confidential:
        in deckwatch.yaml.
      </p>
      <DialogRefusals refused={refused && describeRefusal(refused)} forbidden={forbidden} />
      <div className={styles.buttons}>
        {restriction === null ? null : (
          <ActionButton
            label="Make visible to everybody"
            refusedBecause={forbidden}
            onPress={() => void send(false)}
          />
        )}
        <span className={styles.space} />
        <ActionButton label="Cancel" onPress={actions.closeDialog} />
        <ActionButton
          label={restriction === null ? 'Make confidential' : 'Change who sees it'}
          tone="primary"
          isPending={isPending}
          refusedBecause={forbidden}
          onPress={() => void send(true)}
        />
      </div>
    </div>
  )
}
