import { describe, expect, it } from 'vitest'
import { groupEvents, tallyText } from '#shared/domain/execution/group-events.ts'
import {
  compareTargets,
  hasFailed,
  isGrouped,
  latestOfGroup,
  problemsOf,
  tallyOf,
  wentWell,
  type GroupedExecution,
} from '#shared/domain/execution/groups.ts'
import type { ExecutionResult } from '#shared/domain/execution/schema.ts'
import { executionsToForget } from '#shared/domain/execution/evolve.ts'
import { executionOn, resultWith } from '#test/fixtures/executions.ts'

const good = (summary: string) => resultWith({ verdict: 'as-expected', summary })
const failed = resultWith({ outcome: { kind: 'exited', code: 1 }, verdict: 'failed' })
const run = (target: string, result: ExecutionResult | null, more = {}): GroupedExecution =>
  executionOn(target, { result, ...more })

/** The targets in order, those that differ marked. */
const order = (executions: readonly GroupedExecution[]) =>
  compareTargets(executions).map(({ target, isOutlier }) => `${target}${isOutlier ? ' !' : ''}`)

describe('targets side by side', () => {
  it('begin with those that ended otherwise than most', () => {
    expect(order([run('a', good('up')), run('b', failed), run('c', good('up'))])).toEqual([
      'b !',
      'a',
      'c',
    ])
    // Where nearly all fail, the one that does not is worth a look.
    expect(order([run('a', failed), run('b', good('up')), run('c', failed)])).toEqual([
      'b !',
      'a',
      'c',
    ])
  })

  it('then differ by what they showed, their own names aside', () => {
    const all = ['a-1', 'b-1', 'c-1'].map((target) => run(target, good(`${target} has 0 restarts`)))
    expect(order(all)).toEqual(['a-1', 'b-1', 'c-1'])
    expect(order([...all, run('d-1', good('d-1 has 9 restarts'))])).toEqual([
      ...['d-1 !', 'a-1', 'b-1', 'c-1'],
    ])
    // Numbers that are other ones everywhere say nothing of one of them.
    expect(order(['a', 'b', 'c'].map((target, index) => run(target, good(String(index)))))).toEqual(
      ['a', 'b', 'c'],
    )
  })

  it('of two halves measure by the good one', () => {
    const halves = ['up', 'up', 'down', 'down'].map((summary, index) =>
      run(String(index), good(summary)),
    )
    expect(order(halves)).toEqual(['0', '1', '2', '3'])
    expect(order([run('a', good('up')), run('b', failed)])).toEqual(['b !', 'a'])
    const ended = resultWith({
      outcome: { kind: 'signalled', signal: 'SIGTERM' },
      verdict: 'failed',
    })
    // Nothing in common, and nothing good: what did not go well is first all the same.
    expect(order([run('a', failed), run('b', ended)])).toEqual(['a', 'b'])
  })

  it('have what runs before what is done, and what waits last', () => {
    expect(
      order([
        run('waits', null, { startedAt: null }),
        run('done', good('up')),
        run('runs', null),
        run('well', good('up')),
        run('bad', failed),
      ]),
    ).toEqual(['bad !', 'runs', 'done', 'well', 'waits'])
    expect(order([run('a', null), run('b', null, { startedAt: null })])).toEqual(['a', 'b'])
  })
})

describe('a group', () => {
  it('shows of each target what was run last', () => {
    const again = run('a', good('up'), { executionId: 'again', requestedAt: 2_000 })
    const other = run('a', failed, { executionId: 'other' })
    const all = [
      run('a', failed),
      run('b', failed),
      again,
      { ...other, group: { ...other.group, id: 'other' } },
    ]
    expect(latestOfGroup(all, 'g').map(({ executionId }) => executionId)).toEqual(['again', 'b'])
    const { group: _, ...alone } = run('a', failed)
    expect(isGrouped(alone)).toBe(false)
    expect(latestOfGroup([alone], 'g')).toEqual([])
  })

  it('counts what came to what, and names what did not go well', () => {
    const not = (kind: 'cancelled' | 'not-started') =>
      resultWith({
        outcome: kind === 'cancelled' ? { kind, by: null } : { kind, message: 'No.' },
        verdict: 'failed',
      })
    const all = [
      run('a', good('up')),
      run('b', resultWith({ verdict: 'unjudged' })),
      run('c', resultWith({ verdict: 'not-as-expected' })),
      run('d', failed),
      run('e', not('cancelled')),
      run('f', not('not-started')),
      run('g', null),
    ]
    expect(tallyText(tallyOf(all))).toBe(
      '1 as expected, 1 finished, 1 not as expected, 1 failed, 1 cancelled, 1 not run',
    )
    expect(problemsOf(all)).toEqual(['c', 'd', 'e', 'f'])
    expect(all.map(({ result }) => wentWell(result))).toEqual([
      ...[true, true, false, false, false, false, false],
    ])
    expect(all.map(({ result }) => hasFailed(result))).toEqual([
      ...[false, false, false, true, true, true, false],
    ])
  })

  it('is forgotten as a whole, and the newest never', () => {
    const groupOf = (id: string, size: number, requestedAt: number) =>
      Array.from({ length: size }, (_, index) => {
        const one = run(`${id}-${String(index)}`, failed, { requestedAt, finishedAt: 1 })
        return { ...one, group: { ...one.group, id } }
      })
    const all = [...groupOf('old', 3, 1), ...groupOf('middle', 10, 2), ...groupOf('new', 190, 3)]
    const forgotten = executionsToForget(all, 'i1')
    expect(forgotten).toEqual(['old-0', 'old-1', 'old-2'])
    expect(executionsToForget(groupOf('new', 250, 3), 'i1')).toEqual([])
    expect(executionsToForget(all, 'other')).toEqual([])
  })
})

it('says of a batch without a problem nothing but what came of it', () => {
  const tally = { ...tallyOf([]), asExpected: 1 }
  const body = {
    batchId: 'b',
    groupId: 'g',
    incidentId: 'i1',
    title: 'pods',
    noun: 'pod',
    count: 1,
    tally,
    problems: [],
  }
  expect(groupEvents['execution.group-finished'].words(body)?.text).toBe(
    'pods on 1 pod: 1 as expected',
  )
})
