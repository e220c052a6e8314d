import { SmallButton } from '../../components/small-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { Age } from '../../components/age.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { formatCount, plural } from '../../text/plural.ts'
import { DeclareButton } from './declare-button.tsx'
import { useHistory, useHistoryList } from './history-context.ts'
import { isFiltering, noFilter } from './history-filter.ts'
import { describeLag, shownStatus } from './history-words.ts'
import styles from './history-notes.module.css'

/** How many there are, and how far that can be relied on. */
export function HistoryNotes() {
  const list = useHistoryList()
  const actions = useActions()
  const incidents = useHistory((state) => state.incidents)
  const total = useHistory((state) => state.total)
  const drills = useHistory((state) => state.drills)
  const filter = useHistory((state) => state.filter)
  // Those that are open are few and stand first.
  const informing = useMirror(({ watch }) =>
    (incidents ?? []).reduce(
      (sum, each) => sum + (shownStatus(each, watch) === 'informational' ? 1 : 0),
      0,
    ),
  )
  return (
    <div className={styles.notes}>
      <div className={styles.line}>
        <p className={styles.count} role="status">
          {incidents === null ? '' : plural(total, 'incident')}
          {informing > 0 ? `, ${formatCount(informing)} of them informational` : ''}
        </p>
        {drills > 0 ? (
          <p className={styles.count}>
            {plural(drills, 'drill incident')} hidden{' '}
            <TextButton onClick={() => list.setFilter({ drills: 'with' })}>Show drills</TextButton>
          </p>
        ) : null}
        {isFiltering(filter) ? (
          <TextButton onClick={() => list.setFilter({ ...noFilter, drills: filter.drills })}>
            Clear filter
          </TextButton>
        ) : null}
        <TextButton
          title="Incidents by their causes and fixes, and runbooks"
          onClick={() => actions.open({ kind: 'palette', query: `? ${filter.text}` })}
        >
          Search knowledge
        </TextButton>
        <TextButton onClick={() => actions.showReviews(null)}>Reviews</TextButton>
        <Lag />
        <span className={styles.declare}>
          <DeclareButton />
        </span>
      </div>
      <LostNote />
      <ErrorNote />
    </div>
  )
}

function Lag() {
  const lag = useHistory((state) => state.lag)
  const text = describeLag(lag)
  if (text === null || !lag) return null
  return (
    <p className={styles.lag}>
      <progress
        className={styles.progress}
        aria-label="History read"
        max={lag.recorded}
        value={lag.read}
      />
      <span>{text} Newer incidents are not listed yet; open ones are in Now.</span>
    </p>
  )
}

/** With Deckwatch gone: how old what is listed is. An empty list says itself that it is not loaded. */
function LostNote() {
  const phase = useMirror(({ connection }) => connection.phase)
  const loadedAt = useHistory((state) => state.loadedAt)
  if (phase !== 'lost' || loadedAt === null) return null
  return (
    <p className={styles.lost}>
      {/* Without the age: it would be read out each time that it counts on. */}
      <span role="status">Deckwatch is unreachable</span>: incidents as loaded{' '}
      <Age since={loadedAt} /> ago
    </p>
  )
}

/** Why the list could not be read again, and what is listed instead. */
function ErrorNote() {
  const list = useHistoryList()
  const error = useHistory((state) => state.error)
  const loadedAt = useHistory((state) => state.loadedAt)
  // Where nothing was loaded, it is said in the place of the list.
  if (!error || loadedAt === null) return null
  return (
    <div className={styles.error}>
      <div>
        <p className={styles.problem} role="alert">
          {error.message} {error.hint}
        </p>
        <p>
          Listed is what was loaded <Age since={loadedAt} /> ago; it may not match the filter.
        </p>
      </div>
      <SmallButton onClick={() => list.retry()}>Try again</SmallButton>
    </div>
  )
}
