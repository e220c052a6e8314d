import { describe, expect, it } from 'vitest'
import { evidenceRecordOf } from '#shared/domain/evidence/record.ts'
import {
  adaOfStory,
  deckwatch,
  eventsOf,
  requestWith,
  resultWith,
  storyEvents,
  storyStart,
} from '#test/fixtures/evidence-story.ts'

const on = { incidentId: 'i1', runbook: 'playbook:a.md', step: 's1', text: 'Look' } as const

describe('what is recorded of how an incident was dealt with', () => {
  it('holds the plan, the runbooks with each of their texts, and every run', () => {
    const record = evidenceRecordOf(storyEvents)
    expect(record.plans).toEqual([
      {
        planId: 'checkout-down',
        revision: 'revision-1',
        title: 'Checkout is down',
        at: storyStart + 1_000,
      },
    ])
    expect(record.planSteps.map(({ id, marks }) => [id, marks[0]?.state])).toEqual([
      ['look', 'done'],
    ])
    expect(record.criteria.map(({ id, marks }) => [id, marks[0]?.isMet])).toEqual([['paid', true]])
    expect(record.runbooks.map(({ texts }) => texts.map(({ hash }) => hash[0]))).toEqual([
      ['b', 'c'],
    ])
    expect(
      record.runs.map(({ executionId, result }) => [executionId, result?.outcome.kind]),
    ).toEqual([
      ['run-0', 'answered'],
      ['run-1', 'exited'],
      ['run-2', 'cancelled'],
    ])
  })

  it('keeps each mark and each answer, also those that were taken back', () => {
    const record = evidenceRecordOf(
      eventsOf([
        [adaOfStory, { type: 'walkthrough.step-marked', ...on, state: 'failed', note: 'No.' }],
        [adaOfStory, { type: 'walkthrough.step-marked', ...on, state: 'done', note: null }],
        [adaOfStory, { type: 'walkthrough.answered', ...on, decision: 0, answer: 'yes' }],
        [adaOfStory, { type: 'walkthrough.answered', ...on, decision: 0, answer: null }],
      ]),
    )
    const [step] = record.runbooks[0]?.steps ?? []
    expect(step?.marks.map(({ state, note }) => [state, note])).toEqual([
      ['failed', 'No.'],
      ['done', null],
    ])
    expect(step?.answers.map(({ answer }) => answer)).toEqual(['yes', null])
  })

  it('says when a person said what was delivered later', () => {
    const saidAt = storyStart - 60_000
    const record = evidenceRecordOf(
      eventsOf([
        [
          { kind: 'person', id: 'ada', name: 'Ada', saidAt },
          { type: 'walkthrough.step-marked', ...on, state: 'done', note: null },
        ],
      ]),
    )
    expect(record.runbooks[0]?.steps[0]?.marks[0]?.at).toBe(saidAt)
  })

  it('passes over what is no evidence, and the result of a run that nobody asked for', () => {
    const { runs, runbooks, plans } = evidenceRecordOf(
      eventsOf([
        [adaOfStory, { type: 'incident.noted', incidentId: 'i1', text: 'Hm.' }],
        [
          deckwatch,
          {
            type: 'execution.finished',
            reason: 'person',
            executionId: 'unknown',
            incidentId: 'i1',
            title: 'x',
            ...resultWith(),
          },
        ],
        [deckwatch, { type: 'execution.requested', ...requestWith() }],
      ]),
    )
    expect(runs.map(({ executionId, finishedAt }) => [executionId, finishedAt])).toEqual([
      ['run-1', null],
    ])
    expect([runbooks, plans]).toEqual([[], []])
  })
})
