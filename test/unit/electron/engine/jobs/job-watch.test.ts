import { describe, expect, it } from 'vitest'
import type { Journal } from '#electron/engine/ports/journal.ts'
import { jobsFileSchema } from '#shared/domain/job/file.ts'
import { isActive } from '#shared/domain/alert/schema.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeClock, type FakeClock } from '#test/fixtures/fake-clock.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import type { QueriesPort, QueryFailure } from '#electron/engine/ports/queries.ts'
import type { Source } from '#electron/engine/ports/source.ts'
import { unanswered } from '#test/fixtures/scripted-queries.ts'
import { createScriptedSource } from '#test/fixtures/scripted-source.ts'
import { createScriptedListener } from '#test/fixtures/scripted-listener.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const hourly = { job: 'backup', every: '1h', grace: '10m', service: 'payments' }

function start(
  options: {
    clock?: FakeClock
    journal?: Journal
    jobs?: readonly object[]
    /** What the metric of a job is now: one number for each series. */
    values?: () => readonly number[] | QueryFailure
  } = {},
) {
  const { clock = createFakeClock(), journal = createMemoryJournal(), jobs = [hourly] } = options
  const listener = createScriptedListener()
  const read = (texts: readonly object[]) =>
    playbookWith([], { jobs: jobsFileSchema.parse({ jobs: texts }).jobs })
  const { values } = options
  const sources = values ? [prometheusSaying(values)] : []
  const test = startTestEngine(sources, {
    clock,
    journal,
    listener,
    playbook: read(jobs),
  })
  const report = (job: string, status: 'ok' | 'failed' = 'ok', reportedAt = clock.now()) =>
    listener.say({
      kind: 'job',
      key: `${job} ${String(reportedAt)} ${status}`,
      job,
      status,
      reportedAt,
    })
  const active = () =>
    [...test.engine.state().alerts.values()]
      .filter(isActive)
      .map(({ labels }) => [labels['alertname'], labels['job'] ?? ''].join(' ').trim())
  return { test, clock, journal, listener, read, report, active }
}

function prometheusSaying(values: () => readonly number[] | QueryFailure): Source {
  const queries: QueriesPort = {
    instant() {
      const said = values()
      if ('problem' in said) return Promise.resolve(fail(said))
      const samples = said.map((value) => ({ labels: {}, value }))
      return Promise.resolve(ok({ kind: 'samples', samples }))
    },
    range: () => Promise.resolve(fail(unanswered)),
  }
  return { ...createScriptedSource('prometheus'), queries }
}

describe('a job that must report', () => {
  it('is an alert when it is missing, until it reports', async () => {
    const { test, clock, report, active } = start()
    await clock.advance(1_000)
    expect(report('backup').ok).toBe(true)
    await clock.advance(70 * MINUTE - 1_000)
    expect(active()).toEqual([])
    await clock.advance(2_000)
    expect(active()).toEqual(['JobMissing backup'])
    const [alert] = test.engine.state().alerts.values()
    expect(alert?.labels).toMatchObject({ job: 'backup', service: 'payments', severity: 'high' })
    expect(alert?.annotations['description']).toContain('Its report was expected')
    report('backup')
    await clock.advance(1_000)
    expect(active()).toEqual([])
    expect(await test.run('jobs.list', {})).toMatchObject({
      ok: true,
      value: { jobs: [{ job: 'backup', state: 'ok' }] },
    })
  })

  it('is another alert when it failed, which its next success ends', async () => {
    const { clock, report, active } = start()
    await clock.advance(1_000)
    report('backup', 'failed')
    await clock.advance(1_000)
    expect(active()).toEqual(['JobFailed backup'])
    await clock.advance(2 * HOUR)
    expect(active().sort()).toEqual(['JobFailed backup', 'JobMissing backup'])
    report('backup')
    await clock.advance(1_000)
    expect(active()).toEqual([])
  })

  it('is found when it never came, also over a restart', async () => {
    const { clock, journal, active, test } = start()
    await clock.advance(50 * MINUTE)
    expect(active()).toEqual([])
    // As after kill -9: nothing is told of the end.
    await clock.advance(1_000)
    const again = start({ clock, journal })
    await clock.advance(20 * MINUTE)
    expect(again.active()).toEqual(['JobMissing backup'])
    await test.engine.stop()
  })

  it('is dropped with its line of the playbook, and its alert with it', async () => {
    const { test, clock, read, active, report } = start()
    await clock.advance(2 * HOUR)
    expect(active()).toEqual(['JobMissing backup'])
    await test.engine.reconfigure(test.setup({ playbook: read([]) }))
    await clock.advance(2_000)
    expect(active()).toEqual([])
    expect(report('backup')).toMatchObject({
      ok: false,
      error: { message: 'No job is called "backup" in jobs.yaml.' },
    })
  })
})

