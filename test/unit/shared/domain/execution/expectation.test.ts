import { describe, expect, it } from 'vitest'
import { judge, parseExpectation } from '#shared/domain/execution/expectation.ts'
import type { Outcome } from '#shared/domain/execution/schema.ts'

const exited = (code: number): Outcome => ({ kind: 'exited', code })
const answered: Outcome = { kind: 'answered' }
const observed = (
  outcome: Outcome,
  output = '',
  numbers: Readonly<Record<string, number>> = {},
) => ({ outcome, output, numbers })

describe('an expectation', () => {
  it.each([
    'exit=0',
    'exit != 1',
    'lines>0',
    'value<0.05',
    'value >= -1.5 and values > 0',
    'status=200 and ms<500',
    'days>14',
    'output contains ready and willing',
    'output lacks error',
    'output matches ^pod-\\d+$',
  ])('is %j', (text) => {
    expect(parseExpectation(text)).not.toBeNull()
  })

  it.each(['', 'fine', 'exit', 'exit=zero', 'cpu>90', 'output matches (', 'output is x', '=0'])(
    'is not %j',
    (text) => {
      expect(parseExpectation(text)).toBeNull()
    },
  )
})

describe('a result', () => {
  it.each([
    ['exit=0', exited(0), 'as-expected'],
    ['exit=1', exited(1), 'as-expected'],
    ['exit!=0', exited(0), 'not-as-expected'],
    ['output contains ok', exited(0), 'as-expected'],
    ['output lacks ok', exited(0), 'not-as-expected'],
    ['output matches ^a.*k$', exited(0), 'as-expected'],
    ['output contains no', exited(0), 'not-as-expected'],
    ['lines=1 and exit=0', exited(0), 'as-expected'],
    ['lines>1', exited(0), 'not-as-expected'],
    ['value<0.05', answered, 'not-as-expected'],
    ['value<=0.36', answered, 'as-expected'],
    ['value>=0.36', answered, 'as-expected'],
    ['days>14', answered, 'not-as-expected'],
    // A command that fails has shown nothing.
    ['output contains ok', exited(1), 'failed'],
    [null, exited(0), 'unjudged'],
    [null, exited(2), 'failed'],
    [null, answered, 'unjudged'],
    ['nonsense', exited(0), 'unjudged'],
    ['exit=0', { kind: 'timed-out' }, 'failed'],
    ['exit=0', { kind: 'lost' }, 'failed'],
  ] as const)('expected as %j is judged by %j', (expected, outcome, verdict) => {
    expect(judge(expected, observed(outcome, 'all ok', { lines: 1, value: 0.36 }))).toBe(verdict)
  })
})
