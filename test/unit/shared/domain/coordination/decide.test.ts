import { describe, expect, it } from 'vitest'
import { personActor } from '#shared/domain/actor/person.ts'
import type { CoordinationCommand } from '#shared/domain/coordination/commands.ts'
import { decideCoordination } from '#shared/domain/coordination/decide.ts'
import { evolveCoordination } from '#shared/domain/coordination/evolve.ts'
import {
  MAX_ENTRIES,
  noCoordination,
  type Coordination,
} from '#shared/domain/coordination/schema.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { ada, bo } from '#test/fixtures/persons.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const NOW = Date.UTC(2026, 10, 21, 3)
const on = { incidentId: 'i' } as const

/** Carries out commands one after the other, half a minute apart; the last one may be refused. */
function after(
  commands: readonly (readonly [Person, CoordinationCommand])[],
  status: 'acknowledged' | 'closed' = 'acknowledged',
) {
  let coordination: Coordination | undefined
  let last: ReturnType<typeof decideCoordination> | null = null
  commands.forEach(([person, command], index) => {
    const actor = personActor(person, 'cockpit')
    const now = NOW + index * 30_000
    const newId = `n${String(index)}`
    const incident = incidentWith({ id: 'i', status })
    last = decideCoordination(command, { incident, coordination, actor, newId, now })
    if (!last.ok) return
    for (const body of last.value) {
      coordination = evolveCoordination(coordination, body, { at: now, actor })
    }
  })
  return { coordination: coordination ?? noCoordination('i'), last }
}

const take = (
  person: Person,
  instead: string | null = null,
): readonly [Person, CoordinationCommand] => [
  person,
  { type: 'role.assign', ...on, role: 'commander', person, instead },
]

describe('a role for one', () => {
  it('is had by the first of two who take it at once; the other one learns who and since when', () => {
    const { coordination, last } = after([take(ada), take(bo)])
    expect(coordination.roles).toMatchObject([{ role: 'commander', person: ada }])
    expect(last).toMatchObject({
      error: {
        code: 'not-allowed-now',
        message: 'ada became incident commander 30s ago.',
      },
    })
  })

  it('is taken over by whoever saw who had it', () => {
    const { coordination } = after([take(ada), take(bo, 'ada')])
    expect(coordination.roles).toMatchObject([{ person: bo }])
  })

  it('is released, by the person or by another one', () => {
    const release: CoordinationCommand = {
      type: 'role.release',
      ...on,
      role: 'commander',
      person: 'ada',
    }
    expect(after([take(ada), [bo, release]]).coordination.roles).toEqual([])
    expect(after([[bo, release]]).last).toMatchObject({ error: { code: 'already-done' } })
  })

  it('does not keep experts from being many', () => {
    const expert = (person: Person): readonly [Person, CoordinationCommand] => [
      person,
      { type: 'role.assign', ...on, role: 'expert', person, instead: null },
    ]
    expect(after([expert(ada), expert(bo)]).coordination.roles).toHaveLength(2)
    expect(after([expert(ada), expert(ada)]).last).toMatchObject({
      error: { message: 'ada is expert already.' },
    })
  })
})

describe('an approval', () => {
  const ask: readonly [Person, CoordinationCommand] = [
    ada,
    { type: 'approval.ask', ...on, text: 'Deploy now', of: bo },
  ]
  const answer = (person: Person): readonly [Person, CoordinationCommand] => [
    person,
    { type: 'approval.answer', ...on, approvalId: 'n0', answer: 'given', reason: null },
  ]

  it('is given by the person who is named, once', () => {
    expect(after([ask, answer(bo)]).coordination.approvals).toMatchObject([
      { text: 'Deploy now', answered: { answer: 'given', by: { id: 'bo' } } },
    ])
    expect(after([ask, answer(bo), answer(bo)]).last).toMatchObject({
      error: { code: 'already-done', message: 'bo approved this 30s ago.' },
    })
  })

  it('is given by nobody else', () => {
    expect(after([ask, answer(ada)]).last).toMatchObject({
      error: { code: 'not-allowed-now', message: 'Only bo can approve this.' },
    })
  })
})

describe('what people write down', () => {
  it('is not changed any more once the incident is closed', () => {
    const command: CoordinationCommand = { type: 'hypothesis.open', ...on, text: 'x' }
    expect(after([[ada, command]], 'closed').last).toMatchObject({
      error: { message: 'This incident is closed.' },
    })
  })

  it('is bounded', () => {
    const command: CoordinationCommand = { type: 'measure.take', ...on, text: 'x' }
    const many = Array.from({ length: MAX_ENTRIES }, () => [ada, command] as const)
    const { coordination, last } = after([...many, [ada, command]])
    expect(coordination.measures).toHaveLength(MAX_ENTRIES)
    expect(last).toMatchObject({ error: { code: 'not-allowed-now' } })
  })

  it('can be said again only where it says something new', () => {
    const open: CoordinationCommand = {
      type: 'task.open',
      ...on,
      text: 'Call the vendor',
      owner: null,
      dueAt: null,
      entry: null,
    }
    const change = (owner: Person | null): CoordinationCommand => ({
      type: 'task.change',
      ...on,
      taskId: 'n0',
      text: 'Call the vendor',
      owner,
      dueAt: null,
    })
    const end: CoordinationCommand = {
      type: 'task.end',
      ...on,
      taskId: 'n0',
      outcome: 'dropped',
      note: null,
    }
    expect(
      after([
        [ada, open],
        [ada, change(null)],
      ]).last,
    ).toMatchObject({
      error: { code: 'already-done' },
    })
    expect(
      after([
        [ada, open],
        [ada, change(bo)],
      ]).coordination.tasks,
    ).toMatchObject([{ owner: bo }])
    expect(
      after([
        [ada, open],
        [bo, end],
        [ada, change(bo)],
      ]).last,
    ).toMatchObject({
      error: { message: 'bo dropped this task 30s ago.' },
    })
  })

  it('does not promise an update in the past', () => {
    const command: CoordinationCommand = { type: 'update.write', ...on, text: 'x', nextAt: NOW }
    expect(after([[ada, command]]).last).toMatchObject({ error: { code: 'invalid-input' } })
  })
})
