import { describe, expect, it } from 'vitest'
import type { AlertEntry } from '#renderer/screens/alerts/entries/alert-entry.ts'
import type { ChoiceListener, ChoiceReason } from '#renderer/screens/alerts/alert-screen.ts'
import { createBulk, type BulkCommand } from '#renderer/screens/alerts/bulk-actions.ts'
import {
  MAX_IN_FLIGHT,
  planBulk,
  planUndo,
  runBulk,
  type BulkOutcome,
  type BulkProgress,
} from '#renderer/screens/alerts/bulk.ts'
import {
  describeEnd,
  describeOthers,
  describePlan,
  describeReach,
} from '#renderer/screens/alerts/bulk-words.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'

const by = { kind: 'person', id: 'bo', name: 'bo' } as const

function entryOf(key: string, incident: Incident | null, isOver = false): AlertEntry {
  const alert = alertWith({
    key,
    incidentId: incident?.id ?? 'gone',
    status: isOver ? 'resolved' : 'firing',
  })
  return { key, alert, incident, isGone: false }
}

const big = incidentWith({ id: 'big', counts: { ...noAlerts, firing: 5, resolved: 2 } })
const oneFiring = { ...noAlerts, firing: 1 }
const small = incidentWith({ id: 'small', counts: oneFiring })
const taken = incidentWith({
  id: 'taken',
  status: 'acknowledged',
  acknowledged: { at: 1, by, severity: 'P2' },
})
const refused = { code: 'not-allowed-now', message: 'It is closed.' } as const

describe('planBulk', () => {
  it('acts on the incidents of the chosen alerts, and counts who goes with them', () => {
    const plan = planBulk('acknowledge', [
      entryOf('a', big),
      entryOf('b', big),
      entryOf('over', big, true),
      entryOf('c', small),
    ])
    expect(plan.incidents.map(({ id }) => id)).toEqual(['big', 'small'])
    expect(plan).toMatchObject({ alerts: 4, others: 3, skipped: [] })
    expect(describePlan(plan)).toBe('Acknowledge 2 incidents (of 4 alerts)')
    expect(describeOthers(plan)).toBe('These incidents also have 3 other alerts.')
  })

  it('leaves out what it cannot be done to, with why', () => {
    const plan = planBulk('acknowledge', [
      entryOf('a', taken),
      entryOf('b', taken),
      entryOf('c', null),
    ])
    expect(plan.incidents).toEqual([])
    expect(plan.skipped).toEqual([
      { reason: 'bo already acknowledged it.', incidents: 1 },
      { reason: 'This incident no longer exists.', incidents: 1 },
    ])
    expect(planBulk('snooze', [entryOf('a', taken)]).incidents).toEqual([taken])
  })

  it('answers who may not act with that alone', () => {
    const plan = planBulk('acknowledge', [entryOf('a', taken), entryOf('b', big)], 'Read-only.')
    expect(plan.incidents).toEqual([])
    expect(plan.skipped).toEqual([])
    expect(describeEnd(plan, { done: 0, kept: 0, failures: [] })).toBe('Read-only.')
  })
})

describe('runBulk', () => {
  const many = Array.from({ length: 30 }, (_, index) => incidentWith({ id: `i${String(index)}` }))

  it('has never more than some under way, and counts each outcome', async () => {
    let underWay = 0
    let most = 0
    const seen: BulkProgress[] = []
    const end = await runBulk(
      many,
      async ({ id }) => {
        underWay += 1
        most = Math.max(most, underWay)
        await Promise.resolve()
        underWay -= 1
        return id === 'i3' ? refused : id === 'i4' ? 'kept' : 'done'
      },
      (progress) => seen.push(progress),
      new AbortController().signal,
    )
    expect(most).toBe(MAX_IN_FLIGHT)
    expect(end).toMatchObject({ done: 28, kept: 1, failures: [{ incident: { id: 'i3' } }] })
    expect(seen).toHaveLength(30)
    expect(seen.at(-1)).toEqual(end)
  })

  it('starts nothing more once it is told to stop', async () => {
    const abort = new AbortController()
    const end = await runBulk(
      many,
      () => {
        abort.abort()
        return Promise.resolve('done')
      },
      () => undefined,
      abort.signal,
    )
    expect(end.done).toBe(1)
  })
})

