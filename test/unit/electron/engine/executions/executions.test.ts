import { describe, expect, it } from 'vitest'
import { MAX_RUNNING } from '#electron/engine/executions/executions.ts'
import { hashOf } from '#electron/files/text-hash.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import {
  createMemoryTexts,
  createScriptedLibrary,
  createScriptedRunner,
} from '#test/fixtures/scripted-runner.ts'
import { createScriptedQueries, unanswered } from '#test/fixtures/scripted-queries.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const text = `# Payments
## Diagnosis
1. Look.

   \`\`\`sh {"name":"look","expect":"output contains ok","timeout":"5s"}
   read pods
   \`\`\`
2. Ask.

   \`\`\`promql {"name":"failing","expect":"value<0.05"}
   failures{service="{{ $labels.service }}"}
   \`\`\`
3. Pick.

   \`\`\`sh {"name":"pick","capture":"POD"}
   read pod
   \`\`\`
4. Use it: \`$POD\`.

   \`\`\`sh {"name":"use"}
   read log <pod>
   \`\`\`
5. Refused.

   \`\`\`sh
   refuse this
   \`\`\`
## Resolution
1. Change.

   \`\`\`sh {"name":"switch"}
   change it
   \`\`\`
2. Destroy.

   \`\`\`sh
   destroy all
   \`\`\`
`
const plan = {
  plan: 'payments',
  match: ['alertname="PaymentsFail"'],
  runbook: 'payments.md',
  phases: [{ name: 'Now', steps: ['Look'] }],
}
const runbook = 'playbook:payments.md'

/** An engine with one incident and the runbook above. */
function start(
  options: { readonly configuration?: object; readonly diagnostics?: readonly string[] } = {},
) {
  const runner = createScriptedRunner()
  const library = createScriptedLibrary({ 'payments.md': text })
  const trustedTexts = createMemoryTexts()
  const queries = createScriptedQueries(() => 0)
  const source = { ...createScriptedSource('prom'), queries }
  const journal = createMemoryJournal()
  const test = startTestEngine([source], {
    journal,
    runner,
    runbookLibrary: library,
    trustedTexts,
    configuration: { groupBy: ['alertname'], ...options.configuration },
    playbook: playbookWith([{ ...plan, diagnostics: options.diagnostics ?? [] }]),
  })
  const show = async (...alerts: Parameters<typeof source.show>[0]) => {
    source.show(alerts)
    await test.clock.advance(0)
    await test.run('source.poll', {})
    await test.clock.advance(0)
  }
  const settle = () => test.clock.advance(0)
  const codeOf = (name: string, of = text) => {
    const { steps } = parseRunbook({ path: 'payments.md', text: of })
    for (const step of steps) {
      for (const code of [...step.commands, ...step.queries]) {
        if (code.attributes.name === name || code.run === name) {
          return { step: step.id, code: code.start }
        }
      }
    }
    throw new Error(`no code ${name}`)
  }
  const incidentId = () => {
    const [found] = test.engine.state().incidents.values()
    if (!found) throw new Error('no incident')
    return found.id
  }
  const at = (name: string, values: Record<string, string> = {}, of = text) => ({
    incidentId: incidentId(),
    runbook,
    hash: hashOf(of),
    ...codeOf(name, of),
    values,
  })
  const trust = (of = text) => test.run('runbook.trust', { runbook, hash: hashOf(of) })
  const executions = () => [...test.engine.state().executions.values()]
  const timeline = () =>
    toTimeline(journal.incidentEvents(incidentId(), 100)).map(({ text: line }) => line)
  return {
    at,
    executions,
    journal,
    library,
    queries,
    runner,
    settle,
    show,
    test,
    timeline,
    trust,
    trustedTexts,
    incidentId,
  }
}

const alert = (labels: Record<string, string> = {}) =>
  signal({ alertname: 'PaymentsFail', service: 'checkout', severity: 'critical', ...labels })

async function started(options: Parameters<typeof start>[0] = {}) {
  const world = start(options)
  await world.show(alert())
  return world
}

