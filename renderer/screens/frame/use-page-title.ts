import { useEffect } from 'react'
import { useMirror } from '../../engine/cockpit/context.ts'
import { queueOf } from '../../engine/watch/derived.ts'

/** Says in the browser's tab how many incidents wait, and when that is not known. */
export function usePageTitle(): void {
  const waiting = useMirror(({ watch }) =>
    watch ? queueOf(watch.incidents)['triggered'].length : 0,
  )
  const isLost = useMirror(({ connection }) => connection.phase === 'lost')
  useEffect(() => {
    const lead = isLost ? 'Connection lost · ' : waiting > 0 ? `(${String(waiting)}) ` : ''
    document.title = `${lead}Deckwatch`
  }, [waiting, isLost])
}
