import { useEffect, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { AlertChart } from '#shared/domain/measurement/chart.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'

/** Charts that are kept while nobody looks at their incident. */
const MAX_KEPT = 20

/** A chart moves once a minute, ms. */
const AGAIN_MS = 60_000

/** What is known of the chart of an incident. */
export interface ChartState {
  /** The last one that came; null while none has. */
  readonly chart: AlertChart | null
  /** When it came, by the engine's clock, ms since the epoch, UTC; null while none has. */
  readonly at: number | null
  /** Why the last question was refused; null where it was not. */
  readonly error: ContractError | null
  /** False while the engine is out of reach: what is shown is of before. */
  readonly isLive: boolean
}

type Kept = Pick<ChartState, 'chart' | 'at'>

/** The last charts of each engine that a page talks to, so that they are there when it is out of reach. */
const shelves = new WeakMap<object, Map<string, Kept>>()

function shelfOf(client: object): Map<string, Kept> {
  const known = shelves.get(client)
  if (known) return known
  const made = new Map<string, Kept>()
  shelves.set(client, made)
  return made
}

/** Asks for the chart of an incident, again each minute, for as long as the component is shown and seen. */
export function useAlertChart(incidentId: string): ChartState {
  const { client, engineNow } = useCockpit()
  const isLive = useMirror(({ connection }) => connection.phase === 'open')
  const [error, setError] = useState<ContractError | null>(null)
  const [, setCount] = useState(0)
  const shelf = shelfOf(client)
  useEffect(() => {
    if (!isLive) return
    const run = { isOver: false }
    async function ask(): Promise<void> {
      // Nobody looks at a page that is hidden.
      if (document.hidden) return
      const found = await client.request('alert.series', { incidentId })
      if (run.isOver) return
      setError(found.ok ? null : found.error)
      if (!found.ok) return
      const kept = shelfOf(client)
      kept.delete(incidentId)
      kept.set(incidentId, { chart: found.value.chart, at: engineNow() })
      const [oldest] = kept.keys()
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
      setCount((count) => count + 1)
    }
    const look = () => void ask()
    look()
    const timer = setInterval(look, AGAIN_MS)
    document.addEventListener('visibilitychange', look)
    return () => {
      run.isOver = true
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [client, engineNow, incidentId, isLive])
  return { ...(shelf.get(incidentId) ?? { chart: null, at: null }), error, isLive }
}
