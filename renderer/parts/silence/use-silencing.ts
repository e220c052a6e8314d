import { useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { InputOf } from '#shared/contract/contract.ts'
import type { SilencePlace } from '#shared/domain/silence/place.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'

/** What is being done, or came of the last try. */
export type SilencingStep =
  | { readonly kind: 'writing' }
  /** It hides a P0: the person is to say that they mean it. */
  | { readonly kind: 'confirming' }
  | { readonly kind: 'working' }
  | { readonly kind: 'refused'; readonly errors: readonly ContractError[] }

type Wanted = Pick<InputOf<'silence.create'>, 'matchers' | 'comment' | 'endsAt' | 'evenP0'>

/**
 * Asks the servers for a silence, one after the other. Those that have it are not asked again when
 * another one refused and the person tries once more.
 */
export function useSilencing(places: readonly SilencePlace[]) {
  const { client } = useCockpit()
  const [step, setStep] = useState<SilencingStep>({ kind: 'writing' })
  const [done, setDone] = useState<ReadonlySet<string>>(new Set())

  /** Resolves to true when all of them have it. */
  const silence = async (wanted: Wanted): Promise<boolean> => {
    setStep({ kind: 'working' })
    const errors: ContractError[] = []
    const have = new Set(done)
    for (const { id } of places) {
      if (have.has(id)) continue
      const result = await client.request('silence.create', {
        sourceId: id,
        ...wanted,
        matchers: [...wanted.matchers],
      })
      if (result.ok) have.add(id)
      else errors.push(result.error)
    }
    setDone(have)
    if (errors.length === 0) return true
    // A P0 has come in since the page looked.
    const asksBack = errors.every(({ code }) => code === 'needs-confirmation')
    setStep(asksBack ? { kind: 'confirming' } : { kind: 'refused', errors })
    return false
  }

  return { step, setStep, done, silence }
}
