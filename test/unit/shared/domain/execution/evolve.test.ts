import { describe, expect, it } from 'vitest'
import { evolveExecution, executionsToForget } from '#shared/domain/execution/evolve.ts'
import type { ExecutionBody } from '#shared/domain/execution/events.ts'
import type { Execution } from '#shared/domain/execution/schema.ts'

const actor = { kind: 'person', id: 'ada', name: 'Ada', via: 'cockpit' } as const
const requested: ExecutionBody = {
  type: 'execution.requested',
  executionId: 'x',
  incidentId: 'i',
  runbook: 'playbook:a.md',
  hash: 'a'.repeat(64),
  commit: null,
  step: 's',
  place: 0,
  title: 'look',
  kind: 'command',
  shown: 'uptime',
  risk: 'read',
  targets: [],
  reason: 'person',
  timeoutMs: 30_000,
  expect: null,
  capture: null,
}
const result = {
  outcome: { kind: 'exited', code: 0 },
  verdict: 'unjudged',
  summary: 'up',
  durationMs: 12,
  output: { bytes: 3, lines: 1, isCut: false },
  captured: null,
} as const

describe('something that is run', () => {
  it('is requested, started and finished', () => {
    const one = evolveExecution(undefined, requested, { at: 1, actor })
    expect(one).toMatchObject({ requestedAt: 1, requestedBy: actor, startedAt: null, result: null })
    expect(one).not.toHaveProperty('type')
    const about = { executionId: 'x', incidentId: 'i' }
    const two = evolveExecution(one, { type: 'execution.started', ...about }, { at: 2, actor })
    expect(two).toMatchObject({ startedAt: 2, finishedAt: null })
    const finished: ExecutionBody = {
      type: 'execution.finished',
      ...about,
      title: 'look',
      reason: 'person',
      ...result,
    }
    expect(evolveExecution(two, finished, { at: 3, actor })).toMatchObject({
      startedAt: 2,
      finishedAt: 3,
      result,
    })
    expect(evolveExecution(undefined, finished, { at: 3, actor })).toBeUndefined()
  })
})

it('forgets the oldest that have ended, of one incident alone', () => {
  const make = (number: number, more: Partial<Execution> = {}): Execution => ({
    ...requested,
    executionId: String(number),
    requestedAt: number,
    requestedBy: actor,
    startedAt: number,
    finishedAt: number,
    result: null,
    ...more,
  })
  const many = Array.from({ length: 203 }, (_, number) => make(number))
  const others = [make(900, { incidentId: 'other' }), make(901, { finishedAt: null })]
  expect(executionsToForget([...many, ...others], 'i')).toEqual(['0', '1', '2'])
  expect(executionsToForget(others, 'other')).toEqual([])
})
