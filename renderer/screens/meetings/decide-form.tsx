import { useState } from 'react'
import {
  decisionTopicSchema,
  MAX_MEETING_TEXT,
  topicName,
  type DecisionTopic,
  type MeetingKind,
} from '#shared/domain/meeting/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { SelectField } from '../../components/fields/controls.tsx'
import { Field } from '../../components/fields/field.tsx'
import fieldStyles from '../../components/fields/fields.module.css'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import styles from './meetings.module.css'

const NOBODY = ''

const topics = decisionTopicSchema.options.map((value) => ({ value, label: topicName[value] }))

/** Writes down what the meeting decides. */
export function DecideForm({ kind, day }: { readonly kind: MeetingKind; readonly day: string }) {
  const actions = useActions()
  const status = useMirror((state) => state.status)
  const refusedBecause = useMirror((state) => refusalOf(state, 'meeting.decide'))
  const [text, setText] = useState('')
  const [owner, setOwner] = useState<string>(NOBODY)
  const [topic, setTopic] = useState<DecisionTopic>('other')
  const [isPending, setPending] = useState(false)
  const you = status?.you
  const people = (status?.people ?? []).filter(({ id }) => id !== you?.id)
  const owners = [
    { value: NOBODY, label: 'Nobody yet' },
    ...(you ? [{ value: you.id, label: `${you.name} (you)` }] : []),
    ...people.map(({ id, name }) => ({ value: id, label: name })),
  ]
  const submit = async () => {
    if (isPending || refusedBecause !== null || text.trim() === '') return
    setPending(true)
    const result = await actions.decideInMeeting({
      ...{ kind, day, text: text.trim(), topic },
      owner: owner === NOBODY ? null : owner,
    })
    setPending(false)
    if (result.ok) setText('')
  }
  return (
    <section className={styles.section} aria-labelledby="decide">
      <h2 id="decide" className={styles.heading}>
        Add a decision
      </h2>
      <div className={styles.form}>
        <Field label="Decision" field="decision" hint="Enter records it, W puts the cursor here">
          {(control) => (
            <input
              {...control}
              className={fieldStyles.input}
              value={text}
              maxLength={MAX_MEETING_TEXT}
              autoComplete="off"
              onChange={({ target }) => setText(target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
                event.preventDefault()
                void submit()
              }}
            />
          )}
        </Field>
        <SelectField label="Owner" value={owner} options={owners} onChange={setOwner} />
        <SelectField label="Topic" value={topic} options={topics} onChange={setTopic} />
        <ActionButton
          label="Record"
          tone="primary"
          isPending={isPending}
          refusedBecause={refusedBecause}
          onPress={() => void submit()}
        />
      </div>
    </section>
  )
}
