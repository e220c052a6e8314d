import type { ChannelProblem, PageMessage } from '#shared/domain/page/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type {
  DeliveryDecision,
  DeliveryKind,
  DeliveryKinds,
  DeliveryResult,
} from '../deliveries/kind.ts'
import type { Channel } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { Journal } from '../ports/journal.ts'
import type { Logger } from '../ports/logger.ts'
import type { WaitingDelivery } from '../ports/delivery.ts'
import type { Recorder } from '../record/recorder.ts'
import { MAX_ATTEMPTS, MAX_WAIT_MS, waitAfter } from './back-off.ts'
import type { Hold } from './hold.ts'
import { sendWithin } from './send-within.ts'
import { createWaitingLine } from './waiting-line.ts'

interface Deps {
  readonly clock: Clock
  readonly journal: Pick<Journal, 'waitingDeliveries'>
  readonly recorder: Pick<Recorder, 'state' | 'recordOutcomes'>
  readonly logger: Logger
  readonly kinds: DeliveryKinds
  readonly hold: Pick<Hold, 'isHeld'>
}

/** What becomes of an attempt, for who shows the state of the channel. */
export interface WorkerListener {
  /** From now on it may be on the screen, also when the attempt fails: it may only be late. */
  begun(kind: string, key: string): void
  sent(): void
  failed(problem: ChannelProblem): void
  /** What waits can be read again. */
  recovered(): void
}

const stumbled: ChannelProblem = {
  code: 'failed',
  message: 'The journal does not say what is to be sent.',
  hint: 'Keep the cockpit in view, and look at the disk of the data folder and at the log. It is tried again each minute.',
}

/** A delivery of a kind that a newer version knew: nobody can say what it is. */
const noSuchKind: DeliveryDecision = { isWanted: false, reason: 'over' }

/** Takes what waits for one channel from the journal, one at a time, and tries until it is settled. */
export interface ChannelWorker {
  /** Something may be waiting. */
  wake(): void
  /** What failed before may work now: tries at once instead of at its time. */
  retryNow(): void
  /** Sends a message that nobody waits for, such as a test, when it is its turn. */
  deliver(message: PageMessage): Promise<Result<void, ChannelProblem>>
  /** Ends; an attempt under way is aborted and its delivery goes on waiting. */
  stop(): void
}

/** Makes the worker of a channel; it rests until it is woken. */
export function createChannelWorker(
  channel: Channel,
  { clock, journal, recorder, logger, kinds, hold }: Deps,
  listener: WorkerListener,
): ChannelWorker {
  const line = createWaitingLine(channel.name, { journal, recorder, kinds, hold })
  let isBusy = false
  let isStopped = false
  let isImpatient = false
  let hasStumbled = false
  let cancelTimer: () => void = () => undefined
  let underWay: AbortController | null = null
  let turn: Promise<unknown> = Promise.resolve()

  async function work(): Promise<void> {
    if (isBusy || isStopped) return
    isBusy = true
    cancelTimer()
    const tried = new Set<string>()
    try {
      while (goesOn()) {
        // One that failed again just now is left to its time, however well the others go.
        const next = line.next(clock.now(), (key) => isImpatient && !tried.has(key))
        if (hasStumbled) listener.recovered()
        hasStumbled = false
        if (next.kind === 'nothing') return
        if (next.kind === 'wait') {
          wakeIn(next.ms)
          return
        }
        tried.add(next.delivery.key)
        await attempt(next.delivery)
      }
    } catch (error) {
      logger.error(
        { err: error, channel: channel.name },
        'What waits could not be read or recorded',
      )
      hasStumbled = true
      listener.failed(stumbled)
      wakeIn(MAX_WAIT_MS)
    } finally {
      isImpatient = false
      isBusy = false
    }
  }

  const goesOn = () => !isStopped

  function wakeIn(ms: number): void {
    cancelTimer()
    if (!isStopped) cancelTimer = clock.after(ms, () => void work())
  }

  async function attempt({ key, kind: name, attempts }: WaitingDelivery): Promise<void> {
    const ref = { key, channel: channel.name }
    const kind = kinds.get(name)
    const decision = kind?.stillWanted(recorder.state(), ref, clock.now()) ?? noSuchKind
    const message = decision.isWanted ? kind?.compose(recorder.state(), ref) : null
    if (!kind || !message) {
      const reason = decision.isWanted ? 'over' : decision.reason
      settle(kind, { key, attempts }, { kind: 'dropped', reason })
      return
    }
    listener.begun(name, key)
    const sent = await inTurn(message)
    if (isStopped) return
    const count = { key, attempts: attempts + 1 }
    if (sent.ok) {
      settle(kind, count, { kind: 'sent', attempts: count.attempts })
      // It works: what waits for its next attempt need not.
      isImpatient = true
      listener.sent()
    } else {
      const isFinal = count.attempts >= MAX_ATTEMPTS
      settle(kind, count, {
        kind: 'failed',
        attempts: count.attempts,
        problem: sent.error,
        isFinal,
      })
      // It does not work yet: what else waits is tried at its time.
      isImpatient = false
      listener.failed(sent.error)
    }
  }

  function settle(
    kind: DeliveryKind | undefined,
    { key, attempts }: Pick<WaitingDelivery, 'key' | 'attempts'>,
    result: DeliveryResult,
  ): void {
    const ref = { key, channel: channel.name }
    const event = kind?.toEvent(recorder.state(), ref, result) ?? null
    if (result.kind === 'dropped' && event === null) {
      logger.error({ key }, 'A delivery is of nothing that is known, and is dropped')
    }
    const isWaiting = result.kind === 'failed' && !result.isFinal
    line.settle(event, {
      key,
      attempts,
      state: isWaiting ? 'waiting' : result.kind,
      nextAt: result.kind === 'failed' ? clock.now() + waitAfter(attempts) : 0,
    })
  }

  /** One message at a time is what channels are promised. */
  function inTurn(message: PageMessage): Promise<Result<void, ChannelProblem>> {
    const sent = turn.then(() =>
      sendWithin(channel, message, clock, (abort) => {
        underWay = abort
        if (isStopped) abort.abort()
      }),
    )
    turn = sent
    return sent
  }

  return {
    wake: () => void work(),
    retryNow() {
      isImpatient = true
      void work()
    },
    deliver: inTurn,
    stop() {
      isStopped = true
      cancelTimer()
      underWay?.abort()
    },
  }
}
