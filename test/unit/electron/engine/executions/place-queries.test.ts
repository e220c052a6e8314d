import { describe, expect, it } from 'vitest'
import { hashOf } from '#electron/files/text-hash.ts'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { createScriptedPlaceQueries } from '#test/fixtures/scripted-place-queries.ts'
import {
  createMemoryTexts,
  createScriptedLibrary,
  createScriptedRunner,
} from '#test/fixtures/scripted-runner.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const text = `# Payments
## Diagnosis
1. Count.

   \`\`\`sql {"name":"stuck","expect":"value<100"}
   select count(*) from payments where service = '{{ $labels.service }}'
   \`\`\`
2. Read.

   \`\`\`logql {"name":"errors","at":"logs","since":"15m"}
   {service="{{ $labels.service }}"} |= "error"
   \`\`\`
3. Search.

   \`\`\`elasticsearch {"name":"traces","at":"nowhere"}
   {}
   \`\`\`
4. Read what is asked for.

   \`\`\`logql {"name":"of","at":"logs"}
   {app="shop"} | line_format "<pod>"
   \`\`\`
`
const runbook = 'playbook:payments.md'
const queries = [
  {
    type: 'postgresql',
    name: 'orders',
    host: 'db.example',
    database: 'orders',
    user: 'on_call',
    password: 'env:ORDERS_PASSWORD',
  },
  { type: 'loki', name: 'logs', url: 'https://loki.example' },
]

function start(
  options: {
    readonly sends?: boolean
    readonly configuration?: object
    readonly diagnostics?: readonly string[]
  } = {},
) {
  const { sends = true, configuration = { queries }, diagnostics = [] } = options
  const placeQueries = createScriptedPlaceQueries()
  const source = createScriptedSource('prom')
  const journal = createMemoryJournal()
  const plan = { plan: 'payments', match: ['alertname="PaymentsFail"'], runbook: 'payments.md' }
  const phases = [{ name: 'Now', steps: ['Look'] }]
  const test = startTestEngine([source], {
    journal,
    runner: createScriptedRunner(),
    runbookLibrary: createScriptedLibrary({ 'payments.md': text }),
    trustedTexts: createMemoryTexts(),
    configuration: { groupBy: ['alertname'], ...configuration },
    playbook: playbookWith([{ ...plan, phases, diagnostics }]),
    ...(sends ? { placeQueries } : {}),
  })
  const settle = () => test.clock.advance(0)
  const open = async () => {
    source.show([signal({ alertname: 'PaymentsFail', service: 'checkout', pod: '{{.x}}' })])
    await settle()
    await test.run('source.poll', {})
    await settle()
  }
  const at = (name: string) => {
    const [incident] = test.engine.state().incidents.values()
    const step = parseRunbook({ path: 'payments.md', text }).steps.find((each) =>
      codesOf(each).some(({ attributes }) => attributes.name === name),
    )
    const code = step && codesOf(step)[0]
    if (!incident || !step || !code) throw new Error(`no code ${name}`)
    const place = { step: step.id, code: code.start, values: {} }
    return { incidentId: incident.id, runbook, hash: hashOf(text), ...place }
  }
  const trust = () => test.run('runbook.trust', { runbook, hash: hashOf(text) })
  const executions = () => [...test.engine.state().executions.values()]
  return { test, at, trust, executions, placeQueries, settle, open, journal }
}

