import { describe, expect, it } from 'vitest'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { queueSection } from '#shared/domain/incident/schema.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import {
  aliceSilence,
  createScriptedSource,
  signal,
  unreachableProblem,
} from '#test/fixtures/scripted-source.ts'
import { ada } from '#test/fixtures/persons.ts'

const checkout = {
  alertname: 'HighErrorRate',
  service: 'checkout',
  severity: 'critical',
  instance: 'a',
}
const checkoutB = { ...checkout, instance: 'b' }
const INTERVAL = 10_000

function incidents({ engine }: TestEngine): Incident[] {
  return [...engine.state().incidents.values()]
}

function only(test: TestEngine): Incident {
  const all = incidents(test)
  expect(all).toHaveLength(1)
  const [incident] = all
  if (!incident) throw new Error('no incident')
  return incident
}

describe('from alert to incident', () => {
  it('makes one incident of alerts that share alertname, cluster and service', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout), signal(checkoutB), signal({ alertname: 'DiskFull' })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    expect(
      incidents(test)
        .map(({ counts }) => counts.firing)
        .sort(),
    ).toEqual([1, 2])
    const checkoutIncident = incidents(test).find(({ group }) => group['service'] === 'checkout')
    expect(checkoutIncident).toMatchObject({ status: 'triggered', severity: 'P0' })
  })

  it('merges the same labels from two sources into one alert', async () => {
    const [eu, us] = [createScriptedSource('am-eu'), createScriptedSource('am-us')]
    eu.show([signal(checkout)])
    us.show([signal(checkout)])
    const test = startTestEngine([eu, us])
    await test.clock.advance(0)
    const [alert] = test.engine.state().alerts.values()
    expect(test.engine.state().alerts.size).toBe(1)
    expect(Object.keys(alert?.observations ?? {})).toEqual(['am-eu', 'am-us'])
    expect(only(test).counts.firing).toBe(1)

    us.show([])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ status: 'triggered', counts: { firing: 1 } })
    eu.show([])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ status: 'resolved', counts: { firing: 0, resolved: 1 } })
  })

  it('writes nothing for a poll that brings nothing new', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const { seq } = test.engine.state()
    await test.clock.advance(10 * INTERVAL)
    expect(source.polls()).toBeGreaterThan(9)
    expect(test.engine.state().seq).toBe(seq)
  })

  it('shows an alert with an unknown severity as P2, and alerts without any label at all', async () => {
    const source = createScriptedSource('am')
    source.show([
      signal({ alertname: 'Odd', severity: 'banana' }),
      signal({}),
      signal({ foo: 'bar' }),
    ])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    expect(incidents(test).map(({ severity }) => severity)).toEqual(['P2', 'P2', 'P2'])
  })
})

