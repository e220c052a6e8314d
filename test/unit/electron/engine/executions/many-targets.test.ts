import { describe, expect, it } from 'vitest'
import { AT_A_TIME } from '#electron/engine/executions/many-targets.ts'
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
  type ScriptedRun,
} from '#test/fixtures/scripted-runner.ts'
import { createScriptedQueries } from '#test/fixtures/scripted-queries.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const text = `# Payments
1. Look.

   \`\`\`sh {"name":"look","expect":"output contains ready","capture":"SEEN"}
   read <pod> of <namespace>
   \`\`\`
2. Restart.

   \`\`\`sh {"name":"restart"}
   change <pod> <replicas>
   \`\`\`
3. Delete.

   \`\`\`sh {"name":"delete"}
   destroy <pod>
   \`\`\`
4. Refused.

   \`\`\`sh {"name":"refused"}
   refuse <pod>
   \`\`\`
5. Ask.

   \`\`\`promql {"name":"failing"}
   failures{pod=\`{{ $labels.pod }}\`}
   \`\`\`
6. One thing.

   \`\`\`sh {"name":"one"}
   read nodes
   \`\`\`
`
const runbook = 'playbook:payments.md'
const plan = {
  plan: 'payments',
  match: ['alertname="PaymentsFail"'],
  runbook: 'payments.md',
  phases: [{ name: 'Now', steps: ['Look'] }],
}

/** An engine with an incident whose alerts name so many pods. */
async function started(pods: readonly string[]) {
  const runner = createScriptedRunner()
  const library = createScriptedLibrary({ 'payments.md': text })
  const queries = createScriptedQueries(() => 0)
  const source = { ...createScriptedSource('prom'), queries }
  const journal = createMemoryJournal()
  const test = startTestEngine([source], {
    journal,
    runner,
    runbookLibrary: library,
    trustedTexts: createMemoryTexts(),
    configuration: { groupBy: ['alertname'] },
    playbook: playbookWith([plan]),
  })
  const settle = () => test.clock.advance(0)
  const show = async (names: readonly string[]) => {
    source.show(
      names.map((pod) =>
        signal({ alertname: 'PaymentsFail', severity: 'critical', namespace: `of-${pod}`, pod }),
      ),
    )
    await settle()
    await test.run('source.poll', {})
    await settle()
  }
  await show(pods)
  const [incident] = test.engine.state().incidents.values()
  const incidentId = incident?.id ?? ''
  const at = (name: string, values: Record<string, string> = {}) => {
    const { steps } = parseRunbook({ path: 'payments.md', text })
    const step = steps.find(
      ({ commands, queries: [query] }) => (commands[0] ?? query)?.attributes.name === name,
    )
    const code = step?.commands[0] ?? step?.queries[0]
    return {
      incidentId,
      runbook,
      hash: hashOf(text),
      step: step?.id ?? '',
      code: code?.start ?? 0,
      values,
    }
  }
  const trust = () => test.run('runbook.trust', { runbook, hash: hashOf(text) })
  const podOf = ({ values }: ScriptedRun) =>
    Object.values(values).find((value) => !value.startsWith('of-')) ?? ''
  /** The run on a pod that was started last. */
  const runOn = (pod: string) => {
    const found = runner.runs.findLast((each) => podOf(each) === pod)
    if (!found) throw new Error(`Nothing runs on ${pod}`)
    return found
  }
  const timeline = () =>
    toTimeline(journal.incidentEvents(incidentId, 1_000)).map(({ text: line }) => line)
  return {
    at,
    executions: () => [...test.engine.state().executions.values()],
    incidentId,
    journal,
    library,
    runOn,
    ran: () => runner.runs.map(podOf),
    settle,
    show,
    test,
    timeline,
    trust,
  }
}

const ready = (run: ScriptedRun) => {
  run.print('ready\n')
  run.end()
}