describe('a query to a place of the configuration', () => {
  it('is shown with what it would send, and where, without any secret', async () => {
    const { test, at, open } = start()
    await open()
    const prepared = await test.run('execution.prepare', at('stuck'))
    expect(prepared).toMatchObject({
      value: {
        kind: 'sql',
        shown: 'select count(*) from payments where service = $1\n-- $1 = "checkout"',
        risk: 'read',
        asks: 'press',
        trust: 'never',
        targets: [{ kind: 'PostgreSQL', value: 'orders (db.example/orders)' }],
        refusedBecause: null,
      },
    })
    expect(JSON.stringify(prepared)).not.toContain('ORDERS_PASSWORD')
    expect(await test.run('execution.prepare', at('errors'))).toMatchObject({
      value: {
        kind: 'logql',
        shown: '{service="checkout"} |= "error"',
        targets: [
          { kind: 'Loki', value: 'logs (loki.example)' },
          { kind: 'the last', value: '15m' },
        ],
      },
    })
  })

  it('is not sent before its runbook is trusted', async () => {
    const { test, at, open, placeQueries, trust } = start()
    await open()
    expect((await test.run('execution.start', at('stuck'))).ok).toBe(false)
    expect(placeQueries.asked).toEqual([])
    await trust()
    expect((await test.run('execution.start', at('stuck'))).ok).toBe(true)
    expect(placeQueries.asked).toMatchObject([
      { query: { kind: 'sql', values: ['checkout'] }, place: { name: 'orders', port: 5432 } },
    ])
  })

  it('is answered, judged and recorded, without any secret', async () => {
    const { test, at, open, placeQueries, trust, executions, settle, journal } = start()
    await open()
    await trust()
    await test.run('execution.start', at('stuck'))
    placeQueries.answer({
      text: 'count\n-----\n120',
      summary: 'count 120',
      numbers: { value: 120 },
    })
    await settle()
    const [execution] = executions()
    expect(execution).toMatchObject({
      kind: 'sql',
      result: {
        outcome: { kind: 'answered' },
        verdict: 'not-as-expected',
        summary: 'count 120',
        captured: null,
      },
    })
    const { executionId = '' } = execution ?? {}
    expect(await test.run('execution.output', { executionId })).toMatchObject({
      value: { text: 'count\n-----\n120' },
    })
    expect(JSON.stringify(journal.events)).not.toContain('ORDERS_PASSWORD')
  })

  it('can be cancelled', async () => {
    const { test, at, open, trust, executions, settle } = start()
    await open()
    await trust()
    await test.run('execution.start', at('errors'))
    const { executionId = '' } = executions()[0] ?? {}
    await test.run('execution.cancel', { executionId })
    await settle()
    expect(executions()[0]?.result).toMatchObject({
      outcome: { kind: 'cancelled', by: { kind: 'person' } },
      verdict: 'failed',
    })
  })

  it.each([
    ['traces', {}, 'The configuration has no place "nowhere" under queries.'],
    ['of', {}, 'pod stands in a text that is no matcher'],
    ['stuck', { configuration: {} }, 'has no PostgreSQL under queries'],
    ['stuck', { sends: false }, 'This Deckwatch sends no such queries.'],
    [
      'stuck',
      { configuration: { queries, runbooks: { instructionsOnly: true } } },
      'set to instructions only',
    ],
  ] as const)('is refused with why: %s %j', async (name, options, reason) => {
    const { test, at, open, trust, placeQueries } = start(options)
    await open()
    await trust()
    expect(await test.run('execution.prepare', at(name))).toMatchObject({
      value: { refusedBecause: expect.stringContaining(reason) as string },
    })
    expect((await test.run('execution.start', at(name))).ok).toBe(false)
    expect(placeQueries.asked).toEqual([])
  })

  it('is a diagnostic that runs by itself, of a trusted text alone', async () => {
    const world = start({ diagnostics: ['stuck'] })
    await world.trust()
    await world.open()
    expect(world.placeQueries.asked).toMatchObject([{ place: { name: 'orders' } }])
    expect(world.executions()).toMatchObject([{ title: 'stuck', reason: 'automatic' }])
    const other = start({ diagnostics: ['stuck'] })
    await other.open()
    expect(other.placeQueries.asked).toEqual([])
    expect(other.executions()).toMatchObject([
      {
        result: {
          outcome: { message: 'The commands of its runbook are not trusted yet.' },
        },
      },
    ])
  })
})
