import { describe, expect, it } from 'vitest'
import { queueSection } from '#shared/domain/incident/schema.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal, type MemoryJournal } from '#test/fixtures/memory-journal.ts'
import { aliceSilence, createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const INTERVAL = 10_000
const disk = { alertname: 'DiskFull', service: 'db', severity: 'warning', instance: 'a' }
const fatal = { ...disk, severity: 'critical', instance: 'b' }

function only({ engine }: TestEngine) {
  const all = [...engine.state().incidents.values()]
  expect(all).toHaveLength(1)
  const [incident] = all
  if (!incident) throw new Error('no incident')
  return incident
}
const typesAfter = (journal: MemoryJournal, seq: number) =>
  journal.events
    .slice(seq)
    .map(({ body }) => body.type)
    .filter((type) => !type.startsWith('source.'))

describe('an alert that is no longer suppressed', () => {
  it('asks when the source that silenced it no longer lists it and another still does', async () => {
    const [am, prometheus] = [createScriptedSource('am'), createScriptedSource('prom')]
    am.show([signal(disk, { suppression: [aliceSilence] })])
    prometheus.show([signal(disk, { suppression: null })])
    const journal = createMemoryJournal()
    const test = startTestEngine([am, prometheus], { journal })
    await test.clock.advance(0)
    expect(queueSection(only(test))).toBe('suppressed')
    const { seq } = test.engine.state()
    am.show([])
    await test.clock.advance(INTERVAL)
    expect(queueSection(only(test))).toBe('active')
    expect(typesAfter(journal, seq)).toEqual(['alert.withdrawn', 'incident.retriggered'])
  })

  it('asks once when another alert of its incident asks in the same answer', async () => {
    const [am, prometheus] = [createScriptedSource('am'), createScriptedSource('prom')]
    am.show([signal(disk, { suppression: [aliceSilence] })])
    prometheus.show([signal(disk, { suppression: null })])
    const journal = createMemoryJournal()
    const test = startTestEngine([am, prometheus], { journal })
    await test.clock.advance(0)
    const { seq } = test.engine.state()
    am.show([signal({ ...disk, instance: 'c' })])
    await test.clock.advance(INTERVAL)
    expect(typesAfter(journal, seq)).toEqual([
      'alert.fired',
      'alert.withdrawn',
      'incident.retriggered',
    ])
  })

  it('is not held back by the silence of a source that lost its memory', async () => {
    const [am, prometheus] = [createScriptedSource('am'), createScriptedSource('prom')]
    am.show([signal(disk, { suppression: [aliceSilence] })])
    prometheus.show([signal(disk, { suppression: null })])
    const test = startTestEngine([am, prometheus])
    await test.clock.advance(0)
    am.show([])
    am.restart('second')
    await test.clock.advance(INTERVAL)
    expect(queueSection(only(test))).toBe('active')
  })

  it('ends an acknowledgement when it had resolved and fired again under the silence', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk), signal(fatal)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    await test.run('incident.acknowledge', { incidentId: only(test).id })
    const again = { startsAt: test.clock.now() + 5_000 }
    source.show([signal(disk)])
    await test.clock.advance(INTERVAL)
    source.show([signal(disk), signal(fatal, { ...again, suppression: [aliceSilence] })])
    await test.clock.advance(INTERVAL)
    source.show([signal(disk), signal(fatal, again)])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ status: 'triggered', acknowledged: null })
  })

  it('wakes a snoozed incident only when it is worse than the rest of it', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk), signal({ ...disk, instance: 'c' }, { suppression: [aliceSilence] })])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const snooze = { incidentId: only(test).id, until: test.clock.now() + 3_600_000 }
    await test.run('incident.snooze', snooze)
    source.show([signal(disk), signal({ ...disk, instance: 'c' })])
    await test.clock.advance(INTERVAL)
    expect(queueSection(only(test))).toBe('snoozed')
    source.show([signal(disk), signal(fatal, { suppression: [aliceSilence] })])
    await test.clock.advance(INTERVAL)
    expect(queueSection(only(test))).toBe('snoozed')
    source.show([signal(disk), signal(fatal)])
    await test.clock.advance(INTERVAL)
    expect(only(test)).toMatchObject({ status: 'triggered', snoozed: null, severity: 'P0' })
  })

  it('is no news of an incident that asks for as much already, and news of one that is worse by it', async () => {
    const source = createScriptedSource('am')
    const other = { ...disk, instance: 'c' }
    const held = [
      signal(other, { suppression: [aliceSilence] }),
      signal(fatal, { suppression: [aliceSilence] }),
    ]
    source.show([signal(disk), ...held])
    const journal = createMemoryJournal()
    const test = startTestEngine([source], { journal })
    await test.clock.advance(0)
    const { seq } = test.engine.state()
    source.show([signal(disk), signal(other), held[1]!])
    await test.clock.advance(INTERVAL)
    expect(typesAfter(journal, seq)).toEqual(['alert.changed'])
    source.show([signal(disk), signal(other), signal(fatal)])
    await test.clock.advance(INTERVAL)
    expect(journal.events.map(({ body }) => body)).toContainEqual(
      expect.objectContaining({
        type: 'incident.retriggered',
        reason: 'unsuppressed',
        severity: 'P0',
      }),
    )
  })

  it('asks as the first alert of its incident that is not suppressed', async () => {
    const source = createScriptedSource('am')
    const held = signal(disk, { suppression: [aliceSilence] })
    source.show([held])
    const journal = createMemoryJournal()
    const test = startTestEngine([source], { journal })
    await test.clock.advance(0)
    const { seq } = test.engine.state()
    source.show([held, signal({ ...disk, instance: 'c' })])
    await test.clock.advance(INTERVAL)
    expect(typesAfter(journal, seq)).toEqual(['alert.fired', 'incident.retriggered'])
    expect(journal.events.at(-1)?.body).toMatchObject({ reason: 'unsuppressed', severity: 'P2' })
  })
})

