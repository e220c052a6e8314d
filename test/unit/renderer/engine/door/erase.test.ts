// Before Dexie, which looks for the database when it is loaded.
import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { eraseForAnother, eraseKept } from '#renderer/engine/door/erase.ts'
import { DATABASE_NAME, OfflineDatabase } from '#renderer/engine/offline/database.ts'

const nothing = () => undefined

async function keepRunbook(): Promise<void> {
  const database = new OfflineDatabase(DATABASE_NAME, { superseded: nothing, blocked: nothing })
  await database.runbookTexts.put({ id: 'playbook:a.md', text: 'secret' })
  await database.runbookFacts.put({ id: 'playbook:a.md' })
  await database.runbookList.put({ key: 'last' })
  await database.commands.put({ id: 'c1' })
  database.close()
}

async function leftRows() {
  const database = new OfflineDatabase(DATABASE_NAME, { superseded: nothing, blocked: nothing })
  const { runbookTexts, runbookFacts, runbookList, commands } = database
  const tables = [runbookTexts, runbookFacts, runbookList, commands]
  const counts = await Promise.all(tables.map((table) => table.count()))
  database.close()
  return counts
}

it('erases the runbooks of one person before another one comes', async () => {
  await keepRunbook()
  await eraseForAnother()
  expect(await leftRows()).toEqual([0, 0, 0, 1])
})

it('erases all of it where a browser is signed out or let in no more', async () => {
  await keepRunbook()
  await eraseKept()
  expect(await leftRows()).toEqual([0, 0, 0, 0])
})
