import { IconExternalLink } from '@tabler/icons-react'
import { KeyHint } from './key-hint.tsx'
import styles from './action-button.module.css'

interface LinkButtonProps {
  /** Checked with `safeLink` by the caller. */
  readonly href: string
  readonly label: string
  readonly hint: string
}

/** A link out of the cockpit among buttons; like each of them it shows its key. */
export function LinkButton({ href, label, hint }: LinkButtonProps) {
  return (
    <a
      className={styles.button}
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      title={href}
      aria-keyshortcuts={hint}
    >
      <IconExternalLink size={15} aria-hidden="true" />
      <span>{label}</span>
      <KeyHint>{hint}</KeyHint>
    </a>
  )
}
