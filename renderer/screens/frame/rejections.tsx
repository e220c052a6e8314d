import type { Source } from '#shared/domain/source/schema.ts'
import { plural } from '../../text/plural.ts'
import styles from './rejections.module.css'

interface RejectionsProps {
  readonly source: Source
}

/** What a source sent and nobody could read: listed, never dropped in silence. */
export function Rejections({ source }: RejectionsProps) {
  const { rejections, moreRejections } = source
  if (rejections.length === 0) return null
  return (
    <section>
      <h3 className={styles.title}>
        {plural(rejections.length + moreRejections, 'entry', 'entries')} of its response could not
        be parsed
      </h3>
      <ul className={styles.list}>
        {rejections.map(({ key, where, reason, excerpt }) => (
          <li key={key}>
            <p>
              <code>{where}</code> {reason}
            </p>
            <code className={styles.excerpt}>{excerpt}</code>
          </li>
        ))}
      </ul>
      {moreRejections > 0 ? <p>and {plural(moreRejections, 'more', 'more')}</p> : null}
    </section>
  )
}
