import { useMemo } from 'react'
import type { Connection } from '../../engine/bridge/engine-client.ts'
import { useOffline } from '../../engine/cockpit/context.ts'
import { isShownWaiting } from '../../engine/commands/waiting.ts'
import { PendingList } from '../../parts/pending/pending-list.tsx'
import { plural } from '../../text/plural.ts'

/** What waits for Deckwatch; nothing where nothing does. */
export function QueuedCommands({ phase }: { readonly phase: Connection['phase'] }) {
  const kept = useOffline((state) => state.kept)
  const waiting = useMemo(() => kept.filter((each) => isShownWaiting(each, phase)), [kept, phase])
  if (waiting.length === 0) return null
  return <PendingList label={plural(waiting.length, 'queued command')} commands={waiting} />
}
