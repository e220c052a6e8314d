import { useState } from 'react'
import type { InputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { IncidentKeptName } from '../../../engine/offline/kept-command.ts'
import { useActions, useUi } from '../../../engine/cockpit/context.ts'
import { idle, partOf } from '../../../engine/page/ui-store.ts'

/** What a part of the page gives at once, without a form. */
export interface Giving {
  /** @param part tells apart what can be under way at once, and says where a refusal is shown. */
  readonly give: <Name extends IncidentKeptName>(
    name: Name,
    input: InputOf<Name>,
    part: string,
  ) => void
  readonly isPending: (name: IncidentKeptName, part: string) => boolean
  /** Why the last one of this part was refused; null while it was not. */
  readonly refusedOf: (part: string) => ContractError | null
}

/** Gives commands on an incident, and keeps what was refused where it was asked for. */
export function useGiven(incidentId: string): Giving {
  const actions = useActions()
  const { pending } = useUi(({ work }) => work.get(incidentId) ?? idle)
  const [refused, setRefused] = useState<{ part: string; error: ContractError } | null>(null)
  return {
    give: (name, input, part) => {
      setRefused(null)
      void actions.give(name, input, part).then((given) => {
        if (given?.kind !== 'answered' || given.result.ok) return
        setRefused({ part, error: given.result.error })
      })
    },
    isPending: (name, part) => pending.has(partOf(name, part)),
    refusedOf: (part) => (refused?.part === part ? refused.error : null),
  }
}
