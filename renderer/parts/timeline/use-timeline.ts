import { useEffect, useState } from 'react'
import type { OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'

/** Changes closer together than this, ms, are asked for once. */
const SETTLE_MS = 150

/** A timeline that is being read, was read, or could not be. */
export interface TimelineReading {
  readonly timeline: OutputOf<'incident.timeline'> | null
  readonly error: ContractError | null
}

/** Reads an incident's timeline again whenever its version changes. Stale answers are dropped. */
export function useTimeline(incidentId: string, version: string): TimelineReading {
  const { client, offline } = useCockpit()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const [reading, setReading] = useState<TimelineReading>({ timeline: null, error: null })
  useEffect(() => {
    const state = { isStale: false }
    if (!isOpen) {
      // What was read before a reload stays readable; what was read since is newer.
      void offline.timelines.recall(incidentId).then((timeline) => {
        if (state.isStale) return
        setReading((before) => (before.timeline ? before : { timeline, error: null }))
      })
      return () => {
        state.isStale = true
      }
    }
    const ask = async () => {
      const result = await client.request('incident.timeline', { incidentId })
      // While the engine is lost the notice above says so; what was read stays readable.
      if (state.isStale || (!result.ok && result.error.code === 'engine-unreachable')) return
      if (result.ok) offline.timelines.keep(incidentId, result.value)
      setReading((before) =>
        result.ok
          ? { timeline: result.value, error: null }
          : { timeline: before.timeline, error: result.error },
      )
    }
    const timer = setTimeout(() => void ask(), SETTLE_MS)
    return () => {
      state.isStale = true
      clearTimeout(timer)
    }
  }, [client, offline, incidentId, version, isOpen])
  return reading
}
