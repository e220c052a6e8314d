import { describe, expect, it } from 'vitest'
import { queueSection } from '#shared/domain/incident/schema.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const INTERVAL = 10_000
const disk = { alertname: 'DiskFull', service: 'db', severity: 'warning' }

function only({ engine }: TestEngine) {
  const [incident, ...others] = [...engine.state().incidents.values()]
  expect(others).toEqual([])
  if (!incident) throw new Error('no incident')
  return incident
}

describe('giving back and reopening', () => {
  it('asks again, and can be acknowledged by another person', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const journal = createMemoryJournal()
    const test = startTestEngine([source], { journal })
    await test.clock.advance(0)
    const { id: incidentId } = only(test)
    expect(await test.run('incident.unacknowledge', { incidentId })).toMatchObject({
      error: { code: 'already-done' },
    })
    expect(await test.run('incident.reopen', { incidentId })).toMatchObject({
      error: { code: 'already-done' },
    })
    for (let round = 0; round < 3; round += 1) {
      await test.run('incident.acknowledge', { incidentId }, `acknowledge-${String(round)}`)
      expect(only(test).status).toBe('acknowledged')
      await test.run('incident.unacknowledge', { incidentId }, `unacknowledge-${String(round)}`)
      expect(only(test)).toMatchObject({ status: 'triggered', acknowledged: null })
    }
    expect(new Set(journal.events.map(({ id }) => id)).size).toBe(journal.events.length)
  })

  it('brings a resolved incident back into the queue, with what still fires', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const { id: incidentId } = only(test)
    await test.run('incident.resolve', { incidentId, evenIfFiring: true })
    expect(queueSection(only(test))).toBe('resolved')
    expect(await test.run('incident.reopen', { incidentId })).toMatchObject({ ok: true })
    expect(queueSection(only(test))).toBe('active')
    source.show([])
    await test.clock.advance(INTERVAL)
    expect(only(test).status).toBe('resolved')
    await test.clock.advance(2 * 3_600_000)
    expect(await test.run('incident.reopen', { incidentId })).toMatchObject({
      error: { code: 'not-allowed-now' },
    })
  })

  it('keeps a reopened incident without alerts open until a person ends it', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const { id: incidentId } = only(test)
    source.show([])
    await test.clock.advance(INTERVAL)
    await test.run('incident.reopen', { incidentId })
    await test.clock.advance(5 * 3_600_000)
    expect(only(test)).toMatchObject({ status: 'triggered', resolved: null })
    // A new episode joins it instead of making another one.
    source.show([signal(disk, { startsAt: test.clock.now() })])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ status: 'triggered', counts: { firing: 1 } })
    source.show([])
    await test.clock.advance(INTERVAL)
    expect(only(test).status).toBe('resolved')
  })
})