describe('while Deckwatch could not hear', () => {
  const jobs = [hourly, { ...hourly, job: 'billing' }]

  it('no job is missing, and one alert says which of them are not known of', async () => {
    const { clock, report, active } = start({ jobs })
    await clock.advance(1_000)
    report('backup')
    report('billing')
    await clock.advance(MINUTE)
    clock.jump(8 * HOUR)
    await clock.advance(2_000)
    expect(active()).toEqual(['JobReportsNotHeard'])
    report('backup')
    await clock.advance(1_000)
    expect(active()).toEqual(['JobReportsNotHeard'])
    report('billing')
    await clock.advance(1_000)
    expect(active()).toEqual([])
  })

  it('a job that stays away afterwards is missing', async () => {
    const { clock, report, active } = start({ jobs: [hourly] })
    await clock.advance(1_000)
    report('backup')
    await clock.advance(MINUTE)
    clock.jump(8 * HOUR)
    await clock.advance(69 * MINUTE)
    expect(active()).toEqual(['JobReportsNotHeard'])
    await clock.advance(3 * MINUTE)
    expect(active()).toEqual(['JobMissing backup'])
  })

  it('holds for a Deckwatch that did not run, too', async () => {
    const { test, clock, journal, report } = start({ jobs })
    await clock.advance(1_000)
    report('backup')
    report('billing')
    await clock.advance(MINUTE)
    await test.engine.stop()
    clock.jump(8 * HOUR)
    const again = start({ clock, journal, jobs })
    await clock.advance(2_000)
    expect(again.active()).toEqual(['JobReportsNotHeard'])
  })

  it('leaves a job missing that was so before', async () => {
    const { clock, report, active } = start()
    await clock.advance(1_000)
    report('backup')
    await clock.advance(2 * HOUR)
    clock.jump(8 * HOUR)
    await clock.advance(2_000)
    expect(active()).toEqual(['JobMissing backup'])
  })

  it('is also while no listener listens', async () => {
    const { clock, listener, report, active } = start()
    await clock.advance(1_000)
    report('backup')
    listener.listen(false)
    await clock.advance(2 * HOUR)
    expect(active()).toEqual(['JobReportsNotHeard'])
  })
})

describe('a job with a metric', () => {
  const measured = [{ ...hourly, promql: 'backup_last_success_timestamp_seconds' }]

  it('reports by it, and is missing by it', async () => {
    const clock = createFakeClock()
    let lastSuccess = clock.now() / 1_000
    const { active, test } = start({ clock, jobs: measured, values: () => [lastSuccess] })
    await clock.advance(65 * MINUTE)
    expect(active()).toEqual([])
    await clock.advance(10 * MINUTE)
    expect(active()).toEqual(['JobMissing backup'])
    lastSuccess = clock.now() / 1_000
    await clock.advance(2 * MINUTE)
    expect(active()).toEqual([])
    expect(test.engine.state().jobs.get('backup')?.last?.way).toBe('metric')
  })

  it('that never succeeded is found, and one that cannot be read is not called missing', async () => {
    for (const answer of [[], [0]]) {
      const never = start({ jobs: measured, values: () => answer })
      await never.clock.advance(75 * MINUTE)
      expect(never.active()).toEqual(['JobMissing backup'])
    }
    for (const answer of [unanswered, [Number.NaN], [9e12]]) {
      const blind = start({ jobs: measured, values: () => answer })
      await blind.clock.advance(75 * MINUTE)
      expect(blind.active()).toEqual(['JobReportsNotHeard'])
    }
  })
})