/** A run whose answers the test gives. */
function onDesk(chosen: readonly AlertEntry[]) {
  const given: BulkCommand[] = []
  const answers: ((outcome: BulkOutcome) => void)[] = []
  const said: string[] = []
  let selected: ReadonlySet<string> | null = null
  const listeners: ChoiceListener[] = []
  const choose = (keys: ReadonlySet<string>, reason: ChoiceReason = 'selected') => {
    selected = keys
    for (const listener of listeners) listener(keys, reason)
  }
  /** Why nothing can be done to several now. */
  const blocked: { reason: string | null } = { reason: null }
  /** What this person has acknowledged and still has. */
  const mine = new Map<string, Incident>()
  /** Another filter was applied since the choice was made. */
  const choice = { isOlder: false }
  const bulk = createBulk({
    screen: {
      isChoiceOlder: () => choice.isOlder,
      chosen: () => chosen,
      select: choose,
      listenChoice: (listener) => listeners.push(listener),
    },
    mine: (id) => mine.get(id) ?? null,
    forbidden: () => null,
    blocked: () => blocked.reason,
    give: (command) => {
      given.push(command)
      return new Promise((resolve) => {
        answers.push(resolve)
      })
    },
    say: (text) => said.push(text),
  })
  const settle = () =>
    new Promise((resolve) => {
      setTimeout(resolve)
    })
  return {
    bulk,
    given,
    answers,
    said,
    settle,
    choose,
    choice,
    mine,
    blocked,
    selected: () => selected,
  }
}

/** One alert each of as many incidents, whose worst is P1. */
function manyEntries(count: number): readonly AlertEntry[] {
  return Array.from({ length: count }, (_, index) =>
    entryOf(
      `a${String(index)}`,
      incidentWith({
        id: `i${String(index)}`,
        severity: index === 2 ? 'P1' : 'P3',
        counts: { ...noAlerts, firing: 1 },
      }),
    ),
  )
}

