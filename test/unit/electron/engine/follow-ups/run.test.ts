import { describe, expect, it } from 'vitest'
import type { Change, FollowUp } from '#electron/engine/follow-ups/follow-up.ts'
import { runFollowUps, type Cause } from '#electron/engine/follow-ups/run.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { subjectOf, type EventBody, type NewEvent } from '#shared/domain/watch/event.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'

const NOW = 5_000

const added = (sourceId: string): EventBody => ({
  type: 'source.added',
  sourceId,
  name: sourceId,
  sourceType: 'drill',
})
const happened = (sourceId: string): NewEvent => ({
  id: `happened ${sourceId}`,
  at: NOW,
  actor: { kind: 'person', id: 'ada', name: 'ada' },
  body: added(sourceId),
})
const bodies = (...of: readonly EventBody[]) => ({ bodies: of, deliveries: [] })
const subjects = (events: readonly { readonly body: EventBody }[]) =>
  events.map(({ body }) => subjectOf(body))

/** Adds one event for each of another source that it hears of. */
const chain = (name: string, from: string, to: string): FollowUp => ({
  name,
  after: ({ events }) => bodies(...(subjects(events).includes(from) ? [added(to)] : [])),
})

function run(followUps: readonly FollowUp[], cause: Cause) {
  const bugs: string[] = []
  const outcome = runFollowUps(followUps, emptyWatch, cause, {
    ids: createNodeIds(),
    now: NOW,
    guarded(_doing, step) {
      try {
        return step()
      } catch (error) {
        bugs.push(error instanceof Error ? error.message : '')
        return false
      }
    },
  })
  return { ...outcome, bugs }
}

const of = (...sourceIds: readonly string[]): Cause => ({
  kind: 'events',
  events: sourceIds.map(happened),
})

describe('follow-ups', () => {
  it('add to the batch what follows, until nothing follows any more', () => {
    const { events, after, bugs } = run(
      [chain('third', 'b', 'c'), chain('second', 'a', 'b')],
      of('a'),
    )
    expect(subjects(events)).toEqual(['a', 'b', 'c'])
    expect([...after.sources.keys()]).toEqual(['a', 'b', 'c'])
    expect(after.seq).toBe(3)
    expect(bugs).toEqual([])
  })

  it('are Deckwatch’s own doing, with ids that the same batch gives again', () => {
    const cause = of('a')
    const [first, again] = [run([chain('x', 'a', 'b')], cause), run([chain('x', 'a', 'b')], cause)]
    expect(first.events[0]).toMatchObject(happened('a'))
    expect(first.events[1]).toMatchObject({ at: NOW, actor: { kind: 'deckwatch' } })
    expect(new Set(first.events.map(({ id }) => id)).size).toBe(2)
    expect(again.events).toEqual(first.events)
  })

  it('look at each event once, and at how things stand before and after', () => {
    const changes: Change[] = []
    const witness: FollowUp = {
      name: 'witness',
      after(change) {
        changes.push(change)
        return bodies()
      },
    }
    run([chain('x', 'a', 'b'), witness, chain('y', 'b', 'c')], of('a'))
    expect(changes.map(({ events }) => subjects(events))).toEqual([['a', 'b'], ['c']])
    expect(changes.map(({ before }) => before.seq)).toEqual([0, 0])
    expect(changes.map(({ after }) => [...after.sources.keys()])).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c'],
    ])
    expect(changes.map(({ now }) => now)).toEqual([NOW, NOW])
  })

  it('are asked what time alone makes due, each after what those before it added', () => {
    const first: FollowUp = { name: 'first', due: () => bodies(added('a')) }
    const second: FollowUp = {
      name: 'second',
      due: (state, now) => bodies(added(`${String(state.sources.size)} ${String(now)}`)),
    }
    const { events } = run([first, second, chain('x', 'a', 'b')], { kind: 'time' })
    expect(subjects(events)).toEqual(['a', `1 ${String(NOW)}`, 'b'])
  })

  it('hand their deliveries over with the events', () => {
    const paging: FollowUp = {
      name: 'paging',
      after: ({ events }) => ({
        bodies: [],
        deliveries: events.map(({ id }) => ({
          key: 'k',
          kind: 'page' as const,
          eventId: id,
          channel: 'c',
        })),
      }),
    }
    expect(run([paging], of('a')).deliveries).toMatchObject([{ eventId: 'happened a' }])
  })

  it('leave what happened alone when one of them throws', () => {
    const broken: FollowUp = {
      name: 'broken',
      after() {
        throw new Error('no such thing')
      },
    }
    const { events, bugs } = run([broken, chain('x', 'a', 'b')], of('a'))
    expect(subjects(events)).toEqual(['a', 'b'])
    expect(bugs).toContain('no such thing')
  })

  it('are stopped and named when they drive each other without end', () => {
    let count = 0
    const endless: FollowUp = {
      name: 'endless',
      after() {
        count += 1
        return bodies(added(String(count)))
      },
    }
    const { events, bugs } = run([chain('calm', 'a', 'b'), endless], of('a'))
    expect(bugs).toEqual([
      'Follow-ups that add events without end were stopped after 20 rounds: endless',
    ])
    expect(subjects(events).slice(0, 3)).toEqual(['a', 'b', '1'])
    expect(events).toHaveLength(count + 2)
  })

  it('have nothing to say of an empty batch', () => {
    const asked: FollowUp = { name: 'asked', after: () => bodies(added('never')) }
    expect(run([asked], of()).events).toEqual([])
  })
})
