import type { EarlierIncident } from '#shared/domain/history/earlier.ts'
import { ClampedText } from '../../components/clamped-text.tsx'
import styles from './before.module.css'

interface HowItEndedProps {
  readonly earlier: EarlierIncident
  /** Whether the steps that were done are named too. */
  readonly isWhole: boolean
}

/** What is known of an earlier incident's end: its cause, how it was mitigated, a note, the steps. */
export function HowItEnded({ earlier, isWhole }: HowItEndedProps) {
  const { cause, mitigation, note, steps } = earlier
  const done = steps.filter(({ state }) => state === 'done')
  return (
    <>
      {cause ? (
        <ClampedText lead="Cause: " lines={3}>
          {cause.text}
        </ClampedText>
      ) : null}
      {mitigation ? (
        <ClampedText lead="Mitigated: " lines={3}>
          {mitigation.text}
        </ClampedText>
      ) : null}
      {note && note.text !== mitigation?.text ? (
        <blockquote className={styles.note}>
          <ClampedText lines={3}>{note.text}</ClampedText>
        </blockquote>
      ) : null}
      {isWhole && done.length > 0 ? (
        <p className={styles.soft}>
          Done then:{' '}
          {done.map(({ text, note: said }) => (said ? `${text} (“${said}”)` : text)).join('; ')}
        </p>
      ) : null}
    </>
  )
}
