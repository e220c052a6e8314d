import { useId } from 'react'
import { Field } from './field.tsx'
import styles from './fields.module.css'

interface Labelled {
  readonly label: string
  readonly hint?: React.ReactNode
  readonly error?: string | undefined
  /** What it is called where something leads to it. */
  readonly field?: string | undefined
}

interface TextFieldProps extends Labelled {
  readonly value: string
  /** Without it the text can be read and copied only. */
  readonly onChange?: (value: string) => void
  /** Called when it is left with something in it: what is only empty may still be filled. */
  readonly onLeave?: () => void
  readonly isMono?: boolean
  readonly type?: 'text' | 'password' | 'time' | 'number'
  readonly placeholder?: string
  readonly list?: string
  readonly ref?: React.Ref<HTMLInputElement>
}

/** One line of text. */
export function TextField({
  label,
  hint,
  error,
  field,
  value,
  onChange,
  onLeave,
  isMono = false,
  type = 'text',
  ...passed
}: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} field={field}>
      {(control) => (
        <input
          {...control}
          {...passed}
          className={styles.input}
          data-mono={isMono}
          type={type}
          value={value}
          autoComplete={type === 'password' ? 'new-password' : 'off'}
          autoCapitalize="off"
          spellCheck={false}
          readOnly={onChange === undefined}
          onChange={(event) => onChange?.(event.target.value)}
          onBlur={() => {
            if (value !== '') onLeave?.()
          }}
        />
      )}
    </Field>
  )
}

interface LinesFieldProps extends Labelled {
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
  /** Called when it is left with something in it: what is only empty may still be filled. */
  readonly onLeave?: () => void
  readonly placeholder?: string
}

/** Several texts, one a line. */
export function LinesField({
  label,
  hint,
  error,
  field,
  values,
  onChange,
  onLeave,
  ...passed
}: LinesFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} field={field}>
      {(control) => (
        <textarea
          {...control}
          {...passed}
          className={styles.input}
          data-mono
          rows={Math.min(6, Math.max(1, values.length))}
          value={values.join('\n')}
          spellCheck={false}
          onChange={({ target }) => onChange(target.value === '' ? [] : target.value.split('\n'))}
          onBlur={() => {
            if (values.length > 0) onLeave?.()
          }}
        />
      )}
    </Field>
  )
}

interface SelectFieldProps<Value extends string> extends Labelled {
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  /** True where the focus of a dialog begins. */
  readonly isFirst?: boolean
}

/** One of a few. */
export function SelectField<Value extends string>({
  label,
  hint,
  error,
  field,
  value,
  options,
  onChange,
  isFirst = false,
}: SelectFieldProps<Value>) {
  return (
    <Field label={label} hint={hint} error={error} field={field}>
      {(control) => (
        <select
          {...control}
          {...(isFirst ? { 'data-autofocus': true } : {})}
          className={styles.input}
          value={value}
          onChange={({ target }) => {
            const chosen = options.find((option) => option.value === target.value)
            if (chosen) onChange(chosen.value)
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

interface CheckFieldProps {
  readonly label: React.ReactNode
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  /** Has the focus when the dialog that it is in opens. */
  readonly isFocused?: boolean
}

/** Yes or no. */
export function CheckField({ label, checked, onChange, isFocused = false }: CheckFieldProps) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        data-autofocus={isFocused ? true : undefined}
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>{label}</span>
    </label>
  )
}

interface ChoiceFieldProps<Value extends string> {
  readonly legend: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: React.ReactNode }[]
  readonly onChange: (value: Value) => void
}

/** One of a few, all in sight. */
export function ChoiceField<Value extends string>({
  legend,
  value,
  options,
  onChange,
}: ChoiceFieldProps<Value>) {
  const name = useId()
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      <div className={styles.choices}>
        {options.map((option) => (
          <label key={option.value} className={styles.check}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
