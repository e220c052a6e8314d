import { Field } from '../../components/fields/field.tsx'
import fieldStyles from '../../components/fields/fields.module.css'
import { dueInHint, type DueIn } from './due-in.ts'

interface DueInFieldProps {
  readonly label: string
  readonly value: string
  /** What the value comes to, from `now` on: ms since the epoch, UTC. */
  readonly due: DueIn
  readonly now: number
  /** True once it was tried to send it: until then what is wrong with it is not said. */
  readonly isTried: boolean
  readonly onChange: (text: string) => void
}

/** The time until something is due, as people type it. */
export function DueInField({ label, value, due, now, isTried, onChange }: DueInFieldProps) {
  const error = isTried && due.kind === 'invalid' ? 'Not a time: write 30m or 2h' : undefined
  return (
    <Field label={label} hint={dueInHint(due, now)} error={error}>
      {(control) => (
        <input
          {...control}
          className={fieldStyles.input}
          value={value}
          autoComplete="off"
          spellCheck={false}
          // What is typed takes the place of what stands there: 30m behind 1h would be an hour and a half.
          onFocus={({ currentTarget }) => currentTarget.select()}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}
