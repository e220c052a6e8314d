import { useEffect, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { HandoffDocument } from '#shared/domain/handoff/document.ts'
import type { PastHandoff } from '#shared/domain/handoff-draft/past-handoff.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'

/** A handoff with its text. */
export interface FoundHandoff {
  readonly past: PastHandoff
  readonly document: HandoffDocument
}

const AWAY: ContractError = {
  code: 'engine-unreachable',
  message: 'This handoff is shown once Deckwatch is back.',
}

/** History may be a moment behind what was just recorded: it is asked again after this, ms. */
const AGAIN_MS = 1_000
const TRIES = 5

/** The texts of handoffs never change: what this page has read stays readable with the engine gone. */
const known = new Map<string, FoundHandoff>()

/** Reads a handoff of the journal; again when something happened to it. */
export function useHandoffText(handoffId: string): {
  readonly found: FoundHandoff | null
  readonly problem: ContractError | null
} {
  const { client } = useCockpit()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const live = useMirror(({ watch }) => watch?.handoffs.get(handoffId))
  const [found, setFound] = useState<FoundHandoff | null>(known.get(handoffId) ?? null)
  const [problem, setProblem] = useState<ContractError | null>(null)
  useEffect(() => {
    if (!isOpen) return undefined
    let isStale = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = (left: number) => {
      void client.request('handoff.read', { handoffId }).then((result) => {
        if (isStale) return
        if (result.ok) {
          known.set(handoffId, result.value)
          setFound(result.value)
          setProblem(null)
        } else if (result.error.code === 'not-found' && left > 0) {
          timer = setTimeout(() => ask(left - 1), AGAIN_MS)
        } else setProblem(result.error)
      })
    }
    ask(TRIES)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [client, handoffId, isOpen, live])
  return { found, problem: problem ?? (isOpen ? null : AWAY) }
}
