import { expect, it } from 'vitest'
import { trialsOf, withoutRule } from '#shared/domain/audit/seen.ts'
import type { FiredAlert } from '#shared/domain/history/fired.ts'
import { alertRule } from '#test/fixtures/alert-rule.ts'

const fired = (name: string, at: number | null, drillAt: number | null): FiredAlert => ({
  name,
  labels: { alertname: name },
  annotations: {},
  at,
  drillAt,
  times: 1,
})

it('takes what has fired in earnest and has no rule', () => {
  const seen = [fired('A', 1, null), fired('B', 1, 2), fired('C', null, 2)]
  const rules = withoutRule(seen, [alertRule('A')])
  expect(rules.map(({ name, kind }) => [name, kind])).toEqual([['B', 'seen']])
})

it('knows the last time that an alert was tried, and how', () => {
  const seen = [fired('A', 1, null), fired('B', 1, 2), fired('C', 3, 2), fired('D', null, 4)]
  expect([...trialsOf(seen)]).toEqual([
    ['A', { at: 1, by: 'fired' }],
    ['B', { at: 2, by: 'drill' }],
    ['C', { at: 3, by: 'fired' }],
    ['D', { at: 4, by: 'drill' }],
  ])
})
