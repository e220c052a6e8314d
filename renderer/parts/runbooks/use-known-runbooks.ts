import { useStore } from 'zustand'
import { useCockpit } from '../../engine/cockpit/context.ts'
import type { RunbooksState } from '../../engine/offline/runbook-shelf.ts'

/** Reads from what is known of runbooks; renders again only when the selected value changes. */
export function useKnownRunbooks<Value>(select: (state: RunbooksState) => Value): Value {
  return useStore(useCockpit().runbooks.state, select)
}
