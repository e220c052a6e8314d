import { IconFilter, IconX } from '@tabler/icons-react'
import { IconButton } from '../components/icon-button.tsx'
import { KeyHint } from '../components/key-hint.tsx'
import { useRequest } from '../components/use-request.ts'
import { keyOf } from '../keyboard/shortcuts.ts'
import { MAX_FILTER_LENGTH } from './filter-terms.ts'
import styles from './filter-input.module.css'

interface FilterInputProps extends Omit<React.ComponentProps<'input'>, 'type' | 'value' | 'ref'> {
  readonly ref: React.RefObject<HTMLInputElement | null>
  readonly text: string
  /** What the field does; without it, it filters. */
  readonly icon?: React.ReactNode
  readonly isInvalid: boolean
  /** The focus is wanted here: another object each time. */
  readonly request: object | null
  /** What the button that empties the field is called. */
  readonly clearLabel: string
  readonly onClear: () => void
}

/** The field that a list's filter is typed into, with the key that leads here or a way to empty it. */
export function FilterInput({
  ref,
  text,
  icon = <IconFilter size={16} aria-hidden="true" />,
  isInvalid,
  request,
  clearLabel,
  onClear,
  ...props
}: FilterInputProps) {
  useRequest(request, () => {
    ref.current?.focus()
    ref.current?.select()
  })
  return (
    <div className={styles.field} data-problem={isInvalid}>
      <span className={styles.icon}>{icon}</span>
      <input
        {...props}
        ref={ref}
        className={styles.input}
        type="text"
        aria-invalid={isInvalid}
        aria-keyshortcuts={keyOf('filter')}
        autoComplete="off"
        spellCheck={false}
        maxLength={MAX_FILTER_LENGTH}
        value={text}
      />
      {text === '' ? (
        <span className={styles.key}>
          <KeyHint>{keyOf('filter')}</KeyHint>
        </span>
      ) : (
        <IconButton
          label={clearLabel}
          onClick={() => {
            onClear()
            ref.current?.focus()
          }}
        >
          <IconX size={15} />
        </IconButton>
      )}
    </div>
  )
}
