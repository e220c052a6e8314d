// Before Dexie, which looks for the database when it is loaded.
import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import type { OperationName } from '#shared/contract/contract.ts'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import type { EngineClient } from '#renderer/engine/bridge/engine-client.ts'
import type { OfflineDatabase } from '#renderer/engine/offline/database.ts'
import { chooseKept } from '#renderer/engine/offline/runbook-quota.ts'
import { RunbookRows } from '#renderer/engine/offline/runbook-rows.ts'
import { RunbookShelf } from '#renderer/engine/offline/runbook-shelf.ts'
import { runbookFileWith, runbookPageWith } from '#test/fixtures/runbook-entries.ts'
import { eventually } from '#test/setup/eventually.ts'
import { openTestDatabase } from './fake-browser.ts'

const opened: OfflineDatabase[] = []
afterEach(() => {
  for (const database of opened.splice(0)) database.close()
})
function open() {
  const { database } = openTestDatabase()
  opened.push(database)
  return database
}

/** An engine with these runbooks, which can be away; notes which texts it was asked for. */
function engineWith(texts: Readonly<Record<string, string>>) {
  const engine = { texts, revision: 1, isThere: true, read: [] as string[] }
  const entryOf = (path: string): RunbookEntry => runbookFileWith(path, engine.texts[path] ?? '')
  const answer = (name: OperationName, { id = '' }: { id?: string }): unknown => {
    if (!engine.isThere)
      return { ok: false, error: { code: 'engine-unreachable', message: 'gone' } }
    if (name === 'runbook.list') {
      const entries = Object.keys(engine.texts).map(entryOf)
      return { ok: true, value: { revision: engine.revision, entries, more: 0 } }
    }
    engine.read.push(id)
    const path = id.replace('playbook:', '')
    const text = engine.texts[path]
    return text === undefined
      ? { ok: false, error: { code: 'not-found', message: 'no such runbook' } }
      : { ok: true, value: { entry: entryOf(path), text } }
  }
  const client = {
    request: (name: OperationName, input: { id?: string }) => Promise.resolve(answer(name, input)),
    connection: () => ({ phase: engine.isThere ? 'open' : 'connecting' }),
  } as unknown as EngineClient
  return { engine, client }
}

function shelfOf(
  client: EngineClient,
  database: OfflineDatabase | null,
  linked: readonly string[] = [],
  now = 5_000,
) {
  const told: string[] = []
  const shelf = new RunbookShelf({
    client,
    rows: database && new RunbookRows(database),
    tabs: { exclusively: (_name, work) => work() },
    now: () => now,
    linked: () => new Set(linked),
    failed: () => {
      told.push('failed')
    },
  })
  return { shelf, told }
}

