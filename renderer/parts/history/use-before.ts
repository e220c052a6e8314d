import { useEffect, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { OutputOf } from '#shared/contract/contract.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'

/** What history answered about what happened before an incident. */
export type BeforeAnswer = OutputOf<'history.before'>

/** The answer, why there is none, or null while it is on its way. */
export type BeforeState =
  | { readonly kind: 'known'; readonly answer: BeforeAnswer }
  | { readonly kind: 'refused'; readonly error: ContractError }

/** History follows within moments: what it has not read yet is asked for again after this, ms. */
const AGAIN_MS = 2_000

/**
 * Asks what happened before an incident, again while history lags behind, and when a plan is followed
 * that was not before.
 *
 * @param planId the plan that is followed; null for none.
 */
export function useBefore(incidentId: string, planId: string | null): BeforeState | null {
  const { client } = useCockpit()
  const [state, setState] = useState<BeforeState | null>(null)
  useEffect(() => {
    const run = { isOver: false, timer: undefined as ReturnType<typeof setTimeout> | undefined }
    const again = () => {
      run.timer = setTimeout(() => void ask(), AGAIN_MS)
    }
    async function ask(): Promise<void> {
      const found = await client.request('history.before', { incidentId })
      if (run.isOver) return
      if (!found.ok) {
        setState({ kind: 'refused', error: found.error })
        if (found.error.code === 'not-found') again()
        return
      }
      const { lag } = found.value
      setState({ kind: 'known', answer: found.value })
      if (lag.read < lag.recorded) again()
    }
    void ask()
    return () => {
      run.isOver = true
      clearTimeout(run.timer)
    }
  }, [client, incidentId, planId])
  return state
}
