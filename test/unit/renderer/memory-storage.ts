import type { LocalStore } from '#renderer/engine/page/local-store.ts'

/** A browser's storage; full or forbidden when told so. */
export class MemoryStorage implements LocalStore {
  readonly values = new Map<string, string>()
  isForbidden = false

  getItem(key: string): string | null {
    if (this.isForbidden) throw new Error('forbidden')
    return this.values.get(key) ?? null
  }

  setItem(key: string, value: string): void {
    if (this.isForbidden) throw new Error('forbidden')
    this.values.set(key, value)
  }
}
