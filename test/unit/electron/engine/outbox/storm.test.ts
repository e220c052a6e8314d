import { describe, expect, it } from 'vitest'
import { pagedOf } from '#shared/domain/incident/paging.ts'
import { signal } from '#test/fixtures/scripted-source.ts'
import { startPagedEngine, incidentOf, labels, MINUTE, poll } from './paged-engine.ts'

describe('a storm of P0s that drips', () => {
  it('is told by name as long as they are few within a minute, then in summaries', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '12h' } })
    const all = []
    for (let second = 0; second < 100; second += 1) {
      for (let part = 0; part < 3; part += 1) {
        all.push(signal(labels(`A${String(second)}-${String(part)}`)))
      }
      source.show([...all])
      await test.run('source.poll', {})
      await test.clock.advance(1_000)
    }
    await test.clock.advance(10_000)
    const named = channel.sent.filter(({ tag }) => tag !== 'summary')
    expect(named.length).toBeLessThanOrEqual(6)
    expect(channel.sent.length - named.length).toBeLessThanOrEqual(12)
    for (const incident of test.engine.state().incidents.values()) {
      expect(pagedOf(incident)?.count, incident.title).toBe(1)
    }
  })

  it('does not wait for a breath: the first that has no name of its own is told at once', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '12h' } })
    const all = []
    for (let n = 0; n < 4; n += 1) {
      all.push(signal(labels(`A${String(n)}`)), signal(labels(`B${String(n)}`, 'warning')))
      source.show([...all])
      await poll(test)
    }
    const told = () => [0, 1, 2, 3].map((n) => pagedOf(incidentOf(test, `A${String(n)}`)) !== null)
    expect(told()).toEqual([true, true, true, true])
    expect(
      channel.sent.filter(({ incidentId, severity }) => incidentId && severity === 'P0'),
    ).toHaveLength(3)
  })

  it('of one at a time is told by few names a minute', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '12h' } })
    const all = []
    for (let n = 0; n < 60; n += 1) {
      all.push(signal(labels(`A${String(n)}`)))
      source.show([...all])
      await test.run('source.poll', {})
      await test.clock.advance(5_000)
    }
    const named = channel.sent.filter(({ incidentId }) => incidentId !== null)
    const minutes = 5
    expect(named.length).toBeLessThanOrEqual(7 * minutes)
    expect(pagedOf(incidentOf(test, 'A57'))).not.toBeNull()
  })
})

describe('the summary on the screen', () => {
  const p0s = ['A', 'B', 'C', 'D', 'E'].map((name) => signal(labels(name)))
  const p2s = ['F', 'G', 'H', 'I'].map((name) => signal(labels(name, 'warning')))

  it('goes on to say the worst of what it told, and sounds like what is new', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '12h' } })
    source.show(p0s)
    await poll(test)
    expect(channel.shown.get('summary')).toMatchObject({ urgency: 'critical', sound: 'alarm' })
    await test.clock.advance(15_000)
    source.show([...p0s, ...p2s])
    await poll(test)
    expect(channel.sent).toHaveLength(2)
    expect(channel.shown.get('summary')).toMatchObject({
      severity: 'P0',
      urgency: 'critical',
      sound: 'alert',
      title: '4 more incidents triggered (9 in all), worst P0 critical',
    })
    const lines = channel.shown.get('summary')?.body.split('\n') ?? []
    expect(lines[0]).toBe('5 P0 critical, 4 P2 medium')
    expect(lines.slice(1, -1).every((line) => /^• [A-E] is wrong$/.test(line))).toBe(true)
    expect(lines.at(-1)).toBe('and 6 more incidents')
  })

  it('is mild when the worst of it is taken', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '12h' } })
    source.show(p0s)
    await poll(test)
    for (const incidentId of test.engine.state().incidents.keys()) {
      await test.run('incident.acknowledge', { incidentId })
    }
    await test.clock.advance(MINUTE)
    source.show([...p0s, ...p2s])
    await poll(test)
    expect(channel.shown.get('summary')).toMatchObject({
      severity: 'P2',
      urgency: 'normal',
      title: '4 incidents triggered, worst P2 medium',
    })
  })
})
