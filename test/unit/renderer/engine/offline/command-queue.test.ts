// Before Dexie, which looks for the database when it is loaded.
import 'fake-indexeddb/auto'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '#test/setup/eventually.ts'
import type { Connection } from '#renderer/engine/bridge/engine-client.ts'
import { unknownOutcome } from '#renderer/engine/bridge/request-book.ts'
import { CommandBook } from '#renderer/engine/offline/command-book.ts'
import { CommandQueue, type Delivery } from '#renderer/engine/offline/command-queue.ts'
import type { OfflineDatabase } from '#renderer/engine/offline/database.ts'
import type { KeptCommand } from '#renderer/engine/offline/kept-command.ts'
import { onlyTab, type Tabs } from '#renderer/engine/offline/tabs.ts'
import type { Receipt } from '#shared/contract/operations/operation.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { freshName, openTestDatabase, waitingCommand } from './fake-browser.ts'

type Answer = Result<Receipt, ContractError>
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A tab of the cockpit on an engine that a test answers for. */
function openTab(database: OfflineDatabase | null, tabs: Tabs = onlyTab('me'), person = 'me') {
  const tab = {
    phase: 'open' as Connection['phase'],
    sent: [] as {
      id: string
      name: string
      givenAt: number | undefined
      answer: (answer: Answer) => void
    }[],
    told: [] as Delivery[],
    kept: [] as readonly KeptCommand[],
    failures: 0,
    timers: [] as (() => void)[],
  }
  const book = new CommandBook({
    database,
    person,
    changed: (kept) => {
      tab.kept = kept
      queue.deliver()
    },
    failed: () => {
      tab.failures += 1
    },
  })
  let ids = 0
  const queue: CommandQueue = new CommandQueue({
    client: {
      connection: () =>
        tab.phase === 'lost'
          ? { phase: 'lost', lastHeard: null, isTrying: false }
          : { phase: tab.phase },
      request: (name: string, _input: unknown, id = '', givenAt?: number) =>
        new Promise((resolve) => {
          tab.sent.push({ id, name, givenAt, answer: resolve as (answer: Answer) => void })
        }),
    },
    book,
    now: () => 7_000,
    newId: () => `${tabs.me}-command-${String((ids += 1))}`,
    after: (_ms, callback) => {
      tab.timers.push(callback)
      return () => undefined
    },
    tabs,
    person,
    delivered: (delivery) => tab.told.push(delivery),
  })
  closers.push(() => {
    book.close()
    database?.close()
  })
  const acknowledge = (incidentId = 'i1') =>
    queue.give(queue.write('incident.acknowledge', { incidentId }, 'Shop is down'))
  const sent = async (count: number) => {
    await eventually(() => {
      expect(tab.sent).toHaveLength(count)
    })
    return tab.sent[count - 1]!
  }
  return { tab, book, queue, acknowledge, sent }
}

