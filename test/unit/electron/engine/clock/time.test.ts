import { describe, expect, it } from 'vitest'
import { MAX_CLOSED } from '#shared/domain/incident/follow.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const INTERVAL = 10_000
const HOUR = 3_600_000
const disk = { alertname: 'DiskFull', service: 'db', severity: 'warning' }

const incidents = ({ engine }: TestEngine) => [...engine.state().incidents.values()]
const withStatus = (test: TestEngine, status: string) =>
  incidents(test).filter((incident) => incident.status === status)

describe('closing', () => {
  it('closes an hour after the last thing that happened, which a note is', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    source.show([])
    await test.clock.advance(INTERVAL)
    await test.clock.advance(HOUR - 5_000)
    const [incident] = withStatus(test, 'resolved')
    await test.run('incident.note', {
      incidentId: incident?.id ?? '',
      text: 'was the log rotation',
    })
    await test.clock.advance(HOUR - 2_000)
    expect(withStatus(test, 'resolved')).toHaveLength(1)
    await test.clock.advance(4_000)
    expect(withStatus(test, 'closed')).toHaveLength(1)
  })

  it('closes many a few at a time, keeps the newest, and forgets no open one', async () => {
    const source = createScriptedSource('am')
    const journal = createMemoryJournal()
    const many = Array.from({ length: 180 }, (_, n) => signal({ alertname: `A${String(n)}` }))
    source.show([...many, signal(disk)])
    const test = startTestEngine([source], { journal, configuration: { closeAfter: '1m' } })
    await test.clock.advance(0)
    source.show([signal(disk)])
    await test.clock.advance(INTERVAL)
    expect(withStatus(test, 'resolved')).toHaveLength(180)
    await test.clock.advance(60_000)
    expect(withStatus(test, 'resolved').length).toBeGreaterThan(0)
    await test.clock.advance(10_000)
    expect(withStatus(test, 'resolved')).toEqual([])
    expect(withStatus(test, 'closed')).toHaveLength(MAX_CLOSED)
    expect(withStatus(test, 'triggered')).toHaveLength(1)
    expect(test.engine.state().alerts.size).toBe(1)
    const closed = journal.events.filter(({ body }) => body.type === 'incident.closed')
    expect(closed).toHaveLength(180)

    // What was forgotten and fires again with the very same start is a new incident all the same.
    source.show([...many, signal(disk)])
    await test.clock.advance(INTERVAL)
    expect(withStatus(test, 'triggered')).toHaveLength(181)
    expect(new Set(journal.events.map(({ id }) => id)).size).toBe(journal.events.length)
  })

  it('does not close what a person resolved while it still fires', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const [incident] = incidents(test)
    await test.run('incident.resolve', { incidentId: incident?.id ?? '', evenIfFiring: true })
    await test.clock.advance(5 * HOUR)
    expect(withStatus(test, 'resolved')).toHaveLength(1)
    source.show([])
    await test.clock.advance(2 * HOUR)
    expect(withStatus(test, 'closed')).toHaveLength(1)
  })
})

describe('a snooze', () => {
  it('ends at its time, once, also when the engine was away meanwhile', async () => {
    const source = createScriptedSource('am')
    const journal = createMemoryJournal()
    source.show([signal(disk)])
    const test = startTestEngine([source], { journal })
    await test.clock.advance(0)
    const incidentId = incidents(test)[0]?.id ?? ''
    await test.run('incident.snooze', { incidentId, until: test.clock.now() + 30_000 })
    await test.engine.stop()
    await test.clock.advance(HOUR)
    const restarted = startTestEngine([source], { journal, clock: test.clock })
    await test.clock.advance(5_000)
    expect(incidents(restarted)).toMatchObject([{ status: 'triggered', snoozed: null }])
    const ended = journal.events.filter(({ body }) => body.type === 'incident.snooze-ended')
    expect(ended).toMatchObject([{ actor: { kind: 'deckwatch' }, body: { reason: 'time' } }])
  })

  it('ends with the incident, and stays over an acknowledgement', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const incidentId = incidents(test)[0]?.id ?? ''
    await test.run('incident.snooze', { incidentId, until: test.clock.now() + HOUR })
    await test.run('incident.acknowledge', { incidentId })
    expect(incidents(test)).toMatchObject([
      { status: 'acknowledged', snoozed: { by: { name: 'ada' } } },
    ])
    source.show([])
    await test.clock.advance(INTERVAL)
    expect(incidents(test)).toMatchObject([
      { status: 'resolved', snoozed: null, acknowledged: null },
    ])
    source.show([signal(disk, { startsAt: test.clock.now() })])
    await test.clock.advance(INTERVAL)
    expect(incidents(test)).toMatchObject([{ status: 'triggered', snoozed: null }])
  })

  it('keeps an acknowledged alert that fires again out of the queue, but not a worse one', async () => {
    const source = createScriptedSource('am')
    const two = (startsAt: number) => [
      signal({ ...disk, instance: 'a' }),
      signal(disk, { startsAt }),
    ]
    source.show(two(1))
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const incidentId = incidents(test)[0]?.id ?? ''
    await test.run('incident.acknowledge', { incidentId })
    await test.run('incident.snooze', { incidentId, until: test.clock.now() + HOUR })
    source.show(two(test.clock.now()))
    await test.clock.advance(INTERVAL)
    expect(incidents(test)[0]?.snoozed).not.toBeNull()
    source.show([...two(test.clock.now()), signal({ ...disk, severity: 'critical' })])
    await test.clock.advance(INTERVAL)
    expect(incidents(test)).toMatchObject([{ status: 'triggered', snoozed: null, severity: 'P0' }])
  })
})

