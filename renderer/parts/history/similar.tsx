import type { SimilarIncident } from '#shared/domain/history/similar.ts'
import { Instant } from '../../components/instant.tsx'
import { PanelHeading } from '../../components/panel-heading.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { endWords } from './before-words.ts'
import { HowItEnded } from './how-it-ended.tsx'
import { whyWords } from './similar-words.ts'
import styles from './before.module.css'

/** Earlier incidents of other alerts that are alike, each with why. Nothing where none is. */
export function Similar({ similar }: { readonly similar: readonly SimilarIncident[] }) {
  const actions = useActions()
  const me = useMirror(({ status }) => readerOf(status))
  if (similar.length === 0) return null
  return (
    <section className={styles.box} aria-labelledby="similar-title">
      <PanelHeading id="similar-title" title="Similar incidents" />
      <ul className={styles.list}>
        {similar.map((each) => (
          <li key={each.id} className={styles.earlier}>
            <p>
              <TextButton onClick={() => actions.showPast(each.id)}>{each.title}</TextButton>
              {', '}
              <Instant at={each.openedAt} precision="minute" />, {endWords(each, me)}
            </p>
            <p className={styles.soft}>{whyWords(each.why)}</p>
            <HowItEnded earlier={each} isWhole />
          </li>
        ))}
      </ul>
    </section>
  )
}
