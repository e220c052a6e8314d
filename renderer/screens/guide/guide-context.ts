import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { Guide, GuideStore } from './guide-store.ts'

/** The guide of the components below. */
export const GuideContext = createContext<GuideStore | null>(null)

/** @throws where no guide is around, which is a bug. */
export function useGuideStore(): GuideStore {
  const guide = use(GuideContext)
  if (!guide) throw new Error('This component needs the guide around it')
  return guide
}

/** Reads how far the first steps are. */
export function useGuide<Value>(select: (state: Guide) => Value): Value {
  return useStore(useGuideStore().store, select)
}
