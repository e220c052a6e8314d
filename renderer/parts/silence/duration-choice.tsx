import { useId } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { silenceChoices, toLocalInput } from '../../text/silence-choices.ts'
import { Choice, Choices, FieldGroup } from './field-group.tsx'
import { endOf, type DraftEnd } from './silence-draft.ts'
import styles from './silence-input.module.css'

interface DurationChoiceProps {
  readonly end: DraftEnd
  readonly onChange: (end: DraftEnd) => void
  /** When it would end now, in words. */
  readonly until: string
}

/** How long: one of a few, or a moment. */
export function DurationChoice({ end, onChange, until }: DurationChoiceProps) {
  const { engineNow } = useCockpit()
  const name = useId()
  return (
    <FieldGroup title="Duration" note={until}>
      <Choices>
        {silenceChoices(engineNow()).map(({ id, label }) => (
          <Choice
            key={id}
            name={name}
            label={label}
            isChosen={end.kind === 'choice' && end.id === id}
            onChoose={() => onChange({ kind: 'choice', id })}
          />
        ))}
        <Choice
          name={name}
          label="Until…"
          isChosen={end.kind === 'custom'}
          onChoose={() => {
            const now = engineNow()
            onChange({ kind: 'custom', text: toLocalInput(endOf({ end }, now) ?? now) })
          }}
        />
        {end.kind === 'custom' ? (
          <input
            className={styles.input}
            type="datetime-local"
            aria-label="End of the silence"
            value={end.text}
            onChange={({ target }) => onChange({ kind: 'custom', text: target.value })}
          />
        ) : null}
      </Choices>
    </FieldGroup>
  )
}
