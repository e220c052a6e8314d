import { queueSection } from '#shared/domain/incident/schema.ts'
import {
  pageMessageSchema,
  readDeliveryKey,
  type ChannelProblem,
  type Page,
  type PageMessage,
} from '#shared/domain/page/schema.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Channel, Clock, DeliveryOutcome, Journal, Logger, WaitingDelivery } from '../ports.ts'
import type { Recorder } from '../recorder.ts'
import { MAX_ATTEMPTS, MAX_WAIT_MS, waitAfter } from './back-off.ts'

/** A channel that does not settle within this, ms, has failed. */
const SEND_TIMEOUT_MS = 15_000

interface Deps {
  readonly clock: Clock
  readonly journal: Pick<Journal, 'waitingDeliveries'>
  readonly recorder: Pick<Recorder, 'state' | 'recordOutcomes'>
  readonly logger: Logger
}

/** What became of an attempt, for who shows the state of the channel. */
export interface WorkerListener {
  sent(message: PageMessage): void
  failed(problem: ChannelProblem): void
}

/** Takes what waits for one channel from the journal, one at a time, and tries until it is settled. */
export interface ChannelWorker {
  /** Something may be waiting. */
  wake(): void
  /** What failed before may work now: tries at once instead of at its time. */
  retryNow(): void
  /** Ends; an attempt under way is aborted and its delivery goes on waiting. */
  stop(): void
}

/** Makes the worker of a channel; it rests until it is woken. */
export function createChannelWorker(
  channel: Channel,
  { clock, journal, recorder, logger }: Deps,
  listener: WorkerListener,
): ChannelWorker {
  let isBusy = false
  let isStopped = false
  let isImpatient = false
  let cancelTimer: () => void = () => undefined
  let underWay: AbortController | null = null
  /** Settled, but the journal could not take it down: these must not go out a second time. */
  const unrecorded = new Map<string, { body: EventBody | null; outcome: DeliveryOutcome }>()

  async function work(): Promise<void> {
    if (isBusy || isStopped) return
    isBusy = true
    cancelTimer()
    try {
      while (goesOn()) {
        const [next] = journal.waitingDeliveries(channel.name, 1)
        if (!next) return
        const wait = isImpatient ? 0 : next.nextAt - clock.now()
        // A longer wait than there is comes from a clock that was set back.
        if (wait > 0 && wait <= MAX_WAIT_MS) {
          wakeIn(wait)
          return
        }
        await attempt(next)
      }
      wakeIn(MAX_WAIT_MS)
    } catch (error) {
      logger.error({ err: error, channel: channel.name }, 'The outbox stumbled: this is a bug')
      wakeIn(MAX_WAIT_MS)
    } finally {
      isImpatient = false
      isBusy = false
    }
  }

  function goesOn(): boolean {
    return !isStopped && recordLate()
  }

  function wakeIn(ms: number): void {
    cancelTimer()
    if (!isStopped) cancelTimer = clock.after(ms, () => void work())
  }

  async function attempt(delivery: WaitingDelivery): Promise<void> {
    const { key, attempts } = delivery
    const message = pageMessageSchema.safeParse(toJson(delivery.body))
    const page = recorder.state().pages.get(readDeliveryKey(key)?.pageId ?? '')
    if (!message.success || !page || !isWanted(page, recorder.state())) {
      if (!message.success) logger.error({ key }, 'A delivery cannot be read and is dropped')
      settle(page ? { type: 'page.dropped', ...subjectOf(page), channel: channel.name } : null, {
        key,
        state: 'dropped',
        attempts,
        nextAt: 0,
      })
      return
    }
    const sent = await send(message.data)
    if (isStopped) return
    const count = attempts + 1
    if (sent.ok) {
      settle(
        { type: 'page.sent', ...subjectOf(page), channel: channel.name, attempts: count },
        { key, state: 'sent', attempts: count, nextAt: 0 },
      )
      listener.sent(message.data)
      return
    }
    const isFinal = count >= MAX_ATTEMPTS
    const outcome: DeliveryOutcome = {
      key,
      state: isFinal ? 'failed' : 'waiting',
      attempts: count,
      nextAt: clock.now() + waitAfter(count),
    }
    const known = page.deliveries[channel.name]?.problem
    const isNews = isFinal || known?.code !== sent.error.code
    settle(
      isNews
        ? {
            type: 'page.failed',
            ...subjectOf(page),
            channel: channel.name,
            attempts: count,
            problem: sent.error,
            isFinal,
          }
        : null,
      outcome,
    )
    // It does not work yet: what else waits is tried at its time.
    isImpatient = false
    listener.failed(sent.error)
  }

  async function send(message: PageMessage): Promise<Result<void, ChannelProblem>> {
    return sendWithin(channel, message, clock, (abort) => {
      underWay = abort
    })
  }

  function settle(body: EventBody | null, outcome: DeliveryOutcome): void {
    const recorded = recorder.recordOutcomes(body ? [body] : [], [outcome])
    if (!recorded.ok) unrecorded.set(outcome.key, { body, outcome })
  }

  /** False while the journal takes nothing: what is sent now would be sent again. */
  function recordLate(): boolean {
    for (const [key, { body, outcome }] of unrecorded) {
      if (!recorder.recordOutcomes(body ? [body] : [], [outcome]).ok) return false
      unrecorded.delete(key)
    }
    return true
  }

  return {
    wake: () => void work(),
    retryNow() {
      isImpatient = true
      void work()
    },
    stop() {
      isStopped = true
      cancelTimer()
      underWay?.abort()
    },
  }
}

/**
 * Sends through a channel with a time limit. A channel that throws has failed like any other: one
 * that is broken must not stop the page.
 *
 * @param begun gets what aborts it.
 */
export async function sendWithin(
  channel: Channel,
  message: PageMessage,
  clock: Pick<Clock, 'after'>,
  begun: (abort: AbortController) => void = () => undefined,
): Promise<Result<void, ChannelProblem>> {
  const abort = new AbortController()
  begun(abort)
  let cancel: () => void = () => undefined
  const timeOut = new Promise<Result<void, ChannelProblem>>((resolve) => {
    cancel = clock.after(SEND_TIMEOUT_MS, () => {
      abort.abort()
      resolve(
        fail({
          code: 'timed-out',
          message: `${channel.name} did not take the message within ${String(SEND_TIMEOUT_MS / 1_000)} seconds.`,
          hint: 'Deckwatch tries again by itself. Keep the cockpit in view until it works.',
        }),
      )
    })
  })
  try {
    return await Promise.race([channel.send(message, abort.signal), timeOut])
  } catch (error) {
    return fail({
      code: 'failed',
      message: `${channel.name} failed: ${error instanceof Error ? error.message : 'unknown'}`,
      hint: 'This is a bug of Deckwatch: report it with the log. It tries again by itself.',
    })
  } finally {
    cancel()
  }
}

function subjectOf(page: Page): { pageId: string; incidentId: string | null } {
  return { pageId: page.id, incidentId: page.isSummary ? null : (page.incidentIds[0] ?? null) }
}

/**
 * True while somebody is still asked for. A page about one incident is out of date as soon as there
 * is a newer one about it; summaries each tell of other incidents.
 */
function isWanted(page: Page, { incidents }: WatchState): boolean {
  return page.incidentIds.some((id) => {
    const incident = incidents.get(id)
    if (incident?.status !== 'triggered' || queueSection(incident) !== 'active') return false
    return page.isSummary || incident.paged?.pageId === page.id
  })
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