describe('acknowledge', () => {
  it('holds while alerts come and go, and re-arms when the acknowledged alert fires again', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout), signal(checkoutB)])
    const test = startTestEngine([source], { configuration: { growth: { first: 'none' } } })
    await test.clock.advance(0)
    const { id } = only(test)
    expect(await test.run('incident.acknowledge', { incidentId: id })).toMatchObject({ ok: true })
    expect(only(test)).toMatchObject({
      status: 'acknowledged',
      acknowledged: { by: { name: 'ada' } },
    })

    source.show([signal(checkout), signal(checkoutB), signal({ ...checkout, instance: 'c' })])
    await test.clock.advance(INTERVAL)
    expect(only(test).status).toBe('acknowledged')
    source.show([signal(checkout)])
    await test.clock.advance(INTERVAL)
    expect(only(test).status).toBe('acknowledged')
    source.show([signal(checkout), signal(checkoutB, { startsAt: test.clock.now() })])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ status: 'triggered', acknowledged: null })
  })

  it('ends when all alerts resolve; the next one asks again in the same incident', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    await test.run('incident.acknowledge', { incidentId: only(test).id })
    source.show([])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({
      status: 'resolved',
      acknowledged: null,
      resolved: { by: { kind: 'source' } },
    })
    source.show([signal(checkout, { startsAt: test.clock.now() })])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ status: 'triggered', acknowledged: null, resolved: null })
  })

  it('re-arms when a worse alert joins', async () => {
    const source = createScriptedSource('am')
    source.show([signal({ ...checkout, severity: 'warning' })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    await test.run('incident.acknowledge', { incidentId: only(test).id })
    source.show([signal({ ...checkout, severity: 'warning' }), signal(checkoutB)])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ status: 'triggered', severity: 'P0' })
  })

  it('is carried out once when it is sent twice, also after a restart', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const { id } = only(test)
    const first = await test.run('incident.acknowledge', { incidentId: id }, 'request-1')
    const again = await test.run('incident.acknowledge', { incidentId: id }, 'request-1')
    expect(again).toEqual(first)
    expect(await test.run('incident.acknowledge', { incidentId: id })).toMatchObject({
      ok: false,
      error: { code: 'already-done' },
    })
    const second = createScriptedSource('am')
    second.show([signal(checkout)])
    const restarted = startTestEngine([second], { journal: test.journal, clock: test.clock })
    expect(await restarted.run('incident.acknowledge', { incidentId: id }, 'request-1')).toEqual(
      first,
    )
    await restarted.clock.advance(0)
    expect(only(restarted)).toMatchObject({ status: 'acknowledged' })
  })

  it('recognises an alert that resolved and fired between two polls', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    await test.run('incident.acknowledge', { incidentId: only(test).id })
    source.show([signal(checkout, { startsAt: test.clock.now() + 1_000 })])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ status: 'triggered', acknowledged: null })
  })

  it('survives one empty answer: the same episode comes back and is not lost', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    source.show([])
    await test.clock.advance(INTERVAL)
    source.show([signal(checkout)])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ status: 'triggered', counts: { firing: 1, resolved: 0 } })
    source.show([])
    await test.clock.advance(2 * 3_600_000)
    expect(only(test).status).toBe('closed')
    expect(test.engine.state().alerts.size).toBe(0)
    source.show([signal(checkout)])
    await test.clock.advance(INTERVAL)
    expect(
      incidents(test)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['closed', 'triggered'])
    expect(test.engine.state().alerts.size).toBe(1)
  })
})

describe('snooze, resolve, close, note', () => {
  it('snoozes until its time, or until it gets worse', async () => {
    const source = createScriptedSource('am')
    source.show([signal({ ...checkout, severity: 'warning' })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const { id } = only(test)
    const until = test.clock.now() + 60_000
    expect(await test.run('incident.snooze', { incidentId: id, until })).toMatchObject({ ok: true })
    expect(queueSection(only(test))).toBe('snoozed')
    await test.clock.advance(61_000)
    expect(queueSection(only(test))).toBe('active')

    await test.run('incident.snooze', { incidentId: id, until: test.clock.now() + 600_000 })
    source.show([signal({ ...checkout, severity: 'warning' }), signal(checkoutB)])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ snoozed: null, status: 'triggered', severity: 'P0' })
    expect(await test.run('incident.snooze', { incidentId: id, until: 5 })).toMatchObject({
      error: { code: 'invalid-input' },
    })
    await test.run('incident.snooze', { incidentId: id, until: test.clock.now() + 600_000 })
    expect(await test.run('incident.unsnooze', { incidentId: id })).toMatchObject({ ok: true })
    expect(queueSection(only(test))).toBe('active')
  })

  it('asks before it resolves what still fires, and comes back when it fires again', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const { id } = only(test)
    expect(await test.run('incident.resolve', { incidentId: id })).toMatchObject({
      error: { code: 'alerts-still-firing' },
    })
    expect(
      await test.run('incident.resolve', { incidentId: id, evenIfFiring: true }),
    ).toMatchObject({ ok: true })
    expect(only(test).status).toBe('resolved')
    expect(await test.run('incident.close', { incidentId: id })).toMatchObject({
      error: { code: 'alerts-still-firing' },
    })
    await test.clock.advance(2 * 3_600_000)
    expect(only(test).status).toBe('resolved')
    source.show([])
    await test.clock.advance(INTERVAL)
    source.show([signal(checkout, { startsAt: test.clock.now() })])
    await test.clock.advance(INTERVAL)
    expect(only(test).status).toBe('triggered')
  })

  it('can be given back and reopened', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const incidentId = only(test).id
    expect(await test.run('incident.unacknowledge', { incidentId })).toMatchObject({
      error: { code: 'already-done' },
    })
    await test.run('incident.acknowledge', { incidentId })
    expect(await test.run('incident.unacknowledge', { incidentId })).toMatchObject({ ok: true })
    expect(only(test)).toMatchObject({ status: 'triggered', acknowledged: null })
    expect(await test.run('incident.reopen', { incidentId })).toMatchObject({
      error: { code: 'already-done' },
    })
    await test.run('incident.resolve', { incidentId, evenIfFiring: true })
    expect(await test.run('incident.reopen', { incidentId })).toMatchObject({ ok: true })
    expect(only(test)).toMatchObject({ status: 'triggered', resolved: null })
    source.show([])
    await test.clock.advance(2 * 3_600_000)
    expect(await test.run('incident.reopen', { incidentId })).toMatchObject({
      error: { code: 'not-allowed-now' },
    })
  })

  it('keeps notes on the timeline and folds a storm into one line', async () => {
    const source = createScriptedSource('am')
    source.show(Array.from({ length: 300 }, (_, n) => signal({ ...checkout, instance: String(n) })))
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const { id } = only(test)
    await test.run('incident.note', { incidentId: id, text: '  looking at payments <b>now</b> ' })
    const timeline = await test.run('incident.timeline', { incidentId: id })
    if (!timeline.ok) throw new Error(timeline.error.message)
    expect(timeline.value.entries.map(({ kind, count, text }) => [kind, count, text])).toEqual([
      ['incident', 1, 'Incident opened as P0'],
      ['alert', 300, 'Alert fired: HighErrorRate is wrong (am)'],
      ['note', 1, 'looking at payments <b>now</b>'],
    ])
    expect(await test.run('incident.note', { incidentId: id, text: '   ' })).toMatchObject({
      error: { code: 'invalid-input' },
    })
  })
})

