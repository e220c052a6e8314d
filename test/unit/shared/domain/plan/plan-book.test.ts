import { describe, expect, it } from 'vitest'
import { planBook } from '#test/fixtures/playbook.ts'

const chosen = (book: ReturnType<typeof planBook>, labels: Record<string, string>) =>
  book.choose(labels)?.plan.id ?? null

describe('which plan an alert has', () => {
  const book = planBook(
    { plan: 'by-team', match: ['team="payments"'] },
    { plan: 'by-pattern', match: ['alertname=~"Payment.*"'] },
    { plan: 'by-name', match: ['alertname="PaymentFailing"', 'team="payments"'] },
    { plan: 'but-not-test', match: ['alertname=~"Payment.*"', 'cluster!="test"'] },
  )

  it.each([
    [{ alertname: 'PaymentFailing', team: 'payments' }, 'by-name'],
    [{ alertname: 'PaymentSlow', team: 'payments' }, 'by-team'],
    [{ alertname: 'PaymentSlow', cluster: 'test' }, 'by-pattern'],
    [{ alertname: 'PaymentSlow', cluster: 'eu' }, 'but-not-test'],
    [{ alertname: 'DiskFull' }, null],
    [{ alertname: 'constructor' }, null],
  ])('%j has %s', (labels, plan) => {
    expect(chosen(book, labels)).toBe(plan)
  })

  it('says which others match as closely, and takes the first by id', () => {
    const tied = planBook(
      { plan: 'b', match: ['alertname="Slow"'] },
      { plan: 'a', match: ['service="checkout"'] },
    )
    const choice = tied.choose({ alertname: 'Slow', service: 'checkout' })
    expect(choice?.plan.id).toBe('a')
    expect(choice?.tied).toEqual(['b'])
    expect(tied.problems).toEqual([])
  })

  it('names plans with the very same conditions', () => {
    const { problems } = planBook(
      { plan: 'b', match: ['alertname="Slow"'] },
      { plan: 'a', match: ['alertname="Slow"'] },
    )
    expect(problems).toEqual([
      {
        file: 0,
        with: 1,
        plan: 'b',
        field: 'match',
        message: 'plan "a" has the same conditions, and is taken since its name comes first',
      },
    ])
  })
})

describe('two files with one plan', () => {
  it('use the first, and say so of the second', () => {
    const { plans, problems } = planBook(
      { plan: 'a', title: 'One', match: ['alertname="A"'] },
      { plan: 'a', title: 'Two', match: ['alertname="B"'] },
    )
    expect(plans.get('a')?.title).toBe('One')
    expect(problems).toMatchObject([{ file: 1, with: 0, field: 'plan' }])
  })
})

describe('what a plan takes over', () => {
  const base = {
    plan: 'default',
    owner: 'team:platform',
    impact: { says: 'Something is slow', revenueRisk: 'low' },
    phases: [{ name: 'Immediate', until: '15m', steps: ['Look', 'Look'] }],
    clocks: 'by-severity',
  }

  it('takes what it leaves out from the plan that it extends, key by key in its impact', () => {
    const book = planBook(base, {
      plan: 'slow',
      match: ['alertname="Slow"'],
      extends: 'default',
      impact: { says: 'Checkout is slow' },
    })
    const plan = book.plans.get('slow')
    expect(plan?.owner).toBe('team:platform')
    expect(plan?.impact).toMatchObject({ says: 'Checkout is slow', revenueRisk: 'low' })
    expect(plan?.phases[0]?.steps.map(({ id }) => id)).toEqual(['look', 'look-2'])
    expect(plan?.clocks).toBe('by-severity')
    expect(book.plans.has('default')).toBe(false)
  })

  it('has the same revision for the same text, and another for another', () => {
    const revision = (title: string) =>
      planBook({ plan: 'slow', title, match: ['alertname="Slow"'] }).plans.get('slow')?.revision
    expect(revision('A')).toBe(revision('A'))
    expect(revision('A')).not.toBe(revision('B'))
  })

  it('names a circle and a plan that is not there, and uses the others', () => {
    const book = planBook(
      { plan: 'a', match: ['alertname="A"'], extends: 'b' },
      { plan: 'b', match: ['alertname="B"'], extends: 'a' },
      { plan: 'c', match: ['alertname="C"'], extends: 'nowhere' },
      { plan: 'd', match: ['alertname="D"'] },
      { plan: 'e', match: ['alertname="E"'], extends: 'a' },
    )
    expect([...book.plans.keys()]).toEqual(['d'])
    expect(book.problems).toEqual([
      {
        file: 0,
        plan: 'a',
        field: 'extends',
        message: 'these plans extend each other in a circle: a → b → a',
      },
      {
        file: 1,
        plan: 'b',
        field: 'extends',
        message: 'these plans extend each other in a circle: b → a → b',
      },
      {
        file: 2,
        plan: 'c',
        field: 'extends',
        message: 'there is no plan "nowhere" to extend',
        missing: 'nowhere',
      },
    ])
  })
})
