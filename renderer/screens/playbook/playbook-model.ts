import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { createPlaybookActions, type PlaybookActions } from './playbook-actions.ts'
import { createPlaybookStore, type PlaybookState, type PlaybookStore } from './playbook-store.ts'

/** The playbook as this page knows it, and what can be done with it. */
export interface PlaybookModel {
  readonly store: Pick<PlaybookStore, 'getState' | 'getInitialState' | 'subscribe'>
  readonly actions: PlaybookActions
}

/** @param after calls back after a time, ms; returns what stops it. */
export function createPlaybookModel(
  { client, announcements, mirror }: Pick<Cockpit, 'client' | 'announcements' | 'mirror'>,
  after: (ms: number, callback: () => void) => () => void,
): PlaybookModel {
  const store = createPlaybookStore()
  return {
    store,
    actions: createPlaybookActions({
      client,
      store,
      after,
      say: (text) => {
        announcements.tell({ politeness: 'polite', text })
      },
      mayCheck: () => rightRefusal(mirror.getState().status, 'playbook.check') === null,
    }),
  }
}

/** The playbook of the components below. */
export const PlaybookContext = createContext<PlaybookModel | null>(null)

/** @throws outside of a cockpit, which is a bug. */
export function usePlaybookModel(): PlaybookModel {
  const model = use(PlaybookContext)
  if (!model) throw new Error('This component needs the playbook around it')
  return model
}

/** Reads from the playbook; renders again only when the selected value changes. */
export function usePlaybook<Value>(select: (state: PlaybookState) => Value): Value {
  return useStore(usePlaybookModel().store, select)
}
