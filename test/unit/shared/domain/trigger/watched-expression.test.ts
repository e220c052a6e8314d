import { describe, expect, it } from 'vitest'
import { unitOfExpression, watchedExpression } from '#shared/domain/trigger/watched-expression.ts'
import { planBook } from '#test/fixtures/playbook.ts'

function planWith(over: object) {
  const [plan] = planBook({ plan: 'pay', match: ['alertname="Pay"'], ...over }).plans.values()
  if (!plan) throw new Error('no plan')
  return plan
}

const values = {
  failing: { promql: 'failing', as: 'percent', source: 'eu' },
  money: { promql: 'sum( money )', as: 'USD' },
  fixed: 7,
}

describe('what a plan watches first', () => {
  it('is the expression of its first trigger that has one', () => {
    const triggers = [
      { id: 'late', unresolvedFor: '30m' },
      { id: 'slow', promql: 'latency > 3000', for: '10m', source: 'us' },
      { id: 'above', promql: 'requests', aboveBaseline: '15%' },
    ]
    expect(watchedExpression(planWith({ triggers }))).toEqual({
      promql: 'latency > 3000',
      source: 'us',
      threshold: null,
    })
    expect(watchedExpression(planWith({ triggers: triggers.toReversed() }))).toMatchObject({
      promql: 'requests',
    })
  })

  it('is a value of its impact with its bound', () => {
    const triggers = [{ id: 'many', value: 'failing', above: 0.05, for: '5m' }]
    expect(watchedExpression(planWith({ impact: { values }, triggers }))).toEqual({
      promql: 'failing',
      source: 'eu',
      threshold: { operator: '>', value: 0.05 },
    })
  })

  it('has the bound of an hour for each of its minutes', () => {
    const triggers = [{ id: 'much', value: 'money', above: 6_000, per: 'hour' }]
    expect(watchedExpression(planWith({ impact: { values }, triggers }))?.threshold).toEqual({
      operator: '>',
      value: 100,
    })
  })

  it('may be that a value is too low', () => {
    const triggers = [{ id: 'few', value: 'money', below: 3 }]
    expect(watchedExpression(planWith({ impact: { values }, triggers }))?.threshold).toEqual({
      operator: '<',
      value: 3,
    })
  })

  it('is nothing where no trigger has one', () => {
    expect(watchedExpression(planWith({}))).toBeNull()
    expect(
      watchedExpression(planWith({ triggers: [{ id: 'late', unresolvedFor: '30m' }] })),
    ).toBeNull()
  })
})

describe('the unit of an expression', () => {
  const plan = planWith({ impact: { values } })

  it('is that of the value that asks the same', () => {
    expect(unitOfExpression('failing', plan, (text) => text)).toBe('percent')
    expect(unitOfExpression('sum(money)', plan, (text) => text)).toBe('USD')
  })

  it('is a plain number for all others', () => {
    expect(unitOfExpression('other', plan, (text) => text)).toBe('number')
    expect(unitOfExpression('failing', plan, () => null)).toBe('number')
    expect(unitOfExpression('failing', undefined, (text) => text)).toBe('number')
  })
})
