import type { Actor } from '#shared/domain/actor/schema.ts'
import type { Event, NewEvent } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Delivery } from '../ports/delivery.ts'
import type { Ids } from '../ports/ids.ts'
import { stamp } from '../record/event-id.ts'
import type { InsideGuard } from '../status/inside-guard.ts'
import { nothingToAdd, type Additions, type FollowUp } from './follow-up.ts'

/** Rules that still add something after so many rounds go on for ever. */
const MAX_ROUNDS = 20

const deckwatch: Actor = { kind: 'deckwatch' }

/** What starts it: events that are about to be recorded, or the time. */
export type Cause =
  | { readonly kind: 'events'; readonly events: readonly NewEvent[] }
  | { readonly kind: 'time' }

/** A batch with all that follows from it. */
export interface FollowedUp {
  /** What caused it first, then what was added, in order. */
  readonly events: readonly NewEvent[]
  readonly deliveries: readonly Delivery[]
  /** The state after all of the events, if all of them turn out to be new. */
  readonly after: WatchState
}

/** What running them needs. */
export interface RunContext {
  readonly ids: Pick<Ids, 'derive'>
  /** ms since the epoch, UTC. */
  readonly now: number
  /** A follow-up that throws adds nothing; what happened is recorded all the same. */
  readonly guarded: InsideGuard
}

/**
 * Asks the follow-ups, in order and round after round, until none adds anything. Rules that drive
 * each other without end are a bug: they are stopped, named in the log, and what they added until
 * then stays.
 */
export function runFollowUps(
  followUps: readonly FollowUp[],
  state: WatchState,
  cause: Cause,
  { ids, now, guarded }: RunContext,
): FollowedUp {
  const events: Event[] = []
  const deliveries: Delivery[] = []
  let after = state

  function add(added: readonly NewEvent[]): void {
    if (added.length === 0) return
    const numbered = added.map((event, index) => ({ ...event, seq: after.seq + index + 1 }))
    for (const event of numbered) events.push(event)
    after = evolve(after, numbered)
  }

  function ask({ name }: FollowUp, decide: () => Additions): boolean {
    const known = events.length
    guarded(`working out what follows (${name})`, () => {
      const additions = decide()
      add(stamp(after, additions.bodies, { ids, now, actor: deckwatch }))
      deliveries.push(...additions.deliveries)
      return true
    })
    return events.length > known
  }

  if (cause.kind === 'events') add(cause.events)
  else for (const each of followUps) ask(each, () => each.due?.(after, now) ?? nothingToAdd)

  /** How many of the events each of them has looked at. */
  const looked = new Map<FollowUp, number>()
  for (let round = 1; ; round += 1) {
    const adding = followUps.filter((each) => {
      const fresh = events.slice(looked.get(each) ?? 0)
      if (fresh.length === 0 || !each.after) return false
      looked.set(each, events.length)
      return ask(
        each,
        () => each.after?.({ before: state, after, events: fresh, now }) ?? nothingToAdd,
      )
    })
    const isEndless = adding.length > 0 && round === MAX_ROUNDS
    guarded('working out what follows', () => {
      if (isEndless) throw new Error(endless(adding))
      return true
    })
    if (adding.length === 0 || isEndless) return { events, deliveries, after }
  }
}

function endless(adding: readonly FollowUp[]): string {
  const names = adding.map(({ name }) => name).join(', ')
  return `Follow-ups that add events without end were stopped after ${String(MAX_ROUNDS)} rounds: ${names}`
}
