import { describe, expect, it } from 'vitest'
import type { CheckEnd, Checks } from '#electron/engine/ports/checks.ts'
import { hashOf } from '#electron/files/text-hash.ts'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import type { ServerCheck } from '#shared/domain/runbook/check/schema.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import {
  createMemoryTexts,
  createScriptedLibrary,
  createScriptedRunner,
} from '#test/fixtures/scripted-runner.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const text = `# Shop
## Diagnosis
1. Look.

   \`\`\`http {"name":"page","expect":"status=200","timeout":"5s"}
   GET https://{{ $labels.instance }}/healthz
   \`\`\`

   \`\`\`dns {"name":"name"}
   shop.example A @<server>
   \`\`\`

   \`\`\`dns {"name":"own"}
   shop.example
   \`\`\`

   \`\`\`tcp {"name":"port"}
   <instance>
   \`\`\`

   \`\`\`tls {"name":"certificate","expect":"days>14"}
   {{ $labels.instance }} shop.example
   \`\`\`

   \`\`\`tls {"name":"plain"}
   shop.example:443
   \`\`\`
`
const runbook = 'playbook:shop.md'
const hash = hashOf(text)
const plan = {
  plan: 'shop',
  match: ['alertname="Down"'],
  runbook: 'shop.md',
  phases: [{ name: 'Now', steps: ['Look'] }],
}

/** Something that is checked, and that the test answers. */
interface Asked {
  readonly check: ServerCheck
  readonly timeoutMs: number
  readonly signal: AbortSignal
  answer(end?: Partial<CheckEnd>): void
}

function createScriptedChecks(): Checks & { readonly asked: readonly Asked[] } {
  const asked: Asked[] = []
  return {
    asked,
    run: (check, { timeoutMs, signal: abort }) =>
      new Promise((resolve) => {
        const answer = (end: Partial<CheckEnd> = {}) => {
          resolve({
            outcome: { kind: 'answered' },
            text: '200 OK\nall is well',
            summary: '200 OK, 12 ms',
            numbers: { status: 200, ms: 12 },
            durationMs: 12,
            ...end,
          })
        }
        abort.addEventListener('abort', () => {
          answer({ outcome: { kind: 'cancelled', by: null }, text: '', summary: '', numbers: {} })
        })
        asked.push({ check, timeoutMs, signal: abort, answer })
      }),
  }
}

async function started(
  options: {
    readonly instance?: string
    readonly hasChecks?: boolean
    readonly diagnostics?: readonly string[]
    /** Before the alert fires. */
    readonly isTrusted?: boolean
  } = {},
) {
  const checks = createScriptedChecks()
  const source = createScriptedSource('prom')
  const test = startTestEngine([source], {
    runner: createScriptedRunner(),
    ...(options.hasChecks === false ? {} : { checks }),
    runbookLibrary: createScriptedLibrary({ 'shop.md': text }),
    trustedTexts: createMemoryTexts(),
    ...(options.diagnostics
      ? { playbook: playbookWith([{ ...plan, diagnostics: options.diagnostics }]) }
      : {}),
  })
  if (options.isTrusted === true) await test.run('runbook.trust', { runbook, hash })
  source.show([signal({ alertname: 'Down', instance: options.instance ?? '10.0.0.5:8443' })])
  await test.clock.advance(0)
  await test.run('source.poll', {})
  await test.clock.advance(0)
  const [incident] = test.engine.state().incidents.values()
  const [step] = parseRunbook({ path: 'shop.md', text }).steps
  const at = (name: string, values: Record<string, string> = {}) => {
    const code = step && codesOf(step).find(({ attributes }) => attributes.name === name)
    if (!step || !code || !incident) throw new Error(`no check ${name}`)
    return { incidentId: incident.id, runbook, hash, step: step.id, code: code.start, values }
  }
  return {
    at,
    checks,
    test,
    trust: () => test.run('runbook.trust', { runbook, hash }),
    executions: () => [...test.engine.state().executions.values()],
  }
}

