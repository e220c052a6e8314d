import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventChecksum, eventText } from '#electron/journal/event-row.ts'
import { migrate, migrations } from '#electron/journal/schema.ts'
import { openJournal } from '#electron/journal/sqlite.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { incidentOf, type Event, type EventBody } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { pagedOf } from '#shared/domain/incident/paging.ts'
import { valueOf } from '#test/contract/journal-fixtures.ts'
import { silentLogger, startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'

const alerts = [signal({ alertname: 'A', severity: 'critical' })]
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'deckwatch-deliveries-'))
})
afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

/** What an engine recorded that paged somebody, on a channel that takes nothing. */
async function recordedPage(): Promise<readonly Event[]> {
  const source = createScriptedSource('am')
  const journal = createMemoryJournal()
  const channel = createFakeChannel()
  channel.failWith({ code: 'unavailable', message: 'nobody there', hint: 'start it' })
  source.show(alerts)
  const test = startTestEngine([source], { journal, channels: [channel] })
  await test.clock.advance(0)
  await test.engine.stop()
  return journal.events
}

/** A body as the version before wrote it: nobody was named as the recipient. */
function before(body: EventBody): object {
  const { recipient: _recipient, ...old } = { recipient: undefined, ...body }
  return old
}

/** Writes the journal of the version before: its schema, its events, what waits to go out. */
function writeOldJournal(events: readonly Event[]): void {
  mkdirSync(directory, { recursive: true })
  const database = new DatabaseSync(join(directory, 'journal.sqlite'))
  migrate(database, migrations.slice(0, 1))
  const insertEvent = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)')
  const insertDelivery = database.prepare(
    'INSERT INTO deliveries (key, event_id, channel, body, created_seq) VALUES (?, ?, ?, ?, ?)',
  )
  for (const { seq, id, at, actor, body } of events) {
    const text = eventText({ actor, body: before(body) as EventBody })
    const checksum = eventChecksum(seq, id, at, text)
    insertEvent.run(seq, id, at, body.type, incidentOf(body), text, checksum)
    if (body.type !== 'page.requested') continue
    for (const channel of body.channels) {
      insertDelivery.run(`${body.pageId}.${channel}`, id, channel, '{"title":"as it was"}', seq)
    }
  }
  database.close()
}

function openMigrated() {
  const clock = createFakeClock()
  return valueOf(openJournal({ directory, clock, logger: silentLogger, isNewAllowed: false }))
}

describe('a journal of before deliveries had kinds', () => {
  it('keeps what waits, as pages, and what was recorded, as pages to the owner', async () => {
    const events = await recordedPage()
    writeOldJournal(events)
    const journal = openMigrated()
    expect(journal.waitingDeliveries('desktop', 10)).toMatchObject([
      { kind: 'page', channel: 'desktop', attempts: 0 },
    ])
    const { state, tail } = journal.load()
    const [incident] = evolve(state, tail).incidents.values()
    expect(incident && pagedOf(incident, OWNER_ID)).toMatchObject({ count: 1 })
    journal.close()
  })

  it('sends each of them once, and pages nobody anew', async () => {
    writeOldJournal(await recordedPage())
    const source = createScriptedSource('am')
    source.show(alerts)
    for (const expected of [1, 0]) {
      const channel = createFakeChannel()
      const journal = openMigrated()
      const test = startTestEngine([source], { journal, channels: [channel] })
      source.forget()
      await test.clock.advance(20_000)
      expect(channel.calls.filter(({ sound }) => sound !== 'none')).toHaveLength(expected)
      expect(journal.waitingDeliveries('desktop', 10)).toEqual([])
      const { tail, state } = journal.load()
      const [incident] = evolve(state, tail).incidents.values()
      expect(incident && pagedOf(incident)?.count).toBe(1)
      await test.engine.stop()
    }
  })
})