describe.each(['in the database', 'in memory alone'])('a command, kept %s', (where) => {
  const database = () => (where === 'in the database' ? openTestDatabase().database : null)

  it('is sent at once while the engine is there, and nothing is left of it', async () => {
    const { tab, acknowledge, sent } = openTab(database())
    const given = acknowledge()
    const { answer, id, givenAt } = await sent(1)
    expect(givenAt).toBeUndefined()
    // It is shown once it is written, which may take longer than the sending.
    await eventually(() => {
      expect(tab.kept).toMatchObject([{ id, state: 'sending', sender: 'me' }])
    })
    answer(ok({ seq: 4 }))
    expect(await given).toEqual({ kind: 'answered', result: ok({ seq: 4 }) })
    expect(tab.kept).toEqual([])
  })

  it('waits while the engine is away, and is delivered in order when it is back', async () => {
    const { tab, queue, acknowledge, sent } = openTab(database())
    tab.phase = 'lost'
    expect(await acknowledge()).toMatchObject({ kind: 'kept' })
    await queue.give(
      queue.write('incident.note', { incidentId: 'i1', text: 'seen' }, 'Shop is down'),
    )
    expect(tab.kept.map(({ name, state, givenAt }) => [name, state, givenAt])).toEqual([
      ['incident.acknowledge', 'waiting', 7_000],
      ['incident.note', 'waiting', 7_000],
    ])
    expect(tab.sent).toEqual([])

    tab.phase = 'open'
    queue.deliver()
    ;(await sent(1)).answer(ok({ seq: 1 }))
    ;(await sent(2)).answer(ok({ seq: 2 }))
    await eventually(() => {
      expect(tab.kept).toEqual([])
    })
    expect(tab.sent.map(({ name, givenAt }) => [name, givenAt])).toEqual([
      ['incident.acknowledge', 7_000],
      ['incident.note', 7_000],
    ])
    expect(tab.told.map(({ kind }) => kind)).toEqual(['done', 'done'])
  })

  it('whose answer was lost is sent again under the same id', async () => {
    const { tab, queue, acknowledge, sent } = openTab(database())
    const given = acknowledge()
    const first = await sent(1)
    tab.phase = 'lost'
    first.answer(fail(unknownOutcome))
    expect(await given).toMatchObject({ kind: 'kept', command: { wasSent: true } })
    tab.phase = 'open'
    queue.deliver()
    const second = await sent(2)
    expect(second.id).toBe(first.id)
    expect([first.givenAt, second.givenAt]).toEqual([undefined, 7_000])
    second.answer(ok({ seq: 1 }))
    await eventually(() => {
      expect(tab.kept).toEqual([])
    })
  })

  it('that was done meanwhile is done; one that is refused stays with its reason', async () => {
    const { tab, queue, acknowledge, sent } = openTab(database())
    tab.phase = 'lost'
    await acknowledge('i1')
    await acknowledge('i2')
    tab.phase = 'open'
    queue.deliver()
    ;(await sent(1)).answer(fail({ code: 'already-done', message: 'bo acknowledged it already.' }))
    const error: ContractError = { code: 'not-found', message: 'No longer known.' }
    ;(await sent(2)).answer(fail(error))
    await eventually(() => {
      expect(tab.kept).toMatchObject([{ state: 'rejected', rejection: error }])
    })
    expect(tab.told.map(({ kind }) => kind)).toEqual(['done', 'rejected'])
    // It is not sent again, and goes when a person has seen it.
    queue.deliver()
    expect(tab.sent).toHaveLength(2)
    expect(await queue.withdraw(tab.kept[0]!.id)).toBe(true)
    expect(tab.kept).toEqual([])
  })

  it('given behind others waits its turn', async () => {
    const { tab, acknowledge, sent } = openTab(database())
    tab.phase = 'lost'
    await acknowledge('i1')
    tab.phase = 'open'
    const given = acknowledge('i2')
    ;(await sent(1)).answer(ok({ seq: 1 }))
    ;(await sent(2)).answer(ok({ seq: 2 }))
    expect(await given).toMatchObject({ kind: 'kept' })
    await eventually(() => {
      expect(tab.kept).toEqual([])
    })
  })

  it('is taken back before it is delivered, not while it is on its way', async () => {
    const { tab, queue, acknowledge, sent } = openTab(database())
    const given = acknowledge()
    const { id, answer } = await sent(1)
    expect(await queue.withdraw(id)).toBe(false)
    answer(ok({ seq: 1 }))
    await given
    tab.phase = 'lost'
    await acknowledge()
    expect(await queue.withdraw(tab.kept[0]!.id)).toBe(true)
    tab.phase = 'open'
    queue.deliver()
    expect(tab.sent).toHaveLength(1)
  })

  it('is not taken back once it was reached for', async () => {
    const { tab, queue, acknowledge } = openTab(database())
    tab.phase = 'lost'
    await acknowledge()
    const { id } = tab.kept[0]!
    tab.phase = 'open'
    queue.deliver()
    for (let step = 0; step < 3; step += 1) await Promise.resolve()
    const isTakenBack = await queue.withdraw(id)
    await eventually(() => {
      for (const { answer } of tab.sent) answer(ok({ seq: 1 }))
      expect(tab.kept).toEqual([])
    })
    // Either, and never both.
    expect(tab.sent.length + Number(isTakenBack)).toBe(1)
  })

  it('that the engine does not answer in time is sent again, under the same id', async () => {
    const { acknowledge, sent } = openTab(database())
    const given = acknowledge()
    const first = await sent(1)
    first.answer(fail({ code: 'engine-unreachable', message: 'No answer in time.' }))
    await given
    expect((await sent(2)).id).toBe(first.id)
  })
})

