import { describe, expect, it } from 'vitest'
import type { TerminalRun } from '#shared/domain/execution/terminal-run.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import {
  createMemoryTexts,
  createScriptedLibrary,
  createScriptedRunner,
} from '#test/fixtures/scripted-runner.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const executionId = `terminal-${'a'.repeat(32)}`
const result: TerminalRun['result'] = {
  outcome: { kind: 'exited', code: 1 },
  summary: 'no such pod',
  durationMs: 1_200.5,
  output: { bytes: 12, lines: 1, isCut: false },
}

/** An engine with one incident. */
async function start(options: { readonly runsCommands?: boolean } = {}) {
  const source = createScriptedSource('prom')
  const journal = createMemoryJournal()
  const runner = createScriptedRunner()
  const test = startTestEngine([source], {
    journal,
    ...(options.runsCommands === false
      ? {}
      : { runner, runbookLibrary: createScriptedLibrary({}), trustedTexts: createMemoryTexts() }),
  })
  source.show([signal({ alertname: 'PaymentsFail', severity: 'critical' })])
  await test.clock.advance(0)
  await test.run('source.poll', {})
  const [incident] = test.engine.state().incidents.values()
  const incidentId = incident?.id ?? ''
  const { terminal } = test.engine
  const run = (over: Partial<TerminalRun> = {}): TerminalRun => ({
    executionId,
    incidentId,
    shown: 'read pods --token [masked]',
    host: 'bastion',
    folder: '/srv',
    user: 'ada',
    startedAt: test.clock.now(),
    pid: 1,
    result: null,
    ...over,
  })
  const execution = () => test.engine.state().executions.get(executionId)
  const timeline = () => toTimeline(journal.incidentEvents(incidentId, 100)).map(({ text }) => text)
  /** Nothing fires any more. */
  const quieten = async () => {
    source.show([])
    await test.run('source.poll', {})
    await test.run('source.poll', {})
  }
  return { execution, incidentId, journal, quieten, run, runner, terminal, test, timeline }
}

describe('a command of a terminal', () => {
  it('is recorded when it begins and when it ends, by the owner, with what it does', async () => {
    const { execution, run, terminal, test, timeline } = await start()
    expect(await terminal.take(run())).toMatchObject({ ok: true })
    expect(execution()).toMatchObject({
      reason: 'terminal',
      requestedBy: { id: 'ada', via: 'terminal' },
      runbook: null,
      timeoutMs: null,
      risk: 'read',
      targets: [
        { kind: 'machine', value: 'bastion' },
        { kind: 'folder', value: '/srv' },
        { kind: 'as', value: 'ada' },
        { kind: 'namespace', value: 'payments' },
      ],
      startedAt: test.clock.now(),
      result: null,
    })
    expect(terminal.isRunning(executionId)).toBe(true)
    expect(terminal.unfinished()).toEqual([executionId])
    expect(await terminal.take(run({ result }))).toMatchObject({ ok: true })
    expect(terminal.isRunning(executionId)).toBe(false)
    expect(execution()?.result).toMatchObject({ verdict: 'failed', summary: 'no such pod' })
    expect(timeline()).toContain(
      'ran in a terminal: read pods --token [masked]: failed: no such pod (exit 1, 1.2 s)',
    )
  })

  it('is recorded once, however often it is told', async () => {
    const { journal, run, terminal, test } = await start()
    await terminal.take(run())
    await terminal.take(run({ result }))
    const { seq } = test.engine.state()
    await terminal.take(run({ result }))
    expect(terminal.lose(executionId)).toMatchObject({ ok: true })
    expect(test.engine.state().seq).toBe(seq)
    expect(journal.incidentEvents(run().incidentId, 100).length).toBeGreaterThan(0)
  })

  it('keeps its own times where it is told late', async () => {
    const { execution, run, terminal, test } = await start()
    const startedAt = test.clock.now()
    await test.clock.advance(60_000)
    await terminal.take(run({ startedAt, result }))
    expect(execution()).toMatchObject({
      requestedAt: startedAt,
      startedAt,
      finishedAt: startedAt + 1_201,
    })
  })

  it('is refused for an incident that is not there, or was closed before it began', async () => {
    const { incidentId, quieten, run, terminal, test } = await start()
    expect(await terminal.take(run({ incidentId: 'gone' }))).toMatchObject({
      error: { code: 'not-found' },
    })
    const startedAt = test.clock.now()
    await test.clock.advance(1_000)
    await quieten()
    await test.run('incident.close', { incidentId })
    expect(test.engine.state().incidents.get(incidentId)?.status).toBe('closed')
    expect(await terminal.take(run({ startedAt, result }))).toMatchObject({ ok: true })
    await test.clock.advance(1_000)
    const late = run({ executionId: `terminal-${'b'.repeat(32)}`, startedAt: test.clock.now() })
    expect(await terminal.take(late)).toMatchObject({
      error: { code: 'not-allowed-now', message: 'This incident is closed.' },
    })
  })

  it('is lost where nobody tells how it ended, and counts as a change where nothing can judge it', async () => {
    const { execution, run, terminal } = await start({ runsCommands: false })
    await terminal.take(run())
    expect(execution()).toMatchObject({ risk: 'change' })
    expect(terminal.lose(executionId)).toMatchObject({ ok: true })
    expect(terminal.lose('unknown')).toMatchObject({ ok: true })
    expect(execution()?.result).toMatchObject({ outcome: { kind: 'lost' }, verdict: 'failed' })
  })

  it('is not ended by Deckwatch, and its output is waited for while it runs', async () => {
    const { run, runner, terminal, test } = await start()
    await terminal.take(run())
    expect(await test.run('execution.cancel', { executionId })).toMatchObject({
      error: { message: 'This runs in a terminal.' },
    })
    const read = () => test.run('execution.output', { executionId })
    const waiting = read()
    await test.clock.advance(1_000)
    expect(await waiting).toMatchObject({ value: { text: '', state: 'running' } })
    await runner.keep(executionId, 'pod-1\n')
    expect(await read()).toMatchObject({ value: { text: 'pod-1\n' } })
  })

  it('is for the incident that is meant', async () => {
    const { incidentId, terminal, test } = await start()
    expect(terminal.choose(null)).toMatchObject({ kind: 'one', option: { incidentId } })
    expect(terminal.choose('gone')).toMatchObject({ kind: 'none' })
    // A terminal keeps what it printed: there it has no title.
    await test.run('incident.restrict', { incidentId, people: [] })
    expect(terminal.choose(null)).toMatchObject({
      option: { incidentId, title: `Confidential incident ${incidentId.slice(0, 8)}` },
    })
  })
})
