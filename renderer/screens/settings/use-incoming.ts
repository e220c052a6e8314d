import { useEffect, useState } from 'react'
import type { OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'

/** How often it is asked anew while it is looked at, ms. */
const EVERY_MS = 5_000

/** Where changes and reports come from, as they are now. */
export interface Incoming {
  readonly listener: OutputOf<'listener.read'> | null
  readonly jobs: OutputOf<'jobs.list'>['jobs'] | null
  readonly error: ContractError | null
}

/** What the engine says of its listener, its places to look for changes, and the jobs. */
export function useIncoming(): Incoming {
  const { client } = useCockpit()
  // A changed configuration shows at once.
  const loadedAt = useMirror(({ status }) => status?.config.loadedAt)
  const [incoming, setIncoming] = useState<Incoming>({ listener: null, jobs: null, error: null })
  useEffect(() => {
    const state = { isStale: false }
    const ask = async () => {
      const [listener, jobs] = await Promise.all([
        client.request('listener.read', {}),
        client.request('jobs.list', {}),
      ])
      if (state.isStale) return
      setIncoming((before) => ({
        listener: listener.ok ? listener.value : before.listener,
        jobs: jobs.ok ? jobs.value.jobs : before.jobs,
        error: listener.ok ? (jobs.ok ? null : jobs.error) : listener.error,
      }))
    }
    void ask()
    const timer = setInterval(() => void ask(), EVERY_MS)
    return () => {
      state.isStale = true
      clearInterval(timer)
    }
  }, [client, loadedAt])
  return incoming
}
