import { useEffect, useState } from 'react'
import type { InputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { Prepared } from '#shared/contract/operations/execution.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'

/** A command or a query of a step of a runbook that is followed, and what it is filled in with. */
export type CodePlace = InputOf<'execution.prepare'>

/** What the engine says of it. */
export type PreparedState =
  /** Deckwatch cannot be asked. */
  | { readonly kind: 'away' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'prepared'; readonly prepared: Prepared }
  | { readonly kind: 'failed'; readonly error: ContractError }

/** While values are typed, the engine is asked after a pause of so long, ms. */
const PAUSE_MS = 200

/** What would run, asked anew when the values, the text or the trust in it are others. */
export function usePrepared(place: CodePlace): PreparedState {
  const { client } = useCockpit()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const trusted = useMirror(({ watch }) => watch?.trusted.get(place.runbook)?.hash ?? null)
  const asked = JSON.stringify([place, trusted])
  const [answer, setAnswer] = useState<{ readonly asked: string; readonly state: PreparedState }>()
  useEffect(() => {
    if (!isOpen) return undefined
    let isWanted = true
    const timer = setTimeout(
      () => {
        void client.request('execution.prepare', place).then((result) => {
          if (!isWanted) return
          setAnswer({
            asked,
            state: result.ok
              ? { kind: 'prepared', prepared: result.value }
              : { kind: 'failed', error: result.error },
          })
        })
      },
      answer === undefined ? 0 : PAUSE_MS,
    )
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
    // What is asked says all that matters of the place.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [client, isOpen, asked])
  if (!isOpen) return { kind: 'away' }
  // Of an earlier question the answer would be of another command.
  return answer?.asked === asked ? answer.state : { kind: 'loading' }
}