describe('two tabs', () => {
  function twoTabs() {
    const name = freshName()
    const open = new Set(['a', 'b'])
    let line = Promise.resolve()
    const tabsOf = (me: string): Tabs => ({
      me,
      open: () => Promise.resolve(open),
      exclusively: (_name, work) => {
        line = line.then(work)
        return line
      },
    })
    const a = openTab(openTestDatabase(name).database, tabsOf('a'))
    const b = openTab(openTestDatabase(name).database, tabsOf('b'))
    return { a, b, open }
  }

  it('see the same commands, and one of them delivers', async () => {
    const { a, b } = twoTabs()
    a.tab.phase = 'lost'
    b.tab.phase = 'lost'
    await a.acknowledge()
    await eventually(() => {
      expect(b.tab.kept).toHaveLength(1)
    })
    a.tab.phase = 'open'
    b.tab.phase = 'open'
    a.queue.deliver()
    b.queue.deliver()
    await eventually(() => {
      expect(a.tab.sent.length + b.tab.sent.length).toBe(1)
    })
    for (const { answer } of [...a.tab.sent, ...b.tab.sent]) answer(ok({ seq: 1 }))
    await eventually(() => {
      expect([a.tab.kept, b.tab.kept]).toEqual([[], []])
    })
    expect(a.tab.sent.length + b.tab.sent.length).toBe(1)
  })

  it('leave to each other what is on its way, until one of them is gone', async () => {
    const { a, b, open } = twoTabs()
    void a.acknowledge()
    const { id } = await a.sent(1)
    await eventually(() => {
      expect(b.tab.kept).toMatchObject([{ id, state: 'sending', sender: 'a' }])
    })
    expect(b.tab.sent).toEqual([])
    open.delete('a')
    b.queue.deliver()
    expect((await b.sent(1)).id).toBe(id)
  })

  it('take back what waits, and not what the other is sending', async () => {
    const { a, b } = twoTabs()
    a.tab.phase = b.tab.phase = 'lost'
    await a.acknowledge()
    await eventually(() => {
      expect(b.tab.kept).toHaveLength(1)
    })
    a.tab.phase = 'open'
    a.queue.deliver()
    const { answer, id } = await a.sent(1)
    // Also where word of it has not come yet: its row decides.
    expect(await b.queue.withdraw(id)).toBe(false)
    expect(b.tab.kept).toMatchObject([{ id, state: 'sending', sender: 'a' }])
    answer(ok({ seq: 1 }))
    await eventually(() => {
      expect(b.tab.kept).toEqual([])
    })

    a.tab.phase = 'lost'
    await a.acknowledge()
    await eventually(() => {
      expect(b.tab.kept).toHaveLength(1)
    })
    expect(await b.queue.withdraw(b.tab.kept[0]!.id)).toBe(true)
    await eventually(() => {
      expect(a.tab.kept).toEqual([])
    })
    a.tab.phase = 'open'
    a.queue.deliver()
    expect(a.tab.sent).toHaveLength(1)
  })

  it('take back what is left of a tab that is gone', async () => {
    const { a, b, open } = twoTabs()
    b.tab.phase = 'lost'
    void a.acknowledge()
    const { id } = await a.sent(1)
    await eventually(() => {
      expect(b.tab.kept).toMatchObject([{ id, state: 'sending', sender: 'a' }])
    })
    open.delete('a')
    expect(await b.queue.withdraw(id)).toBe(true)
  })

  it.each([
    ['done', (book: CommandBook, { id }: KeptCommand) => book.remove(id), []],
    [
      'refused',
      (book: CommandBook, command: KeptCommand) => book.put({ ...command, state: 'rejected' }),
      ['rejected'],
    ],
  ])('do not take back what was %s meanwhile', async (_what, settle, left) => {
    const { a, b } = twoTabs()
    a.tab.phase = b.tab.phase = 'lost'
    await a.acknowledge()
    await eventually(() => {
      expect(b.tab.kept).toHaveLength(1)
    })
    const [command] = b.tab.kept
    const settled = settle(a.book, command!)
    expect(await b.queue.withdraw(command!.id)).toBe(false)
    expect(b.tab.kept.map(({ state }) => state)).toEqual(left)
    expect(b.tab.sent).toEqual([])
    await settled
  })

  it.each([
    ['rejected', (book: CommandBook, command: KeptCommand) => book.put(command)],
    ['done', (book: CommandBook, command: KeptCommand) => book.remove(command.id)],
  ])('know what the other has %s as soon as they reach for it', async (what, settle) => {
    const name = freshName()
    const one = openTab(openTestDatabase(name).database, onlyTab('one'))
    const two = openTab(openTestDatabase(name).database, onlyTab('two'))
    const waiting = waitingCommand()
    one.tab.phase = two.tab.phase = 'lost'
    await one.book.put(waiting)
    await eventually(() => {
      expect(two.tab.kept).toEqual([waiting])
    })
    const settled = settle(one.book, waitingCommand({ state: 'rejected' }))
    expect(await two.book.claim(waiting.id, 'two')).toBeNull()
    // At once: word of it came while the claim was written, or never comes.
    expect(two.tab.kept.map(({ state }) => state)).toEqual(what === 'done' ? [] : ['rejected'])
    await settled
  })

  it('both see a rejection, and both see it dismissed', async () => {
    const { a, b } = twoTabs()
    a.tab.phase = 'lost'
    b.tab.phase = 'lost'
    await a.acknowledge()
    a.tab.phase = 'open'
    a.queue.deliver()
    ;(await a.sent(1)).answer(fail({ code: 'not-found', message: 'No longer known.' }))
    await eventually(() => {
      expect(b.tab.kept).toMatchObject([{ state: 'rejected' }])
    })
    await b.queue.withdraw(b.tab.kept[0]!.id)
    await eventually(() => {
      expect(a.tab.kept).toEqual([])
    })
  })
})

