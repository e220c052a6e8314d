import { describe, expect, it } from 'vitest'
import { countTotals, formatTotals, slowestFiles } from '../../setup/totals.mjs'

const results = (change = {}) => ({
  numPassedTests: 10,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
  ...change,
})
const phase = (name, isOk, group = null) => ({ name, isOk, group })
const tests = (isOk, group = 'unit') => phase(`${group} tests`, isOk, group)
const checks = (...phases) => ({ groups: ['unit'], phases })
const allOk = checks(phase('build', true), tests(true))
const line = (unit, written) => formatTotals(countTotals({ unit }, written))

describe('the totals of a run', () => {
  it.each([
    ['all well', results(), allOk, '10 passed, 0 failed'],
    ['skipped tests', results({ numPendingTests: 2 }), allOk, '10 passed, 0 failed, 2 skipped'],
    ['failed tests', results({ numFailedTests: 2 }), checks(tests(false)), '10 passed, 2 failed'],
    [
      'a file that broke before its first test',
      results({ testResults: [{ status: 'failed', assertionResults: [] }] }),
      checks(tests(false)),
      '10 passed, 1 failed',
    ],
    [
      'a broken build and a lint error beside tests that pass',
      results(),
      checks(phase('build', false), phase('lint', false), tests(true)),
      '10 passed, 2 failed',
    ],
    ['coverage below its threshold', results(), checks(tests(false)), '10 passed, 1 failed'],
    ['a run that broke off', results(), checks(phase('build', true)), '10 passed, 1 failed'],
    ['a group without a report', null, checks(tests(true)), '0 passed, 1 failed'],
    ['no results at all', null, null, '0 passed, 1 failed'],
    [
      'no results after a failed install',
      null,
      { groups: [], phases: [phase('packages', false)] },
      '0 passed, 1 failed',
    ],
  ])('with %s', (_name, report, written, expected) => {
    expect(line(report, written)).toBe(expected)
  })

  it('are those of all groups, and a group that never ran is a failure', () => {
    const written = { groups: ['unit', 'e2e', 'kill'], phases: [tests(true), tests(false, 'e2e')] }
    const reports = { unit: results(), e2e: results({ numFailedTests: 3, numPendingTests: 1 }) }
    expect(formatTotals(countTotals(reports, written))).toBe('20 passed, 4 failed, 1 skipped')
  })
})

describe('the slowest files', () => {
  const file = (name, ms) => ({ name: `/root/test/${name}`, startTime: 5_000, endTime: 5_000 + ms })

  it('are the ten that took longest over all groups', () => {
    const many = Array.from({ length: 12 }, (_, index) => file(`${index}.ts`, 100 + index))
    const reports = {
      unit: { testResults: many },
      e2e: { testResults: [file('slow.ts', 9_000.4)] },
      kill: null,
    }
    const slowest = slowestFiles(reports, '/root')
    expect(slowest).toHaveLength(10)
    expect(slowest.slice(0, 2)).toEqual([
      { name: 'test/slow.ts', ms: 9_000 },
      { name: 'test/11.ts', ms: 111 },
    ])
  })
})
