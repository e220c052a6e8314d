import { useEffect, useState } from 'react'
import type { OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import { MAX_KNOWLEDGE_TEXT } from '#shared/domain/knowledge/schema.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'

/** What is typed is asked for this long after the last letter, ms. */
const TYPED_MS = 120
/** Fewer letters than this are not searched for: nearly all would be found. */
const FEWEST_LETTERS = 2

/** What the engine found. */
export type KnowledgeAnswer = OutputOf<'knowledge.search'>

/**
 * What is known of a search: `idle` where too little was typed; `lost` where the engine cannot be asked,
 * so that whoever shows it looks into what is kept here. An answer is of the text that is typed now,
 * never of an earlier one.
 */
export type KnowledgeState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'refused'; readonly error: ContractError }
  | { readonly kind: 'found'; readonly answer: KnowledgeAnswer }

type Settled = Extract<KnowledgeState, { kind: 'refused' | 'found' }>

/**
 * Searches what was learned.
 *
 * @param text what is typed; searched for once nobody types for a moment.
 * @param limit how many hits are wanted.
 */
export function useKnowledge(text: string, limit: number): KnowledgeState {
  const { client } = useCockpit()
  const phase = useMirror(({ connection }) => connection.phase)
  const wanted = text.trim().slice(0, MAX_KNOWLEDGE_TEXT)
  const [settled, setSettled] = useState<{ readonly of: string; readonly state: Settled } | null>(
    null,
  )
  const isIdle = wanted.length < FEWEST_LETTERS
  useEffect(() => {
    if (isIdle || phase !== 'open') return undefined
    const run = { isOver: false }
    const timer = setTimeout(() => {
      void client.request('knowledge.search', { text: wanted, limit }).then((answer) => {
        if (run.isOver) return
        const state: Settled = answer.ok
          ? { kind: 'found', answer: answer.value }
          : { kind: 'refused', error: answer.error }
        setSettled({ of: wanted, state })
      })
    }, TYPED_MS)
    return () => {
      run.isOver = true
      clearTimeout(timer)
    }
  }, [client, isIdle, limit, phase, wanted])
  if (isIdle) return { kind: 'idle' }
  if (phase !== 'open') return { kind: 'lost' }
  return settled?.of === wanted ? settled.state : { kind: 'asking' }
}
