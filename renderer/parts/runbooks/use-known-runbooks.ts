import { useStore } from 'zustand'
import { useCockpit } from '../../engine/cockpit/context.ts'
import type { RunbooksState } from '../../engine/offline/runbook-shelf.ts'

/** What is known of runbooks; renders again when that changes. */
export function useKnownRunbooks(): RunbooksState {
  return useStore(useCockpit().runbooks.state)
}
