import { describe, expect, it } from 'vitest'
import type { Actor } from '#shared/domain/actor/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import {
  decideWalkthrough,
  MAX_MARKS,
  MAX_WALKTHROUGHS,
  type WalkthroughCommand,
} from '#shared/domain/walkthrough/decide.ts'
import { evolveWalkthrough } from '#shared/domain/walkthrough/evolve.ts'
import type { Walkthrough } from '#shared/domain/walkthrough/schema.ts'

const incident = { id: 'i', status: 'acknowledged' } as Incident
const ada: Actor = { kind: 'person', id: 'ada', name: 'Ada', via: 'cockpit' }
const on = {
  incidentId: 'i',
  runbook: 'playbook:a.md',
  title: 'A',
  hash: 'a'.repeat(64),
  step: 's1',
  text: 'Look',
}
const mark = (more: object = {}): WalkthroughCommand => ({
  type: 'walkthrough.step',
  ...on,
  state: 'done',
  note: null,
  ...more,
})
const answer = (more: object = {}): WalkthroughCommand => ({
  type: 'walkthrough.answer',
  ...on,
  decision: 0,
  answer: 'yes',
  ...more,
})
const nothing = { incident, walkthrough: undefined, count: 0, commit: null }

/** What is known after these commands. */
function after(...commands: readonly WalkthroughCommand[]): Walkthrough | undefined {
  return commands.reduce<Walkthrough | undefined>((walkthrough, command, index) => {
    const decided = decideWalkthrough({ ...nothing, walkthrough }, command)
    if (!decided.ok) throw new Error(decided.error.message)
    return decided.value.reduce(
      (state, body) => evolveWalkthrough(state, body, { at: 1_000 + index, actor: ada }),
      walkthrough,
    )
  }, undefined)
}

describe('a step of a runbook', () => {
  it('starts the walkthrough with its first mark, by this very text', () => {
    const decided = decideWalkthrough({ ...nothing, commit: 'abc' }, mark())
    expect(decided).toMatchObject({
      ok: true,
      value: [
        { type: 'walkthrough.started', reason: 'started', commit: 'abc', step: 's1' },
        { type: 'walkthrough.step-marked', step: 's1', text: 'Look', state: 'done' },
      ],
    })
    expect(after(mark())).toMatchObject({
      startedAt: 1_000,
      startedBy: ada,
      lastStep: 's1',
      steps: { s1: { state: 'done', by: ada } },
    })
  })

  it('keeps its note when its state changes', () => {
    const walked = after(mark({ state: 'open', note: 'odd' }), mark({ state: 'failed' }))
    expect(walked?.steps['s1']).toMatchObject({ state: 'failed', note: 'odd', at: 1_001 })
    expect(walked).toMatchObject({ startedAt: 1_000, lastAt: 1_001 })
  })

  it('says once that the text changed, and keeps the marks of what both have', () => {
    const other = 'b'.repeat(64)
    const walked = after(
      mark(),
      mark({ step: 's2', hash: other }),
      mark({ step: 's3', hash: other }),
    )
    expect(Object.keys(walked?.steps ?? {})).toEqual(['s1', 's2', 's3'])
    const decided = decideWalkthrough(
      { ...nothing, walkthrough: after(mark()) },
      mark({ step: 's2', hash: other }),
    )
    expect(decided).toMatchObject({ value: [{ reason: 'text-changed' }, {}] })
    expect(walked?.hash).toBe(other)
  })

  it('is refused where it says nothing new', () => {
    const walkthrough = after(mark({ note: 'x' }))
    for (const command of [mark(), mark({ note: 'x' })]) {
      expect(decideWalkthrough({ ...nothing, walkthrough }, command)).toMatchObject({
        error: { code: 'already-done', message: 'This step is done already.' },
      })
    }
    expect(decideWalkthrough({ ...nothing, walkthrough }, mark({ note: 'y' })).ok).toBe(true)
    expect(decideWalkthrough(nothing, mark({ state: 'open' })).ok).toBe(false)
  })
})

describe('a question of a step', () => {
  it('is answered, answered otherwise, and withdrawn', () => {
    expect(after(answer())?.answers).toMatchObject({ 's1 0': { answer: 'yes', by: ada } })
    expect(after(answer(), answer({ answer: 'no' }))?.answers).toMatchObject({
      's1 0': { answer: 'no' },
    })
    expect(after(answer(), answer({ answer: null }))?.answers).toEqual({})
  })

  it('is refused where it says nothing new', () => {
    expect(decideWalkthrough({ ...nothing, walkthrough: after(answer()) }, answer())).toMatchObject(
      {
        error: { message: 'This is answered yes already.' },
      },
    )
    expect(decideWalkthrough(nothing, answer({ answer: null }))).toMatchObject({
      error: { message: 'This question is not answered.' },
    })
  })
})

describe('a runbook is not followed', () => {
  it('for an incident that is unknown or closed', () => {
    expect(decideWalkthrough({ ...nothing, incident: undefined }, mark())).toMatchObject({
      error: { code: 'not-found' },
    })
    const closed = { ...incident, status: 'closed' } as Incident
    expect(decideWalkthrough({ ...nothing, incident: closed }, mark())).toMatchObject({
      error: { code: 'not-allowed-now' },
    })
  })

  it('beyond what is kept, but what is kept can be changed', () => {
    expect(decideWalkthrough({ ...nothing, count: MAX_WALKTHROUGHS }, mark()).ok).toBe(false)
    const one = after(mark())
    if (!one) throw new Error('no walkthrough')
    const { s1 } = one.steps
    if (!s1) throw new Error('no mark')
    const steps = Object.fromEntries(
      Array.from({ length: MAX_MARKS }, (_, index) => [`s${String(index + 1)}`, s1]),
    )
    const walkthrough = { ...one, steps }
    expect(decideWalkthrough({ ...nothing, walkthrough }, mark({ step: 'new' })).ok).toBe(false)
    expect(decideWalkthrough({ ...nothing, walkthrough }, mark({ state: 'failed' })).ok).toBe(true)
  })
})

it('is nothing without its start', () => {
  const body = { type: 'walkthrough.step-marked', ...on, state: 'done', note: null } as const
  expect(evolveWalkthrough(undefined, body, { at: 1, actor: ada })).toBeUndefined()
})
