import { HiddenText } from './hidden-text.tsx'
import styles from './key-hint.module.css'

interface KeyHintProps {
  readonly children: string
  /**
   * How a screen reader says it. Left out on a button, which tells its key by itself
   * (`aria-keyshortcuts`): the hint would become a part of its name.
   */
  readonly spoken?: string
}

/** A key, as it is written on the button of its action. */
export function KeyHint({ children, spoken }: KeyHintProps) {
  return (
    <>
      <kbd className={styles.key} aria-hidden="true">
        {children}
      </kbd>
      {spoken === undefined ? null : <HiddenText>{spoken}</HiddenText>}
    </>
  )
}
