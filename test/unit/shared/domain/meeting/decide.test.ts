import { describe, expect, it } from 'vitest'
import type { Actor } from '#shared/domain/actor/schema.ts'
import type { MeetingCommand } from '#shared/domain/meeting/commands.ts'
import { decideMeeting } from '#shared/domain/meeting/decide.ts'
import { MAX_FOLLOWED_UP, MAX_OPEN_DECISIONS } from '#shared/domain/meeting/schema.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import {
  emptyWatch,
  fromSnapshot,
  toSnapshot,
  type WatchState,
} from '#shared/domain/watch/state.ts'

const ada: Actor = { kind: 'person', id: 'ada', name: 'Ada' }
const NOW = Date.parse('2026-11-30T08:10:00Z')

function start() {
  let state: WatchState = emptyWatch
  let now = NOW
  let count = 0
  const run = (command: MeetingCommand) => {
    count += 1
    const { heldMeetings, meetingDecisions } = state
    const newId = `d${String(count)}`
    const decided = decideMeeting(command, { heldMeetings, meetingDecisions, newId, now })
    if (!decided.ok) return decided.error
    const events = decided.value.map((body, index): Event => {
      const seq = state.seq + index + 1
      return { seq, id: `e${String(seq)}`, at: now, actor: ada, body }
    })
    state = evolve(state, events)
    return null
  }
  const decide = (text = 'Move the deployment', dueAt: number | null = null) =>
    run({
      ...{ type: 'meeting.decide', kind: 'morning', day: '2026-11-30', text, dueAt },
      ...{ owner: null, topic: 'other' },
    })
  return {
    run,
    decide,
    state: () => state,
    pass: (ms: number) => {
      now += ms
    },
  }
}

const followUp = (decisionId: string): MeetingCommand => ({
  ...{ type: 'meeting.follow-up', decisionId, outcome: 'done', note: null },
})
const hold = (day: string): MeetingCommand => ({
  ...{ type: 'meeting.hold', kind: 'morning', day, people: [{ id: 'ada', name: 'Ada' }] },
})
const answer = (
  given: Partial<Extract<MeetingCommand, { type: 'proposal.answer' }>>,
): MeetingCommand => ({
  ...{ type: 'proposal.answer', day: '2026-11-30', proposalId: 'plan:Disk', kind: 'plan' },
  ...{ text: 'Add a response plan for Disk', events: [3, 4], answer: 'accepted', reason: null },
  ...{ owner: { id: 'bo', name: 'Bo' }, ...given },
})

describe('a decision of a meeting', () => {
  it('is open until somebody says what became of it; who is second learns that', () => {
    const { run, decide, state, pass } = start()
    expect(decide()).toBeNull()
    expect([...state().meetingDecisions.values()]).toMatchObject([
      { id: 'd1', text: 'Move the deployment', followedUp: null, by: { id: 'ada' } },
    ])
    expect(run(followUp('d1'))).toBeNull()
    pass(120_000)
    expect(run(followUp('d1'))).toEqual({
      code: 'already-done',
      message: 'Ada marked this decision as done 2m ago.',
    })
    expect(run(followUp('none'))).toMatchObject({ code: 'not-found' })
  })

  it('is not due in the past', () => {
    expect(start().decide('Too late', NOW)).toMatchObject({ code: 'invalid-input' })
  })

  it('is one of not too many, of which the state keeps those that are open and a few', () => {
    const { run, decide, state } = start()
    for (let count = 0; count < MAX_OPEN_DECISIONS; count += 1) expect(decide()).toBeNull()
    expect(decide()).toMatchObject({ code: 'not-allowed-now' })
    expect(run(answer({}))).toMatchObject({ code: 'not-allowed-now' })
    for (const id of [...state().meetingDecisions.keys()]) run(followUp(id))
    expect(state().meetingDecisions.size).toBe(MAX_FOLLOWED_UP)
    expect(fromSnapshot(toSnapshot(state()))).toEqual(state())
  })
})

describe('a held meeting', () => {
  it('is recorded once, and never after a later one', () => {
    const { run, state } = start()
    expect(run(hold('2026-11-30'))).toBeNull()
    expect(run(hold('2026-11-30'))).toEqual({
      code: 'already-done',
      message: 'Ada recorded this meeting just now.',
    })
    expect(run(hold('2026-11-27'))).toMatchObject({ code: 'not-allowed-now' })
    expect(run(hold('2026-12-01'))).toBeNull()
    expect([...state().heldMeetings.values()]).toMatchObject([
      { meetingId: 'morning:2026-12-01', people: [{ id: 'ada' }] },
    ])
  })
})

describe('a proposal', () => {
  it('that is accepted is a task of somebody, and changes nothing else', () => {
    const { run, state } = start()
    expect(run(answer({}))).toBeNull()
    expect([...state().meetingDecisions.values()]).toMatchObject([
      { meetingId: 'weekly:2026-11-30', text: 'Add a response plan for Disk', owner: { id: 'bo' } },
    ])
  })

  it('is refused with a reason', () => {
    const { run, state } = start()
    expect(run(answer({ answer: 'refused' }))).toMatchObject({ code: 'invalid-input' })
    expect(run(answer({ answer: 'refused', reason: 'It is replaced soon' }))).toBeNull()
    expect(state().meetingDecisions.size).toBe(0)
  })
})
