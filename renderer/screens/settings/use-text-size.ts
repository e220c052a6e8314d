import { useLayoutEffect } from 'react'
import { useStore } from 'zustand'
import type { AppearanceStore } from './settings-appearance.ts'

/** Makes all sizes follow the reader's choice: they are all relative to the root's. */
export function useTextSize(store: AppearanceStore['store']): void {
  const textSize = useStore(store, (state) => state.textSize)
  useLayoutEffect(() => {
    document.documentElement.style.fontSize = textSize === 100 ? '' : `${String(textSize)}%`
  }, [textSize])
}
