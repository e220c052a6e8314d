import { describe, expect, it } from 'vitest'
import { knownRecordOf } from '#shared/domain/evidence/known-record.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { adaOfStory, storyEvents, storyPlan, storyStart } from '#test/fixtures/evidence-story.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const incidents = new Map([['i1', incidentWith({ id: 'i1' })]])

const state = {
  ...evolve({ ...emptyWatch, incidents }, storyEvents),
  plans: new Map([
    [
      storyPlan.revision,
      { ...storyPlan, fixedWhen: [{ kind: 'person' as const, id: 'paid', text: 'Paid' }] },
    ],
  ]),
}

describe('what the state knows of how an incident was dealt with', () => {
  it('is the last mark of each step, the answers that stand, and the runs it keeps', () => {
    const record = knownRecordOf('i1', state, (_runbook, step) =>
      step === 's1' ? 'Count the pods' : null,
    )
    expect(record.plans.map(({ title, at }) => [title, at])).toEqual([
      ['Checkout is down', storyStart + 1_000],
    ])
    expect(record.planSteps.map(({ id, text }) => [id, text])).toEqual([
      ['look', 'Look at the [dashboard](https://grafana.example)'],
    ])
    expect(record.criteria.map(({ id, text }) => [id, text])).toEqual([['paid', 'Paid']])
    const [runbook] = record.runbooks
    expect(runbook?.texts.map(({ hash, commit }) => [hash[0], commit])).toEqual([['c', null]])
    expect(runbook?.steps).toMatchObject([
      {
        id: 's1',
        text: 'Count the pods',
        marks: [{ state: 'failed', note: 'One of three.' }],
        answers: [{ question: 'Question 1 of the step', answer: 'no' }],
      },
    ])
    expect(record.runs.map(({ executionId }) => executionId)).toEqual(['run-0', 'run-1', 'run-2'])
  })

  it('goes by ids where texts are not at hand', () => {
    const { planSteps, criteria, plans, runbooks } = knownRecordOf(
      'i1',
      { ...state, plans: new Map() },
      () => null,
    )
    expect([planSteps[0]?.text, criteria[0]?.text, plans[0]?.title]).toEqual([
      null,
      'paid',
      'checkout-down',
    ])
    expect(runbooks[0]?.steps[0]?.text).toBeNull()
  })

  it('knows a step that has answers and no mark, and puts steps in the order of time', () => {
    const mark = { state: 'done' as const, at: storyStart + 9_000, by: adaOfStory, note: null }
    const walkthrough = [...state.walkthroughs.values()][0]
    if (!walkthrough) throw new Error('no walkthrough')
    const early = { answer: 'yes' as const, at: storyStart, by: adaOfStory }
    const other = { ...walkthrough, steps: { s2: mark }, answers: { 's0 1': early } }
    const walkthroughs = new Map([['x', other]])
    const record = knownRecordOf('i1', { ...state, walkthroughs }, () => null)
    expect(record.runbooks[0]?.steps.map(({ id, answers }) => [id, answers[0]?.question])).toEqual([
      ['s0', 'Question 2 of the step'],
      ['s2', undefined],
    ])
  })

  it('is nothing for an incident that nothing was done about', () => {
    expect(knownRecordOf('other', state, () => null)).toEqual({
      plans: [],
      planSteps: [],
      criteria: [],
      runbooks: [],
      runs: [],
    })
  })
})
