import { describe, expect, it } from 'vitest'
import { judgeCondition, parseCondition } from '#shared/domain/runbook/inputs/condition.ts'

describe('conditions of steps', () => {
  it.each([
    ['cpu_usage > 90 %', { left: 'cpu_usage', operator: '>', right: 90, unit: '%' }],
    ['memory>90%', { left: 'memory', operator: '>', right: 90, unit: '%' }],
    ['error_rate >= 0.05', { left: 'error_rate', operator: '>=', right: 0.05, unit: null }],
    [' lag <= 500 ms ', { left: 'lag', operator: '<=', right: 500, unit: 'ms' }],
    ['rate < 3 MB/s', { left: 'rate', operator: '<', right: 3, unit: 'MB/s' }],
    ['a.b == -1', { left: 'a.b', operator: '==', right: -1, unit: null }],
    ['a != 0', { left: 'a', operator: '!=', right: 0, unit: null }],
  ])('reads %j', (text, condition) => {
    expect(parseCondition(text)).toEqual(condition)
  })

  it.each([
    '',
    'cpu',
    'cpu > high',
    'cpu => 90',
    'cpu = 90',
    '90 < cpu',
    'a > 1 and b < 2',
    'cpu > 90 % for 5m',
    'status == "down"',
    'cpu > 1e3',
  ])('does not understand %j', (text) => {
    expect(parseCondition(text)).toBeNull()
  })

  it.each([
    ['cpu > 90 %', 95, '%', true],
    ['cpu > 90 %', 90, '%', false],
    ['cpu >= 90 %', 0.9, 'ratio', true],
    ['cpu <= 7 %', 0.07, 'ratio', true],
    ['cpu > 90 %', 95, null, 'unknown'],
    ['cpu > 90', 95, '%', true],
    ['cpu > 90', 0.95, 'ratio', true],
    ['cpu > 90', 95, null, true],
    ['cpu > 0.9', 95, '%', 'unknown'],
    ['cpu > 0.9', 0.95, 'ratio', true],
    ['cpu > 90', 95, 'ms', 'unknown'],
    ['cpu > 90 ms', 95, 's', 'unknown'],
    ['cpu < 90 ms', 95, 'ms', false],
    ['cpu == 0', 0, null, true],
    ['cpu != 0', 0, null, false],
    ['cpu < 1', Number.NaN, null, 'unknown'],
    ['cpu > 1', Infinity, null, 'unknown'],
    ['memory > 1', 2, null, 'unknown'],
  ] as const)('%s with cpu %d %s: %s', (text, value, unit, holds) => {
    const condition = parseCondition(text)
    expect(condition && judgeCondition(condition, new Map([['cpu', { value, unit }]]))).toBe(holds)
  })
})