describe('a command of a runbook', () => {
  it('is prepared by the engine, which reads its text itself', async () => {
    const { test, at } = await started()
    expect(await test.run('execution.prepare', at('look'))).toMatchObject({
      ok: true,
      value: {
        kind: 'command',
        shown: 'read pods',
        risk: 'read',
        asks: 'press',
        trust: 'never',
        timeoutMs: 5_000,
        targets: [{ kind: 'namespace', value: 'payments' }],
      },
    })
    expect(await test.run('execution.prepare', at('change it'))).toMatchObject({
      value: { risk: 'change', asks: 'confirm', typed: null },
    })
    expect(await test.run('execution.prepare', at('destroy all'))).toMatchObject({
      value: { risk: 'destroy', asks: 'type', typed: 'payments' },
    })
    expect(await test.run('execution.prepare', at('refuse this'))).toMatchObject({
      value: { refusedBecause: 'It needs a terminal.' },
    })
  })

  it('is not found where the incident, the text or the place is another one', async () => {
    const { test, at } = await started()
    const prepare = (more: object) => test.run('execution.prepare', { ...at('look'), ...more })
    expect(await prepare({ incidentId: 'gone' })).toMatchObject({ error: { code: 'not-found' } })
    expect(await prepare({ hash: 'b'.repeat(64) })).toMatchObject({
      error: { message: 'The text of this runbook has changed.' },
    })
    expect(await prepare({ code: 1 })).toMatchObject({ error: { code: 'not-found' } })
    expect(await prepare({ step: 'gone' })).toMatchObject({ error: { code: 'not-found' } })
    expect(await prepare({ runbook: 'playbook:gone.md' })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('runs once its text is trusted, and is on the record with all that it was', async () => {
    const { test, at, trust, runner, executions, settle, timeline } = await started()
    expect(await test.run('execution.start', at('look'))).toMatchObject({
      error: { message: 'The commands of this runbook are not trusted yet.' },
    })
    expect((await trust()).ok).toBe(true)
    expect(await trust()).toMatchObject({ error: { code: 'already-done' } })
    const begun = await test.run('execution.start', at('look'), 'request-run')
    expect(begun).toMatchObject({ ok: true })
    expect(executions()).toMatchObject([
      {
        title: 'look',
        shown: 'read pods',
        commit: 'c0ffee',
        reason: 'person',
        requestedBy: { id: 'ada' },
        result: null,
      },
    ])
    runner.run('read pods').print('all ok\n')
    runner.run('read pods').end()
    await settle()
    expect(executions()[0]?.result).toMatchObject({
      outcome: { kind: 'exited', code: 0 },
      verdict: 'as-expected',
      summary: 'all ok',
      durationMs: 300,
      output: { bytes: 7, lines: 1, isCut: false },
    })
    expect(timeline()).toContain('look: as expected: all ok (exit 0, 0.3 s)')
    // The same request once more, as after a lost answer.
    const executionId = begun.ok ? begun.value.executionId : ''
    expect(await test.run('execution.start', at('look'), 'request-run')).toMatchObject({
      value: { executionId },
    })
    expect(runner.runs).toHaveLength(1)
  })

  it('asks before it changes, and wants its target typed before it destroys', async () => {
    const { test, at, trust, runner } = await started()
    await trust()
    const change = at('change it')
    const prepared = await test.run('execution.prepare', change)
    const seal = prepared.ok ? prepared.value.seal : ''
    const start = (more: object) => test.run('execution.start', { ...change, ...more })
    expect(await start({})).toMatchObject({ error: { code: 'needs-confirmation' } })
    expect(await start({ confirmed: 'another' })).toMatchObject({
      error: { code: 'needs-confirmation' },
    })
    expect((await start({ confirmed: seal })).ok).toBe(true)
    const destroy = at('destroy all')
    const judged = await test.run('execution.prepare', destroy)
    const confirmed = judged.ok ? judged.value.seal : ''
    expect(
      await test.run('execution.start', { ...destroy, confirmed, typed: 'payment' }),
    ).toMatchObject({ error: { code: 'needs-confirmation' } })
    expect(
      (await test.run('execution.start', { ...destroy, confirmed, typed: 'payments' })).ok,
    ).toBe(true)
    expect(runner.runs.map(({ script }) => script)).toEqual(['change it', 'destroy all'])
  })

  it('is not run where it is refused, for a closed incident, or with instructions only', async () => {
    const { test, at, trust, runner } = await started()
    await trust()
    expect(await test.run('execution.start', at('refuse this'))).toMatchObject({
      error: { message: 'It needs a terminal.' },
    })
    const only = { runbooks: { instructionsOnly: true } }
    await test.engine.reconfigure(test.setup({ configuration: test.configuration(only) }))
    expect(await test.run('execution.start', at('look'))).toMatchObject({
      error: { code: 'not-allowed-now' },
    })
    expect(runner.runs).toEqual([])
  })

  it('of a text that changed shows what was trusted, and asks again', async () => {
    const { test, at, trust, library } = await started()
    await trust()
    const other = text.replace('read pods', 'read nodes')
    library.write('payments.md', other)
    expect(await test.run('execution.prepare', at('look', {}, other))).toMatchObject({
      value: { trust: 'changed', shown: 'read nodes' },
    })
    expect(await test.run('execution.start', at('look', {}, other))).toMatchObject({
      error: { message: 'This runbook has changed since its commands were trusted.' },
    })
    expect(await test.run('runbook.trusted', { runbook })).toMatchObject({
      value: { trusted: { by: { id: 'ada' } }, text },
    })
    // Whoever still has the trusted text before them may run what they see.
    expect(await test.run('execution.start', at('look'))).toMatchObject({ ok: true })
    expect(await test.run('runbook.trusted', { runbook: 'playbook:other.md' })).toMatchObject({
      value: { trusted: null, text: null },
    })
  })

  it('cannot be trusted where its text cannot be kept, or is another one', async () => {
    const { test, trust, trustedTexts } = await started()
    trustedTexts.failWith('the disk cannot be written')
    expect(await trust()).toMatchObject({
      error: { message: 'The text cannot be trusted: the disk cannot be written.' },
    })
    expect(await trust('another text')).toMatchObject({ error: { code: 'not-found' } })
    expect(test.engine.state().trusted.size).toBe(0)
  })

  it('keeps what it prints for later steps, which are filled in with it', async () => {
    const { test, at, trust, runner, settle } = await started()
    await trust()
    expect(await test.run('execution.prepare', at('use'))).toMatchObject({
      value: { refusedBecause: 'Fill in pod first.' },
    })
    expect(await test.run('execution.prepare', at('use', { pod: 'card-1' }))).toMatchObject({
      value: { shown: 'read log <pod> card-1', refusedBecause: null },
    })
    await test.run('execution.start', at('pick'))
    runner.run('read pod').print('card-7f9\n')
    runner.run('read pod').end()
    await settle()
    expect([...test.engine.state().executions.values()][0]?.result?.captured).toBe('card-7f9')
  })
})

describe('what runs', () => {
  it('is cancelled by a person, by name', async () => {
    const { test, at, trust, runner, executions, settle } = await started()
    await trust()
    await test.run('execution.start', at('look'))
    const [{ executionId } = { executionId: '' }] = executions()
    expect((await test.run('execution.cancel', { executionId })).ok).toBe(true)
    await settle()
    expect(runner.run('read pods').isCancelled()).toBe(true)
    expect(executions()[0]?.result).toMatchObject({
      outcome: { kind: 'cancelled', by: { id: 'ada' } },
      verdict: 'failed',
    })
    expect(await test.run('execution.cancel', { executionId })).toMatchObject({
      error: { code: 'already-done' },
    })
  })

  it('is followed: whoever asks for more of it waits until there is more', async () => {
    const { test, at, trust, runner, executions, settle } = await started()
    await trust()
    await test.run('execution.start', at('look'))
    const [{ executionId } = { executionId: '' }] = executions()
    const asked = test.run('execution.output', { executionId })
    await settle()
    runner.run('read pods').print('first\n')
    expect(await asked).toMatchObject({ value: { text: 'first\n', state: 'running' } })
    const more = test.run('execution.output', { executionId, offset: 6 })
    await settle()
    await test.clock.advance(5_000)
    expect(await more).toMatchObject({ value: { text: '', state: 'running' } })
    expect(await test.run('execution.output', { executionId: 'gone' })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('is not more than can be looked after', async () => {
    const { test, at, trust } = await started()
    await trust()
    for (let count = 0; count < MAX_RUNNING; count += 1) {
      expect((await test.run('execution.start', at('look'))).ok).toBe(true)
    }
    expect(await test.run('execution.start', at('look'))).toMatchObject({
      error: { message: `${String(MAX_RUNNING)} commands are running.` },
    })
  })

  it('is ended when Deckwatch stops', async () => {
    const { test, at, trust, runner, executions } = await started()
    await trust()
    await test.run('execution.start', at('look'))
    await test.engine.stop()
    expect(runner.run('read pods').isCancelled()).toBe(true)
    expect(executions()[0]?.result?.outcome.kind).toBe('cancelled')
  })

  it('is said to be lost where Deckwatch ended before it did', async () => {
    const { test, at, trust, journal } = await started()
    await trust()
    await test.run('execution.start', at('look'))
    // A crash: another engine starts on the same journal.
    const again = startTestEngine([], {
      journal,
      runner: createScriptedRunner(),
      runbookLibrary: createScriptedLibrary({}),
      trustedTexts: createMemoryTexts(),
    })
    expect([...again.engine.state().executions.values()][0]?.result).toMatchObject({
      outcome: { kind: 'lost' },
      verdict: 'failed',
    })
  })

  it('counts as a response to the page', async () => {
    const { test, at, trust, journal } = await started()
    await trust()
    await test.run('execution.start', at('look'))
    expect(journal.events.at(-1)?.body.type).toBe('execution.started')
  })
})

describe('a query of a runbook', () => {
  it('is asked with the values of the alert, without any trust, and judged', async () => {
    const { test, at, queries, executions, settle } = await started()
    queries.set('failures{service="checkout"}', 0.36)
    expect(await test.run('execution.prepare', at('failing'))).toMatchObject({
      value: {
        kind: 'promql',
        shown: 'failures{service="checkout"}',
        trust: 'trusted',
        targets: [{ kind: 'Prometheus', value: 'prom' }],
      },
    })
    expect((await test.run('execution.start', at('failing'))).ok).toBe(true)
    await settle()
    const [{ executionId, result } = { executionId: '', result: null }] = executions()
    expect(result).toMatchObject({
      outcome: { kind: 'answered' },
      verdict: 'not-as-expected',
      summary: '0.36',
    })
    expect(await test.run('execution.output', { executionId })).toMatchObject({
      value: { text: '0.36', state: 'complete' },
    })
  })

  it('says what the server says where it does not answer', async () => {
    const { test, at, queries, executions, settle } = await started()
    queries.failWith(unanswered)
    await test.run('execution.start', at('failing'))
    await settle()
    expect(executions()[0]?.result).toMatchObject({
      outcome: {
        kind: 'not-started',
        message: expect.stringContaining('did not answer') as string,
      },
      verdict: 'failed',
    })
  })
})

describe('the diagnostics of a plan', () => {
  it('run by themselves when an incident opens, once, as far as they only read and are trusted', async () => {
    const world = start({ diagnostics: ['look', 'failing', 'switch', 'use', 'unknown'] })
    const { runner, show, executions, settle, timeline } = world
    await world.trust()
    await show(alert(), alert({ pod: 'a' }), alert({ pod: 'b' }))
    await settle()
    expect(runner.runs.map(({ script }) => script)).toEqual(['read pods'])
    runner.run('read pods').end()
    await settle()
    expect(
      executions().map(({ title, reason, requestedBy, result }) => [
        title,
        reason,
        requestedBy.kind,
        result?.outcome,
      ]),
    ).toEqual([
      ['look', 'automatic', 'deckwatch', { kind: 'exited', code: 0 }],
      ['failing', 'automatic', 'deckwatch', { kind: 'answered' }],
      [
        'switch',
        'automatic',
        'deckwatch',
        {
          kind: 'not-started',
          message: 'It changes something: what runs by itself only reads.',
        },
      ],
      ['use', 'automatic', 'deckwatch', { kind: 'not-started', message: 'Fill in pod first.' }],
    ])
    expect(timeline().join('\n')).not.toContain('not started')
    await show(alert(), alert({ pod: 'a' }), alert({ pod: 'c' }))
    await settle()
    expect(runner.runs).toHaveLength(1)
  })

  it('are of the text that was trusted last; of one that never was only queries run', async () => {
    const world = start({ diagnostics: ['look', 'failing'] })
    await world.show(alert())
    await world.settle()
    expect(world.runner.runs).toEqual([])
    expect(world.executions().map(({ title, result }) => [title, result?.outcome.kind])).toEqual([
      ['look', 'not-started'],
      ['failing', 'answered'],
    ])

    // Once somebody trusts it, it runs as it would have.
    await world.trust()
    await world.settle()
    expect(world.runner.runs.map(({ script }) => script)).toEqual(['read pods'])
    expect(world.executions().filter(({ title }) => title === 'failing')).toHaveLength(1)

    const changed = start({ diagnostics: ['look'] })
    await changed.trust()
    changed.library.write('payments.md', text.replace('read pods', 'read secrets'))
    await changed.show(alert())
    await changed.settle()
    expect(changed.runner.runs.map(({ script }) => script)).toEqual(['read pods'])
  })

  it('are found in the runbooks for all', async () => {
    const world = start({ diagnostics: ['nodes'] })
    const shared = '# Kubernetes\n1. Nodes\n\n   ```sh {"name":"nodes"}\n   read nodes\n   ```\n'
    const hash = world.library.write('diagnostics/kubernetes.md', shared)
    await world.test.run('runbook.trust', { runbook: 'playbook:diagnostics/kubernetes.md', hash })
    await world.show(alert())
    await world.settle()
    expect(world.runner.runs.map(({ script }) => script)).toEqual(['read nodes'])
  })

  it('do not run where that is turned off', async () => {
    for (const runbooks of [{ automatic: false }, { instructionsOnly: true }]) {
      const world = start({ diagnostics: ['look'], configuration: { runbooks } })
      await world.trust()
      await world.show(alert())
      await world.settle()
      expect(world.executions()).toEqual([])
    }
  })

  it('run so many at a time as the configuration says, and the rest after them', async () => {
    const world = start({
      diagnostics: ['look', 'pick'],
      configuration: { runbooks: { atOnce: 1 } },
    })
    await world.trust()
    await world.show(alert())
    await world.settle()
    expect(world.runner.runs.map(({ script }) => script)).toEqual(['read pods'])
    world.runner.run('read pods').end()
    await world.settle()
    expect(world.runner.runs.map(({ script }) => script)).toEqual(['read pods', 'read pod'])
  })

  it('say once why they cannot be run, also where their text is trusted later', async () => {
    const world = start({ diagnostics: ['switch', 'use'] })
    await world.show(alert())
    await world.settle()
    const said = () =>
      world
        .executions()
        .map(({ title, result }) => [
          title,
          result?.outcome.kind === 'not-started' ? result.outcome.message : result?.outcome.kind,
        ])
    const reasons = [
      ['switch', 'It changes something: what runs by itself only reads.'],
      ['use', 'Fill in pod first.'],
    ]
    expect(said()).toEqual(reasons)
    await world.trust()
    await world.settle()
    expect(said()).toEqual(reasons)
    expect(world.runner.runs).toEqual([])
  })

  it('do not run any more where their incident is over by their turn', async () => {
    const world = start({
      diagnostics: ['look', 'pick'],
      configuration: { runbooks: { atOnce: 1 } },
    })
    await world.trust()
    await world.show(alert())
    await world.settle()
    await world.show()
    await world.test.run('incident.resolve', { incidentId: world.incidentId() })
    world.runner.run('read pods').end()
    await world.settle()
    expect(world.runner.runs.map(({ script }) => script)).toEqual(['read pods'])
  })

  it('of a storm do not wait without end: the oldest are given up, and that is said', async () => {
    const world = start({
      diagnostics: ['look'],
      configuration: { groupBy: ['alertname', 'pod'], runbooks: { atOnce: 1 } },
    })
    await world.trust()
    const pods = Array.from({ length: 203 }, (_, index) => alert({ pod: `p${String(index)}` }))
    await world.show(...pods)
    await world.settle()
    // One runs, 200 wait, and two have had to make room.
    expect(world.runner.runs).toHaveLength(1)
    expect(world.executions().flatMap(({ result }) => (result ? [result.outcome] : []))).toEqual(
      Array.from({ length: 2 }, () => ({
        kind: 'not-started',
        message: 'Too many diagnostics were waiting.',
      })),
    )
  })
})

describe('what a plan names', () => {
  it('is found in its runbook, or it is said that nothing has the name', async () => {
    const { test, at, incidentId } = await started()
    const { runbook: id, hash, step, code } = at('look')
    const find = (name: string) => test.run('execution.find', { incidentId: incidentId(), name })
    expect(await find('look')).toEqual({ ok: true, value: { runbook: id, hash, step, code } })
    expect(await find('nothing')).toMatchObject({ error: { code: 'not-found' } })
    expect(await test.run('execution.find', { incidentId: 'gone', name: 'look' })).toMatchObject({
      error: { code: 'not-found' },
    })
  })
})

describe('an engine that runs nothing', () => {
  it('says so', async () => {
    const test = startTestEngine([])
    const hash = 'a'.repeat(64)
    const code = { incidentId: 'i', runbook, hash, step: 's', code: 0 }
    for (const asked of [
      test.run('execution.prepare', code),
      test.run('execution.start', code),
      test.run('execution.find', { incidentId: 'i', name: 'x' }),
      test.run('execution.cancel', { executionId: 'x' }),
      test.run('execution.output', { executionId: 'x' }),
      test.run('runbook.trusted', { runbook }),
      test.run('runbook.trust', { runbook, hash }),
    ]) {
      expect(await asked).toMatchObject({ error: { code: 'not-allowed-now' } })
    }
  })

  it('gets ready to judge soon after its start', async () => {
    const { test, runner } = start()
    expect(runner.isWarm()).toBe(false)
    await test.clock.advance(1_000)
    expect(runner.isWarm()).toBe(true)
  })
})
