import { describe, expect, it } from 'vitest'
import { createEngine } from '#electron/engine/engine.ts'
import type { SelfAlert, Source, SourceReport } from '#electron/engine/ports/source.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { queueSection } from '#shared/domain/incident/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { SourceProblem } from '#shared/domain/source/schema.ts'
import { silentLogger, startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { ada, bo, personsOf } from '#test/fixtures/persons.ts'

const INTERVAL = 10_000
const disk = { alertname: 'DiskFull', service: 'db', severity: 'warning' }
const config = { path: '/x', isPresent: true, loadedAt: 0, problems: [] }

function reconfigured(test: TestEngine, sources: readonly Source[], change: object = {}) {
  return test.engine.reconfigure({
    sources,
    configuration: test.configuration(change),
    owner: bo,
    version: 'test',
    config,
  })
}
const byName = ({ engine }: Pick<TestEngine, 'engine'>, name: string) => {
  const all = [...engine.state().incidents.values()]
  // The newest one: what a removed source had said is put away.
  const found = all.findLast(({ group }) => group['alertname'] === name)
  if (!found) throw new Error(`no incident for ${name}`)
  return found
}

const brokenRule: SelfAlert = {
  name: 'RuleNotEvaluated',
  severity: 'critical',
  labels: { rule: 'DiskFull' },
  summary: 'A rule cannot be evaluated',
  description: 'many-to-many matching not allowed',
  startsAt: Date.UTC(2026, 10, 21, 2),
}

/** A source whose polls wait until the test answers them. */
function deferred(source: Source) {
  const waiting: ((report: Result<SourceReport, SourceProblem>) => void)[] = []
  let isClosed = false
  return {
    source: {
      ...source,
      poll: (abort: AbortSignal) =>
        new Promise<Result<SourceReport, SourceProblem>>((resolve) => {
          waiting.push(resolve)
          abort.addEventListener('abort', () => {
            void source.poll(abort).then(resolve)
          })
        }),
      close: () => {
        isClosed = true
        return Promise.resolve()
      },
    } satisfies Source,
    waiting,
    isClosed: () => isClosed,
  }
}

describe('a new configuration', () => {
  it('keeps what an undisturbed source reported of itself', async () => {
    const source = createScriptedSource('prom', { intervalMs: 60_000 })
    source.selfAlert([brokenRule])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    await test.run('incident.acknowledge', { incidentId: byName(test, 'RuleNotEvaluated').id })
    await reconfigured(test, [source])
    await test.clock.advance(5_000)
    expect(byName(test, 'RuleNotEvaluated').status).toBe('acknowledged')
    await test.clock.advance(120_000)
    expect(byName(test, 'RuleNotEvaluated').status).toBe('acknowledged')
  })

  it('carries what a source reported of itself over to the source that replaces it', async () => {
    const source = createScriptedSource('prom')
    source.selfAlert([brokenRule, { ...brokenRule, name: 'Other', severity: 'medium' }])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const held = deferred(createScriptedSource('prom'))
    await reconfigured(test, [held.source])
    await test.clock.advance(2 * INTERVAL)
    expect(byName(test, 'RuleNotEvaluated')).toMatchObject({ status: 'triggered', severity: 'P0' })
    expect(byName(test, 'Other')).toMatchObject({ status: 'triggered', severity: 'P2' })
    held.waiting[0]?.(await createScriptedSource('prom').poll(new AbortController().signal))
    await test.clock.advance(1_000)
    expect(byName(test, 'RuleNotEvaluated').status).toBe('resolved')
  })

  it('drops the answer of a poll that was under way when its source was removed', async () => {
    const other = createScriptedSource('other')
    const slow = createScriptedSource('slow')
    slow.show([signal(disk)])
    const { source, isClosed } = deferred(slow)
    const test = startTestEngine([other, source])
    await test.clock.advance(1_000)
    await reconfigured(test, [other])
    expect(isClosed()).toBe(true)
    await test.clock.advance(INTERVAL)
    expect([...test.engine.state().sources.keys()]).toEqual(['other'])
    expect(test.engine.state().alerts.size).toBe(0)
  })

  it('drops the answer of a poll that was under way when the engine stopped', async () => {
    const slow = createScriptedSource('slow')
    slow.show([signal(disk)])
    const { source, isClosed } = deferred(slow)
    const journal = createMemoryJournal()
    const test = startTestEngine([source], { journal })
    await test.clock.advance(1_000)
    const { length } = journal.events
    await test.engine.stop()
    await test.clock.advance(60_000)
    expect(isClosed()).toBe(true)
    expect(journal.events).toHaveLength(length)
  })

  it('takes a source of the same name and another type for another one', async () => {
    const first = createScriptedSource('main')
    first.show([signal(disk)])
    const journal = createMemoryJournal()
    const test = startTestEngine([first], { journal })
    await test.clock.advance(0)
    const second = { ...createScriptedSource('main'), type: 'prometheus' }
    second.show([signal({ ...disk, alertname: 'Other' })])
    await reconfigured(test, [second])
    await test.clock.advance(0)
    expect(test.engine.state().sources.get('main')).toMatchObject({
      type: 'prometheus',
      health: 'healthy',
    })
    expect(byName(test, 'DiskFull').status).toBe('resolved')
    expect(byName(test, 'Other').status).toBe('triggered')
    const ids = journal.events.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('knows a source again that was removed and added', async () => {
    const [am, other] = [createScriptedSource('am'), createScriptedSource('other')]
    am.show([signal(disk)])
    const journal = createMemoryJournal()
    const test = startTestEngine([am, other], { journal })
    const open = () =>
      [...test.engine.state().incidents.values()].filter(
        ({ status }) => status === 'triggered' || status === 'acknowledged',
      )
    for (let round = 0; round < 3; round += 1) {
      await test.clock.advance(INTERVAL)
      expect(open()).toMatchObject([{ status: 'triggered', counts: { firing: 1 } }])
      await reconfigured(test, [other])
      expect(open()).toEqual([])
      await test.clock.advance(INTERVAL)
      const again = createScriptedSource('am')
      again.show([signal(disk)])
      await reconfigured(test, [again, other])
    }
    await test.clock.advance(INTERVAL)
    expect(test.engine.state().sources.get('am')?.health).toBe('healthy')
    expect(open()).toMatchObject([{ counts: { firing: 1 } }])
    expect(new Set(journal.events.map(({ id }) => id)).size).toBe(journal.events.length)
  })

  it('ends the snooze of what got worse by it', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    const until = test.clock.now() + 3_600_000
    await test.run('incident.snooze', { incidentId: byName(test, 'DiskFull').id, until })
    await reconfigured(test, [source], { severity: [{ when: 'alertname="DiskFull"', is: 'P0' }] })
    expect(byName(test, 'DiskFull')).toMatchObject({ severity: 'P0', snoozed: null })
  })

  it('judges heartbeats anew, and names itself by the new configuration', async () => {
    const watchdog = { alertname: 'Watchdog', severity: 'none' }
    const source = createScriptedSource('am', { heartbeats: ['alertname="Watchdog"'] })
    source.show([signal(watchdog)])
    const test = startTestEngine([source])
    await test.clock.advance(0)
    expect(queueSection(byName(test, 'Watchdog'))).toBe('suppressed')
    const plain = createScriptedSource('am')
    plain.show([signal(watchdog)])
    await reconfigured(test, [plain], { groupBy: ['service'] })
    expect(queueSection(byName(test, 'Watchdog'))).toBe('active')
    expect(test.engine.status.value()).toMatchObject({ ...personsOf(bo), groupBy: ['service'] })
  })

  it('runs nothing before the start and after the stop', async () => {
    const [first, second] = [createScriptedSource('a'), createScriptedSource('b')]
    const test = startTestEngine([first])
    await test.clock.advance(0)
    await test.engine.stop()
    await reconfigured(test, [second])
    await test.clock.advance(INTERVAL)
    expect(second.polls()).toBe(0)
    expect([...test.engine.state().sources.keys()]).toEqual(['a'])
  })
})

describe('a configuration that could not be read at the start', () => {
  it('leaves sources, severities and heartbeats as they were, and closes nothing', async () => {
    const watchdog = { alertname: 'Watchdog', severity: 'none' }
    const source = createScriptedSource('am', { heartbeats: ['alertname="Watchdog"'] })
    source.show([signal(watchdog), signal({ ...disk, severity: 'critical' })])
    const journal = createMemoryJournal()
    const test = startTestEngine([source], {
      journal,
      configuration: { severity: [{ when: 'alertname="DiskFull"', is: 'P3' }] },
    })
    await test.clock.advance(0)
    await test.run('incident.acknowledge', { incidentId: byName(test, 'DiskFull').id })
    await test.engine.stop()

    const setup = {
      configuration: configurationSchema.parse({ sources: [{ type: 'drill' }] }),
      sources: [],
      isProvisional: true,
      owner: ada,
      version: 'test',
      config,
    }
    const engine = createEngine(
      {
        clock: test.clock,
        ids: { ...createNodeIds(), random: () => 0.5 },
        journal,
        channels: [],
        presenter: { open: () => undefined },
        logger: silentLogger,
      },
      setup,
    )
    engine.start()
    await test.clock.advance(5 * INTERVAL)
    expect([...engine.state().sources.keys()]).toEqual(['am'])
    expect(engine.state().alerts.size).toBe(2)
    expect(byName({ engine }, 'DiskFull')).toMatchObject({ status: 'acknowledged', severity: 'P3' })
    expect(queueSection(byName({ engine }, 'Watchdog'))).toBe('suppressed')

    // The file is put right.
    const again = createScriptedSource('am', { heartbeats: ['alertname="Watchdog"'] })
    again.show([signal(watchdog), signal({ ...disk, severity: 'critical' })])
    await engine.reconfigure({
      ...setup,
      configuration: configurationSchema.parse({
        sources: [{ type: 'drill' }],
        severity: [{ when: 'alertname="DiskFull"', is: 'P3' }],
      }),
      sources: [again],
      isProvisional: false,
    })
    await test.clock.advance(INTERVAL)
    expect(byName({ engine }, 'DiskFull')).toMatchObject({ status: 'acknowledged', severity: 'P3' })
    expect(engine.state().sources.get('am')?.health).toBe('healthy')
  })

  it('removes the sources that the repaired file no longer names', async () => {
    const source = createScriptedSource('am')
    source.show([signal(disk)])
    const journal = createMemoryJournal()
    const test = startTestEngine([source], { journal })
    await test.clock.advance(0)
    await test.engine.stop()
    const other = createScriptedSource('other')
    const restarted = startTestEngine([other], { journal, clock: test.clock })
    await test.clock.advance(INTERVAL)
    expect([...restarted.engine.state().sources.keys()]).toEqual(['other'])
    expect(['resolved', 'closed']).toContain(queueSection(byName(restarted, 'DiskFull')))
  })
})
