import { useEffect, useState } from 'react'
import type { InputOf, OperationName, OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'

/** What the engine says of something that would run. */
export type Asked<Prepared> =
  /** Nothing is asked, or Deckwatch cannot be. */
  | { readonly kind: 'away' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'prepared'; readonly prepared: Prepared }
  | { readonly kind: 'failed'; readonly error: ContractError }

/** The questions of what would run. */
type Question = Extract<OperationName, 'execution.prepare' | 'execution.prepare-many'>

/**
 * Asks what would run, and again when what is asked, or the trust in its text, is another one. An
 * answer to an earlier question is never given.
 *
 * @param place null: nothing is asked.
 * @param pauseMs while values are typed, the engine is asked after a pause of so long.
 * @param version asked anew when it is another one.
 */
export function useAsked<Name extends Question>(
  name: Name,
  place: InputOf<Name> | null,
  pauseMs: number,
  version = '',
): Asked<OutputOf<Name>> {
  const { client } = useCockpit()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const trusted = useMirror(({ watch }) => watch?.trusted.get(place?.runbook ?? '')?.hash ?? null)
  const asked = JSON.stringify([place, version, trusted])
  const [answer, setAnswer] = useState<{
    readonly asked: string
    readonly state: Asked<OutputOf<Name>>
  }>()
  useEffect(() => {
    if (!isOpen || place === null) return undefined
    let isWanted = true
    const timer = setTimeout(
      () => {
        void client.request(name, place).then((result) => {
          if (!isWanted) return
          setAnswer({
            asked,
            state: result.ok
              ? { kind: 'prepared', prepared: result.value }
              : { kind: 'failed', error: result.error },
          })
        })
      },
      answer === undefined ? 0 : pauseMs,
    )
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
    // What is asked says all that matters of the place.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [client, isOpen, asked])
  if (!isOpen || place === null) return { kind: 'away' }
  return answer?.asked === asked ? answer.state : { kind: 'loading' }
}
