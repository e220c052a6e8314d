import { expect, it } from 'vitest'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel, nobodyThere } from '#test/fixtures/fake-channel.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { incidentOf, labels, MINUTE, poll } from '../outbox/desk.ts'

const names = ['A', 'B', 'C', 'D', 'E']

/** Five P1s at once, so that they are told in a summary, on two channels. */
async function summed() {
  const source = createScriptedSource('am')
  const [desktop, other] = [createFakeChannel(), createFakeChannel('pigeon')]
  const test = startTestEngine([source], {
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
  return { source, desktop, other, test, entriesOf }
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
    'desktop notification sent',
    expect.stringMatching(/^pigeon notification sent \(attempt \d+\)$/),
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
    'pigeon notification cancelled: no longer needed',
  )
})
