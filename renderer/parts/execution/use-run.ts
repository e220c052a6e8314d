import { useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { Prepared } from '#shared/contract/operations/execution.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import type { CodePlace } from './use-prepared.ts'

/** Runs what asks nothing before: a press is enough. */
export function useRun(place: CodePlace, prepared: Prepared | null) {
  const { client, announcements } = useCockpit()
  const [refused, setRefused] = useState<ContractError | null>(null)
  const [isPending, setPending] = useState(false)
  const run = async () => {
    if (isPending || prepared === null) return
    setPending(true)
    setRefused(null)
    const result = await client.request('execution.start', { ...place })
    setPending(false)
    if (!result.ok) setRefused(result.error)
    const text = result.ok ? 'Started' : describeRefusal(result.error)
    announcements.tell({ politeness: 'polite', text })
  }
  return { refused, isPending, run }
}