describe('suppression', () => {
  it('shows a silenced alert as suppressed with its author, and asks when the silence ends', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout, { silencedBy: aliceSilence })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    expect(queueSection(only(test))).toBe('suppressed')
    const [alert] = test.engine.state().alerts.values()
    const why = await test.run('why', { incidentId: only(test).id, alertKey: alert?.key })
    expect(JSON.stringify(why)).toContain(
      'silenced by alice@example.com until 2026-11-21 04:00 UTC',
    )
    source.show([signal(checkout)])
    await test.clock.advance(INTERVAL)
    expect(queueSection(only(test))).toBe('active')
    const after = await test.run('why', { incidentId: only(test).id, alertKey: alert?.key })
    expect(JSON.stringify(after)).toContain('no longer suppressed')
  })

  it('is not suppressed while another source that can silence shows it active', async () => {
    const [am, other] = [createScriptedSource('am'), createScriptedSource('other')]
    am.show([signal(checkout, { silencedBy: aliceSilence })])
    other.show([signal(checkout)])
    const test = startTestEngine([am, other])
    await test.clock.advance(0)
    expect(queueSection(only(test))).toBe('active')
    other.show([signal(checkout, { suppression: null })])
    await test.clock.advance(INTERVAL)
    expect(queueSection(only(test))).toBe('suppressed')
  })

  it('recognises flapping by its rule, and does not ask again while it lasts', async () => {
    const source = createScriptedSource('am')
    const channel = createFakeChannel()
    const test = startTestEngine([source], { channels: [channel] })
    await test.clock.advance(0)
    for (let round = 0; round < 3; round += 1) {
      source.show([signal(checkout, { startsAt: test.clock.now() })])
      await test.clock.advance(INTERVAL)
      source.show([])
      await test.clock.advance(INTERVAL)
    }
    const [alert] = test.engine.state().alerts.values()
    expect(alert?.flappingSince).not.toBeNull()
    const asked = channel.sent.length
    source.show([signal(checkout, { startsAt: test.clock.now() })])
    await test.clock.advance(INTERVAL)
    expect(only(test).status).toBe('triggered')
    expect(channel.sent).toHaveLength(asked)
    const why = await test.run('why', { incidentId: only(test).id })
    expect(JSON.stringify(why)).toContain('No new page')
    await test.clock.advance(16 * 60_000)
    expect([...test.engine.state().alerts.values()][0]?.flappingSince).toBeNull()
  })
})

