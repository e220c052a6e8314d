import { IconStarFilled } from '@tabler/icons-react'
import { saidAt } from '#shared/domain/actor/schema.ts'
import { describeObjects } from '#shared/domain/timeline/objects.ts'
import type { Correction } from '#shared/domain/timeline/marks.ts'
import type { MarkedEntry } from '#shared/domain/timeline/marked.ts'
import { HiddenText } from '../../components/hidden-text.tsx'
import { Instant } from '../../components/instant.tsx'
import { OutsideText } from '../../components/outside-text.tsx'
import { formatCount } from '../../text/plural.ts'
import type { Sentence } from '../../text/timeline-sentence.ts'
import { whoIs } from '../../text/who.ts'
import type { LineProps } from './timeline-list.tsx'
import styles from './timeline-row.module.css'
import type { Reader } from '#shared/domain/person/identity.ts'

interface TimelineRowProps {
  readonly entry: MarkedEntry
  readonly sentence: Sentence
  readonly me: Reader | undefined
  readonly line: LineProps
  /** What can be done with it, while that is in sight. */
  readonly actions: React.ReactNode
  /** What it shows beside its words. */
  readonly image: React.ReactNode
}

/** An entry of more characters does not fit into its lines; all of it is with the alert. */
const LONG = 120

/** Said and recorded at times that differ by less than this, ms, read the same. */
const SAME_MS = 1_000

/**
 * One entry: when, who, what, about which objects; how many equal ones it stands for. What a person said while the engine
 * was away, or added afterwards, stands where it was said or happened, with the time when it was recorded.
 */
export function TimelineRow({ entry, sentence, me, line, actions, image }: TimelineRowProps) {
  const said = saidAt(entry.actor, entry.at)
  const { who, text } = sentence
  const { correction, isStarred, happenedAt } = entry
  const whole = entry.detail === undefined ? text : `${text} … ${entry.detail}`
  // What a person did is whole: the end of a silence's matchers tells it from the next one.
  const isLong = entry.kind !== 'note' && !entry.isDeed && whole.length > LONG
  const objects = describeObjects(entry)
  return (
    <li className={styles.row} data-kind={entry.kind} {...line}>
      <span className={styles.time}>
        <Instant
          at={happenedAt ?? said}
          // What is remembered is not known to the second.
          precision={happenedAt === undefined ? 'second' : 'minute'}
        />
      </span>
      <span className={styles.text}>
        {isStarred ? (
          <span className={styles.star}>
            <IconStarFilled size={12} aria-hidden="true" />
            <HiddenText>Starred: </HiddenText>
          </span>
        ) : null}
        <span className={styles.words} data-long={isLong} title={isLong ? whole : undefined}>
          {who === null ? null : <span className={styles.who}>{who}</span>}
          {entry.kind === 'note' ? (
            <>
              {who === null ? null : ' noted '}
              <span className={styles.note}>
                <Corrected correction={correction}>
                  <OutsideText>{text}</OutsideText>
                </Corrected>
              </span>
            </>
          ) : (
            <>
              {who === null ? null : ' '}
              <Corrected correction={correction}>{text}</Corrected>
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
        {image}
        {happenedAt === undefined && entry.at - said >= SAME_MS ? (
          <span className={styles.delivered}>
            {' '}
            delivered <Instant at={entry.at} precision="second" />
          </span>
        ) : null}
        {happenedAt === undefined ? null : (
          <span className={styles.delivered}>
            {' '}
            added <Instant at={entry.at} precision="second" />
          </span>
        )}
        {correction ? (
          <span className={styles.delivered}>
            {' '}
            corrected by {whoIs(correction.by, me)}{' '}
            <Instant at={correction.at} precision="second" />
          </span>
        ) : null}
      </span>
      {actions}
    </li>
  )
}

interface CorrectedProps {
  readonly correction: Correction | null
  readonly children: React.ReactNode
}

/** A text, struck out before how it reads since it was corrected. */
function Corrected({ correction, children }: CorrectedProps) {
  if (!correction) return children
  return (
    <>
      <del className={styles.old}>{children}</del>{' '}
      <ins className={styles.new}>
        <OutsideText>{correction.text}</OutsideText>
      </ins>
    </>
  )
}
