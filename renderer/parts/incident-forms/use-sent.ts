import { useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { Given } from '../../engine/offline/command-queue.ts'
import type { KeptName } from '../../engine/offline/kept-command.ts'
import { keptRefusal } from '../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'

/** How a form stands with what it sends. */
export interface Sent {
  readonly isPending: boolean
  /** Why what was sent was refused; null while it was not. */
  readonly refused: ContractError | null
  /** Why it cannot be sent at all; null when it can. */
  readonly forbidden: string | null
  /** Sends it, and closes the dialog once it is recorded or kept. What was refused stays in the form. */
  readonly send: (give: () => Promise<Given | null>) => void
}

/** For a form that sends one command on an incident. */
export function useSent(incidentId: string, name: KeptName): Sent {
  const actions = useActions()
  const [isPending, setPending] = useState(false)
  const [refused, setRefused] = useState<ContractError | null>(null)
  const forbidden = useMirror((state) => {
    const incident = state.watch?.incidents.get(incidentId)
    return incident ? keptRefusal(incident, state, name) : 'This incident is no longer known.'
  })
  const send = async (give: () => Promise<Given | null>) => {
    if (isPending || forbidden !== null) return
    setRefused(null)
    setPending(true)
    const given = await give()
    setPending(false)
    if (given === null) return
    if (given.kind === 'answered' && !given.result.ok) setRefused(given.result.error)
    else actions.closeDialog()
  }
  return { isPending, refused, forbidden, send: (give) => void send(give) }
}
