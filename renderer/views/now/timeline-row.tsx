import type { TimelineEntry } from '#shared/domain/timeline/timeline.ts'
import { Instant } from '../../components/instant.tsx'
import { OutsideText } from '../../components/outside-text.tsx'
import { formatCount } from '../../text/plural.ts'
import { whoIs } from '../../text/who.ts'
import styles from './timeline-row.module.css'

interface TimelineRowProps {
  readonly entry: TimelineEntry
  readonly me: string | undefined
}

/** One entry: when, who, what; how many equal ones it stands for. */
export function TimelineRow({ entry, me }: TimelineRowProps) {
  return (
    <li className={styles.row} data-kind={entry.kind}>
      <span className={styles.time}>
        <Instant at={entry.at} precision="second" />
      </span>
      <span className={styles.text}>
        <span className={styles.who}>{whoIs(entry.actor, me)}</span>{' '}
        {entry.kind === 'note' ? (
          <span className={styles.note}>
            <OutsideText>{entry.text}</OutsideText>
          </span>
        ) : (
          <>
            {entry.text}
            {entry.until === undefined ? null : (
              <>
                {' '}
                <Instant at={entry.until} precision="minute" />
              </>
            )}
          </>
        )}
        {entry.count > 1 ? (
          <span className={styles.count} title={`${formatCount(entry.count)} equal entries`}>
            {' '}
            ×{formatCount(entry.count)}
          </span>
        ) : null}
      </span>
    </li>
  )
}