describe('flapping', () => {
  /** Lets an alert change so many times, one change an interval, and says whether it flaps. */
  async function flaps(changes: number, configuration: object = {}): Promise<boolean> {
    const source = createScriptedSource('am')
    const test = startTestEngine([source], { configuration })
    await test.clock.advance(0)
    for (let change = 0; change < changes; change += 1) {
      source.show(change % 2 === 0 ? [signal(disk, { startsAt: test.clock.now() })] : [])
      await test.clock.advance(INTERVAL)
    }
    return [...test.engine.state().alerts.values()].some(
      ({ flappingSince }) => flappingSince !== null,
    )
  }

  it('begins with the fifth change within half an hour', async () => {
    expect(await flaps(4)).toBe(false)
    expect(await flaps(5)).toBe(true)
    expect(await flaps(6)).toBe(true)
  })

  it('follows its rule, up to sixteen changes', async () => {
    expect(await flaps(2, { flapping: { changes: 3 } })).toBe(false)
    expect(await flaps(3, { flapping: { changes: 3 } })).toBe(true)
    expect(await flaps(15, { flapping: { changes: 16 } })).toBe(false)
    expect(await flaps(16, { flapping: { changes: 16 } })).toBe(true)
    expect(await flaps(20, { flapping: { changes: 5, within: '39s' } })).toBe(false)
    expect(await flaps(20, { flapping: { changes: 5, within: '41s' } })).toBe(true)
  })

  it('counts both changes of an alert that resolved and fired between two polls', async () => {
    const source = createScriptedSource('am')
    const test = startTestEngine([source])
    await test.clock.advance(0)
    // Fired, then twice resolved and fired again: five changes.
    for (let round = 0; round < 3; round += 1) {
      source.show([signal(disk, { startsAt: test.clock.now() })])
      await test.clock.advance(INTERVAL)
    }
    expect([...test.engine.state().alerts.values()][0]?.changes).toHaveLength(5)
    expect([...test.engine.state().alerts.values()][0]?.flappingSince).not.toBeNull()
  })

  it('is calm after half of its time, and asks again then', async () => {
    const source = createScriptedSource('am')
    const journal = createMemoryJournal()
    const test = startTestEngine([source], {
      journal,
      configuration: { flapping: { changes: 3, within: '10m' } },
    })
    await test.clock.advance(0)
    const other = signal({ ...disk, instance: 'other' })
    const changes = [[signal(disk), other], [other], [signal(disk, { startsAt: 5 }), other]]
    for (const shown of changes) {
      source.show(shown)
      await test.clock.advance(INTERVAL)
    }
    const flapping = () =>
      [...test.engine.state().alerts.values()].filter((alert) => alert.flappingSince !== null)
    expect(flapping()).toHaveLength(1)
    const [incident] = incidents(test)
    await test.run('incident.acknowledge', { incidentId: incident?.id ?? '' })
    source.show([other])
    await test.clock.advance(INTERVAL)
    source.show([signal(disk, { startsAt: 6 }), other])
    await test.clock.advance(INTERVAL)
    expect(incidents(test)).toMatchObject([{ status: 'acknowledged' }])
    await test.clock.advance(5 * 60_000 - 2 * INTERVAL)
    expect(flapping()).toHaveLength(1)
    await test.clock.advance(3 * INTERVAL)
    expect(flapping()).toEqual([])
    await test.clock.advance(10 * 60_000)
    source.show([other])
    await test.clock.advance(INTERVAL)
    source.show([signal(disk, { startsAt: test.clock.now() }), other])
    await test.clock.advance(INTERVAL)
    expect(incidents(test)).toMatchObject([{ status: 'triggered', acknowledged: null }])
  })
})
