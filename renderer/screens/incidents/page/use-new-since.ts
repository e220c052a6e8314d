import { useEffect, useState } from 'react'
import { isReader } from '#shared/domain/actor/person.ts'
import type { Reader } from '#shared/domain/person/identity.ts'
import type { TimelineEntry } from '#shared/domain/timeline/timeline.ts'
import { useCockpit, useMirror } from '../../../engine/cockpit/context.ts'
import { readerOf } from '../../../engine/watch/reader.ts'
import { useLooked } from '../../../parts/looked/use-looked.ts'

/** Entries that are read at once; of more than these the card says "more than". */
const LIMIT = 200

/** What came while somebody did not look. */
export interface NewSince {
  /** When they looked last, ms since the epoch, UTC. */
  readonly since: number
  /** By others, oldest first. */
  readonly entries: readonly TimelineEntry[]
  readonly hasMore: boolean
}

/** What came on an incident since this person looked last; null where nothing did, or nobody knows. */
export function useNewSince(incidentId: string): NewSince | null {
  const { client } = useCockpit()
  const look = useLooked(incidentId)
  const me = useMirror(({ status }) => readerOf(status))
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  // Another journal begins to count anew: what was seen of the one before says nothing.
  const isOfThisJournal = useMirror(({ watch }) => (look?.seq ?? Infinity) <= (watch?.seq ?? 0))
  const [found, setFound] = useState<NewSince | null>(null)
  useEffect(() => {
    if (!look || !isOpen || !isOfThisJournal || found !== null) return undefined
    const state = { isStale: false }
    const range = { incidentId, after: look.seq, limit: LIMIT }
    void client.request('incident.timeline', range).then((result) => {
      if (state.isStale || !result.ok) return
      const entries = result.value.entries.filter((entry) => isNews(entry, me))
      setFound({ since: look.at, entries, hasMore: result.value.hasNewer })
    })
    return () => {
      state.isStale = true
    }
  }, [client, incidentId, look, me, isOpen, isOfThisJournal, found])
  return found && found.entries.length > 0 ? found : null
}

/** Whoever did something themselves knows it. */
function isNews({ actor }: TimelineEntry, me: Reader | undefined): boolean {
  return !isReader(actor, me)
}
