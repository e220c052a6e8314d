import { Age } from '../../components/age.tsx'
import { Instant } from '../../components/instant.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useCockpit, useMirror, useOffline } from '../../engine/cockpit/context.ts'
import { plural } from '../../text/plural.ts'
import { useKnownRunbooks } from '../../parts/runbooks/use-known-runbooks.ts'
import { useRunbooks } from './runbooks-model.ts'
import styles from './list-state.module.css'

/** How old the list is, what is still missing in it, and where nothing is kept. */
export function ListState() {
  const { runbooks } = useCockpit()
  const list = useKnownRunbooks((state) => state.list)
  const problem = useKnownRunbooks((state) => state.problem)
  const toRead = useKnownRunbooks((state) => state.toRead)
  const phase = useMirror(({ connection }) => connection.phase)
  const search = useRunbooks((view) => view.search)
  const isFailing = useOffline(({ storage }) => storage !== 'fine')
  const keeps = runbooks.keeps && !isFailing
  const asOf = useAsOf()
  return (
    <div className={styles.state}>
      {phase === 'open' || asOf === null ? null : (
        <p className={styles.warn}>
          List and texts as of <Instant at={asOf} precision="minute" /> (<Age since={asOf} /> ago)
        </p>
      )}
      {problem && phase === 'open' ? (
        <p className={styles.bad}>
          {problem.message} {problem.hint}{' '}
          <TextButton onClick={() => void runbooks.refresh()}>Try again</TextButton>
        </p>
      ) : null}
      {keeps ? null : (
        <p className={styles.warn}>
          This browser keeps nothing: runbooks are read from Deckwatch, and only titles, names and
          the texts opened on this page are searched.
        </p>
      )}
      {toRead > 0 ? (
        <p role="status">
          {phase === 'open'
            ? `${plural(toRead, 'text')} still to be copied to this browser`
            : `${plural(toRead, 'text')} not copied to this browser`}
        </p>
      ) : null}
      {search.waiting > 0 ? (
        <p role="status">Preparing the search: {plural(search.waiting, 'runbook')} to go</p>
      ) : null}
      {keeps && toRead === 0 && search.waiting === 0 && search.untexted > 0 ? (
        <p className={styles.warn}>
          Of {plural(search.untexted, 'runbook')} only titles and names are searched.
        </p>
      ) : null}
      {list && list.more > 0 ? (
        <p className={styles.warn}>{plural(list.more, 'more runbook')} not listed</p>
      ) : null}
    </div>
  )
}

/** When the list was what it is for the last time, ms since the epoch, UTC; null without a list. */
function useAsOf(): number | null {
  const { steady, engineNow } = useCockpit()
  const list = useKnownRunbooks((state) => state.list)
  const connection = useMirror((state) => state.connection)
  const revision = useMirror(({ status }) => status?.runbooks?.revision)
  if (!list) return null
  const lastHeard = connection.phase === 'lost' ? connection.lastHeard : null
  if (!lastHeard || revision !== list.revision) return list.listedAt
  // As long as the engine was heard, it said that this is still its list.
  return Math.max(list.listedAt, engineNow() - (steady() - lastHeard.steady))
}