describe('a check of a runbook', () => {
  it.each([
    ['page', 'http', 'GET https://10.0.0.5:8443/healthz', { server: '10.0.0.5:8443' }, 5_000],
    ['port', 'tcp', '10.0.0.5:8443', { server: '10.0.0.5:8443' }, 30_000],
    [
      'certificate',
      'tls',
      '10.0.0.5:8443 shop.example',
      { server: '10.0.0.5:8443', name: 'shop.example' },
      30_000,
    ],
    ['plain', 'tls', 'shop.example:443', { server: 'shop.example:443' }, 30_000],
    [
      'name',
      'dns',
      'shop.example A @10.0.0.53',
      { name: 'shop.example', 'name server': '10.0.0.53:53' },
      30_000,
    ],
    [
      'own',
      'dns',
      'shop.example A',
      { name: 'shop.example', 'name server': 'of this machine' },
      30_000,
    ],
  ])('says whom it asks, and only reads: %s', async (name, kind, shown, targets, timeoutMs) => {
    const { test, at, trust, checks } = await started()
    const place = at(name, name === 'name' ? { server: '10.0.0.53' } : {})
    expect(await test.run('execution.prepare', place)).toMatchObject({
      ok: true,
      value: {
        kind,
        shown,
        risk: 'read',
        targets: Object.entries(targets).map(([what, value]) => ({ kind: what, value })),
        refusedBecause: null,
        asks: 'press',
        trust: 'never',
        timeoutMs,
      },
    })
    await trust()
    expect(await test.run('execution.prepare', place)).toMatchObject({
      value: { trust: 'trusted' },
    })
    // Nothing is asked by looking at it.
    expect(checks.asked).toEqual([])
  })

  it('asks nobody before somebody trusts its runbook', async () => {
    const { test, at, checks, executions } = await started()
    expect(await test.run('execution.start', at('page'))).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-now' },
    })
    expect([checks.asked.length, executions().length]).toEqual([0, 0])
  })

  it('is run, and judged by what its author expects', async () => {
    const { test, at, trust, checks, executions } = await started()
    await trust()
    const run = await test.run('execution.start', at('page'))
    expect(run.ok).toBe(true)
    const [asked] = checks.asked
    expect(asked?.check).toEqual({
      kind: 'http',
      method: 'GET',
      url: 'https://10.0.0.5:8443/healthz',
      headers: [],
    })
    expect(asked?.timeoutMs).toBe(5_000)
    asked?.answer({ summary: '503 Service Unavailable, 12 ms', numbers: { status: 503 } })
    await test.clock.advance(0)
    const [execution] = executions()
    expect(execution).toMatchObject({
      kind: 'http',
      title: 'page',
      place: 0,
      result: {
        outcome: { kind: 'answered' },
        verdict: 'not-as-expected',
        summary: '503 Service Unavailable, 12 ms',
        durationMs: 12,
        captured: null,
      },
    })
    const executionId = execution?.executionId ?? ''
    expect(await test.run('execution.output', { executionId })).toMatchObject({
      value: { text: '200 OK\nall is well' },
    })
  })

  it('is cancelled by whoever wants that', async () => {
    const { test, at, trust, checks, executions } = await started()
    await trust()
    await test.run('execution.start', at('port'))
    const executionId = executions()[0]?.executionId ?? ''
    await test.run('execution.cancel', { executionId })
    await test.clock.advance(0)
    expect(checks.asked[0]?.signal.aborted).toBe(true)
    expect(executions()[0]?.result).toMatchObject({
      outcome: { kind: 'cancelled', by: { kind: 'person' } },
      verdict: 'failed',
    })
  })

  it('has failed where nothing answers in time', async () => {
    const { test, at, trust, checks, executions } = await started()
    await trust()
    await test.run('execution.start', at('certificate'))
    checks.asked[0]?.answer({ outcome: { kind: 'timed-out' }, summary: 'no answer', numbers: {} })
    await test.clock.advance(0)
    expect(executions()[0]?.result).toMatchObject({
      outcome: { kind: 'timed-out' },
      verdict: 'failed',
      summary: 'no answer',
    })
  })

  it('is refused where a value does not fit, or is missing', async () => {
    const { test, at } = await started({ instance: 'evil.example/?x=' })
    expect(await test.run('execution.prepare', at('page'))).toMatchObject({
      value: {
        shown: 'GET https://evil.example/?x=/healthz',
        refusedBecause: expect.stringContaining('The value of instance') as string,
        targets: [],
      },
    })
    expect(await test.run('execution.prepare', at('name'))).toMatchObject({
      value: { refusedBecause: 'Fill in server first.' },
    })
  })

  it('runs as a diagnostic of a text that is trusted, and of no other', async () => {
    const untrusted = await started({ diagnostics: ['port'] })
    await untrusted.test.clock.advance(0)
    expect(untrusted.checks.asked).toEqual([])
    expect(untrusted.executions()[0]?.result?.outcome).toMatchObject({
      kind: 'not-started',
      message: expect.stringContaining('not trusted') as string,
    })
    const { checks, executions, test } = await started({ diagnostics: ['port'], isTrusted: true })
    await test.clock.advance(0)
    expect(checks.asked.map(({ check }) => check)).toEqual([
      { kind: 'tcp', host: '10.0.0.5', port: 8_443 },
    ])
    expect(executions()).toMatchObject([{ kind: 'tcp', reason: 'automatic', risk: 'read' }])
  })

  it('is only copied where no server is checked', async () => {
    const { test, at, trust } = await started({ hasChecks: false })
    await trust()
    expect(await test.run('execution.prepare', at('page'))).toMatchObject({
      value: { refusedBecause: 'This Deckwatch checks no servers.' },
    })
    expect(await test.run('execution.start', at('page'))).toMatchObject({ ok: false })
  })
})
