import { useEffect } from 'react'
import { countUnrecorded } from '#shared/domain/unrecorded/schema.ts'
import type { Connection } from '../../engine/bridge/engine-client.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { triggeredCount } from '../../engine/watch/derived.ts'

/** Says in the browser's tab how many incidents and unrecorded alerts wait, and when that is not known. */
export function usePageTitle(): void {
  const waiting = useMirror(({ watch }) => triggeredCount(watch))
  const unrecorded = useMirror(({ status }) =>
    status?.unrecorded ? countUnrecorded(status.unrecorded) : 0,
  )
  const lost = useMirror(({ connection }) => lostLead(connection))
  useEffect(() => {
    const count = waiting + unrecorded
    const lead = lost ?? (count > 0 ? `(${String(count)}) ` : '')
    document.title = `${lead}Deckwatch`
  }, [waiting, unrecorded, lost])
}

function lostLead(connection: Connection): string | null {
  if (connection.phase !== 'lost') return null
  return typeof connection.refusal === 'object' ? 'Journal not open · ' : 'Connection lost · '
}
