import numeric from '../../components/numeric.module.css'
import { OutsideText } from '../../components/outside-text.tsx'
import { useShownLabels } from './shown-labels.ts'
import styles from './trigger-lines.module.css'

interface MeasuredLineProps {
  /** Of the alerts whose labels are in its words. */
  readonly incidentId: string
  /** How it stands, in one word, and by which colour. */
  readonly standing: { readonly tone: string; readonly word: string }
  readonly text: string
  /** Value, threshold, time and source. */
  readonly facts: string
}

/** A watched condition as one line: how it stands, what it is, and by which numbers. */
export function MeasuredLine({ incidentId, standing, text, facts }: MeasuredLineProps) {
  const shownText = useShownLabels(incidentId, text)
  const shownFacts = useShownLabels(incidentId, facts)
  return (
    <div className={styles.line}>
      <span className={styles.standing} data-standing={standing.tone}>
        {standing.word}
      </span>
      <span className={styles.text}>
        <OutsideText>{shownText}</OutsideText>
      </span>
      {shownFacts !== '' && (
        <span className={`${styles.facts ?? ''} ${numeric.numeric ?? ''}`}>{shownFacts}</span>
      )}
    </div>
  )
}
