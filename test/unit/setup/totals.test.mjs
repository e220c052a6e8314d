import { describe, expect, it } from 'vitest'
import { countTotals, formatTotals } from '../../setup/totals.mjs'

const results = (change = {}) => ({
  numPassedTests: 10,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
  ...change,
})
const phase = (name, isOk, isTests = false) => ({ name, isOk, isTests })
const allOk = { phases: [phase('build', true), phase('tests', true, true)] }
const line = (...of) => formatTotals(countTotals(...of))

describe('the totals of a run', () => {
  it.each([
    ['all well', results(), allOk, '10 passed, 0 failed'],
    ['skipped tests', results({ numPendingTests: 2 }), allOk, '10 passed, 0 failed, 2 skipped'],
    [
      'failed tests',
      results({ numFailedTests: 2 }),
      { phases: [phase('tests', false, true)] },
      '10 passed, 2 failed',
    ],
    [
      'a file that broke before its first test',
      results({ testResults: [{ status: 'failed', assertionResults: [] }] }),
      { phases: [phase('tests', false, true)] },
      '10 passed, 1 failed',
    ],
    [
      'a broken build and a lint error beside tests that pass',
      results(),
      { phases: [phase('build', false), phase('lint', false), phase('tests', true, true)] },
      '10 passed, 2 failed',
    ],
    [
      'coverage below its threshold',
      results(),
      { phases: [phase('tests', false, true)] },
      '10 passed, 1 failed',
    ],
    ['a run that broke off', results(), { phases: [phase('build', true)] }, '10 passed, 1 failed'],
    ['no results at all', null, null, '0 passed, 1 failed'],
    [
      'no results after a failed install',
      null,
      { phases: [phase('packages', false)] },
      '0 passed, 1 failed',
    ],
  ])('with %s', (_name, report, checks, expected) => {
    expect(line(report, checks)).toBe(expected)
  })
})