describe('source health', () => {
  it('turns red at the first failure and raises its own alert after three intervals', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    source.failWith(unreachableProblem)
    await test.clock.advance(INTERVAL)
    expect(test.engine.state().sources.get('am')).toMatchObject({
      health: 'failing',
      problem: { code: 'unreachable' },
    })
    expect(incidents(test)).toHaveLength(1)
    await test.clock.advance(3 * INTERVAL)
    const own = incidents(test).find(({ group }) => group['alertname'] === 'SourceNotAnswering')
    expect(own).toMatchObject({ status: 'triggered', severity: 'P1' })
    expect(incidents(test).find(({ group }) => group['service'] === 'checkout')).toMatchObject({
      status: 'triggered',
      counts: { firing: 1 },
    })
    source.failWith(null)
    await test.clock.advance(5 * INTERVAL)
    expect(test.engine.state().sources.get('am')).toMatchObject({
      health: 'healthy',
      problem: null,
    })
    expect(incidents(test).find(({ id }) => id === own?.id)?.status).toBe('resolved')
  })

  it('does not call its own alert resolved because the engine restarted', async () => {
    const source = createScriptedSource('am')
    source.failWith(unreachableProblem)
    const test = startTestEngine([source])
    await test.clock.advance(4 * INTERVAL)
    expect(only(test)).toMatchObject({ status: 'triggered' })
    await test.engine.stop()
    const again = createScriptedSource('am')
    again.failWith(unreachableProblem)
    const restarted = startTestEngine([again], { journal: test.journal, clock: test.clock })
    await test.clock.advance(INTERVAL)
    expect(only(restarted)).toMatchObject({ status: 'triggered' })
    await test.clock.advance(10 * INTERVAL)
    expect(only(restarted)).toMatchObject({ status: 'triggered', counts: { firing: 1 } })
  })

  it('calls alerts unconfirmed that vanish while the memory behind the answers changed', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout), signal(checkoutB)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    source.show([])
    source.restart('second')
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ status: 'triggered', counts: { firing: 0, unconfirmed: 2 } })
    source.show([signal(checkout)])
    await test.clock.advance(5 * INTERVAL)
    expect(only(test).counts).toMatchObject({ firing: 1, unconfirmed: 1, resolved: 0 })
    source.show([])
    await test.clock.advance(INTERVAL)
    expect(only(test).counts).toMatchObject({ firing: 0, unconfirmed: 1, resolved: 1 })
    expect(await test.run('incident.resolve', { incidentId: only(test).id })).toMatchObject({
      error: { message: expect.stringContaining('unconfirmed') as string },
    })
    await test.run('incident.resolve', { incidentId: only(test).id, evenIfFiring: true })
    expect(await test.run('incident.close', { incidentId: only(test).id })).toMatchObject({
      ok: true,
    })
    expect(test.engine.state().alerts.size).toBe(0)
  })

  it('keeps alerts unconfirmed when the engine restarts too', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    source.show([])
    source.restart('second')
    await test.clock.advance(INTERVAL)
    const again = createScriptedSource('am')
    again.restart('second')
    const restarted = startTestEngine([again], { journal: test.journal, clock: test.clock })
    await test.clock.advance(3 * INTERVAL)
    expect(only(restarted)).toMatchObject({
      status: 'triggered',
      counts: { unconfirmed: 1, resolved: 0 },
    })
  })

  it('recognises a source that restarted while the engine was away', async () => {
    const source = createScriptedSource('am')
    source.show([signal(checkout)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const again = createScriptedSource('am')
    again.restart('second')
    const restarted = startTestEngine([again], { journal: test.journal, clock: test.clock })
    await test.clock.advance(0)
    expect(only(restarted)).toMatchObject({ status: 'triggered', counts: { unconfirmed: 1 } })
  })

  it('raises a missing heartbeat beside the other alerts, and does not show a present one as trouble', async () => {
    const watchdog = { alertname: 'Watchdog', severity: 'none' }
    const source = createScriptedSource('am', { heartbeats: ['alertname="Watchdog"'] })
    source.show([signal(watchdog), signal(checkout)])
    const test = startTestEngine([source])
    await test.clock.advance(INTERVAL)
    const beat = incidents(test).find(({ group }) => group['alertname'] === 'Watchdog')
    expect(beat && queueSection(beat)).toBe('suppressed')
    source.show([signal(checkout)])
    await test.clock.advance(5 * INTERVAL)
    const sections = incidents(test).map((incident) => [
      incident.group['alertname'],
      queueSection(incident),
    ])
    expect(Object.fromEntries(sections)).toEqual({
      Watchdog: 'resolved',
      HeartbeatMissing: 'active',
      HighErrorRate: 'active',
    })
    source.show([signal(watchdog), signal(checkout)])
    await test.clock.advance(2 * INTERVAL)
    const missing = incidents(test).find(({ group }) => group['alertname'] === 'HeartbeatMissing')
    expect(missing?.status).toBe('resolved')
  })

  it('knows that all data is older after a sleep, and asks at once', async () => {
    const source = createScriptedSource('am', { intervalMs: 60_000 })
    const test = startTestEngine([source])
    await test.clock.advance(1_000)
    const polls = source.polls()
    const messages: unknown[] = []
    test.engine.listen((message) => messages.push(message))
    test.clock.jump(3 * 3_600_000)
    await test.clock.advance(1_000)
    expect(source.polls()).toBe(polls + 1)
    expect(test.engine.status.value().problems).toMatchObject([{ code: 'clock-jumped' }])
    await test.clock.advance(130_000)
    expect(test.engine.status.value().problems).toEqual([])
  })

  it('keeps a list of what could not be read', async () => {
    const source = createScriptedSource('am')
    const rejection = { key: 'k', where: '[3].labels', reason: 'labels are missing', excerpt: '{}' }
    source.reject([rejection])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const { seq } = test.engine.state()
    expect(test.engine.state().sources.get('am')?.rejections).toEqual([rejection])
    await test.clock.advance(INTERVAL)
    expect(test.engine.state().seq).toBe(seq)
    source.reject([])
    await test.clock.advance(INTERVAL)
    expect(test.engine.state().sources.get('am')?.rejections).toEqual([])
  })
})

