import { useEffect, useRef } from 'react'
import { ActionButton } from '../../components/action-button.tsx'
import type { FocusLater } from '../../components/late-focus.ts'
import { useSettingsModel } from './settings-model.ts'
import styles from './save-bar.module.css'

interface SaveQuestionProps {
  /** The test has taken its time. */
  readonly focusLater: FocusLater
  readonly onBack: () => void
}

/** Asks before a source is saved that failed its test: its alerts would not arrive. */
export function SaveQuestion({ focusLater, onBack }: SaveQuestionProps) {
  const { actions } = useSettingsModel()
  const back = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
    // The answer that changes nothing is the one at hand.
    focusLater(back.current, { preventScroll: true })
  }, [focusLater])
  return (
    <div
      ref={box}
      className={`${styles.refusal ?? ''} ${styles.question ?? ''}`}
      data-tone="warn"
      role="group"
      aria-label="Save anyway?"
    >
      <strong>Save anyway?</strong> No alerts arrive from this source until it works.
      <div className={styles.buttons}>
        <ActionButton ref={back} label="Keep editing" onPress={onBack} />
        <ActionButton
          label="Save anyway"
          tone="danger"
          onPress={() => void actions.save('source', true)}
        />
      </div>
    </div>
  )
}
