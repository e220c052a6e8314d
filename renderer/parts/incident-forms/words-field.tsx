import { MAX_ENTRY_TEXT } from '#shared/domain/coordination/schema.ts'
import { Field } from '../../components/fields/field.tsx'
import fieldStyles from '../../components/fields/fields.module.css'

interface WordsFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly placeholder?: string | undefined
  readonly isRequired?: boolean
  readonly isFirst?: boolean
  readonly maxLength?: number
}

/** Some words, in as many lines as they take. */
export function WordsField({
  label,
  value,
  onChange,
  hint,
  error,
  placeholder,
  isRequired = false,
  isFirst = false,
  maxLength = MAX_ENTRY_TEXT,
}: WordsFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <textarea
          {...control}
          className={fieldStyles.input}
          {...(isFirst ? { 'data-autofocus': true } : {})}
          rows={1}
          value={value}
          maxLength={maxLength}
          placeholder={placeholder}
          aria-required={isRequired}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}
