import { describe, expect, it } from 'vitest'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { signal } from '#test/fixtures/scripted-source.ts'
import { startPagedEngine, incidentOf, labels, MINUTE, poll } from './paged-engine.ts'

const failing = (): never => {
  throw new Error('disk I/O error')
}

function deskWithCockpit(notifications: object = {}) {
  const opened: (string | null)[] = []
  return { opened, ...startPagedEngine(notifications, { open: (id) => void opened.push(id) }) }
}

describe('a press on a notification', () => {
  it('is not lost, and does not end the process, when the journal cannot be read', async () => {
    const { source, channel, journal, opened, test } = deskWithCockpit()
    source.show([signal(labels('A'))])
    await poll(test)
    const { id } = incidentOf(test, 'A')
    Object.assign(journal, { findEvent: failing })
    expect(() => {
      channel.press(`incident:${id}`, 'acknowledged')
    }).not.toThrow()
    expect(opened).toEqual([id])
  })

  it('opens the incident when the press cannot be recorded', async () => {
    const { source, channel, journal, opened, test } = deskWithCockpit()
    source.show([signal(labels('A'))])
    await poll(test)
    const { id } = incidentOf(test, 'A')
    Object.assign(journal, { append: failing })
    channel.press(`incident:${id}`, 'opened')
    expect(opened).toEqual([id])
  })

  it('acknowledges by a page of long ago, as long as it is the last one about its incident', async () => {
    const { source, channel, test } = deskWithCockpit({
      P0: { repeat: '30d' },
      P1: { repeat: '30d' },
      summaryFrom: 100,
    })
    const old = signal(labels('Old'))
    source.show([old])
    await poll(test)
    const { id } = incidentOf(test, 'Old')
    for (let n = 0; n < 510; n += 1) {
      source.show([old, signal(labels(`N${String(n)}`, 'high'))])
      await test.run('source.poll', {})
      await test.clock.advance(MINUTE + 1_000)
    }
    expect(test.engine.state().pages.size).toBeLessThanOrEqual(510)
    channel.press(`incident:${id}`, 'acknowledged')
    expect(incidentOf(test, 'Old').status).toBe('acknowledged')
  })

  it('shows the cockpit when nobody knows the page any more, unless it was only dismissed', async () => {
    const { channel, opened } = deskWithCockpit()
    const stranger = { tag: 'x', key: 'x.desktop', severity: null, title: 'x', body: '' } as const
    for (const action of ['acknowledged', 'opened', 'dismissed'] as const) {
      await channel.send(
        { ...stranger, urgency: 'normal', sound: 'none', incidentId: null },
        new AbortController().signal,
      )
      channel.press('x', action)
    }
    expect(opened).toEqual([null, null])
  })
})

describe('an outbox that cannot read its journal', () => {
  it('is shown until it can', async () => {
    const { source, channel, journal, test } = startPagedEngine()
    const waitingDeliveries = journal.waitingDeliveries.bind(journal)
    Object.assign(journal, { waitingDeliveries: failing })
    source.show([signal(labels('A'))])
    await poll(test)
    expect(test.engine.status.value().problems).toMatchObject([
      {
        code: 'channel-failing',
        message: 'Notifications cannot be shown. The journal does not say what is to be sent.',
      },
    ])
    Object.assign(journal, { waitingDeliveries })
    await test.clock.advance(MINUTE)
    expect(channel.sent).toHaveLength(1)
    expect(test.engine.status.value().problems).toEqual([])
  })
})

describe('what is on the screen when Deckwatch ends', () => {
  it('is taken back, and shown again without a sound by the next one, so that it can be pressed', async () => {
    const { source, channel, journal, test } = startPagedEngine({ P0: { repeat: '12h' } })
    source.show([signal(labels('A')), signal(labels('Over'))])
    await poll(test)
    const { id } = incidentOf(test, 'A')
    const [first] = channel.sent.filter(({ incidentId }) => incidentId === id)
    await test.engine.stop()
    expect(channel.shown.size).toBe(0)
    source.show([signal(labels('A'))])
    source.forget()
    const before = channel.sent.length
    const again = startTestEngine([source], { journal, channels: [channel], clock: test.clock })
    await again.clock.advance(20_000)
    expect(channel.sent.slice(before)).toEqual([{ ...first, sound: 'none' }])
    channel.press(`incident:${id}`, 'acknowledged')
    expect(incidentOf(again, 'A').status).toBe('acknowledged')
  })

  it('stays away when it was seen, and a summary is one', async () => {
    const { source, channel, journal, test } = startPagedEngine({ P0: { repeat: '12h' } })
    source.show(['A', 'B', 'C', 'D', 'E'].map((name) => signal(labels(name, 'high'))))
    await poll(test)
    await test.clock.advance(MINUTE)
    source.show([
      ...['A', 'B', 'C', 'D', 'E'].map((name) => signal(labels(name, 'high'))),
      signal(labels('Seen')),
    ])
    await poll(test)
    channel.press(`incident:${incidentOf(test, 'Seen').id}`, 'opened')
    await test.engine.stop()
    const before = channel.sent.length
    source.forget()
    const again = startTestEngine([source], { journal, channels: [channel], clock: test.clock })
    await again.clock.advance(20_000)
    expect(channel.sent.slice(before).map(({ tag, sound }) => [tag, sound])).toEqual([
      ['summary', 'none'],
    ])
  })

  it('is shown again when the desktop comes after Deckwatch', async () => {
    const { source, channel, journal, test } = startPagedEngine({ P0: { repeat: '12h' } })
    source.show([signal(labels('A'))])
    await poll(test)
    await test.engine.stop()
    const attempts = channel.attempts()
    channel.failWith({ code: 'unavailable', message: 'No desktop yet.', hint: '' })
    source.forget()
    const again = startTestEngine([source], { journal, channels: [channel], clock: test.clock })
    await again.clock.advance(20_000)
    expect(channel.attempts()).toBeGreaterThan(attempts)
    channel.failWith(null)
    await again.clock.advance(MINUTE)
    expect(channel.shown.size).toBe(1)
  })
})
