import { createContext, use } from 'react'
import type { Attention } from './attention.ts'

/** Whether somebody looks at the page that the components below are on. */
export const AttentionContext = createContext<Attention | null>(null)

/** @throws where nobody watches for it, which is a bug. */
export function useAttention(): Attention {
  const attention = use(AttentionContext)
  if (!attention) throw new Error('This component needs to know who looks at it')
  return attention
}
