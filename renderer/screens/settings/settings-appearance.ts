import { createStore, type StoreApi } from 'zustand/vanilla'

/** How large texts can be, in percent of what the browser would take. */
export const textSizes = [100, 112, 125] as const
export type TextSize = (typeof textSizes)[number]

/** How this page looks to its reader; kept in this browser. */
export interface Appearance {
  readonly textSize: TextSize
}

/** The little of a browser's storage that is used; it may refuse. */
export type LocalStore = Pick<Storage, 'getItem' | 'setItem'>

const KEY = 'deckwatch.text-size'

/** The reader's choice, read from the browser and kept there. */
export interface AppearanceStore {
  readonly store: Pick<StoreApi<Appearance>, 'getState' | 'getInitialState' | 'subscribe'>
  setTextSize(size: TextSize): void
}

/** Makes the store; a browser that keeps nothing forgets the choice with the page. */
export function createAppearance(local: LocalStore | null): AppearanceStore {
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

/** Null where there is nothing, or the browser refuses. */
export function readKey(local: LocalStore | null, key: string): string | null {
  try {
    return local?.getItem(key) ?? null
  } catch {
    return null
  }
}

/** Does nothing where the browser refuses. */
export function writeKey(local: LocalStore | null, key: string, value: string): void {
  try {
    local?.setItem(key, value)
  } catch {
    // A full or forbidden storage costs a preference, nothing else.
  }
}
