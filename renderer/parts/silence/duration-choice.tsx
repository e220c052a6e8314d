import { useId } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { silenceChoices, toLocalInput } from '../../text/silence-choices.ts'
import { endOf, type DraftEnd } from './silence-draft.ts'
import styles from './duration-choice.module.css'

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
    <fieldset className={styles.group}>
      <legend className={styles.legend}>
        Duration <span className={styles.until}>{until}</span>
      </legend>
      <div className={styles.choices}>
        {silenceChoices(engineNow()).map(({ id, label }) => (
          <label key={id} className={styles.choice}>
            <input
              type="radio"
              name={name}
              checked={end.kind === 'choice' && end.id === id}
              onChange={() => onChange({ kind: 'choice', id })}
            />
            <span>{label}</span>
          </label>
        ))}
        <label className={styles.choice}>
          <input
            type="radio"
            name={name}
            checked={end.kind === 'custom'}
            onChange={() => {
              const now = engineNow()
              onChange({ kind: 'custom', text: toLocalInput(endOf({ end }, now) ?? now) })
            }}
          />
          <span>Until…</span>
        </label>
        {end.kind === 'custom' ? (
          <input
            className={styles.moment}
            type="datetime-local"
            aria-label="End of the silence"
            value={end.text}
            onChange={({ target }) => onChange({ kind: 'custom', text: target.value })}
          />
        ) : null}
      </div>
    </fieldset>
  )
}
