import { describe, expect, it, vi } from 'vitest'
import type { KeptCommand } from '#renderer/engine/offline/kept-command.ts'
import {
  answerOf,
  followRunbook,
  type RunbookSources,
} from '#renderer/screens/runbooks/walkthrough/followed-runbook.ts'
import {
  answerQuestion,
  markRunbookStep,
  noteRunbookStep,
} from '#renderer/screens/runbooks/walkthrough/mark-runbook-step.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Step } from '#shared/domain/runbook/schema.ts'
import type { Walkthrough } from '#shared/domain/walkthrough/schema.ts'

const runbook = parseRunbook({
  path: 'disk.md',
  text: `# Disk\n## Diagnosis\n1. If it is the journal, vacuum it. Otherwise extend it.\n2. Look again.\n`,
})
const [first, second] = runbook.steps as readonly [Step, Step]
const by = { kind: 'person', id: 'ada', name: 'Ada' } as const
const id = 'playbook:disk.md'
const incident = { id: 'i', status: 'acknowledged' } as Incident

const walkthrough: Walkthrough = {
  incidentId: 'i',
  runbook: id,
  title: 'Disk',
  hash: 'a'.repeat(64),
  commit: null,
  startedAt: 1,
  startedBy: by,
  steps: { [first.id]: { state: 'done', at: 1, by, note: null } },
  answers: { [`${first.id} 0`]: { answer: 'no', at: 1, by } },
  lastStep: first.id,
  lastAt: 1,
  changes: 2,
}

const input = { incidentId: 'i', runbook: id, title: 'Disk', hash: 'a'.repeat(64), words: 'x' }
const kept = (command: Pick<KeptCommand, 'name' | 'input'>): KeptCommand =>
  ({ id: 'k', order: 1, title: '', givenAt: 1, state: 'waiting', ...command }) as KeptCommand
const queuedMark = (step: string, state: 'done' | 'failed') =>
  kept({ name: 'walkthrough.step', input: { ...input, step, state, note: null } })
const queuedAnswer = kept({
  name: 'walkthrough.answer',
  input: { ...input, step: first.id, decision: 0, answer: 'yes' },
})

const follow = (more: Partial<RunbookSources> = {}) =>
  followRunbook({
    incident,
    alertNames: [],
    id,
    hash: 'a'.repeat(64),
    runbook,
    walkthrough,
    executions: [],
    kept: [],
    phase: 'lost',
    status: null,
    ...more,
  })

describe('a runbook as it is followed', () => {
  it('is what was recorded', () => {
    const followed = follow()
    expect(followed).toMatchObject({ finished: 1, refusedBecause: null })
    expect(answerOf(followed, first.id, 0)).toBe('no')
    expect(follow({ walkthrough: undefined }).finished).toBe(0)
  })

  it('has what waits for the engine laid over it', () => {
    const followed = follow({ kept: [queuedMark(second.id, 'failed'), queuedAnswer] })
    expect(followed.states).toEqual({ [first.id]: 'done', [second.id]: 'failed' })
    expect(followed.finished).toBe(2)
    expect(answerOf(followed, first.id, 0)).toBe('yes')
  })

  it('leaves alone what waits for another runbook or incident', () => {
    const other = kept({
      name: 'walkthrough.step',
      input: { ...input, runbook: 'playbook:b.md', step: second.id, state: 'done', note: null },
    })
    const elsewhere = kept({
      name: 'walkthrough.step',
      input: { ...input, incidentId: 'other', step: second.id, state: 'done', note: null },
    })
    expect(follow({ kept: [other, elsewhere] }).finished).toBe(1)
  })

  it('says why nothing can be marked', () => {
    expect(follow({ incident: { ...incident, status: 'closed' } }).refusedBecause).toBe(
      'This incident is closed.',
    )
  })
})

describe('a press', () => {
  const actions = () => ({
    markRunbookStep: vi.fn(),
    answerRunbook: vi.fn(),
    withdraw: vi.fn(),
    refuse: vi.fn(),
  })

  it('marks a step by its words', () => {
    const taken = actions()
    expect(markRunbookStep(taken, follow(), second, 'done')).toBe(true)
    expect(taken.markRunbookStep).toHaveBeenCalledWith({
      incidentId: 'i',
      runbook: id,
      title: 'Disk',
      hash: 'a'.repeat(64),
      step: second.id,
      words: 'Look again',
      state: 'done',
      note: null,
    })
  })

  it('gives no command for what is so already, and cancels what is queued', () => {
    const taken = actions()
    markRunbookStep(taken, follow(), first, 'done')
    expect(taken.markRunbookStep).not.toHaveBeenCalled()
    const queued = queuedMark(second.id, 'done')
    markRunbookStep(taken, follow({ kept: [queued] }), second, 'open')
    expect(taken.withdraw).toHaveBeenCalledWith(queued)
  })

  it('notes without changing the state', () => {
    const taken = actions()
    noteRunbookStep(taken, follow(), first, 'odd')
    expect(taken.markRunbookStep).toHaveBeenCalledWith(
      expect.objectContaining({ state: 'done', note: 'odd' }),
    )
  })

  it('answers, and takes the same answer back', () => {
    const taken = actions()
    const [question] = first.decisions
    if (!question) throw new Error('no question')
    answerQuestion(taken, follow(), first, 0, question, 'yes')
    answerQuestion(taken, follow(), first, 0, question, 'no')
    expect(
      taken.answerRunbook.mock.calls.map(([given]) => (given as { answer: unknown }).answer),
    ).toEqual(['yes', null])
    answerQuestion(taken, follow({ kept: [queuedAnswer] }), first, 0, question, 'yes')
    expect(taken.withdraw).toHaveBeenCalledWith(queuedAnswer)
  })

  it('is answered with why nothing can be marked', () => {
    const taken = actions()
    const followed = follow({ incident: { ...incident, status: 'closed' } })
    const [question] = first.decisions
    if (!question) throw new Error('no question')
    expect(markRunbookStep(taken, followed, second, 'done')).toBe(false)
    expect(answerQuestion(taken, followed, first, 0, question, 'yes')).toBe(false)
    expect(taken.refuse).toHaveBeenCalledTimes(2)
  })
})
