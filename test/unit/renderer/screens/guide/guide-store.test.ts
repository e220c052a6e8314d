import { describe, expect, it } from 'vitest'
import { createGuide } from '#renderer/screens/guide/guide-store.ts'
import { createAppearance } from '#renderer/screens/settings/settings-appearance.ts'

function browser(entries: Record<string, string> = {}) {
  const kept = new Map(Object.entries(entries))
  return {
    kept,
    local: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
  }
}
const forbidden = {
  getItem: () => {
    throw new Error('forbidden')
  },
  setItem: () => {
    throw new Error('forbidden')
  },
}

describe('what a browser keeps', () => {
  it('is how far the first steps are', () => {
    const { local } = browser()
    const guide = createGuide(local)
    expect(guide.store.getState()).toEqual({
      isOpen: null,
      acknowledged: false,
      notified: false,
      isUnfolded: null,
    })
    guide.set({ isOpen: true, acknowledged: true })
    expect(createGuide(local).store.getState()).toEqual({
      isOpen: true,
      acknowledged: true,
      notified: false,
      isUnfolded: null,
    })
    guide.set({ isOpen: false })
    expect(createGuide(local).store.getState().isOpen).toBe(false)
  })

  it('is the size of the text, if it is one of ours', () => {
    const { local, kept } = browser({ 'deckwatch.text-size': '900' })
    const appearance = createAppearance(local)
    expect(appearance.store.getState().textSize).toBe(100)
    appearance.setTextSize(125)
    expect(kept.get('deckwatch.text-size')).toBe('125')
    expect(createAppearance(local).store.getState().textSize).toBe(125)
  })

  it('may be nothing', () => {
    const guide = createGuide(forbidden)
    guide.set({ isOpen: false })
    expect(guide.store.getState().isOpen).toBe(false)
    const appearance = createAppearance(forbidden)
    appearance.setTextSize(112)
    expect(appearance.store.getState().textSize).toBe(112)
  })
})
