import { Instant } from '../../../components/instant.tsx'
import { useMirror } from '../../../engine/cockpit/context.ts'
import { readerOf } from '../../../engine/watch/reader.ts'
import { sentenceOf } from '../../../text/timeline-sentence.ts'
import { plural } from '../../../text/plural.ts'
import type { NewSince } from './use-new-since.ts'
import styles from './catch-up-card.module.css'

/** So many are listed; the timeline beside it has all of them. */
const LISTED = 5

/** What came while somebody did not look: how many, since when, and the first of them. */
export function NewSinceList({ news }: { readonly news: NewSince }) {
  const me = useMirror(({ status }) => readerOf(status))
  const { since, entries, hasMore } = news
  const rest = entries.length - LISTED
  return (
    <div className={styles.news}>
      <p className={styles.newsTitle}>
        {hasMore ? 'More than ' : ''}
        {entries.length} new since you last looked, <Instant at={since} precision="minute" />
      </p>
      <ul>
        {entries.slice(0, LISTED).map((entry) => {
          const { who, text } = sentenceOf(entry, me)
          const verb = entry.kind === 'note' ? ' noted: ' : ' '
          return (
            <li key={entry.seq} className={styles.newsLine}>
              <span className={styles.newsTime}>
                <Instant at={entry.at} precision="minute" />
              </span>
              <span className={styles.newsText}>
                {who === null ? text : `${who}${verb}${text}`}
                {entry.until === undefined ? null : (
                  <>
                    {' '}
                    <Instant at={entry.until} precision="minute" />
                  </>
                )}
              </span>
            </li>
          )
        })}
      </ul>
      {rest > 0 || hasMore ? (
        <p className={styles.more}>
          {rest > 0
            ? `and ${hasMore ? 'more than ' : ''}${plural(rest, 'entry', 'entries')}`
            : 'and more'}{' '}
          in the timeline
        </p>
      ) : null}
    </div>
  )
}
