import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { HistoryList, HistoryState } from './history-list.ts'

/** The list of past incidents that the components below share. */
export const HistoryContext = createContext<HistoryList | null>(null)

/** @throws where no list is around, which is a bug. */
export function useHistoryList(): HistoryList {
  const list = use(HistoryContext)
  if (!list) throw new Error('This component needs a list of past incidents around it')
  return list
}

/** Reads from the list; renders again only when the selected value changes. */
export function useHistory<Value>(select: (state: HistoryState) => Value): Value {
  return useStore(useHistoryList().store, select)
}
