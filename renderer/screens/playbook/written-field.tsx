import { useEffect, useRef, useState } from 'react'
import { Field } from '../../components/fields/field.tsx'
import styles from '../../components/fields/fields.module.css'

interface WrittenFieldProps {
  readonly label: string
  /** What the file says. */
  readonly value: string
  /** Called when the field is left with something else in it. */
  readonly onWrite: (text: string) => void
  readonly isReadOnly: boolean
  readonly hint?: string
  readonly placeholder?: string
  /** More than one line. */
  readonly isLong?: boolean
  readonly isMono?: boolean
  /** What is wrong with it. */
  readonly error?: string
  /** It is to take the focus, with all its text selected. */
  readonly isWanted?: boolean
  /** Called once it has it. */
  readonly onWanted?: () => void
}

/** A value of the file: what is typed is written into it when the field is left. */
export function WrittenField({
  label,
  value,
  onWrite,
  isReadOnly,
  hint,
  placeholder,
  isLong = false,
  isMono = false,
  error,
  isWanted = false,
  onWanted,
}: WrittenFieldProps) {
  const box = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  useEffect(() => {
    if (!isWanted) return
    box.current?.focus()
    box.current?.select()
    onWanted?.()
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when it is wanted
  }, [isWanted])
  // What is typed holds until the file says something else.
  const [draft, setDraft] = useState<{ readonly text: string; readonly over: string } | null>(null)
  const text = draft?.over === value ? draft.text : value
  const common = {
    className: styles.input,
    'data-mono': isMono,
    value: text,
    placeholder,
    readOnly: isReadOnly,
    spellCheck: false,
    onBlur: () => {
      if (text !== value) onWrite(text)
    },
  }
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) =>
        isLong ? (
          <textarea
            {...control}
            {...common}
            ref={box}
            rows={1}
            onChange={({ target }) => setDraft({ text: target.value, over: value })}
          />
        ) : (
          <input
            {...control}
            {...common}
            ref={box}
            autoComplete="off"
            onChange={({ target }) => setDraft({ text: target.value, over: value })}
            onKeyDown={({ key, nativeEvent }) => {
              if (key === 'Enter' && !nativeEvent.isComposing && text !== value) onWrite(text)
            }}
          />
        )
      }
    </Field>
  )
}
