import type { EventBody } from '#shared/domain/watch/event.ts'
import type { DeliveryKinds } from '../deliveries/kind.ts'
import type { DeliveryOutcome, WaitingDelivery } from '../ports/delivery.ts'
import type { Journal } from '../ports/journal.ts'
import type { Recorder } from '../record/recorder.ts'
import { MAX_WAIT_MS } from './back-off.ts'
import type { Hold } from './hold.ts'

/** So many that are not held are looked at for the most urgent one. */
const LOOK_AHEAD = 200

/** What is to be done next for a channel. */
export type Next =
  | { readonly kind: 'send'; readonly delivery: WaitingDelivery }
  /** Nothing before `ms` have passed. */
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'nothing' }

/** The deliveries that wait for one channel, as the journal and what it could not take down say. */
export interface WaitingLine {
  /**
   * The most urgent one that may be tried.
   *
   * @param now ms since the epoch, UTC.
   * @param isEarly true for the keys that need not wait for their time.
   */
  next(now: number, isEarly: (key: string) => boolean): Next
  /** Takes down what became of one, or remembers it until the journal can. */
  settle(body: EventBody | null, outcome: DeliveryOutcome): void
}

interface Deps {
  readonly journal: Pick<Journal, 'waitingDeliveries'>
  readonly recorder: Pick<Recorder, 'state' | 'recordOutcomes'>
  readonly kinds: DeliveryKinds
  readonly hold: Pick<Hold, 'isHeld'>
}

/** Makes the line of a channel. */
export function createWaitingLine(
  channel: string,
  { journal, recorder, kinds, hold }: Deps,
): WaitingLine {
  /** The journal could not take these down: what was sent must not go out a second time. */
  const unrecorded = new Map<string, { body: EventBody | null; outcome: DeliveryOutcome }>()

  const record = (body: EventBody | null, outcome: DeliveryOutcome): boolean =>
    recorder.recordOutcomes(body ? [body] : [], [outcome]).ok

  function recordLate(): void {
    for (const [key, { body, outcome }] of unrecorded) {
      if (!record(body, outcome)) return
      unrecorded.delete(key)
    }
  }

  /** However many are held: the others are found behind them. */
  function waiting(): WaitingDelivery[] {
    for (let limit = LOOK_AHEAD; ; limit *= 2) {
      const all = journal.waitingDeliveries(channel, limit)
      const open = all.filter((delivery) => !hold.isHeld(delivery)).flatMap(asUnrecorded)
      if (open.length >= LOOK_AHEAD || all.length < limit) return open
    }
  }

  function asUnrecorded(delivery: WaitingDelivery): WaitingDelivery[] {
    const outcome = unrecorded.get(delivery.key)?.outcome
    if (!outcome) return [delivery]
    if (outcome.state !== 'waiting') return []
    return [{ ...delivery, attempts: outcome.attempts, nextAt: outcome.nextAt }]
  }

  const rankOf = ({ key, kind }: WaitingDelivery): number =>
    kinds.get(kind)?.rank(recorder.state(), key) ?? -1

  return {
    next(now, isEarly) {
      recordLate()
      const all = waiting()
      const due = all.filter(({ key, nextAt }) => isEarly(key) || waitOf(nextAt, now) === 0)
      const [first, ...others] = due
      if (first) {
        const delivery = others.reduce(
          (best, each) => (rankOf(each) < rankOf(best) ? each : best),
          first,
        )
        return { kind: 'send', delivery }
      }
      const waits = all.map(({ nextAt }) => waitOf(nextAt, now))
      if (unrecorded.size > 0) waits.push(MAX_WAIT_MS)
      return waits.length === 0 ? { kind: 'nothing' } : { kind: 'wait', ms: Math.min(...waits) }
    },
    settle(body, outcome) {
      if (record(body, outcome)) unrecorded.delete(outcome.key)
      else unrecorded.set(outcome.key, { body, outcome })
    },
  }
}

/** A longer wait than there is comes from a clock that was set back. */
function waitOf(nextAt: number, now: number): number {
  const wait = nextAt - now
  return wait > 0 && wait <= MAX_WAIT_MS ? wait : 0
}
