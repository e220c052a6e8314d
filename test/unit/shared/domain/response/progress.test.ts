import { describe, expect, it } from 'vitest'
import { isOverdue, nextAfter, progressOf, statesOf } from '#shared/domain/response/progress.ts'
import { planBook } from '#test/fixtures/playbook.ts'

const START = 1_000_000
const MINUTE = 60_000

const plan = planBook({
  plan: 'payments',
  match: ['alertname="PaymentsFail"'],
  phases: [
    { name: 'Immediate', until: '15m', steps: ['Look', 'Ask'] },
    { name: 'Talk' },
    { name: 'Resolve', steps: ['Switch'] },
  ],
}).plans.get('payments')
if (!plan) throw new Error('There is no plan')

const by = { kind: 'person', id: 'ada', name: 'Ada' } as const

describe('progressOf', () => {
  it('starts with the first step of the first phase, whose time counts from the start', () => {
    const progress = progressOf(plan, {}, START)
    expect(progress).toMatchObject({ current: 0, finished: 0, total: 3 })
    expect(progress.next?.id).toBe('look')
    expect(progress.phases.map(({ dueAt }) => dueAt)).toEqual([START + 15 * MINUTE, null, null])
  })

  it.each(['done', 'skipped', 'failed'] as const)('goes on after what is %s', (state) => {
    const progress = progressOf(plan, { look: state, ask: state }, START)
    // A phase without steps is never the one that is worked on.
    expect(progress).toMatchObject({ current: 2, finished: 2 })
    expect(progress.next?.id).toBe('switch')
    expect(progress.phases.map(({ finished, isOver }) => [finished, isOver])).toEqual([
      [2, true],
      [0, true],
      [0, false],
    ])
  })

  it('goes back to what was left open or opened again', () => {
    const progress = progressOf(plan, { look: 'open', ask: 'done', switch: 'done' }, START)
    expect(progress).toMatchObject({ current: 0, finished: 2 })
    expect(progress.next?.id).toBe('look')
  })

  it('has nothing next once no step is open, and none where the plan has none', () => {
    const all = { look: 'done', ask: 'skipped', switch: 'failed' } as const
    expect(progressOf(plan, all, START)).toMatchObject({ current: null, next: null, finished: 3 })
    expect(progressOf({ phases: [] }, {}, START)).toMatchObject({ current: null, total: 0 })
  })
})

describe('nextAfter', () => {
  it('is the next open step, over the end of a phase', () => {
    expect(nextAfter(plan, {}, 'look')?.id).toBe('ask')
    expect(nextAfter(plan, { ask: 'failed' }, 'look')?.id).toBe('switch')
  })

  it('is what was left open before, once nothing is open behind it', () => {
    expect(nextAfter(plan, { ask: 'done' }, 'switch')?.id).toBe('look')
  })

  it('is never the step itself', () => {
    expect(nextAfter(plan, { look: 'done', ask: 'done' }, 'switch')).toBeNull()
  })
})

describe('isOverdue', () => {
  it('is a phase with open steps after its time, and not one that was finished', () => {
    const [open] = progressOf(plan, { look: 'done' }, START).phases
    const [over] = progressOf(plan, { look: 'done', ask: 'done' }, START).phases
    if (!open || !over) throw new Error('There is no phase')
    expect(isOverdue(open, START + 15 * MINUTE)).toBe(false)
    expect(isOverdue(open, START + 15 * MINUTE + 1)).toBe(true)
    expect(isOverdue(over, START + 60 * MINUTE)).toBe(false)
  })

  it('never is one without a time', () => {
    const last = progressOf(plan, {}, START).phases.at(-1)
    expect(last && isOverdue(last, Number.MAX_SAFE_INTEGER)).toBe(false)
  })
})

it('reads the states of what was recorded', () => {
  const mark = { at: START, by, note: null }
  expect(statesOf({ steps: { look: { ...mark, state: 'failed' } } })).toEqual({ look: 'failed' })
})
