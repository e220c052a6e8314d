import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { Actions } from './actions.ts'
import type { Cockpit } from './cockpit.ts'
import type { OfflineState } from '../offline/offline.ts'
import type { MirrorState } from '../mirror/mirror-store.ts'
import type { Ui } from '../page/ui-store.ts'

/** The cockpit that the components below belong to. */
export const CockpitContext = createContext<Cockpit | null>(null)

/** @throws outside a cockpit, which is a bug. */
export function useCockpit(): Cockpit {
  const cockpit = use(CockpitContext)
  if (!cockpit) throw new Error('This component needs a cockpit around it')
  return cockpit
}

/** Reads from what the engine said; renders again only when the selected value changes. */
export function useMirror<Value>(select: (state: MirrorState) => Value): Value {
  return useStore(useCockpit().mirror, select)
}

/** Reads from what is kept for the engine; renders again only when the selected value changes. */
export function useOffline<Value>(select: (state: OfflineState) => Value): Value {
  return useStore(useCockpit().offline.state, select)
}

/** Reads from what belongs to this page; renders again only when the selected value changes. */
export function useUi<Value>(select: (ui: Ui) => Value): Value {
  return useStore(useCockpit().ui, select)
}

export function useActions(): Actions {
  return useCockpit().actions
}