describe('createBulk', () => {
  it('asks before a key reaches many, and says how many and how bad', () => {
    const { bulk, given } = onDesk(manyEntries(6))
    bulk.start('acknowledge', { isByKey: true })
    const state = bulk.store.getState()
    expect(state).toMatchObject({ phase: 'asking', plan: { others: 0 } })
    expect(given).toEqual([])
    expect(state && describeReach(state.plan)).toBe('6 incidents, worst P1 high')
    bulk.dismiss()
    // Its button says how many: it is pressed as it is meant.
    bulk.start('acknowledge')
    expect(given).toHaveLength(6)
  })

  it('asks always before it acknowledges a P0 among others, and not for a P0 alone', () => {
    const down = entryOf('p0', incidentWith({ id: 'p0', severity: 'P0', counts: oneFiring }))
    const both = onDesk([down, entryOf('c', small)])
    both.bulk.start('acknowledge', { isByKey: true })
    expect(both.bulk.store.getState()).toMatchObject({ phase: 'asking' })
    both.bulk.dismiss()
    both.bulk.start('acknowledge')
    expect(both.bulk.store.getState()).toMatchObject({ phase: 'asking' })
    expect(both.given).toEqual([])
    both.bulk.confirm()
    expect(both.given).toHaveLength(2)
    const alone = onDesk([down])
    alone.bulk.start('acknowledge', { isByKey: true })
    expect(alone.given).toHaveLength(1)
  })

  it('asks before a key reaches several that were selected under another filter', () => {
    const { bulk, given, choice } = onDesk(manyEntries(2))
    choice.isOlder = true
    bulk.start('acknowledge', { isByKey: true })
    expect(bulk.store.getState()).toMatchObject({ phase: 'asking' })
    expect(given).toEqual([])
    choice.isOlder = false
    bulk.start('acknowledge', { isByKey: true })
    expect(given).toHaveLength(2)
  })

  it('does nothing to several while what is listed is not what was asked for', () => {
    const { bulk, given, said, blocked } = onDesk(manyEntries(14))
    blocked.reason = 'Invalid filter.'
    bulk.start('acknowledge')
    bulk.start('snooze', { until: 9 })
    expect(said).toEqual(['Invalid filter.', 'Invalid filter.'])
    // Beside the filter it stands already, and nothing has come of it that is to be put away.
    expect(bulk.store.getState()).toBeNull()
    // Not even what was asked before.
    blocked.reason = null
    bulk.start('acknowledge', { isByKey: true })
    blocked.reason = 'Invalid filter.'
    bulk.confirm()
    expect(given).toEqual([])
    expect(bulk.store.getState()).toBeNull()
  })

  it('does it to the one that is meant all the same', () => {
    const { bulk, given, blocked } = onDesk([entryOf('c', small)])
    blocked.reason = 'Invalid filter.'
    bulk.start('acknowledge')
    expect(given).toHaveLength(1)
  })

  it('does as a key says where it reaches few', () => {
    const { bulk, given } = onDesk(manyEntries(5))
    bulk.start('acknowledge', { isByKey: true })
    expect(given).toHaveLength(5)
  })

  it('puts the outcome away, and the question, once something else is chosen', async () => {
    const { bulk, answers, choose, settle } = onDesk([entryOf('c', small)])
    bulk.start('acknowledge')
    answers[0]?.('done')
    await settle()
    expect(bulk.store.getState()).toMatchObject({ phase: 'ended' })
    choose(new Set())
    expect(bulk.store.getState()).toMatchObject({ phase: 'ended' })
    choose(new Set(['b']))
    expect(bulk.store.getState()).toBeNull()

    const asked = onDesk([entryOf('a', big)])
    asked.bulk.start('acknowledge')
    asked.choose(new Set(['b']))
    expect(asked.bulk.store.getState()).toBeNull()
    asked.bulk.confirm()
    expect(asked.given).toEqual([])
  })

  it('ends the question, and neither outcome nor run, when a filter takes chosen lines away', async () => {
    const asked = onDesk([entryOf('a', big)])
    asked.bulk.start('acknowledge')
    asked.choose(new Set(), 'listed')
    expect(asked.bulk.store.getState()).toBeNull()

    const { bulk, answers, choose, settle, selected } = onDesk([entryOf('c', small)])
    bulk.start('acknowledge')
    choose(new Set(['c']), 'listed')
    answers[0]?.('done')
    await settle()
    // What was done is chosen no more.
    expect(selected()).toEqual(new Set())
    choose(new Set(['b']), 'listed')
    expect(bulk.store.getState()).toMatchObject({ phase: 'ended' })
  })

  it('lets the outcome go with the list that it spoke of, and what was refused with its filter', async () => {
    for (const [outcome, reason, isLeft] of [
      ['done', 'filter', false],
      ['done', 'screen', false],
      [refused, 'screen', true],
      [refused, 'filter', false],
    ] as const) {
      const { bulk, answers, settle } = onDesk([entryOf('c', small)])
      bulk.start('acknowledge')
      bulk.leave(reason)
      expect(bulk.store.getState()).toMatchObject({ phase: 'running' })
      answers[0]?.(outcome)
      await settle()
      bulk.leave(reason)
      expect(bulk.store.getState() !== null).toBe(isLeft)
    }
  })

  it('leaves what was chosen while it ran', async () => {
    const { bulk, answers, choose, selected, settle } = onDesk([entryOf('c', small)])
    bulk.start('acknowledge')
    choose(new Set(['b']))
    answers[0]?.('done')
    await settle()
    expect(selected()).toEqual(new Set(['b']))
  })

  it('gives back what it acknowledged and is still this person’s', async () => {
    const { bulk, given, answers, mine, said, settle } = onDesk(manyEntries(4))
    bulk.start('acknowledge')
    const outcomes = ['done', 'done', 'kept', refused] as const
    answers.forEach((answer, index) => {
      answer(outcomes[index] ?? 'done')
    })
    await settle()
    expect(bulk.store.getState()).toMatchObject({
      phase: 'ended',
      taken: [{ id: 'i0' }, { id: 'i1' }],
    })
    mine.set('i0', incidentWith({ id: 'i0' }))
    bulk.undo()
    expect(given.slice(4).map(({ name, input }) => [name, input.incidentId])).toEqual([
      ['incident.unacknowledge', 'i0'],
    ])
    answers[4]?.('done')
    await settle()
    expect(said.at(-1)).toBe('Unacknowledged 1 incident.')
    const end = bulk.store.getState()
    expect(end).toMatchObject({
      phase: 'ended',
      taken: [],
      plan: { skipped: [{ reason: 'No longer acknowledged by you.', incidents: 1 }] },
    })
    // There is nothing more to give back.
    bulk.undo()
    expect(bulk.store.getState()).toBe(end)
  })

  it('ends the snooze of what it snoozed and is still snoozed by this person', async () => {
    const { bulk, given, answers, mine, said, settle } = onDesk(manyEntries(2))
    bulk.start('snooze', { until: 99 })
    for (const answer of answers) answer('done')
    await settle()
    mine.set('i1', incidentWith({ id: 'i1' }))
    bulk.undo()
    expect(given.slice(2)).toMatchObject([
      { name: 'incident.unsnooze', input: { incidentId: 'i1' } },
    ])
    answers[2]?.('done')
    await settle()
    expect(said.at(-1)).toBe('Unsnoozed 1 incident.')
    expect(bulk.store.getState()).toMatchObject({
      taken: [],
      plan: { skipped: [{ reason: 'No longer snoozed by you.', incidents: 1 }] },
    })
  })

  it('asks first where it reaches more than what was chosen', async () => {
    const { bulk, given, answers, said, settle, selected } = onDesk([
      entryOf('a', big),
      entryOf('c', small),
    ])
    bulk.start('acknowledge')
    expect(bulk.store.getState()).toMatchObject({ phase: 'asking', plan: { others: 4 } })
    expect(given).toEqual([])
    bulk.confirm()
    expect(given.map(({ name, input }) => [name, input.incidentId])).toEqual([
      ['incident.acknowledge', 'big'],
      ['incident.acknowledge', 'small'],
    ])
    answers[0]?.('done')
    await settle()
    expect(bulk.store.getState()).toMatchObject({ phase: 'running', progress: { done: 1 } })
    // One run at a time: a second press starts nothing.
    bulk.start('acknowledge')
    answers[1]?.(refused)
    await settle()
    expect(given).toHaveLength(2)
    expect(bulk.store.getState()).toMatchObject({
      phase: 'ended',
      progress: { done: 1, failures: [{ error: refused }] },
    })
    expect(said).toEqual([
      'The last bulk action is still running.',
      'Acknowledged 1 incident. 1 command refused.',
    ])
    // What is left to do stays chosen.
    expect(selected()).toEqual(new Set(['c']))
    bulk.dismiss()
    expect(bulk.store.getState()).toBeNull()
  })

  it('snoozes until the time that was chosen, without a question where nobody else is reached', () => {
    const { bulk, given } = onDesk([entryOf('c', small)])
    bulk.start('snooze', { until: 99, isByKey: true })
    expect(given).toMatchObject([
      { name: 'incident.snooze', input: { incidentId: 'small', until: 99 } },
    ])
  })

  it('stops when told so, and says how much was left', async () => {
    const chosen = Array.from({ length: 20 }, (_, index) =>
      entryOf(
        `a${String(index)}`,
        incidentWith({ id: `i${String(index)}`, counts: { ...noAlerts, firing: 1 } }),
      ),
    )
    const { bulk, given, answers, said, settle, selected } = onDesk(chosen)
    bulk.start('acknowledge')
    bulk.dismiss()
    bulk.stop()
    expect(bulk.store.getState()).toMatchObject({ phase: 'running', isStopping: true })
    for (const answer of answers) answer('done')
    await settle()
    expect(given).toHaveLength(MAX_IN_FLIGHT)
    expect(said).toEqual(['Acknowledged 8 incidents. Stopped: 12 incidents unchanged.'])
    expect(selected()).toBeNull()
  })

  it('says why it does nothing where nothing can be done', () => {
    const { bulk, said } = onDesk([entryOf('a', taken)])
    bulk.start('acknowledge')
    expect(bulk.store.getState()).toMatchObject({
      phase: 'ended',
      plan: { skipped: [{ incidents: 1 }] },
    })
    expect(said).toEqual(['Nothing to acknowledge.'])
  })
})

describe('planUndo', () => {
  it('takes nothing from somebody else', () => {
    const plan = planUndo('unacknowledge', [small, taken], () => null)
    expect(plan).toMatchObject({ incidents: [], skipped: [{ incidents: 2 }] })
    expect(describeEnd(plan, { done: 0, kept: 0, failures: [] })).toBe('Nothing to unacknowledge.')
  })
})

describe('describeEnd', () => {
  it('tells what waits for the engine', () => {
    const plan = planBulk('snooze', [entryOf('a', small)])
    expect(describeEnd(plan, { done: 0, kept: 1, failures: [] })).toBe(
      '1 command queued until Deckwatch returns.',
    )
  })
})
