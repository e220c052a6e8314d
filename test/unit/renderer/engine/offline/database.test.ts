// Before Dexie, which looks for the database when it is loaded.
import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '#test/setup/eventually.ts'
import { schemaVersions, type SchemaVersion } from '#renderer/engine/offline/database.ts'
import type { OfflineDatabase } from '#renderer/engine/offline/database.ts'
import { freshName, openTestDatabase, waitingCommand } from './fake-browser.ts'

const opened: OfflineDatabase[] = []
function open(name: string, versions?: readonly SchemaVersion[]) {
  const found = openTestDatabase(name, versions)
  opened.push(found.database)
  return found
}
afterEach(() => {
  for (const database of opened.splice(0)) database.close()
})

/** A step that is made up: drafts get their length, timelines go, checks come. */
const next: SchemaVersion = {
  version: 3,
  stores: { checks: 'path', timelines: null },
  upgrade: (transaction) =>
    transaction
      .table('drafts')
      .toCollection()
      .modify((draft: { text: string; length?: number }) => {
        draft.length = draft.text.length
      }),
}

describe('the schema', () => {
  it('leads what was kept on to the next version, and keeps the commands that wait', async () => {
    const name = freshName()
    const { database: before } = open(name)
    await before.drafts.put({ incidentId: 'i1', text: 'restarted', at: 5 })
    await before.commands.put(waitingCommand())
    await before.timelines.put({ incidentId: 'i1', at: 1, timeline: {} })
    before.close()

    const { database: after } = open(name, [...schemaVersions, next])
    expect(await after.drafts.toArray()).toEqual([
      { incidentId: 'i1', text: 'restarted', at: 5, length: 9 },
    ])
    expect(await after.commands.toArray()).toEqual([waitingCommand()])
    await after.table('checks').put({ path: 'a.md' })
    expect(after.tables.map((table) => table.name)).not.toContain('timelines')
  })

  it('leads a database without runbooks on to one with them', async () => {
    const name = freshName()
    const { database: before } = open(name, schemaVersions.slice(0, 1))
    await before.drafts.put({ incidentId: 'i1', text: 'restarted', at: 5 })
    await before.commands.put(waitingCommand())
    before.close()

    const { database: after } = open(name)
    expect(await after.drafts.toArray()).toEqual([{ incidentId: 'i1', text: 'restarted', at: 5 }])
    expect(await after.commands.toArray()).toEqual([waitingCommand()])
    await after.runbookTexts.put({ id: 'playbook:a.md', text: 'x' })
    expect(await after.runbookTexts.count()).toBe(1)
  })

  it('lets a newer tab have the database, and says so', async () => {
    const name = freshName()
    const { database: before, told } = open(name)
    await before.drafts.count()
    const { database: after } = open(name, [...schemaVersions, next])
    expect(await after.drafts.count()).toBe(0)
    expect(told).toEqual(['superseded'])
    await expect(before.drafts.count()).rejects.toThrow()
  })

  it('says when an older tab holds it, and opens when that one lets go', async () => {
    const name = freshName()
    const holder = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name, 5)
      opening.onsuccess = () => {
        resolve(opening.result)
      }
    })
    const { database, told } = open(name)
    const counted = database.drafts.count()
    await eventually(() => {
      expect(told).toEqual(['blocked'])
    })
    holder.close()
    expect(await counted).toBe(0)
  })
})
