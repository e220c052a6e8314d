import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openJournal } from '#electron/journal/sqlite.ts'
import { isReader } from '#shared/domain/actor/person.ts'
import { silentLogger, startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { readBy } from '#test/fixtures/persons.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

/**
 * Written by the version before persons had ids, closed cleanly: four alerts fire. Ada acknowledged
 * CheckoutDown and stays on it, resolved QueueGrowing; renamed to Bo, the same owner snoozed
 * DiskFilling. One summary of all was shown.
 */
const OLD = fileURLToPath(
  new URL('../../../fixtures/journals/before-person-ids.sqlite', import.meta.url),
)
/** When it was closed, ms since the epoch, UTC. */
const CLOSED = Date.UTC(2026, 10, 21, 3, 2, 2)

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-old-'))
  copyFileSync(OLD, join(folder, 'journal.sqlite'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function open(owner = { id: 'me', name: 'Ada' }) {
  const clock = createFakeClock(CLOSED)
  const journal = openJournal({
    directory: folder,
    clock,
    logger: silentLogger,
    isNewAllowed: false,
  })
  if (!journal.ok) throw new Error(journal.error.message)
  const source = createScriptedSource('am')
  source.show([
    signal({ alertname: 'CheckoutDown', severity: 'critical', service: 'checkout' }),
    signal({ alertname: 'LatencyHigh', severity: 'high', service: 'search' }),
    signal({ alertname: 'DiskFilling', severity: 'warning', service: 'store' }),
    signal({ alertname: 'QueueGrowing', severity: 'high', service: 'mail' }),
  ])
  const channel = createFakeChannel()
  const test = startTestEngine([source], {
    clock,
    journal: journal.value,
    owner,
    channels: [channel],
  })
  const incident = (name: string) => {
    const found = [...test.engine.state().incidents.values()].find(
      ({ group }) => group['alertname'] === name,
    )
    if (!found) throw new Error(`${name} is not known`)
    return found
  }
  return { ...test, clock, channel, incident }
}

it('a journal of before stands under its owner, with the names of then', async () => {
  const { incident, engine, ...test } = open()
  expect(incident('CheckoutDown').acknowledged?.by).toEqual({
    kind: 'person',
    id: 'me',
    name: 'Ada',
  })
  expect(incident('DiskFilling').snoozed?.by).toMatchObject({ id: 'me', name: 'Bo' })
  expect(incident('QueueGrowing').resolved?.by).toMatchObject({ id: 'me', name: 'Ada' })
  expect(engine.state().muting.focus?.by).toMatchObject({ id: 'me', name: 'Ada' })
  const timeline = await test.run('incident.timeline', { incidentId: incident('CheckoutDown').id })
  if (!timeline.ok) throw new Error(timeline.error.message)
  const actors = timeline.value.entries.map(({ actor }) => actor)
  expect(actors).toContainEqual({ kind: 'person', id: 'me', name: 'Ada' })
  await engine.stop()
})

it('it stays theirs when the people are named later, under another id', async () => {
  const { incident, engine } = open({ id: 'ada', name: 'Ada Lovelace' })
  const by = incident('CheckoutDown').acknowledged?.by ?? { kind: 'deckwatch' }
  expect(isReader(by, readBy({ id: 'ada', name: '' }))).toBe(true)
  expect(isReader(by, readBy({ id: 'bo', name: 'Bo' }))).toBe(false)
  await engine.stop()
})

it('pages nobody anew, and keeps acknowledgements, snoozes and what is resolved', async () => {
  const { incident, engine, clock, channel } = open()
  const pages = new Set(engine.state().pages.keys())
  await clock.advance(10 * 60_000)
  expect(new Set(engine.state().pages.keys())).toEqual(pages)
  // What was on the screen is put back there, without a sound.
  expect(channel.calls.map(({ sound }) => sound)).toEqual(['none'])
  expect(incident('CheckoutDown')).toMatchObject({ status: 'acknowledged' })
  expect(incident('DiskFilling').snoozed).not.toBeNull()
  expect(incident('LatencyHigh')).toMatchObject({
    status: 'triggered',
    paged: { me: { count: 1 } },
  })
  expect(incident('QueueGrowing')).toMatchObject({ status: 'resolved' })
  await engine.stop()
})

it('opens again as it was left, from a snapshot of this version', async () => {
  const first = open()
  const before = first.engine.state()
  await first.engine.stop()
  const second = open()
  expect(second.engine.state().incidents).toEqual(before.incidents)
  await second.engine.stop()
})
