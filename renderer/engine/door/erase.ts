import { DATABASE_NAME, OfflineDatabase } from '../offline/database.ts'

/**
 * Erases what this browser keeps of a Deckwatch: alerts, drafts, commands that were not delivered,
 * settings of the page. Other tabs let go of the database when they are asked to. Never rejects.
 */
export async function eraseKept(): Promise<void> {
  try {
    localStorage.clear()
    sessionStorage.clear()
  } catch {
    // Forbidden by the browser: then nothing is kept there.
  }
  await new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(DATABASE_NAME)
    request.onsuccess = () => {
      resolve()
    }
    request.onerror = () => {
      resolve()
    }
  })
}

/**
 * Erases what was kept for one person before another one comes. Commands stay: they are delivered
 * only under the person who gave them. Never rejects.
 */
export async function eraseForAnother(): Promise<void> {
  try {
    localStorage.clear()
    sessionStorage.clear()
    const nothing = () => undefined
    const database = new OfflineDatabase(DATABASE_NAME, { superseded: nothing, blocked: nothing })
    const others = database.tables.filter(({ name }) => name !== database.commands.name)
    await Promise.all(others.map((table) => table.clear()))
    database.close()
  } catch {
    await eraseKept()
  }
}
