import type { ContractError } from '#shared/contract/errors.ts'
import { Instant } from '../../../components/instant.tsx'
import { OutsideText } from '../../../components/outside-text.tsx'
import styles from './entry-row.module.css'

interface EntryRowProps {
  readonly text: string
  /** What became of it, in a word; left out for one that is open. */
  readonly state?: string | undefined
  readonly tone?: 'good' | 'late' | 'over' | undefined
  /** Who said it, as a part of a sentence: `by Ada`; empty for nobody. */
  readonly by: string
  /** ms since the epoch, UTC; null where nobody knows. */
  readonly at: number | null
  /** What else is said of it, such as why. */
  readonly note?: string | null
  readonly refused?: ContractError | null
  /** What can be done with it. */
  readonly children?: React.ReactNode
}

/** One entry of a section: what it says, what became of it, who and when, and what can be done. */
export function EntryRow({
  text,
  state,
  tone,
  by,
  at,
  note = null,
  refused = null,
  children,
}: EntryRowProps) {
  return (
    <li className={styles.row} data-row="" data-tone={tone}>
      <p className={styles.text}>
        {state === undefined ? null : <span className={styles.state}>{state} </span>}
        <span className={styles.words}>
          <OutsideText>{text}</OutsideText>
        </span>
      </p>
      {note === null ? null : (
        <p className={styles.note}>
          “<OutsideText>{note}</OutsideText>”
        </p>
      )}
      <div className={styles.foot}>
        <span className={styles.said}>
          {by} {at === null ? null : <Instant at={at} precision="minute" />}
        </span>
        {children}
      </div>
      {refused === null ? null : (
        <p className={styles.refused}>
          {refused.message} {refused.hint}
        </p>
      )}
    </li>
  )
}
