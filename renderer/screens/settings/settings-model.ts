import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import type { LocalStore } from '../../engine/page/local-store.ts'
import { createSettingsActions, type SettingsActions } from './settings-actions.ts'
import { createAppearance, type Appearance, type AppearanceStore } from './settings-appearance.ts'
import { createSettingsStore, type SettingsState, type SettingsStore } from './settings-store.ts'

/** The settings of the engine and of this page. */
export interface SettingsModel {
  readonly settings: Pick<SettingsStore, 'getState' | 'getInitialState' | 'subscribe'>
  readonly actions: SettingsActions
  readonly appearance: AppearanceStore
}

/** @param local what this browser keeps. */
export function createSettingsModel(
  { client, announcements }: Pick<Cockpit, 'client' | 'announcements'>,
  local: LocalStore,
): SettingsModel {
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
  }
}

/** The settings that the components below belong to. */
export const SettingsContext = createContext<SettingsModel | null>(null)

/** @throws outside of a cockpit, which is a bug. */
export function useSettingsModel(): SettingsModel {
  const model = use(SettingsContext)
  if (!model) throw new Error('This component needs the settings around it')
  return model
}

/** Reads from the settings; renders again only when the selected value changes. */
export function useSettings<Value>(select: (state: SettingsState) => Value): Value {
  return useStore(useSettingsModel().settings, select)
}

/** Reads how the page looks to its reader. */
export function useAppearance<Value>(select: (state: Appearance) => Value): Value {
  return useStore(useSettingsModel().appearance.store, select)
}
