import { SmallButton } from '../../components/small-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { EmptyList } from '../../lists/empty-list.tsx'
import { plural } from '../../text/plural.ts'
import { useHistory, useHistoryList } from './history-context.ts'
import { isFiltering, noFilter } from './history-filter.ts'
import { describeLag } from './history-words.ts'

/** What it means that the list is empty. */
export function EmptyHistory() {
  const list = useHistoryList()
  const incidents = useHistory((state) => state.incidents)
  const drills = useHistory((state) => state.drills)
  const filter = useHistory((state) => state.filter)
  const error = useHistory((state) => state.error)
  const isReading = useHistory((state) => describeLag(state.lag) !== null)
  const phase = useMirror(({ connection }) => connection.phase)
  if (error) {
    // Above a list that was loaded before, it is among the notes.
    if (incidents !== null) return null
    return (
      <EmptyList title={error.message} role="alert">
        {error.hint === undefined ? null : <p>{error.hint}</p>}
        <SmallButton onClick={() => list.retry()}>Try again</SmallButton>
      </EmptyList>
    )
  }
  if (incidents === null) {
    return (
      <EmptyList title={phase === 'lost' ? 'Past incidents are not loaded' : 'Loading incidents…'}>
        {phase === 'lost' ? <p>They are listed as soon as Deckwatch is reachable again.</p> : null}
      </EmptyList>
    )
  }
  if (drills > 0) {
    return (
      <EmptyList title={isReading ? 'Only drills match so far' : 'Only drills match'}>
        <p>{plural(drills, 'drill incident')} hidden.</p>
        <TextButton onClick={() => list.setFilter({ drills: 'with' })}>Show drills</TextButton>
      </EmptyList>
    )
  }
  if (isFiltering(filter)) {
    return (
      <EmptyList title={isReading ? 'No matching incidents so far' : 'No matching incidents'}>
        <TextButton onClick={() => list.setFilter({ ...noFilter, drills: filter.drills })}>
          Clear filter
        </TextButton>
      </EmptyList>
    )
  }
  if (isReading) {
    return (
      <EmptyList title="Reading the journal…">
        <p>Past incidents are listed as they are read, oldest first.</p>
      </EmptyList>
    )
  }
  return (
    <EmptyList title="No incidents yet">
      <p>Deckwatch opens an incident when an alert fires, and lists it here from then on.</p>
    </EmptyList>
  )
}
