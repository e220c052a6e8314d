import { describe, expect, it } from 'vitest'
import { nobodyThere } from '#test/fixtures/fake-channel.ts'
import { signal } from '#test/fixtures/scripted-source.ts'
import { startPagedEngine, labels, MINUTE, poll } from './paged-engine.ts'

describe('what goes out late', () => {
  it('is of how things stand then: a summary counts only what still asks', async () => {
    const { source, channel, journal, test } = startPagedEngine({ P0: { repeat: '12h' } })
    channel.failWith(nobodyThere)
    const names = ['A', 'B', 'C', 'D', 'E', 'F']
    source.show(names.map((name) => signal(labels(name))))
    await poll(test)
    await test.clock.advance(10 * MINUTE)
    source.show([signal(labels('A'))])
    await poll(test)
    channel.failWith(null)
    await test.clock.advance(2 * MINUTE)
    expect(channel.sent).toHaveLength(1)
    expect(channel.sent[0]).toMatchObject({
      key: journal.deliveries[0]?.key,
      tag: 'summary',
      title: '1 incident triggered, worst P0 critical',
      body: '1 P0 critical\n• A is wrong',
    })
  })

  it('is as urgent as what is left of it', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '12h' } })
    channel.failWith(nobodyThere)
    const mild = signal({ ...labels('A', 'warning'), instance: 'mild' })
    source.show([mild, signal({ ...labels('A'), instance: 'bad' })])
    await poll(test)
    await test.clock.advance(10 * MINUTE)
    source.show([mild])
    await poll(test)
    channel.failWith(null)
    await test.clock.advance(2 * MINUTE)
    expect(channel.sent).toHaveLength(1)
    expect(channel.sent[0]).toMatchObject({ severity: 'P2', urgency: 'normal', sound: 'alert' })
  })

  it('goes out as soon as the channel turns out to work, not at its next attempt', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '12h' } })
    channel.failWith(nobodyThere)
    source.show([signal(labels('Critical'))])
    await poll(test)
    await test.clock.advance(2 * MINUTE)
    channel.failWith(null)
    source.show([signal(labels('Critical')), signal(labels('Small', 'warning'))])
    await poll(test)
    expect(channel.sent.map(({ severity }) => severity)).toEqual(['P2', 'P0'])
  })

  it('waits for its time when it failed just now, however many others arrive', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '12h' } })
    const send = channel.send.bind(channel)
    let refused = 0
    channel.send = (message, abort) => {
      if (!message.title.includes('Poison')) return send(message, abort)
      refused += 1
      return Promise.resolve({ ok: false, error: nobodyThere })
    }
    const shown = ['Poison', 'A', 'B'].map((name) => signal(labels(name)))
    source.show(shown)
    await poll(test)
    expect(channel.sent).toHaveLength(2)
    expect(refused).toBe(1)
  })
})
