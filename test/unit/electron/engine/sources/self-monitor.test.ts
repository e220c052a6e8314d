import { describe, expect, it } from 'vitest'
import { createSelfMonitor } from '#electron/engine/sources/self-monitor.ts'
import type { SelfAlert } from '#electron/engine/ports/source.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createScriptedSource, signal, unreachableProblem } from '#test/fixtures/scripted-source.ts'
import { ada } from '#test/fixtures/persons.ts'

const INTERVAL = 10_000
const watchdog = { alertname: 'Watchdog', severity: 'none' }
const heartbeats = ['alertname="Watchdog"', 'alertname="Deadman"']

const byName = ({ engine }: TestEngine, name: string) =>
  [...engine.state().alerts.values()].filter(({ labels }) => labels['alertname'] === name)
const selfAlert = (change: Partial<SelfAlert> = {}): SelfAlert => ({
  name: 'RuleNotEvaluated',
  severity: 'medium',
  labels: { rule: 'r1' },
  summary: 'A rule cannot be evaluated',
  description: '',
  startsAt: Date.UTC(2026, 10, 21, 2),
  ...change,
})

describe('heartbeats', () => {
  it('raises each one that is missing after three intervals, and not before', async () => {
    const source = createScriptedSource('am', { heartbeats })
    source.show([signal(watchdog)])
    const test = startTestEngine([source])
    await test.clock.advance(3 * INTERVAL - 1_000)
    expect(byName(test, 'HeartbeatMissing')).toEqual([])
    await test.clock.advance(3_000)
    expect(byName(test, 'HeartbeatMissing')).toMatchObject([
      { status: 'firing', severity: 'P1', labels: { heartbeat: 'alertname="Deadman"' } },
    ])
    source.show([signal(watchdog), signal({ alertname: 'Deadman' })])
    await test.clock.advance(INTERVAL + 1_000)
    expect(byName(test, 'HeartbeatMissing')).toMatchObject([{ status: 'resolved' }])
  })

  it('counts anew after a heartbeat was there again', async () => {
    const source = createScriptedSource('am', { heartbeats: ['alertname="Watchdog"'] })
    const test = startTestEngine([source])
    await test.clock.advance(2 * INTERVAL)
    source.show([signal(watchdog)])
    await test.clock.advance(INTERVAL)
    source.show([])
    await test.clock.advance(INTERVAL)
    await test.clock.advance(3 * INTERVAL - 1_000)
    expect(byName(test, 'HeartbeatMissing')).toEqual([])
    await test.clock.advance(3_000)
    expect(byName(test, 'HeartbeatMissing')).toHaveLength(1)
  })

  it('does not speak of alerts of a source that never answered', async () => {
    const source = createScriptedSource('am')
    source.failWith(unreachableProblem)
    const test = startTestEngine([source])
    await test.clock.advance(6 * INTERVAL)
    expect(byName(test, 'SourceNotAnswering')).toMatchObject([
      { annotations: { summary: 'am is unreachable: no alerts received yet' } },
    ])
  })

  it('keeps a missing one missing over a restart, and while its source does not answer', async () => {
    const source = createScriptedSource('am', { heartbeats: ['alertname="Watchdog"'] })
    const journal = createMemoryJournal()
    const test = startTestEngine([source], { journal })
    await test.clock.advance(5 * INTERVAL)
    const startsAt = byName(test, 'HeartbeatMissing')[0]?.startsAt
    await test.engine.stop()
    const again = createScriptedSource('am', { heartbeats: ['alertname="Watchdog"'] })
    again.failWith(unreachableProblem)
    const restarted = startTestEngine([again], { journal, clock: test.clock })
    await test.clock.advance(6 * INTERVAL)
    expect(byName(restarted, 'HeartbeatMissing')).toMatchObject([{ status: 'firing', startsAt }])
    expect(byName(restarted, 'SourceNotAnswering')).toMatchObject([{ status: 'firing' }])
    again.failWith(null)
    await test.clock.advance(6 * INTERVAL)
    expect(byName(restarted, 'HeartbeatMissing')).toMatchObject([{ status: 'firing', startsAt }])
    expect(byName(restarted, 'SourceNotAnswering')).toMatchObject([{ status: 'resolved' }])
  })

  it('takes a heartbeat that its source can no longer vouch for as missing', async () => {
    const source = createScriptedSource('am', { heartbeats: ['alertname="Watchdog"'] })
    source.show([signal(watchdog)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    source.show([])
    source.restart('second')
    await test.clock.advance(5 * INTERVAL)
    expect(byName(test, 'Watchdog')).toMatchObject([{ status: 'unconfirmed' }])
    expect(byName(test, 'HeartbeatMissing')).toMatchObject([{ status: 'firing' }])
  })

  it('is only a heartbeat where it is configured as one', () => {
    const monitor = createSelfMonitor()
    monitor.follow([
      createScriptedSource('a', { heartbeats: ['alertname="Watchdog"'] }),
      createScriptedSource('b'),
    ])
    expect(monitor.heartbeatOf(watchdog, ['a'])).toBe('alertname="Watchdog"')
    expect(monitor.heartbeatOf(watchdog, ['b', 'unknown', 'constructor'])).toBeNull()
    expect(monitor.heartbeatOf(watchdog, ['b', 'a'])).toBe('alertname="Watchdog"')
    expect(monitor.heartbeatOf({ alertname: 'Other' }, ['a'])).toBeNull()
    expect(monitor.heartbeatOf({}, [])).toBeNull()
  })

  it('refuses a text that is no condition: the configuration has checked it before', () => {
    const source = createScriptedSource('a', { heartbeats: ['no condition'] })
    expect(() => {
      createSelfMonitor().follow([source])
    }).toThrow('no condition')
  })
})

describe('what a source reports of itself', () => {
  it('is raised, ends when it is no longer reported, and stays while the source fails', async () => {
    const source = createScriptedSource('prom')
    source.selfAlert([selfAlert(), selfAlert({ labels: { rule: 'r2' }, severity: 'critical' })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    expect(
      byName(test, 'RuleNotEvaluated')
        .map(({ severity }) => severity)
        .sort(),
    ).toEqual(['P0', 'P2'])
    source.failWith(unreachableProblem)
    source.selfAlert([selfAlert()])
    await test.clock.advance(10 * INTERVAL)
    expect(byName(test, 'RuleNotEvaluated').map(({ status }) => status)).toEqual([
      'firing',
      'firing',
    ])
    source.failWith(null)
    await test.clock.advance(6 * INTERVAL)
    expect(
      byName(test, 'RuleNotEvaluated')
        .map(({ labels, status }) => [labels['rule'], status])
        .sort(),
    ).toEqual([
      ['r1', 'firing'],
      ['r2', 'resolved'],
    ])
  })

  it('cannot pass for another source, whatever labels it brings', async () => {
    const [a, b] = [createScriptedSource('a'), createScriptedSource('b')]
    a.selfAlert([selfAlert({ labels: { source: 'b', alertname: 'Fake', severity: 'info' } })])
    const test = startTestEngine([a, b])
    await test.clock.advance(0)
    expect(byName(test, 'Fake')).toEqual([])
    expect(byName(test, 'RuleNotEvaluated')).toMatchObject([
      { labels: { source: 'a', service: 'a', severity: 'medium' }, severity: 'P2' },
    ])
  })
})

describe('a silent source', () => {
  it('raises its alert before the first answer too, and ends it with the first one', async () => {
    const source = createScriptedSource('am')
    const poll = source.poll.bind(source)
    let answer: () => void = () => undefined
    source.poll = (abort) =>
      new Promise((resolve) => {
        answer = () => void poll(abort).then(resolve)
      })
    const test = startTestEngine([source])
    await test.clock.advance(3 * INTERVAL - 1)
    expect(byName(test, 'SourceNotAnswering')).toEqual([])
    expect(test.engine.state().sources.get('am')?.health).toBe('connecting')
    await test.clock.advance(1_001)
    expect(byName(test, 'SourceNotAnswering')).toMatchObject([
      { status: 'firing', annotations: { description: expect.stringContaining('3 intervals') } },
    ])
    expect(test.engine.state().sources.get('am')?.health).toBe('stale')
    answer()
    source.poll = poll
    await test.clock.advance(INTERVAL)
    await test.clock.advance(INTERVAL)
    expect(byName(test, 'SourceNotAnswering')).toMatchObject([{ status: 'resolved' }])
    expect(test.engine.state().sources.get('am')?.health).toBe('healthy')
  })

  it('is forgotten with the source that was removed', async () => {
    const [am, other] = [createScriptedSource('am'), createScriptedSource('other')]
    am.failWith(unreachableProblem)
    const test = startTestEngine([am, other])
    await test.clock.advance(5 * INTERVAL)
    expect(byName(test, 'SourceNotAnswering')).toMatchObject([{ status: 'firing' }])
    await test.engine.reconfigure({
      sources: [other],
      configuration: test.configuration(),
      owner: ada,
      version: 'test',
      config: { path: '/x', isPresent: true, loadedAt: 0, problems: [] },
    })
    await test.clock.advance(1_000)
    expect(byName(test, 'SourceNotAnswering')).toMatchObject([{ status: 'resolved' }])
  })
})