describe('the same rules after a restart', () => {
  const cases: readonly (readonly [
    string,
    (test: TestEngine, am: ReturnType<typeof createScriptedSource>) => Promise<void>,
  ])[] = [
    [
      'of an acknowledged incident of which only a worse, silenced alert is left',
      async (test, am) => {
        const held = signal(fatal, { suppression: [aliceSilence] })
        am.show([signal(disk), held])
        await test.clock.advance(INTERVAL)
        await test.run('incident.acknowledge', { incidentId: only(test).id })
        am.show([held])
        await test.clock.advance(INTERVAL)
      },
    ],
    [
      'of an unconfirmed alert that was silenced',
      async (test, am) => {
        am.show([signal(disk, { suppression: [aliceSilence] })])
        await test.clock.advance(INTERVAL)
        am.show([])
        am.restart('second')
        await test.clock.advance(INTERVAL)
      },
    ],
    [
      'of a heartbeat, and of a snoozed incident',
      async (test, am) => {
        am.show([signal({ ...disk, alertname: 'Watchdog' }), signal(disk)])
        await test.clock.advance(INTERVAL)
        for (const incidentId of test.engine.state().incidents.keys()) {
          const until = test.clock.now() + 3_600_000
          await test.run('incident.snooze', { incidentId, until })
        }
      },
    ],
  ]
  it.each(cases)('judge nothing anew: the case %s', async (_, prepare) => {
    const journal = createMemoryJournal()
    const am = createScriptedSource('am', { heartbeats: ['alertname="Watchdog"'] })
    const test = startTestEngine([am], { journal })
    await prepare(test, am)
    await test.engine.stop()
    const { seq } = test.engine.state()
    startTestEngine([am], { journal, clock: test.clock })
    await test.clock.advance(INTERVAL)
    expect(typesAfter(journal, seq)).toEqual([])
  })
})
