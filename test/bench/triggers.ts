import { createMeasurements } from '#electron/measurements/measurements.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createEngine } from '#electron/engine/engine.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { ada } from '#test/fixtures/persons.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { createScriptedQueries } from '#test/fixtures/scripted-queries.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { collectGarbage } from './stopwatch.ts'

/** What watching triggers costs. */
export interface TriggerFigures {
  /** Questions to the server in a minute. */
  readonly perMinute: number
  /** CPU time of the engine with everything it does, ms in a minute of its clock. */
  readonly cpuMs: number
  /** The same engine with the same incidents, whose plans have no triggers. */
  readonly idleMs: number
  /** Bytes that a cockpit is sent in a minute. */
  readonly sentBytes: number
}

const INCIDENTS = 40
const MINUTES = 10

/** Watches so many triggers, each with an expression of its own, by a server that answers at once. */
export async function measureTriggers(triggers: number): Promise<TriggerFigures> {
  const watched = await watch(triggers / INCIDENTS)
  const idle = await watch(0)
  return { ...watched, idleMs: idle.cpuMs }
}

async function watch(each: number): Promise<Omit<TriggerFigures, 'idleMs'>> {
  const clock = createFakeClock()
  const queries = createScriptedQueries(() => clock.now())
  const scripted = createScriptedSource('prom', { intervalMs: 15_000 })
  scripted.show(
    Array.from({ length: INCIDENTS }, (_, index) =>
      signal({ alertname: 'Slow', service: `service-${String(index)}` }),
    ),
  )
  const promql = (index: number) => `latency_${String(index)}{service="{{ $labels.service }}"}`
  for (let service = 0; service < INCIDENTS; service += 1) {
    for (let index = 0; index < each; index += 1) {
      const asked = promql(index).replace('{{ $labels.service }}', `service-${String(service)}`)
      // It changes at each question, as values do.
      queries.set(asked, (at) => [at % 997])
    }
  }
  const plan = {
    plan: 'slow',
    match: ['alertname="Slow"'],
    triggers: Array.from({ length: each }, (_, index) => ({
      promql: `${promql(index)} > 3000`,
      for: '10m',
    })),
  }
  const engine = createEngine(
    {
      clock,
      ids: createNodeIds(),
      journal: createMemoryJournal(),
      channels: [],
      presenter: { open: () => undefined },
      measurements: createMeasurements({ clock, random: () => 0.5 }),
      logger: silentLogger,
    },
    {
      configuration: configurationSchema.parse({
        sources: [{ type: 'drill' }],
        groupBy: ['service'],
      }),
      sources: [{ ...scripted, queries }],
      playbook: playbookWith([plan]),
      owner: ada,
      version: 'bench',
      config: { path: '', isPresent: true, loadedAt: 0, problems: [] },
    },
  )
  let sentBytes = 0
  engine.listen((message) => {
    if (message.type === 'measurements') sentBytes += JSON.stringify(message).length
  })
  engine.start()
  await clock.advance(2 * 60_000)
  if (engine.state().incidents.size !== INCIDENTS) throw new Error('Incidents are missing')
  sentBytes = 0
  const before = queries.asked.length
  collectGarbage()
  const cpu = process.cpuUsage()
  await clock.advance(MINUTES * 60_000)
  const { user, system } = process.cpuUsage(cpu)
  await engine.stop()
  return {
    perMinute: (queries.asked.length - before) / MINUTES,
    cpuMs: (user + system) / 1_000 / MINUTES,
    sentBytes: sentBytes / MINUTES,
  }
}