describe('the runbooks that are kept', () => {
  it('are listed and read with the engine gone, in another page', async () => {
    const database = open()
    const { engine, client } = engineWith({ 'a.md': '# A', 'b.md': '# B' })
    const { shelf } = shelfOf(client, database)
    await shelf.follow(1)
    expect(shelf.state.getState()).toMatchObject({ toRead: 0, list: { listedAt: 5_000 } })

    engine.isThere = false
    const { shelf: later } = shelfOf(client, database, [], 9_000)
    await eventually(() => {
      expect(later.state.getState().list?.entries.map(({ title }) => title)).toEqual(['A', 'B'])
    })
    expect(later.state.getState().list?.listedAt).toBe(5_000)
    expect(await later.read('playbook:b.md')).toMatchObject({
      ok: true,
      value: { text: '# B', isCurrent: true },
    })
  })

  it('are read again only where their text has changed', async () => {
    const { engine, client } = engineWith({ 'a.md': '# A', 'b.md': '# B' })
    const { shelf } = shelfOf(client, open())
    await shelf.follow(1)
    await shelf.follow(1)
    expect(engine.read.toSorted()).toEqual(['playbook:a.md', 'playbook:b.md'])
    engine.texts = { ...engine.texts, 'b.md': '# B, changed' }
    await shelf.follow(2)
    expect(engine.read.slice(2)).toEqual(['playbook:b.md'])
  })

  it('go when the engine lists them no more, unless an open incident leads there', async () => {
    const database = open()
    const { engine, client } = engineWith({ 'a.md': '# A', 'b.md': '# B', 'c.md': '# C' })
    const { shelf } = shelfOf(client, database, ['playbook:b.md'])
    await shelf.follow(1)
    engine.texts = { 'c.md': '# C' }
    await shelf.follow(2)
    expect([...shelf.state.getState().kept.keys()]).toEqual(['playbook:b.md', 'playbook:c.md'])
    expect(await database.runbookTexts.toCollection().primaryKeys()).toEqual([
      'playbook:b.md',
      'playbook:c.md',
    ])
    expect(await shelf.read('playbook:b.md')).toMatchObject({ value: { isCurrent: false } })
  })

  it('stop where the engine goes, and go on once it is back', async () => {
    const { engine, client } = engineWith({ 'a.md': '# A', 'b.md': '# B', 'c.md': '# C' })
    const { shelf } = shelfOf(client, open())
    const request = client.request.bind(client)
    client.request = (async (name: 'runbook.read', input: { id: string }) => {
      const answer = await request(name, input)
      if (engine.read.length > 0) engine.isThere = false
      return answer
    }) as typeof client.request
    await shelf.follow(1)
    expect(shelf.state.getState().toRead).toBeGreaterThan(0)
    client.request = request
    engine.isThere = true
    await shelf.follow(1)
    expect(shelf.state.getState()).toMatchObject({ toRead: 0 })
    expect(shelf.state.getState().kept.size).toBe(3)
  })

  it('are an older version where the new one cannot be asked for, and say so', async () => {
    const { engine, client } = engineWith({ 'a.md': '# A' })
    const database = open()
    const { shelf } = shelfOf(client, database)
    await shelf.follow(1)
    // A page that was listed with a newer text, and left before that was read.
    await new RunbookRows(database).putList({
      revision: 2,
      more: 0,
      listedAt: 6_000,
      entries: [runbookFileWith('a.md', '# A, changed')],
    })
    engine.isThere = false
    const { shelf: later } = shelfOf(client, database)
    expect(await later.read('playbook:a.md')).toMatchObject({
      ok: true,
      value: { text: '# A', isCurrent: false },
    })
  })

  it('are none in a browser that keeps nothing: the engine is asked', async () => {
    const { client, engine } = engineWith({ 'a.md': '# A' })
    const { shelf } = shelfOf(client, null)
    await shelf.follow(1)
    expect(shelf.keeps).toBe(false)
    expect(await shelf.read('playbook:a.md')).toMatchObject({ ok: true, value: { text: '# A' } })
    engine.isThere = false
    expect(await shelf.read('playbook:a.md')).toMatchObject({ ok: false })
  })

  it('are given up with a word where the browser cannot write them', async () => {
    const database = open()
    const { client } = engineWith({ 'a.md': '# A' })
    const { shelf, told } = shelfOf(client, database)
    await shelf.read('playbook:a.md')
    database.close()
    await shelf.refresh()
    expect(told).toEqual(['failed'])
    expect(shelf.keeps).toBe(false)
    expect(shelf.state.getState().list?.entries).toHaveLength(1)
  })

  it('are those of a build that understands them: others are as if they were not there', async () => {
    const database = open()
    await database.runbookList.put({ key: 'last', entries: 'none' })
    await database.runbookFacts.put({ id: 'playbook:a.md', hash: 1 })
    const { client } = engineWith({ 'a.md': '# A' })
    const { shelf, told } = shelfOf(client, database)
    await shelf.follow(1)
    expect(told).toEqual([])
    expect(shelf.state.getState().kept.size).toBe(1)
  })

  it('hold what was fetched for a person', async () => {
    const page = runbookPageWith('https://wiki.example/a', '# Wiki')
    const client = {
      request: () => Promise.resolve({ ok: true, value: { entry: page } }),
      connection: () => ({ phase: 'open' }),
    } as unknown as EngineClient
    const { shelf } = shelfOf(client, null)
    shelf.state.setState({
      list: { revision: 1, more: 0, listedAt: 1, entries: [], byId: new Map() },
    })
    await shelf.fetch(page.id)
    expect(shelf.state.getState().list?.byId.get(page.id)?.title).toBe('Wiki')
  })
})

describe('what there is room for', () => {
  const candidate = (id: string, size: number, isLinked = false, usedAt = 0) => ({
    id,
    size,
    isLinked,
    usedAt,
  })

  it('is first what open incidents lead to, then what was read last', () => {
    const candidates = [
      candidate('never', 10),
      candidate('old', 10, false, 1),
      candidate('new', 10, false, 2),
      candidate('linked', 10, true),
    ]
    expect(chooseKept(candidates, { bytes: 35, texts: 9 })).toEqual(['linked', 'new', 'old'])
    expect(chooseKept(candidates, { bytes: 99, texts: 2 })).toEqual(['linked', 'new'])
  })

  it('is given to smaller ones where one is too large', () => {
    const candidates = [candidate('large', 90, true), candidate('small', 10)]
    expect(chooseKept(candidates, { bytes: 50, texts: 9 })).toEqual(['small'])
  })
})
