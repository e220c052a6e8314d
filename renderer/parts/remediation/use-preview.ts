import { useEffect, useState } from 'react'
import type { OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'

/** What a remediation would run, as the engine says. */
export type PreviewState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'known'; readonly preview: OutputOf<'remediation.preview'> }
  | { readonly kind: 'failed'; readonly error: ContractError }

/** What a remediation of an incident would run, asked anew when the trust in its runbook changes. */
export function usePreview(incidentId: string, policy: string, runbook: string): PreviewState {
  const { client } = useCockpit()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const trusted = useMirror(({ watch }) => watch?.trusted.get(runbook)?.hash ?? null)
  const asked = JSON.stringify([incidentId, policy, trusted])
  const [answer, setAnswer] = useState<{ readonly asked: string; readonly state: PreviewState }>()
  useEffect(() => {
    if (!isOpen) return undefined
    let isWanted = true
    void client.request('remediation.preview', { incidentId, policy }).then((result) => {
      if (!isWanted) return
      const state: PreviewState = result.ok
        ? { kind: 'known', preview: result.value }
        : { kind: 'failed', error: result.error }
      setAnswer({ asked, state })
    })
    return () => {
      isWanted = false
    }
  }, [client, isOpen, incidentId, policy, asked])
  return answer?.asked === asked ? answer.state : { kind: 'loading' }
}
