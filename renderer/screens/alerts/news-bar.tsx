import { KeyHint } from '../../components/key-hint.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { useAlertsModel, useAlertScreen } from './alerts-model.ts'
import { describeNews } from '../../lists/news-words.ts'
import styles from './news-bar.module.css'

/** What has changed while the lines are held still. It lies over the list and moves none of them. */
export function NewsBar() {
  const { screen } = useAlertsModel()
  const news = useAlertScreen((state) => state.news)
  const text = news
    ? describeNews(
        news,
        ({ alert }) => alert.severity,
        (count) => (count === 1 ? 'no longer matches' : 'no longer match'),
      )
    : ''
  return (
    <div className={styles.place} role="status">
      {news ? (
        <button type="button" className={styles.bar} onClick={() => screen.showNews()}>
          {text}
          <span className={styles.show}>Update list</span>
          <KeyHint>{keyOf('news')}</KeyHint>
        </button>
      ) : null}
    </div>
  )
}
