import { describe, expect, it } from 'vitest'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel, nobodyThere } from '#test/fixtures/fake-channel.ts'
import { createScriptedSource, signal, unreachableProblem } from '#test/fixtures/scripted-source.ts'
import { startPagedEngine, incidentOf, labels, MINUTE, poll } from './paged-engine.ts'

const HOUR = 60 * MINUTE
/** Until the sources have had their time to answer. */
const SETTLED = 16_000

describe('until the sources have answered after a sleep', () => {
  it('the end of a snooze calls nobody', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('A'))])
    await poll(test)
    const until = test.clock.now() + 30 * MINUTE
    await test.run('incident.snooze', { incidentId: incidentOf(test, 'A').id, until })
    source.failWith(unreachableProblem)
    test.clock.jump(8 * HOUR)
    await test.clock.advance(5_000)
    expect(channel.sent).toHaveLength(1)
    // Nobody answers: what was known last counts.
    await test.clock.advance(SETTLED)
    expect(channel.sent.filter(({ title }) => title.includes('A is wrong'))).toHaveLength(2)
  })

  it('the end of “do not disturb” and of being awake calls nobody', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('Mine', 'high'))])
    await poll(test)
    await test.run('focus.start', { incidentId: incidentOf(test, 'Mine').id })
    await test.run('quiet.start', { until: test.clock.now() + 30 * MINUTE })
    source.show([signal(labels('Mine', 'high')), signal(labels('Other', 'high'))])
    await poll(test)
    source.show([])
    source.failWith(unreachableProblem)
    test.clock.jump(8 * HOUR)
    await test.clock.advance(5_000)
    expect(channel.sent).toHaveLength(1)
    source.failWith(null)
    await poll(test)
    await test.clock.advance(5_000)
    expect(channel.sent).toHaveLength(1)
    expect(test.engine.state().muting).toEqual({ quiet: null, focus: null })
  })

  it('what waited for its channel goes on waiting, and is not sent when it is over', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '12h' } })
    channel.failWith(nobodyThere)
    source.show([signal(labels('A')), signal(labels('B'))])
    await poll(test)
    source.show([signal(labels('B'))])
    source.failWith(unreachableProblem)
    channel.failWith(null)
    test.clock.jump(8 * HOUR)
    await test.clock.advance(5_000)
    expect(channel.sent).toEqual([])
    source.failWith(null)
    await poll(test)
    expect(channel.sent.map(({ title }) => title)).toEqual(['P0 critical: B is wrong'])
  })

  it('what one of them says anew goes out at once, and the rest in its time', async () => {
    const [slow, quick] = [createScriptedSource('slow'), createScriptedSource('quick')]
    const channel = createFakeChannel()
    const configuration = { notifications: { P0: { repeat: '12h' } } }
    const test = startTestEngine([slow, quick], { channels: [channel], configuration })
    channel.failWith(nobodyThere)
    slow.show([signal(labels('Old'))])
    await poll(test)
    slow.failWith(unreachableProblem)
    quick.show([signal(labels('New'))])
    channel.failWith(null)
    test.clock.jump(8 * HOUR)
    await test.clock.advance(5_000)
    expect(channel.sent.map(({ title }) => title)).toEqual(['P0 critical: New is wrong'])
    await test.clock.advance(SETTLED)
    expect(channel.sent.map(({ title }) => title)).toContain('P0 critical: Old is wrong')
  })
})

describe('until the sources have answered after a start', () => {
  it('the end of a snooze calls nobody', async () => {
    const { source, channel, journal, test } = startPagedEngine()
    source.show([signal(labels('A'))])
    await poll(test)
    const until = test.clock.now() + 30 * MINUTE
    await test.run('incident.snooze', { incidentId: incidentOf(test, 'A').id, until })
    await test.engine.stop()
    source.show([])
    source.forget()
    source.failWith(unreachableProblem)
    await test.clock.advance(8 * HOUR)
    const again = startTestEngine([source], { journal, channels: [channel], clock: test.clock })
    await again.clock.advance(5_000)
    expect(channel.sent).toHaveLength(1)
    source.failWith(null)
    await poll(again)
    await again.clock.advance(SETTLED)
    expect(channel.sent).toHaveLength(1)
  })

  it('what waited is not sent', async () => {
    const { source, channel, journal, test } = startPagedEngine()
    channel.failWith(nobodyThere)
    source.show([signal(labels('A'))])
    await poll(test)
    await test.engine.stop()
    channel.failWith(null)
    source.show([])
    source.forget()
    source.failWith(unreachableProblem)
    await test.clock.advance(8 * HOUR)
    const again = startTestEngine([source], { journal, channels: [channel], clock: test.clock })
    await again.clock.advance(5_000)
    expect(channel.sent).toEqual([])
    source.failWith(null)
    await poll(again)
    expect(channel.sent).toEqual([])
    expect(again.engine.state().pages.values().next().value?.deliveries['desktop']).toMatchObject({
      state: 'dropped',
      dropped: 'over',
    })
  })
})
