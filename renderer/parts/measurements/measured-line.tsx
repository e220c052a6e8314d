import numeric from '../../components/numeric.module.css'
import { OutsideText } from '../../components/outside-text.tsx'
import styles from './trigger-lines.module.css'

interface MeasuredLineProps {
  /** How it stands, in one word, and by which colour. */
  readonly standing: { readonly tone: string; readonly word: string }
  readonly text: string
  /** Value, threshold, time and source. */
  readonly facts: string
}

/** A watched condition as one line: how it stands, what it is, and by which numbers. */
export function MeasuredLine({ standing, text, facts }: MeasuredLineProps) {
  return (
    <div className={styles.line}>
      <span className={styles.standing} data-standing={standing.tone}>
        {standing.word}
      </span>
      <span className={styles.text}>
        <OutsideText>{text}</OutsideText>
      </span>
      {facts !== '' && (
        <span className={`${styles.facts ?? ''} ${numeric.numeric ?? ''}`}>{facts}</span>
      )}
    </div>
  )
}
