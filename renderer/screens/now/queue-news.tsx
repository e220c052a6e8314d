import type { QueueItem } from '../../engine/watch/queue.ts'
import type { ListNews } from '../../lists/steady-list.ts'
import { SeverityShape } from '../../components/severity-shape.tsx'
import { useActions } from '../../engine/cockpit/context.ts'
import { describeNews } from '../../lists/news-words.ts'
import styles from './queue-news.module.css'

interface QueueNewsProps {
  readonly news: ListNews<QueueItem>
  readonly onShow: () => void
}

/**
 * What has changed while the pointer holds the lines still. It lies over the list and moves no line;
 * a new P0 is named, and one click away.
 */
export function QueueNews({ news, onShow }: QueueNewsProps) {
  const actions = useActions()
  const [critical] = news.added.filter(
    (item) =>
      item.kind === 'incident' && item.section === 'triggered' && item.incident.severity === 'P0',
  )
  if (critical?.kind === 'incident') {
    const { id, title } = critical.incident
    return (
      <button
        type="button"
        className={styles.news}
        data-severity="P0"
        onClick={() => {
          onShow()
          actions.goTo(id)
        }}
      >
        <SeverityShape severity="P0" size={12} />
        <span className={styles.text}>New P0: {title}</span>
      </button>
    )
  }
  return (
    <button type="button" className={styles.news} onClick={onShow}>
      <span className={styles.text}>
        {describeNews(
          news,
          (item) => (item.kind === 'incident' ? item.incident.severity : null),
          () => 'removed',
        )}
      </span>
      <span className={styles.show}>Update list</span>
    </button>
  )
}
