import { createStore, type StoreApi } from 'zustand/vanilla'
import { readKey, writeKey, type LocalStore } from '../../engine/page/local-store.ts'

/** How large texts can be, in percent of what the browser would take. */
export const textSizes = [100, 112, 125] as const
export type TextSize = (typeof textSizes)[number]

/** How this page looks to its reader; kept in this browser. */
export interface Appearance {
  readonly textSize: TextSize
}

const KEY = 'deckwatch.text-size'

/** The reader's choice, read from the browser and kept there. */
export interface AppearanceStore {
  readonly store: Pick<StoreApi<Appearance>, 'getState' | 'getInitialState' | 'subscribe'>
  setTextSize(size: TextSize): void
}

/** Makes the store; a browser that keeps nothing forgets the choice with the page. */
export function createAppearance(local: LocalStore): AppearanceStore {
  const kept = Number(readKey(local, KEY))
  const store = createStore<Appearance>(() => ({
    textSize: textSizes.find((size) => size === kept) ?? 100,
  }))
  return {
    store,
    setTextSize(textSize) {
      store.setState({ textSize })
      writeKey(local, KEY, String(textSize))
    },
  }
}
