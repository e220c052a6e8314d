import type { NotificationPolicy } from '#shared/domain/configuration/schema.ts'
import {
  readDeliveryKey,
  type ChannelProblem,
  type Page,
  type PageMessage,
} from '#shared/domain/page/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { Channel } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { Journal } from '../ports/journal.ts'
import type { Logger } from '../ports/logger.ts'
import type { WaitingDelivery } from '../ports/delivery.ts'
import type { Recorder } from '../record/recorder.ts'
import { MAX_ATTEMPTS, MAX_WAIT_MS, waitAfter } from './back-off.ts'
import { fateOf } from './fate.ts'
import type { Gate } from './gate.ts'
import { sendWithin } from './send-within.ts'
import { createWaitingLine } from './waiting-line.ts'

interface Deps {
  readonly clock: Clock
  readonly journal: Pick<Journal, 'waitingDeliveries'>
  readonly recorder: Pick<Recorder, 'state' | 'recordOutcomes'>
  readonly logger: Logger
  readonly policy: () => NotificationPolicy
  readonly gate: Pick<Gate, 'mayPass' | 'keptBack'>
}

/** What becomes of an attempt, for who shows the state of the channel. */
export interface WorkerListener {
  /** From now on it may be on the screen, also when the attempt fails: it may only be late. */
  begun(page: Page): void
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
  { clock, journal, recorder, logger, policy, gate }: Deps,
  listener: WorkerListener,
): ChannelWorker {
  const line = createWaitingLine(channel.name, journal, recorder, gate)
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

  async function attempt({ key, attempts }: WaitingDelivery): Promise<void> {
    const page = recorder.state().pages.get(readDeliveryKey(key)?.pageId ?? '')
    if (!page) {
      logger.error({ key }, 'A delivery is of no known page and is dropped')
      drop(page, 'over', { key, attempts })
      return
    }
    const fate = whatBecomesOf(page)
    if (fate.kind === 'drop') {
      drop(page, fate.reason, { key, attempts })
      return
    }
    listener.begun(page)
    const sent = await inTurn(fate.message)
    if (isStopped) return
    if (sent.ok) {
      succeed(page, { key, attempts: attempts + 1 })
      // It works: what waits for its next attempt need not.
      isImpatient = true
      listener.sent()
    } else {
      fail(page, sent.error, { key, attempts: attempts + 1 })
      // It does not work yet: what else waits is tried at its time.
      isImpatient = false
      listener.failed(sent.error)
    }
  }

  function whatBecomesOf(page: Page) {
    return fateOf(page, {
      state: recorder.state(),
      policy: policy(),
      channel: channel.name,
      now: clock.now(),
    })
  }

  function drop(
    page: Page | undefined,
    reason: Extract<EventBody, { type: 'page.dropped' }>['reason'],
    count: Pick<WaitingDelivery, 'key' | 'attempts'>,
  ): void {
    line.settle(
      page ? { type: 'page.dropped', ...subjectOf(page), channel: channel.name, reason } : null,
      { ...count, state: 'dropped', nextAt: 0 },
    )
  }

  function succeed(page: Page, count: Pick<WaitingDelivery, 'key' | 'attempts'>): void {
    const { attempts } = count
    line.settle(
      { type: 'page.sent', ...subjectOf(page), channel: channel.name, attempts },
      { ...count, state: 'sent', nextAt: 0 },
    )
  }

  function fail(
    page: Page,
    problem: ChannelProblem,
    count: Pick<WaitingDelivery, 'key' | 'attempts'>,
  ): void {
    const { attempts } = count
    const isFinal = attempts >= MAX_ATTEMPTS
    const isNews = isFinal || page.deliveries[channel.name]?.problem?.code !== problem.code
    const failed: EventBody = {
      type: 'page.failed',
      ...subjectOf(page),
      channel: channel.name,
      attempts,
      problem,
      isFinal,
    }
    line.settle(isNews ? failed : null, {
      ...count,
      state: isFinal ? 'failed' : 'waiting',
      nextAt: clock.now() + waitAfter(attempts),
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

function subjectOf(page: Page): { pageId: string; incidentId: string | null } {
  return { pageId: page.id, incidentId: page.isSummary ? null : (page.incidentIds[0] ?? null) }
}
