/** The little of a browser's storage that is used; it may refuse. */
export type LocalStore = Pick<Storage, 'getItem' | 'setItem'>

/** What this browser keeps, or something that lasts as long as the page where it keeps nothing. */
export function browserStore(): LocalStore {
  try {
    return localStorage
  } catch {
    const values = new Map<string, string>()
    return {
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => {
        values.set(key, value)
      },
    }
  }
}

/** Null where there is nothing, or the browser refuses. */
export function readKey(local: LocalStore, key: string): string | null {
  try {
    return local.getItem(key)
  } catch {
    return null
  }
}

/**
 * Keeps a value, unless the browser refuses: a full or forbidden storage costs a preference, nothing
 * that somebody on call should be stopped for.
 *
 * @returns true once it is kept.
 */
export function writeKey(local: LocalStore, key: string, value: string): boolean {
  try {
    local.setItem(key, value)
    return true
  } catch {
    return false
  }
}
