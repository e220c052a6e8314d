import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { createGuide, type Guide, type GuideStore } from '../guide/guide-store.ts'
import { createSettingsActions, type SettingsActions } from './settings-actions.ts'
import {
  createAppearance,
  type Appearance,
  type AppearanceStore,
  type LocalStore,
} from './settings-appearance.ts'
import { createSettingsStore, type SettingsState, type SettingsStore } from './settings-store.ts'

/** The settings of the engine and of this page, and how far the first steps are. */
export interface SettingsDesk {
  readonly settings: Pick<SettingsStore, 'getState' | 'getInitialState' | 'subscribe'>
  readonly actions: SettingsActions
  readonly appearance: AppearanceStore
  readonly guide: GuideStore
}

/** @param local what this browser keeps; null where it keeps nothing. */
export function createSettingsDesk(
  { client, announcements }: Pick<Cockpit, 'client' | 'announcements'>,
  local: LocalStore | null,
): SettingsDesk {
  const settings = createSettingsStore()
  return {
    settings,
    actions: createSettingsActions({
      client,
      store: settings,
      say: (text) => {
        announcements.tell({ politeness: 'polite', text })
      },
    }),
    appearance: createAppearance(local),
    guide: createGuide(local),
  }
}

/** The desk that the components below belong to. */
export const SettingsContext = createContext<SettingsDesk | null>(null)

/** @throws outside of a cockpit, which is a bug. */
export function useSettingsDesk(): SettingsDesk {
  const desk = use(SettingsContext)
  if (!desk) throw new Error('This component needs the settings around it')
  return desk
}

/** Reads from the settings; renders again only when the selected value changes. */
export function useSettings<Value>(select: (state: SettingsState) => Value): Value {
  return useStore(useSettingsDesk().settings, select)
}

/** Reads how the page looks to its reader. */
export function useAppearance<Value>(select: (state: Appearance) => Value): Value {
  return useStore(useSettingsDesk().appearance.store, select)
}

/** Reads how far the first steps are. */
export function useGuide<Value>(select: (state: Guide) => Value): Value {
  return useStore(useSettingsDesk().guide.store, select)
}