describe('reconfiguration', () => {
  it('applies new severity rules to what is active, and re-arms what got worse by them', async () => {
    const source = createScriptedSource('am')
    source.show([signal({ alertname: 'Odd', severity: 'banana' })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    await test.run('incident.acknowledge', { incidentId: only(test).id })
    const setup = {
      sources: [source],
      owner: ada,
      version: 'test',
      config: { path: '/x', isPresent: true, loadedAt: 0, problems: [] },
    }
    await test.engine.reconfigure({
      ...setup,
      configuration: test.configuration({ severity: [{ when: 'severity="Banana"', is: 'P0' }] }),
    })
    expect(only(test)).toMatchObject({ severity: 'P0', status: 'triggered' })
  })

  it('takes back what only a removed source said', async () => {
    const [eu, us] = [createScriptedSource('am-eu'), createScriptedSource('am-us')]
    eu.show([signal(checkout), signal({ alertname: 'OnlyHere' })])
    us.show([signal(checkout)])
    const test = startTestEngine([eu, us])
    await test.clock.advance(0)
    eu.show([signal(checkout), signal({ alertname: 'OnlyHere' }), signal({ alertname: 'Over' })])
    await test.clock.advance(INTERVAL)
    eu.show([signal(checkout), signal({ alertname: 'OnlyHere' })])
    await test.clock.advance(INTERVAL)
    await test.engine.reconfigure({
      sources: [us],
      configuration: test.configuration(),
      owner: ada,
      version: 'test',
      config: { path: '/x', isPresent: true, loadedAt: 0, problems: [] },
    })
    expect([...test.engine.state().sources.keys()]).toEqual(['am-us'])
    const byName = Object.fromEntries(incidents(test).map((i) => [i.group['alertname'], i.status]))
    expect(byName).toEqual({ HighErrorRate: 'triggered', OnlyHere: 'closed', Over: 'closed' })
  })
})
