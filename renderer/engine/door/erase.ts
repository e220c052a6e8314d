import { DATABASE_NAME, OfflineDatabase } from '../offline/database.ts'
import { KEYS_DATABASE } from './key-store.ts'

/**
 * Erases what this browser keeps of a Deckwatch: alerts, drafts, commands that were not delivered,
 * settings of the page. Only that it is signed out stays. Other tabs let go of a database when they
 * are asked to. Never rejects.
 */
export async function eraseKept(): Promise<void> {
  clearStorage()
  const names = await databaseNames()
  await Promise.all(names.map(deleteDatabase))
}

/**
 * Erases what was kept for one person before another one comes. Commands stay: they are delivered
 * only under the person who gave them. Never rejects.
 */
export async function eraseForAnother(): Promise<void> {
  clearStorage()
  const names = await databaseNames()
  await Promise.all(names.filter((name) => name !== DATABASE_NAME).map(deleteDatabase))
  if (!names.includes(DATABASE_NAME)) return
  try {
    const nothing = () => undefined
    const database = new OfflineDatabase(DATABASE_NAME, { superseded: nothing, blocked: nothing })
    const others = database.tables.filter(({ name }) => name !== database.commands.name)
    await Promise.all(others.map((table) => table.clear()))
    database.close()
  } catch {
    await deleteDatabase(DATABASE_NAME)
  }
}

function clearStorage(): void {
  try {
    localStorage.clear()
    sessionStorage.clear()
  } catch {
    // Forbidden by the browser: then nothing is kept there.
  }
}

/** All databases of this address but the one with its key: what is added later is erased as well. */
async function databaseNames(): Promise<readonly string[]> {
  try {
    const found = await indexedDB.databases()
    return found.flatMap(({ name = '' }) => (name === '' || name === KEYS_DATABASE ? [] : [name]))
  } catch {
    // Without IndexedDB nothing is kept there either.
    return []
  }
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => {
      resolve()
    }
    request.onerror = () => {
      resolve()
    }
    // A tab that sleeps holds it: it is gone as soon as that one wakes, and is not waited for.
    request.onblocked = () => {
      resolve()
    }
  })
}
