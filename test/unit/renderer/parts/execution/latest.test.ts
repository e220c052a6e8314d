import { describe, expect, it } from 'vitest'
import { latestOf, problemFirst, summaryOf } from '#renderer/parts/execution/latest.ts'
import type { Execution, ExecutionResult, Verdict } from '#shared/domain/execution/schema.ts'

const result = (verdict: Verdict, outcome: ExecutionResult['outcome']): ExecutionResult => ({
  outcome,
  verdict,
  summary: '',
  durationMs: 1,
  output: { bytes: 0, lines: 0, isCut: false },
  captured: null,
})
const exited = { kind: 'exited', code: 0 } as const
const run = (title: string, requestedAt: number, more: Partial<Execution> = {}): Execution =>
  ({
    executionId: `${title}-${String(requestedAt)}`,
    incidentId: 'i',
    runbook: 'playbook:a.md',
    step: title,
    place: 0,
    title,
    requestedAt,
    result: result('unjudged', exited),
    ...more,
  }) as Execution

describe('what was run for an incident', () => {
  it('is shown as it was run last', () => {
    const all = [run('a', 1), run('a', 2), run('b', 1), run('c', 1, { incidentId: 'other' })]
    expect(latestOf(all, 'i').map(({ executionId }) => executionId)).toEqual(['a-2', 'b-1'])
  })

  it('has first what is not as expected, then what failed; last what was not run', () => {
    const all = [
      run('fine', 1, { result: result('as-expected', exited) }),
      run('not run', 2, {
        result: result('failed', { kind: 'not-started', message: 'not trusted' }),
      }),
      run('running', 3, { result: null }),
      run('failed', 4, { result: result('failed', { kind: 'timed-out' }) }),
      run('odd', 5, { result: result('not-as-expected', exited) }),
    ]
    expect(problemFirst(all).map(({ title }) => title)).toEqual([
      'odd',
      'failed',
      'running',
      'fine',
      'not run',
    ])
    expect(summaryOf(all)).toBe('5 runs, 1 running, 1 not as expected, 1 failed, 1 not run')
    expect(summaryOf([run('a', 1)])).toBe('1 run')
  })
})