describe('a command that is given right after a reload', () => {
  it('goes behind those that were kept before, though they are not known yet', async () => {
    const { database } = openTestDatabase()
    await database.commands.put(waitingCommand({ id: 'command-7', order: 7 }))
    const { tab, acknowledge, sent } = openTab(database)
    const given = acknowledge('i2')
    const first = await sent(1)
    expect(first.id).toBe('command-7')
    first.answer(ok({ seq: 1 }))
    ;(await sent(2)).answer(ok({ seq: 2 }))
    expect(await given).toMatchObject({ kind: 'kept', command: { order: 8 } })
    expect(tab.sent).toHaveLength(2)
  })
})

describe('what is shown of a command is what a reload finds', () => {
  /** Holds the table, as a browser that is busy does; returns what lets it go. */
  function hold(database: OfflineDatabase): () => void {
    let isHeld = true
    const store = database.backendDB().transaction('commands', 'readwrite').objectStore('commands')
    const askOn = () => {
      if (isHeld) store.count().onsuccess = askOn
    }
    askOn()
    return () => {
      isHeld = false
    }
  }
  const rowsOf = (name: string) => {
    const { database } = openTestDatabase(name)
    closers.push(() => {
      database.close()
    })
    return database.commands.toArray()
  }

  it('a new one when it is written', async () => {
    const name = freshName()
    const { database } = openTestDatabase(name)
    const { tab, book, acknowledge } = openTab(database)
    await book.firstRead()
    tab.phase = 'lost'
    const release = hold(database)
    const given = acknowledge()
    expect(tab.kept).toEqual([])
    expect(book.list()).toHaveLength(1)
    release()
    await given
    expect(tab.kept).toHaveLength(1)
    expect(await rowsOf(name)).toEqual(tab.kept)
  })

  it('a new one after a second at the latest, where the database takes longer', async () => {
    const { database } = openTestDatabase()
    const { tab, book, acknowledge } = openTab(database)
    await book.firstRead()
    tab.phase = 'lost'
    const release = hold(database)
    const given = acknowledge()
    for (const elapsed of tab.timers.splice(0)) elapsed()
    expect(await given).toMatchObject({ kind: 'kept' })
    expect(tab.kept).toHaveLength(1)
    release()
  })

  it('one that is taken back until it is taken out', async () => {
    const name = freshName()
    const { database } = openTestDatabase(name)
    const { tab, queue, acknowledge } = openTab(database)
    tab.phase = 'lost'
    await acknowledge()
    const [command] = tab.kept
    const release = hold(database)
    const takenBack = queue.withdraw(command!.id)
    for (let turn = 0; turn < 5; turn += 1) await setTimeout(1)
    expect(tab.kept).toEqual([command])
    release()
    expect(await takenBack).toBe(true)
    expect(tab.kept).toEqual([])
    expect(await rowsOf(name)).toEqual([])
  })

  it('one whose row cannot be taken out: it is there after a reload', async () => {
    const { database } = openTestDatabase()
    const { tab, queue, acknowledge } = openTab(database)
    tab.phase = 'lost'
    await acknowledge()
    const [command] = tab.kept
    database.close()
    expect(await queue.withdraw(command!.id)).toBe(false)
    expect(tab.kept).toEqual([command])
  })

  it('none that was taken back while the database could not be opened', async () => {
    const name = freshName()
    const { database } = openTestDatabase(name)
    const { promise: mayOpen, resolve: open } = Promise.withResolvers<undefined>()
    database.on('ready', () => mayOpen)
    const { tab, queue, acknowledge } = openTab(database)
    tab.phase = 'lost'
    const given = acknowledge()
    for (let turn = 0; turn < 2; turn += 1) {
      await Promise.resolve()
      for (const elapsed of tab.timers.splice(0)) elapsed()
      for (let step = 0; step < 5; step += 1) await Promise.resolve()
    }
    await given
    expect(await queue.withdraw(tab.kept[0]!.id)).toBe(true)
    expect(tab.kept).toEqual([])
    open(undefined)
    await database.commands.count()
    expect(await rowsOf(name)).toEqual([])
  })
})

describe('a database that fails', () => {
  it('is told of, and the command is delivered all the same', async () => {
    const { database } = openTestDatabase()
    database.close()
    const { tab, queue, acknowledge, sent } = openTab(database)
    tab.phase = 'lost'
    const given = acknowledge()
    // What was kept before cannot be read: it is waited for once, and not for long.
    for (const elapsed of tab.timers.splice(0)) elapsed()
    await given
    await acknowledge('i2')
    await eventually(() => {
      expect(tab.failures).toBeGreaterThan(0)
    })
    tab.phase = 'open'
    queue.deliver()
    ;(await sent(1)).answer(ok({ seq: 1 }))
    ;(await sent(2)).answer(ok({ seq: 2 }))
    await eventually(() => {
      expect(tab.kept).toEqual([])
    })
  })

  it('holds rows of another build: they are left to it', async () => {
    const { database } = openTestDatabase()
    await database.commands.put({ id: 'odd', name: 'incident.teleport' })
    await database.commands.put(waitingCommand())
    const { tab, sent } = openTab(database)
    expect((await sent(1)).id).toBe('command-1')
    expect(tab.kept).toHaveLength(1)
    expect(await database.commands.get('odd')).toBeDefined()
  })
})
