import { createMeasurements } from '#electron/measurements/measurements.ts'
import type { Journal } from '#electron/engine/ports/journal.ts'
import type { Signal } from '#shared/domain/alert/schema.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import type { PushMessage } from '#shared/contract/index.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeClock, type FakeClock } from '#test/fixtures/fake-clock.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { createScriptedQueries, type ScriptedQueries } from '#test/fixtures/scripted-queries.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

/** How an engine with one incident is started. */
export interface Watching {
  /** The plan of the alert `Slow`, without `plan` and `match`. */
  readonly plan: object
  readonly labels?: Readonly<Record<string, string>>
  /** Of an engine before: a restart. */
  readonly before?: {
    readonly clock: FakeClock
    readonly journal: Journal
    readonly queries: ScriptedQueries
    readonly slow: Signal
  }
  /** Writes what the server says before it is asked. */
  readonly script?: (queries: ScriptedQueries, now: number) => void
  /** False where no server can be asked. */
  readonly isAskable?: boolean
}

/** An engine on a fake clock that follows a plan for one incident, and measures by a scripted server. */
export async function watchIncident({
  plan,
  labels = {},
  before,
  script,
  isAskable = true,
}: Watching) {
  const clock = before?.clock ?? createFakeClock()
  const journal = before?.journal ?? createMemoryJournal()
  const queries = before?.queries ?? createScriptedQueries(() => clock.now())
  const scripted = createScriptedSource('prom')
  script?.(queries, clock.now())
  const source = isAskable ? { ...scripted, queries } : scripted
  const measurements = createMeasurements({ clock, random: () => 0.5, timeZone: 'UTC' })
  const playbook = playbookWith([{ plan: 'slow', match: ['alertname="Slow"'], ...plan }])
  if (before) scripted.show([before.slow])
  const test = startTestEngine([source], { clock, journal, playbook, measurements })
  const pushed: PushMessage[] = []
  test.engine.listen((message) => pushed.push(message))
  const show = async (...alerts: Parameters<typeof scripted.show>[0]) => {
    scripted.show(alerts)
    await test.run('source.poll', {})
    await clock.advance(0)
  }
  const startsAt = clock.now() - 60_000
  const slow =
    before?.slow ?? signal({ alertname: 'Slow', service: 'checkout', ...labels }, { startsAt })
  await clock.advance(0)
  await show(slow)
  await clock.advance(5_000)
  const incident = () => {
    const [found] = test.engine.state().incidents.values()
    if (!found) throw new Error('no incident')
    return found
  }
  const id = incident().id
  const events = () => journal.incidentEvents(id, 1_000)
  return {
    test,
    clock,
    journal,
    queries,
    pushed,
    show,
    slow,
    id,
    incident,
    state: () => test.engine.state(),
    crossed: () => test.engine.state().triggers.get(id)?.crossed ?? {},
    timeline: () => toTimeline(events()).map(({ text }) => text),
    /** How often something of this type was recorded. */
    count: (type: string) => events().filter(({ body }) => body.type === type).length,
    measured: () => {
      const greeting = test.engine.greeting().find(({ type }) => type === 'measurements')
      return greeting?.type === 'measurements' ? greeting.incidents[0] : undefined
    },
  }
}
