import { describe, expect, it } from 'vitest'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { aliceSilence, createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import type { Source } from '#electron/engine/ports/source.ts'
import { ada } from '#test/fixtures/persons.ts'

const INTERVAL = 10_000
const START = Date.UTC(2026, 10, 21, 2, 50)
const disk = { alertname: 'DiskFull', service: 'db', severity: 'warning' }

const incidents = ({ engine }: TestEngine) => [...engine.state().incidents.values()]
const alerts = ({ engine }: TestEngine) => [...engine.state().alerts.values()]

function reconfigured(test: TestEngine, sources: readonly Source[], change: object = {}) {
  return test.engine.reconfigure({
    sources,
    configuration: test.configuration(change),
    owner: ada,
    version: 'test',
    config: { path: '/x', isPresent: true, loadedAt: 0, problems: [] },
  })
}

describe('episodes of one label set', () => {
  it('fires again with a start that an older episode of the same incident had', async () => {
    const [am, prometheus] = [createScriptedSource('am'), createScriptedSource('prom')]
    const test = startTestEngine([am, prometheus])
    // Two sources count the start from other moments; each lists the alert while the other does not.
    for (const [source, startsAt] of [
      [am, START + 1_000],
      [prometheus, START],
      [am, START + 1_000],
    ] as const) {
      source.show([signal(disk, { startsAt })])
      await test.clock.advance(INTERVAL)
      expect(alerts(test)).toMatchObject([{ status: 'firing', startsAt }])
      expect(incidents(test)).toMatchObject([{ status: 'triggered', counts: { firing: 1 } }])
      source.show([])
      await test.clock.advance(INTERVAL)
    }
    expect(incidents(test)).toMatchObject([{ status: 'resolved', counts: { resolved: 1 } }])
  })

  it('leaves no incident behind that asks for somebody and has no alert', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk, { startsAt: START })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    await reconfigured(test, [source], { groupBy: ['service'] })
    // It resolved and fired between two polls, so the new episode is grouped by the new labels.
    source.show([signal(disk, { startsAt: START + 60_000 })])
    await test.clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ status: 'firing', startsAt: START + 60_000 }])
    for (const incident of incidents(test)) {
      if (incident.status === 'triggered') expect(incident.counts.firing).toBeGreaterThan(0)
    }
    source.show([])
    await test.clock.advance(2 * 3_600_000)
    expect(incidents(test).map(({ status }) => status)).toEqual(['closed', 'closed'])
  })

  it('has the severity of the rules of today when the same episode returns', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk, { startsAt: START })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    source.show([])
    await test.clock.advance(INTERVAL)
    await reconfigured(test, [source], {
      severity: [{ when: 'alertname="DiskFull"', is: 'P0' }],
    })
    source.show([signal(disk, { startsAt: START })])
    await test.clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ status: 'firing', severity: 'P0' }])
    expect(incidents(test)).toMatchObject([{ status: 'triggered', severity: 'P0' }])
  })

  it('comes back when an unconfirmed alert that a person resolved is listed again', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk, { startsAt: START })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    source.show([])
    source.restart('second')
    await test.clock.advance(INTERVAL)
    const [incident] = incidents(test)
    expect(incident).toMatchObject({ counts: { firing: 0, unconfirmed: 1 } })
    await test.run('incident.resolve', { incidentId: incident?.id ?? '', evenIfFiring: true })
    // Nobody knew that it went on; now the source says so.
    source.show([signal(disk, { startsAt: START })])
    await test.clock.advance(INTERVAL)
    expect(incidents(test)).toMatchObject([{ status: 'triggered', counts: { firing: 1 } }])
  })

  it('is over when the only source that lists the new episode says so', async () => {
    const [am, prometheus] = [createScriptedSource('am'), createScriptedSource('prom')]
    am.show([signal(disk, { startsAt: START })])
    prometheus.show([signal(disk, { startsAt: START })])
    const test = startTestEngine([am, prometheus])
    await test.clock.advance(0)
    am.show([])
    am.restart('second')
    await test.clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ status: 'firing' }])
    prometheus.show([signal(disk, { startsAt: START + 60_000 })])
    await test.clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ startsAt: START + 60_000 }])
    prometheus.show([])
    await test.clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ status: 'resolved' }])
  })

  it('starts a new episode only when both sources say the new start', async () => {
    const [am, prometheus] = [createScriptedSource('am'), createScriptedSource('prom')]
    am.show([signal(disk, { startsAt: START })])
    prometheus.show([signal(disk, { startsAt: START + 5 })])
    const test = startTestEngine([am, prometheus])
    await test.clock.advance(0)
    await test.run('incident.acknowledge', { incidentId: incidents(test)[0]?.id ?? '' })
    am.show([signal(disk, { startsAt: START + 60_000 })])
    await test.clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ startsAt: START }])
    expect(incidents(test)).toMatchObject([{ status: 'acknowledged' }])
    prometheus.show([signal(disk, { startsAt: START + 60_000 })])
    await test.clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ startsAt: START + 60_000 }])
    expect(incidents(test)).toMatchObject([{ status: 'triggered', acknowledged: null }])
    // The source that did not report last is still a witness of the new episode.
    prometheus.show([])
    await test.clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ status: 'firing' }])
    am.show([])
    await test.clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ status: 'resolved' }])
  })

  it('does not take a start that was only estimated for a new episode', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk, { startsAt: START, isStartEstimated: true })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const { id } = alerts(test)[0] ?? {}
    source.show([signal(disk, { startsAt: START + 9_000, isStartEstimated: true })])
    await test.clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ id, startsAt: START, status: 'firing' }])
  })

  it('shows an alert whose start lies in the future, and resolves it like any other', async () => {
    const source = createScriptedSource('am')
    const startsAt = START + 365 * 86_400_000
    source.show([signal(disk, { startsAt })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    expect(incidents(test)).toMatchObject([{ status: 'triggered', startedAt: startsAt }])
    source.show([])
    await test.clock.advance(INTERVAL)
    expect(incidents(test)).toMatchObject([{ status: 'resolved' }])
    await test.clock.advance(2 * 3_600_000)
    expect(incidents(test)).toMatchObject([{ status: 'closed' }])
  })

  it('keeps the alert of a source that fails while another takes it back', async () => {
    const [eu, us] = [createScriptedSource('eu'), createScriptedSource('us')]
    eu.show([signal(disk)])
    us.show([signal(disk)])
    const test = startTestEngine([eu, us])
    await test.clock.advance(0)
    us.failWith({ code: 'timeout', message: 'No answer.', hint: 'Wait.' })
    eu.show([])
    await test.clock.advance(INTERVAL)
    const alert = alerts(test).find(({ labels }) => labels['alertname'] === 'DiskFull')
    expect(alert).toMatchObject({ status: 'firing' })
    expect(Object.keys(alert?.observations ?? {})).toEqual(['us'])
    us.failWith(null)
    us.show([])
    await test.clock.advance(6 * INTERVAL)
    expect(
      alerts(test).filter(({ labels, status }) => labels['alertname'] && status === 'firing'),
    ).toEqual([])
  })

  it('keeps label sets apart that hold names of Object.prototype', async () => {
    const source = createScriptedSource('am')
    const proto: unknown = JSON.parse('{"alertname":"A","__proto__":"x"}')
    const labels = [
      { alertname: 'A' },
      proto as Record<string, string>,
      { alertname: 'A', constructor: 'x' },
      { alertname: 'constructor' },
      { alertname: '__proto__', toString: 'y' },
    ]
    source.show(labels.map((each) => signal(each)))
    const test = startTestEngine([source])
    await test.clock.advance(0)
    expect(alerts(test)).toHaveLength(5)
    expect(
      incidents(test)
        .map(({ group }) => group['alertname'])
        .sort(),
    ).toEqual(['A', '__proto__', 'constructor'])
    source.show([])
    await test.clock.advance(INTERVAL)
    expect(alerts(test).map(({ status }) => status)).toEqual(Array(5).fill('resolved'))
  })

  it('groups by labels that are missing like by empty ones, and alone what has none of them', async () => {
    const source = createScriptedSource('am')
    source.show([
      signal({ alertname: 'A', service: '', instance: '1' }),
      signal({ alertname: 'A', instance: '2' }),
      signal({ instance: '3' }),
      signal({ instance: '4' }),
    ])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    expect(
      incidents(test)
        .map(({ counts }) => counts.firing)
        .sort(),
    ).toEqual([1, 1, 2])
  })

  it('groups by a label name that every object seems to have', async () => {
    const source = createScriptedSource('am')
    source.show([signal({ alertname: 'A' }), signal({ alertname: 'B', constructor: 'bob' })])
    const test = startTestEngine([source], { configuration: { groupBy: ['constructor'] } })
    await test.clock.advance(0)
    expect(
      incidents(test)
        .map(({ group }) => JSON.stringify(Object.entries(group)))
        .sort(),
    ).toEqual(['[["constructor","bob"]]', '[]'])
  })
})

describe('a storm', () => {
  it('takes 10,000 alerts in, silences and ends them without losing one', async () => {
    const source = createScriptedSource('am')
    const journal = createMemoryJournal()
    const storm = (more: object = {}) =>
      Array.from({ length: 10_000 }, (_, n) =>
        signal({ alertname: `A${String(n % 40)}`, instance: String(n), severity: 'info' }, more),
      )
    source.show(storm())
    const test = startTestEngine([source], { journal })
    await test.clock.advance(0)
    expect(incidents(test)).toHaveLength(40)
    expect(incidents(test).every(({ counts }) => counts.firing === 250)).toBe(true)
    source.show(storm({ suppression: [aliceSilence] }))
    await test.clock.advance(INTERVAL)
    expect(incidents(test).every(({ counts }) => counts.suppressed === 250)).toBe(true)
    source.show([])
    await test.clock.advance(INTERVAL)
    expect(incidents(test).every(({ status }) => status === 'resolved')).toBe(true)
    const ids = journal.events.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    await test.clock.advance(3_700_000)
    expect(test.engine.state().alerts.size).toBe(0)
    expect(incidents(test).every(({ status }) => status === 'closed')).toBe(true)
  })
})
