import { useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { CommandName } from '#shared/contract/contract.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { describeDone, describeRefusal } from '../../engine/commands/command-words.ts'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'

/** How a form stands with what it asks of an engine that has to be there. */
export interface AskedNow {
  readonly isPending: boolean
  readonly refused: ContractError | null
  readonly forbidden: string | null
  /** Asks, closes the dialog once it is recorded, and then goes on. */
  readonly ask: <Value>(
    request: () => Promise<Result<Value, ContractError>>,
    then: (value: Value) => void,
  ) => void
}

/** For a form whose command is given for now, and so is not kept while the engine is away. */
export function useAskedNow(name: CommandName, title: string): AskedNow {
  const actions = useActions()
  const { announcements, engineNow } = useCockpit()
  const [isPending, setPending] = useState(false)
  const [refused, setRefused] = useState<ContractError | null>(null)
  const forbidden = useMirror((state) => refusalOf(state, name))
  const say = (text: string) => announcements.tell({ politeness: 'polite', text })
  const ask: AskedNow['ask'] = (request, then) => {
    if (isPending || forbidden !== null) return
    setRefused(null)
    setPending(true)
    void request().then((result) => {
      setPending(false)
      if (!result.ok) {
        setRefused(result.error)
        say(describeRefusal(result.error))
        return
      }
      say(describeDone(name, null, engineNow(), title))
      actions.closeDialog()
      then(result.value)
    })
  }
  return { isPending, refused, forbidden, ask }
}
