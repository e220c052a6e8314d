import { saidAt } from '#shared/domain/actor/schema.ts'
import { describeObjects } from '#shared/domain/timeline/objects.ts'
import type { TimelineEntry } from '#shared/domain/timeline/timeline.ts'
import { Instant } from '../../components/instant.tsx'
import { OutsideText } from '../../components/outside-text.tsx'
import { formatCount } from '../../text/plural.ts'
import { sentenceOf } from '../../text/timeline-sentence.ts'
import styles from './timeline-row.module.css'
import type { Reader } from '#shared/domain/person/identity.ts'

interface TimelineRowProps {
  readonly entry: TimelineEntry
  readonly me: Reader | undefined
}

/** An entry of more characters does not fit into its lines; all of it is with the alert. */
const LONG = 120

/** Said and recorded at times that differ by less than this, ms, read the same. */
const SAME_MS = 1_000

/**
 * One entry: when, who, what, about which objects; how many equal ones it stands for. What a person said while the engine
 * was away stands where it was recorded, with the time when it was said.
 */
export function TimelineRow({ entry, me }: TimelineRowProps) {
  const said = saidAt(entry.actor, entry.at)
  const { who, text } = sentenceOf(entry, me)
  const whole = entry.detail === undefined ? text : `${text} … ${entry.detail}`
  // What a person did is whole: the end of a silence's matchers tells it from the next one.
  const isLong = entry.kind !== 'note' && !entry.isDeed && whole.length > LONG
  const objects = describeObjects(entry)
  return (
    <li className={styles.row} data-kind={entry.kind}>
      <span className={styles.time}>
        <Instant at={said} precision="second" />
      </span>
      <span className={styles.text}>
        <span className={styles.words} data-long={isLong} title={isLong ? whole : undefined}>
          {who === null ? null : <span className={styles.who}>{who}</span>}
          {entry.kind === 'note' ? (
            <>
              {who === null ? null : ' noted '}
              <span className={styles.note}>
                <OutsideText>{text}</OutsideText>
              </span>
            </>
          ) : (
            <>
              {who === null ? null : ' '}
              {text}
              {entry.until === undefined ? null : (
                <>
                  {' '}
                  <Instant at={entry.until} precision="minute" />
                </>
              )}
              {entry.detail === undefined ? null : ` ${entry.detail}`}
            </>
          )}
        </span>
        {/* Not with the words: these may be cut. */}
        {objects === null ? null : <span className={styles.objects}> {objects}</span>}
        {entry.count > 1 ? (
          <span className={styles.count} title={`${formatCount(entry.count)} equal entries`}>
            {' '}
            ×{formatCount(entry.count)}
          </span>
        ) : null}
        {entry.at - said >= SAME_MS ? (
          <span className={styles.delivered}>
            {' '}
            delivered <Instant at={entry.at} precision="second" />
          </span>
        ) : null}
      </span>
    </li>
  )
}
