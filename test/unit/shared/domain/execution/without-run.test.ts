import { expect, it } from 'vitest'
import { MAX_EXECUTIONS } from '#shared/domain/execution/evolve.ts'
import type { Execution } from '#shared/domain/execution/schema.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { doneWithoutRun } from '#shared/domain/execution/without-run.ts'
import { executionOn, resultWith } from '#test/fixtures/executions.ts'

const fence = (text: string) => `   \`\`\`sh\n   ${text}\n   \`\`\`\n`
const { steps } = parseRunbook({
  path: 'disk.md',
  text: `## Diagnosis\n1. Look.\n\n${fence('df')}2. Vacuum.\n\n${fence('vacuum')}3. Tell.\n`,
})
const [look, vacuum, tell] = steps.map(({ id }) => id) as [string, string, string]
const of = { incidentId: 'i1', runbook: 'playbook:disk.md' }
const done = { [look]: 'done', [vacuum]: 'done', [tell]: 'done' } as const

const run = (over: Partial<Execution>): Execution => {
  const { group: _, ...alone } = executionOn('web-1', {
    ...of,
    finishedAt: 2,
    result: resultWith(),
  })
  return { ...alone, executionId: `${String(over.step)} ${String(over.place)}`, ...over }
}
const without = (executions: readonly Execution[], states = {}) => [
  ...doneWithoutRun(of, steps, { ...done, ...states }, executions),
]

it('names the steps that are done, have a command, and of which none was run', () => {
  expect(without([])).toEqual([look, vacuum])
  expect(without([run({ step: look })])).toEqual([vacuum])
  expect(without([], { [vacuum]: 'skipped', [look]: 'failed' })).toEqual([])
})

it('counts only what was run of that step, for that incident', () => {
  const notStarted = { kind: 'not-started', message: 'No such program' } as const
  for (const other of [
    { step: look, incidentId: 'i2' },
    { step: look, runbook: 'playbook:other.md' },
    { step: look, result: resultWith({ outcome: notStarted }) },
    { step: look, kind: 'promql' },
    { step: null, runbook: null, reason: 'terminal' },
  ] as const) {
    expect(without([run(other)])).toEqual([look, vacuum])
  }
})

it('counts what still runs, what failed, and what ran on many targets', () => {
  const failed = resultWith({ outcome: { kind: 'exited', code: 1 }, verdict: 'failed' })
  expect(without([run({ step: look, finishedAt: null, result: null })])).toEqual([vacuum])
  expect(without([run({ step: look, result: failed })])).toEqual([vacuum])
  expect(without([executionOn('web-1', { ...of, step: look })])).toEqual([vacuum])
})

it('says nothing where so much was run that a part of it is forgotten', () => {
  const many = Array.from({ length: MAX_EXECUTIONS }, (_, place) => run({ step: 'other', place }))
  expect(without(many.slice(1))).toEqual([look, vacuum])
  expect(without(many)).toEqual([])
})
