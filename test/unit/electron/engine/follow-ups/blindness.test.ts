import { heldOf } from '#shared/domain/incident/paging.ts'
import { describe, expect, it } from 'vitest'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { createScriptedSource, signal, unreachableProblem } from '#test/fixtures/scripted-source.ts'
import { startPagedEngine, incidentOf, labels, MINUTE, poll } from '../outbox/paged-engine.ts'

const night = { quietHours: [{ from: '03:00', to: '11:00', timeZone: 'UTC' }] }

describe('a source that dies while a person has muted pages', () => {
  it('is told after ten minutes in quiet hours, as no P0 could break through any more', async () => {
    const { source, channel, test } = startPagedEngine(night)
    await poll(test)
    await test.clock.advance(2 * MINUTE)
    source.failWith(unreachableProblem)
    await test.clock.advance(5 * MINUTE)
    const incident = incidentOf(test, 'am is unreachable')
    const { id } = incident
    expect(heldOf(incident)?.by).toBe('quiet-hours')
    const before = await test.run('why', { incidentId: id })
    expect(before.ok && before.value.explanation.answer).toMatch(
      /^Not paging: quiet hours until 2026-11-21 11:00 UTC\. The incident is triggered:/,
    )
    expect(before.ok && before.value.explanation.steps.at(-1)).toEqual({
      stage: 'route',
      outcome: 'not notified',
      reason: expect.stringContaining(
        'quiet hours until 2026-11-21 11:00 UTC. Deckwatch receives no alerts there: if that lasts until 2026-11-21 03:12 UTC, it pages anyway. Triggered at ',
      ),
    })
    expect(channel.sent).toEqual([])
    await test.clock.advance(7 * MINUTE)
    expect(channel.sent).toHaveLength(1)
    expect(channel.sent[0]?.body).toContain(
      'Overrides quiet hours and focus: Deckwatch would not receive a P0.',
    )
    const timeline = await test.run('incident.timeline', { incidentId: id })
    expect(timeline.ok && timeline.value.entries.map(({ text }) => text)).toContain(
      'Paging {recipient} despite quiet hours or focus: no alerts received for 10 min',
    )
  })

  it('is told during “do not disturb” and to whoever is awake on another incident', async () => {
    const { source, channel, test } = startPagedEngine()
    source.show([signal(labels('Mine', 'high'))])
    await poll(test)
    await test.run('focus.start', { incidentId: incidentOf(test, 'Mine').id })
    await test.run('quiet.start', { until: test.clock.now() + 60 * MINUTE })
    source.failWith(unreachableProblem)
    await test.clock.advance(12 * MINUTE)
    expect(channel.sent.at(-1)?.title).toContain('am is unreachable')
  })

  it('wakes nobody when it is back within ten minutes', async () => {
    const { source, channel, test } = startPagedEngine(night)
    await poll(test)
    for (let n = 0; n < 3; n += 1) {
      source.failWith(unreachableProblem)
      await test.clock.advance(8 * MINUTE)
      source.failWith(null)
      await test.clock.advance(2 * MINUTE)
    }
    expect(channel.sent).toEqual([])
  })

  it('stays untold where the severity is not told at all', async () => {
    const { source, channel, test } = startPagedEngine({ ...night, P1: { notify: false } })
    await poll(test)
    source.failWith(unreachableProblem)
    await test.clock.advance(30 * MINUTE)
    expect(channel.sent).toEqual([])
  })

  it('is told alike when only its heartbeat is missing, and an alert of that name is not', async () => {
    const source = createScriptedSource('am', { heartbeats: ['alertname="Watchdog"'] })
    const channel = createFakeChannel()
    const test = startTestEngine([source], {
      channels: [channel],
      configuration: { notifications: night },
    })
    source.show([signal({ ...labels('HeartbeatMissing', 'high'), service: 'shop' })])
    await test.clock.advance(12 * MINUTE)
    expect(channel.sent.map(({ title }) => title)).toEqual([
      expect.stringContaining('The heartbeat alertname="Watchdog" is missing'),
    ])
  })
})
