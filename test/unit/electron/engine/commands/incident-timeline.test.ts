import { expect, it } from 'vitest'
import { MAX_PAGES } from '#shared/domain/page/evolve.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import type { NewEvent } from '#shared/domain/watch/event.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel, nobodyThere } from '#test/fixtures/fake-channel.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { incidentOf, labels, MINUTE, poll } from '../outbox/paged-engine.ts'

const names = ['A', 'B', 'C', 'D', 'E']

/** Five P1s at once, so that they are told in a summary, on two channels. */
async function summed() {
  const source = createScriptedSource('am')
  const [desktop, other] = [createFakeChannel(), createFakeChannel('pigeon')]
  const journal = createMemoryJournal()
  const test = startTestEngine([source], {
    journal,
    channels: [desktop, other],
    configuration: { notifications: { P1: { repeat: '12h' } } },
  })
  other.failWith(nobodyThere)
  source.show(names.map((name) => signal(labels(name, 'high'))))
  await poll(test)
  const entriesOf = async (name: string) => {
    const outcome = await test.run('incident.timeline', { incidentId: incidentOf(test, name).id })
    if (!outcome.ok) throw new Error(outcome.error.message)
    return outcome.value.entries
  }
  return { source, desktop, other, test, journal, entriesOf }
}

it('says of a summary on each channel what became of it, and when', async () => {
  const { desktop, other, test, entriesOf } = await summed()
  const began = test.clock.now()
  await test.clock.advance(3 * MINUTE)
  other.failWith(null)
  await test.clock.advance(MINUTE)
  desktop.press('summary', 'opened')
  const told = (await entriesOf('A')).filter(({ text }) => /sent|^opened/.test(text))
  expect(told.map(({ text }) => text)).toEqual([
    'Desktop notification sent',
    expect.stringMatching(/^Pigeon notification sent \(attempt \d+\)$/),
    'opened the notification',
  ])
  expect(told[0]?.at).toBe(began)
  expect(told[1]?.at).toBeGreaterThan(began + 3 * MINUTE - 1)
  expect(told[2]?.at).toBe(test.clock.now())
})

it('says of a summary that it was not told where it was not wanted any more', async () => {
  const { source, other, test, entriesOf } = await summed()
  source.show([])
  await poll(test)
  other.failWith(null)
  await test.clock.advance(2 * MINUTE)
  expect((await entriesOf('A')).map(({ text }) => text)).toContain(
    'Pigeon notification cancelled: no longer needed',
  )
})

it('still says it when the state has forgotten the page', async () => {
  const { other, test, journal, entriesOf } = await summed()
  other.failWith(null)
  await test.clock.advance(MINUTE)
  const before = await entriesOf('A')
  expect(before.map(({ text }) => text)).toContain('Desktop notification sent')
  const pageId = [...test.engine.state().pages.keys()][0] ?? ''
  // Newer pages push the summary out of the state.
  const pageOf = (index: number, incidentId: string): NewEvent => ({
    id: `page-event-${String(index)}`,
    at: test.clock.now(),
    actor: { kind: 'deckwatch' },
    body: {
      type: 'page.requested',
      recipient: OWNER_ID,
      pageId: `page-${String(index)}`,
      incidentId,
      tag: incidentId,
      reason: 'asks',
      severity: 'P1',
      incidentIds: [incidentId],
      channels: [],
    },
  })
  await test.engine.stop()
  const own = names.map((name, index) => pageOf(index, incidentOf(test, name).id))
  const others = Array.from({ length: MAX_PAGES }, (_, index) => pageOf(100 + index, 'other'))
  journal.append([...own, ...others], [])
  const again = startTestEngine([createScriptedSource('am')], { journal, clock: test.clock })
  expect(again.engine.state().pages.has(pageId)).toBe(false)
  const outcome = await again.run('incident.timeline', { incidentId: incidentOf(test, 'A').id })
  if (!outcome.ok) throw new Error(outcome.error.message)
  expect(outcome.value.entries.slice(0, before.length)).toEqual(before)
})

it('keeps on each timeline that several were held together', async () => {
  const source = createScriptedSource('am')
  const journal = createMemoryJournal()
  const test = startTestEngine([source], { journal, channels: [createFakeChannel()] })
  source.show([signal(labels('Own'))])
  await poll(test)
  await test.run('focus.start', { incidentId: incidentOf(test, 'Own').id })
  source.show([signal(labels('Own')), signal(labels('X', 'high')), signal(labels('Y', 'high'))])
  await poll(test)
  const held = journal.events.filter(({ body }) => body.type === 'page.held')
  for (const name of ['X', 'Y']) {
    const { id } = incidentOf(test, name)
    const events = journal.incidentEvents(id, 100)
    const own = events.filter(({ body }) => body.type === 'page.held')
    expect(own).toHaveLength(1)
    expect(held).toContainEqual(own[0])
  }
})

it('names the object of every alert event, also once the alert is forgotten', async () => {
  const source = createScriptedSource('am')
  const test = startTestEngine([source])
  const pod = (name: string) =>
    signal({ alertname: 'Crash', service: 'shop', pod: name }, { startsAt: test.clock.now() })
  source.show(['cart-1', 'cart-2', 'cart-3', 'cart-4'].map(pod))
  await poll(test)
  const [incident] = test.engine.state().incidents.values()
  await test.clock.advance(2 * MINUTE)
  source.show([])
  await poll(test)
  await test.run('incident.close', { incidentId: incident?.id ?? '' })
  expect(test.engine.state().alerts.size).toBe(0)
  const outcome = await test.run('incident.timeline', { incidentId: incident?.id ?? '' })
  const lines = outcome.ok ? outcome.value.entries.filter(({ kind }) => kind === 'alert') : []
  const objects = expect.toSatisfy(
    (found: string[]) => found.toSorted().join() === 'cart-1,cart-2,cart-3,cart-4',
  ) as string[]
  expect(lines).toMatchObject([
    { type: 'alert.fired', objects },
    { type: 'alert.resolved', objects },
  ])
})
