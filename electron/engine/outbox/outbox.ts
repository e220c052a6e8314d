import type { ChannelReport } from '#shared/contract/index.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import type { NotificationPolicy } from '#shared/domain/configuration/schema.ts'
import { testMessage } from '#shared/domain/page/compose.ts'
import {
  deliveryKey,
  readDeliveryKey,
  type ChannelFeedback,
  type ChannelProblem,
} from '#shared/domain/page/schema.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import type { Channel, Clock, Ids, Journal, Logger } from '../ports.ts'
import type { Recorder } from '../recorder.ts'
import type { StatusBoard } from '../status-board.ts'
import { createChannelWorker, type ChannelWorker } from './channel-worker.ts'
import { createGate } from './gate.ts'
import { channelsInForce } from './pager.ts'
import { createShown, type Shown } from './shown.ts'

interface Deps {
  readonly clock: Clock
  readonly ids: Pick<Ids, 'derive' | 'random'>
  readonly journal: Pick<Journal, 'waitingDeliveries'>
  readonly recorder: Recorder
  readonly status: StatusBoard
  readonly logger: Logger
  readonly policy: () => NotificationPolicy
  /** False while the configuration cannot be read: nobody knows who is to be spared. */
  readonly isPolicyKnown: () => boolean
  /** Shows the cockpit, and in it the incident, to the person. */
  readonly show: (incidentId: string | null) => void
  /** Acknowledges as the person of this machine; true when it is recorded or was done already. */
  readonly acknowledge: (incidentId: string, requestId: string) => boolean
  readonly me: () => Actor
}

/** Takes deliveries to their channels and what people do with them back to the journal. */
export interface Outbox {
  start(): void
  /** Told of all that was recorded: something may have to go out, or to be taken back. */
  recorded(events: readonly Event[]): void
  /** The machine started or woke up: what waits is kept until it is settled. */
  settling(): void
  /** How things stand is known again: tries at once what waits. */
  settled(): void
  /** A channel may have been turned on or off: what waits for one that is off is let go. */
  policyChanged(): void
  /** Sends a test message; null for a channel that there is not. */
  test(name: string): Promise<ChannelReport | null>
  stop(): Promise<void>
}

interface Line {
  readonly channel: Channel
  readonly worker: ChannelWorker
  readonly shown: Shown
  readonly unlisten: () => void
}

/** Makes the outbox; nothing is sent before `start`. */
export function createOutbox(channels: readonly Channel[], deps: Deps): Outbox {
  const { clock, recorder, status, logger, policy, show } = deps
  const gate = createGate({ state: () => recorder.state(), isPolicyKnown: deps.isPolicyKnown })
  let lines: readonly Line[] = []
  /** What is wrong with which channel, by name: all of them end in one notice. */
  const failing = new Map<string, ChannelProblem>()

  function open(channel: Channel): Line {
    const shown = createShown(recorder.state(), channel.name)
    const worker = createChannelWorker(
      channel,
      { ...deps, gate },
      {
        begun: (page) => {
          shown.add(page)
        },
        sent() {
          works(channel)
          // It may have been taken by somebody while it was on its way.
          takeBack({ channel, shown })
        },
        failed: (problem) => {
          // Nobody wants to hear of one that was turned off meanwhile.
          if (isInForce(channel)) fails(channel, problem)
        },
      },
    )
    const unlisten = channel.listen((feedback) => {
      takeFeedback({ channel, shown }, feedback)
    })
    return { channel, worker, shown, unlisten }
  }

  const isInForce = ({ name }: Channel) => channelsInForce([name], policy()).length > 0

  function fails({ name }: Channel, problem: ChannelProblem): void {
    failing.set(name, problem)
    raise(name, problem)
  }

  function works({ name }: Channel): void {
    failing.delete(name)
    const [other] = failing
    if (other) raise(...other)
    else status.clear('channel-failing')
  }

  function raise(name: string, { message, hint }: ChannelProblem): void {
    const what = name === 'desktop' ? 'Notifications cannot be shown' : `${name} cannot be reached`
    status.raise('channel-failing', `${what}. ${message}`, hint)
  }

  function takeBack({ channel, shown }: Pick<Line, 'channel' | 'shown'>): void {
    for (const tag of shown.takeOver(recorder.state())) {
      try {
        channel.withdraw(tag)
      } catch (error) {
        // The watch goes on, whatever a channel cannot do.
        logger.error({ err: error, channel: channel.name }, 'A message could not be taken back')
      }
    }
  }

  function takeFeedback(
    { channel, shown }: Pick<Line, 'channel' | 'shown'>,
    { key, action }: ChannelFeedback,
  ): void {
    const page = recorder.state().pages.get(readDeliveryKey(key)?.pageId ?? '')
    if (!page) {
      // A test, or a page of long ago: whoever clicks it wants to see the cockpit.
      if (action === 'opened') show(null)
      return
    }
    const incidentId = page.isSummary ? null : (page.incidentIds[0] ?? null)
    shown.remove(page)
    if (page.seen?.how !== action) {
      recorder.recordOutcomes(
        [{ type: 'page.seen', pageId: page.id, incidentId, channel: channel.name, how: action }],
        [],
        deps.me(),
      )
    }
    if (action === 'opened') show(incidentId)
    if (action !== 'acknowledged' || incidentId === null) return
    // What cannot be acknowledged is shown, so that the press is not lost in silence.
    const requestId = `notification ${key} ${String(recorder.state().seq)}`
    if (!deps.acknowledge(incidentId, requestId)) show(incidentId)
  }

  return {
    start() {
      lines = channels.map(open)
      gate.settling()
      for (const line of lines) {
        takeBack(line)
        line.worker.wake()
      }
    },
    recorded(events) {
      const isRequested = events.some(({ body }) => body.type === 'page.requested')
      for (const line of lines) {
        if (isRequested) line.worker.wake()
        takeBack(line)
      }
    },
    settling: () => {
      gate.settling()
    },
    settled() {
      gate.settled()
      for (const { worker } of lines) worker.retryNow()
    },
    policyChanged() {
      for (const { channel, worker } of lines) {
        if (isInForce(channel)) {
          worker.wake()
          continue
        }
        works(channel)
        worker.retryNow()
      }
    },
    async test(name) {
      const line = lines.find(({ channel }) => channel.name === name)
      if (!line) return null
      const key = deliveryKey(
        deps.ids.derive('test', String(clock.now()), String(deps.ids.random())),
        name,
      )
      const sent = await line.worker.deliver(testMessage(key))
      const findings = await line.channel.describe().catch((error: unknown) => {
        logger.warn({ err: error, channel: name }, 'A channel cannot say what it is')
        return []
      })
      if (sent.ok) {
        works(line.channel)
        line.worker.retryNow()
      } else {
        fails(line.channel, sent.error)
      }
      return {
        isWorking: sent.ok,
        findings: [...findings],
        problem: sent.ok ? null : sent.error,
      }
    },
    async stop() {
      for (const { worker, unlisten } of lines) {
        worker.stop()
        unlisten()
      }
      const outcomes = await Promise.allSettled(lines.map(({ channel }) => channel.close()))
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') {
          logger.error({ err: outcome.reason as unknown }, 'A channel could not be closed')
        }
      }
    },
  }
}
