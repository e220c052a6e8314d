import { afterEach, describe, expect, it, vi } from 'vitest'
import { browserStore, readKey, writeKey } from '#renderer/engine/page/local-store.ts'
import { MemoryStorage } from '../../memory-storage.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('what a browser keeps', () => {
  it('is read and written by key', () => {
    const local = new MemoryStorage()
    expect(readKey(local, 'size')).toBeNull()
    expect(writeKey(local, 'size', '125')).toBe(true)
    expect(readKey(local, 'size')).toBe('125')
  })

  it('is nothing where it refuses, and nobody is stopped by that', () => {
    const local = new MemoryStorage()
    local.isForbidden = true
    expect(writeKey(local, 'size', '125')).toBe(false)
    expect(readKey(local, 'size')).toBeNull()
  })

  it('lasts as long as the page where asking for it alone is forbidden', () => {
    vi.stubGlobal('localStorage', undefined)
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      get: () => {
        throw new Error('forbidden')
      },
    })
    const local = browserStore()
    expect(writeKey(local, 'size', '125')).toBe(true)
    expect(readKey(local, 'size')).toBe('125')
    expect(readKey(browserStore(), 'size')).toBeNull()
  })
})
