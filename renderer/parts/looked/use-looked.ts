import { useEffect, useState } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import type { Look } from '../../engine/offline/looked.ts'

/**
 * Notes that somebody looks at an incident for as long as the component is shown: what is known when
 * they leave is what they have seen. Mount it anew for each incident.
 *
 * @returns their look before this one; null where there was none, undefined until that is known.
 */
export function useLooked(incidentId: string): Look | null | undefined {
  const { offline, mirror, engineNow } = useCockpit()
  const [before, setBefore] = useState<Look | null | undefined>(undefined)
  useEffect(() => {
    const state = { isGone: false }
    const note = () => {
      const { watch } = mirror.getState()
      if (watch) offline.looked.leave(incidentId, { seq: watch.seq, at: engineNow() })
    }
    const onHide = () => {
      if (document.visibilityState === 'hidden') note()
    }
    void offline.looked.last(incidentId).then((look) => {
      if (!state.isGone) setBefore(look)
    })
    document.addEventListener('visibilitychange', onHide)
    return () => {
      state.isGone = true
      document.removeEventListener('visibilitychange', onHide)
      note()
    }
  }, [offline, mirror, engineNow, incidentId])
  return before
}
