import { KeyHint } from './key-hint.tsx'
import styles from './action-button.module.css'

interface ActionButtonProps {
  readonly label: string
  readonly hint?: string
  readonly tone?: 'primary' | 'plain' | 'danger'
  readonly isPending?: boolean
  /** Why it cannot be used now; it stays reachable, so that the reason can be read. */
  readonly refusedBecause?: string | null
  readonly onPress: () => void
  /** Pressed although it cannot be used: shows the reason to who cannot hover. */
  readonly onRefused?: (reason: string) => void
  readonly ref?: React.Ref<HTMLButtonElement>
}

/** A button that shows its key, whether it is at work, and why it cannot be used. */
export function ActionButton({
  label,
  hint,
  tone = 'plain',
  isPending = false,
  refusedBecause = null,
  onPress,
  onRefused,
  ref,
  ...passed
}: ActionButtonProps) {
  const isOff = isPending || refusedBecause !== null
  return (
    <button
      {...passed}
      ref={ref}
      type="button"
      className={styles.button}
      data-tone={tone}
      aria-disabled={isOff}
      aria-busy={isPending}
      aria-keyshortcuts={hint}
      title={refusedBecause ?? undefined}
      onClick={() => {
        if (!isOff) onPress()
        else if (refusedBecause !== null) onRefused?.(refusedBecause)
      }}
    >
      {isPending ? <span className={styles.spinner} aria-hidden="true" /> : null}
      <span>{label}</span>
      {hint !== undefined && !isPending ? <KeyHint>{hint}</KeyHint> : null}
    </button>
  )
}