describe('a command that the alerts name many targets for', () => {
  it('is prepared for each of them, with the namespace of its own alert', async () => {
    const { test, at, trust } = await started(['a', 'b', 'c'])
    await trust()
    expect(await test.run('execution.prepare-many', at('look'))).toMatchObject({
      ok: true,
      value: {
        noun: 'pod',
        of: 3,
        more: 0,
        risk: 'read',
        asks: 'press',
        trust: 'trusted',
        refusedBecause: null,
        common: [{ kind: 'namespace', value: 'payments' }],
        targets: ['a', 'b', 'c'].map((name) => ({
          name,
          shown: `read <pod> of <namespace> ${name} of-${name}`,
          refusedBecause: null,
        })),
      },
    })
    expect(
      await test.run('execution.prepare-many', { ...at('look'), targets: ['b'] }),
    ).toMatchObject({ value: { of: 3, targets: [{ name: 'b' }] } })
  })

  it('is not found where there are no two, or others are asked for', async () => {
    const { test, at } = await started(['a', 'b'])
    const prepare = (name: string, more: object = {}) =>
      test.run('execution.prepare-many', { ...at(name), ...more })
    expect(await prepare('one')).toMatchObject({ error: { code: 'not-found' } })
    // Nobody has said how many replicas.
    expect(await prepare('restart')).toMatchObject({ error: { code: 'not-found' } })
    expect(await prepare('look', { targets: ['a', 'z'] })).toMatchObject({
      error: { message: 'No alert names z any more.' },
    })
    expect(await prepare('look', { group: 'gone' })).toMatchObject({
      error: { message: 'What was run before is not known any more.' },
    })
    expect(await prepare('look', { step: 'gone' })).toMatchObject({ error: { code: 'not-found' } })
    expect(await prepare('look', { incidentId: 'gone' })).toMatchObject({
      error: { code: 'not-found' },
    })
    expect(await prepare('look', { hash: 'b'.repeat(64) })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('runs on a few at a time, and is one line on the timeline', async () => {
    const { test, at, trust, runOn, ran, settle, executions, timeline } = await started([
      ...['a', 'b', 'c', 'd', 'e', 'f'],
    ])
    expect(await test.run('execution.start-many', at('look'))).toMatchObject({
      error: { message: 'The commands of this runbook are not trusted yet.' },
    })
    await trust()
    const begun = await test.run('execution.start-many', at('look'), 'request-many')
    expect(begun).toMatchObject({ ok: true })
    expect(ran()).toEqual(['a', 'b', 'c', 'd'])
    expect(ran()).toHaveLength(AT_A_TIME)
    expect(executions()).toHaveLength(6)
    // The same request once more, as after a lost answer.
    expect(await test.run('execution.start-many', at('look'), 'request-many')).toMatchObject({
      value: { group: begun.ok ? begun.value.group : '' },
    })
    expect(executions()).toHaveLength(6)
    ready(runOn('b'))
    await settle()
    expect(ran()).toEqual(['a', 'b', 'c', 'd', 'e'])
    for (const pod of ['a', 'c', 'e']) ready(runOn(pod))
    await settle()
    runOn('d').print('not yet\n')
    runOn('d').end()
    runOn('f').end({ outcome: { kind: 'exited', code: 1 } })
    await settle()
    expect(timeline().slice(-2)).toEqual([
      'ran “look” on 6 pods: read <pod> of <namespace> (read, namespace payments, commit c0ffee)',
      'look on 6 pods: 4 as expected, 1 not as expected, 1 failed: d, f',
    ])
    // What one of many printed is nothing for later steps.
    expect(executions().map(({ capture }) => capture)).toEqual(Array(6).fill(null))
  })

  it('is retried on those that failed, also when no alert names them any more', async () => {
    const { test, at, trust, runOn, settle, show, timeline } = await started(['a', 'b', 'c'])
    await trust()
    const begun = await test.run('execution.start-many', at('look'))
    const group = begun.ok ? begun.value.group : ''
    const again = (targets: string[]) =>
      test.run('execution.start-many', { ...at('look'), group, targets })
    expect(await again(['b'])).toMatchObject({ error: { message: 'It is running on b.' } })
    ready(runOn('a'))
    for (const pod of ['b', 'c']) runOn(pod).end({ outcome: { kind: 'exited', code: 1 } })
    await settle()
    await show(['a'])
    expect((await again(['b', 'c'])).ok).toBe(true)
    for (const pod of ['b', 'c']) ready(runOn(pod))
    await settle()
    expect(timeline().slice(-2)).toEqual([
      'ran “look” again on 2 pods: read <pod> of <namespace> (read, namespace payments, commit c0ffee)',
      'look on 2 pods: 2 as expected',
    ])
    expect(await again(['a'])).toMatchObject({ ok: true })
    ready(runOn('a'))
    await settle()
    expect(timeline().slice(-2)).toEqual([
      'ran for “look”: on a, 1 of 3 pods: read <pod> of <namespace> a of-a (read, namespace payments, commit c0ffee)',
      'look: on a, 1 of 3 pods: as expected: ready (exit 0, 0.3 s)',
    ])
  })

  it('is cancelled as a whole: what waits never runs', async () => {
    const { test, at, trust, ran, settle, timeline, executions } = await started([
      ...['a', 'b', 'c', 'd', 'e', 'f'],
    ])
    await trust()
    const begun = await test.run('execution.start-many', at('look'))
    const group = begun.ok ? begun.value.group : ''
    expect((await test.run('execution.cancel-many', { group })).ok).toBe(true)
    await settle()
    expect(ran()).toHaveLength(AT_A_TIME)
    expect(executions().map(({ result }) => result?.outcome)).toEqual(
      Array(6).fill(expect.objectContaining({ kind: 'cancelled' })),
    )
    expect(timeline().at(-1)).toBe('look on 6 pods: 6 cancelled: a, b, c, d, e, 1 more')
    expect(await test.run('execution.cancel-many', { group })).toMatchObject({
      error: { code: 'already-done' },
    })
  })

  it('ends when Deckwatch stops, and is lost where Deckwatch ended before it did', async () => {
    const { test, at, trust, executions, ran, timeline } = await started([
      ...['a', 'b', 'c', 'd', 'e'],
    ])
    await trust()
    await test.run('execution.start-many', at('look'))
    await test.engine.stop()
    expect(ran()).toHaveLength(AT_A_TIME)
    expect(executions().every(({ result }) => result?.outcome.kind === 'cancelled')).toBe(true)
    expect(timeline().at(-1)).toBe('look on 5 pods: 5 cancelled: a, b, c, d, e')

    const world = await started(['a', 'b'])
    await world.trust()
    await world.test.run('execution.start-many', world.at('look'))
    const again = startTestEngine([], {
      journal: world.journal,
      runner: createScriptedRunner(),
      runbookLibrary: createScriptedLibrary({}),
      trustedTexts: createMemoryTexts(),
    })
    expect(
      [...again.engine.state().executions.values()].map(({ result }) => result?.outcome.kind),
    ).toEqual(['lost', 'lost'])
    expect(world.timeline().at(-1)).toBe('look on 2 pods: 2 failed: a, b')
  })

  it('leaves room for others, and takes it when they end', async () => {
    const { test, at, trust, runOn, ran, settle } = await started(['a', 'b', 'c', 'd'])
    await trust()
    for (let count = 0; count < 11; count += 1) await test.run('execution.start', at('one'))
    await test.run('execution.start-many', at('look'))
    expect(ran().filter((pod) => pod !== '')).toEqual(['a'])
    runOn('').end()
    await settle()
    expect(ran().filter((pod) => pod !== '')).toEqual(['a', 'b'])
  })

  it('says of each target where it cannot run, and why of all where it can nowhere', async () => {
    const { test, at, trust } = await started(['a', 'b'])
    await trust()
    expect(await test.run('execution.start-many', at('refused'))).toMatchObject({
      error: { message: 'It needs a terminal.' },
    })
  })

  it('does not run where a value cannot stand in it, and runs everywhere else', async () => {
    const { test, at, settle, executions, timeline } = await started(['a', 'b', 'c`d'])
    // A query needs no trust.
    expect((await test.run('execution.start-many', at('failing'))).ok).toBe(true)
    await settle()
    expect(executions().map(({ group, result }) => [group?.target, result?.outcome])).toEqual([
      ['a', { kind: 'answered' }],
      ['b', { kind: 'answered' }],
      ['c`d', expect.objectContaining({ kind: 'not-started' })],
    ])
    expect(timeline().at(-1)).toBe('failing on 3 pods: 2 finished, 1 not run: c`d')
  })

  it('is not run for an incident that is closed', async () => {
    const { test, at, trust, incidentId, runOn, settle, show } = await started(['a', 'b'])
    await trust()
    const begun = await test.run('execution.start-many', at('look'))
    for (const pod of ['a', 'b']) ready(runOn(pod))
    await settle()
    await show([])
    expect((await test.run('incident.close', { incidentId })).ok).toBe(true)
    const again = { group: begun.ok ? begun.value.group : '', targets: ['a'] }
    expect(await test.run('execution.start-many', { ...at('look'), ...again })).toMatchObject({
      error: { message: 'This incident is closed.' },
    })
  })
})

describe('a change', () => {
  it('goes to one target first, and to the others once that went well', async () => {
    const { test, at, trust, runOn, ran, settle, timeline } = await started(['a', 'b', 'c'])
    await trust()
    const change = at('restart', { replicas: '3' })
    const prepared = async (more: object) => {
      const answer = await test.run('execution.prepare-many', { ...change, ...more })
      return answer.ok ? answer.value.seal : ''
    }
    const start = (more: object) => test.run('execution.start-many', { ...change, ...more })
    expect(await start({ confirmed: await prepared({}) })).toMatchObject({
      error: { message: 'What changes something runs on one target first.' },
    })
    const first = { targets: ['a'] }
    expect(await start(first)).toMatchObject({ error: { code: 'needs-confirmation' } })
    const begun = await start({ ...first, confirmed: await prepared(first) })
    const group = begun.ok ? begun.value.group : ''
    expect(ran()).toEqual(['a'])
    const others = { targets: ['b', 'c'], group }
    const confirmed = await prepared(others)
    expect(await start({ ...others, confirmed })).toMatchObject({
      error: { message: 'What changes something runs on one target first.' },
    })
    runOn('a').end()
    await settle()
    // With another value it would be another change.
    expect(
      await test.run('execution.start-many', { ...at('restart', { replicas: '0' }), ...others }),
    ).toMatchObject({
      error: { message: 'The command or its values are not those that were run before.' },
    })
    expect(await start({ ...others, confirmed: 'another' })).toMatchObject({
      error: { code: 'needs-confirmation' },
    })
    expect(await start({ ...others, confirmed })).toMatchObject({ value: { group } })
    for (const pod of ['b', 'c']) runOn(pod).end()
    await settle()
    expect(timeline().slice(-4)).toEqual([
      'ran for “restart”: on a, 1 of 3 pods: change <pod> <replicas> a 3 (change, namespace payments, commit c0ffee)',
      'restart: on a, 1 of 3 pods: exit 0, 0.3 s',
      'ran “restart” on 2 pods: change <pod> <replicas> (change, namespace payments, commit c0ffee)',
      'restart on 2 pods: 2 finished',
    ])
  })

  it('stays with the one target where it failed', async () => {
    const { test, at, trust, runOn, settle } = await started(['a', 'b', 'c'])
    await trust()
    const change = at('restart', { replicas: '3' })
    const seal = async (more: object) => {
      const answer = await test.run('execution.prepare-many', { ...change, ...more })
      return answer.ok ? answer.value.seal : ''
    }
    const first = { targets: ['a'] }
    const begun = await test.run('execution.start-many', {
      ...change,
      ...first,
      confirmed: await seal(first),
    })
    runOn('a').end({ outcome: { kind: 'exited', code: 1 } })
    await settle()
    const others = { targets: ['b', 'c'], group: begun.ok ? begun.value.group : '' }
    expect(
      await test.run('execution.start-many', {
        ...change,
        ...others,
        confirmed: await seal(others),
      }),
    ).toMatchObject({ error: { message: 'What changes something runs on one target first.' } })
  })

  it('that destroys is never run on many', async () => {
    const { test, at, trust } = await started(['a', 'b'])
    await trust()
    expect(await test.run('execution.prepare-many', at('delete'))).toMatchObject({
      value: { refusedBecause: 'What destroys something is run on one target at a time.' },
    })
    expect(await test.run('execution.start-many', at('delete'))).toMatchObject({
      error: { code: 'not-allowed-now' },
    })
  })
})

it('an engine that runs nothing says so', async () => {
  const test = startTestEngine([])
  const code = { incidentId: 'i', runbook, hash: 'a'.repeat(64), step: 's', code: 0 }
  for (const asked of [
    test.run('execution.prepare-many', code),
    test.run('execution.start-many', code),
    test.run('execution.cancel-many', { group: 'g' }),
  ]) {
    expect(await asked).toMatchObject({ error: { code: 'not-allowed-now' } })
  }
})
