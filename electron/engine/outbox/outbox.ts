import type { ChannelReport } from '#shared/contract/index.ts'
import type { NotificationPolicy } from '#shared/domain/configuration/schema.ts'
import { testMessage } from '#shared/domain/page/compose.ts'
import { noticeTag, type NoticeName } from '#shared/domain/page/notice.ts'
import { deliveryKey, type ChannelProblem, type PageMessage } from '#shared/domain/page/schema.ts'
import { channelsInForce } from '../configuration/channels-in-force.ts'
import type { Channel } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Journal } from '../ports/journal.ts'
import type { Logger } from '../ports/logger.ts'
import type { Recorder } from '../record/recorder.ts'
import type { StatusBoard } from '../status/status-board.ts'
import { createChannelWorker, type ChannelWorker } from './channel-worker.ts'
import { messageNow } from './fate.ts'
import { takeFeedback, type FeedbackDeps } from './feedback.ts'
import { createGate } from './gate.ts'
import { createNotices } from './notices.ts'
import { createShown, sentBefore, type Shown } from './shown.ts'
import { createUnrecorded, type Unrecorded } from './unrecorded.ts'

interface Deps extends FeedbackDeps {
  readonly clock: Clock
  readonly ids: Pick<Ids, 'derive' | 'random'>
  readonly journal: Pick<Journal, 'waitingDeliveries'>
  readonly recorder: Recorder
  readonly status: StatusBoard
  readonly logger: Logger
  readonly policy: () => NotificationPolicy
  /** False while the configuration cannot be read: nobody knows who is to be spared. */
  readonly isPolicyKnown: () => boolean
}

/** Takes deliveries to their channels and what people do with them back to the journal. */
export interface Outbox {
  start(): void
  /** Something waits for these channels: tries it at once. */
  wake(channels: ReadonlySet<string>): void
  /** Withdraws what is shown and is over by now. */
  withdrawOver(): void
  /** The machine started or woke up: what waits is kept until it is settled. */
  settling(): void
  /** How things stand is known again: tries at once what waits. */
  settled(): void
  /** A channel may have been turned on or off: what waits for one that is off is let go. */
  policyChanged(): void
  /** Something fails that no incident can tell of: it is told once until it works again. */
  fails(name: NoticeName, detail: string): void
  /** It works again, if it does not fail within `graceMs`. */
  worksAgain(name: NoticeName, graceMs: number): void
  /** Sends a test message; null for a channel that there is not. */
  test(name: string): Promise<ChannelReport | null>
  stop(): Promise<void>
}

interface Line {
  readonly channel: Channel
  readonly worker: ChannelWorker
  readonly shown: Shown
  readonly unrecorded: Unrecorded
  readonly unlisten: () => void
}

/** Makes the outbox; nothing is sent before `start`. */
export function createOutbox(channels: readonly Channel[], deps: Deps): Outbox {
  const { clock, recorder, status, logger, policy } = deps
  const gate = createGate({ state: () => recorder.state(), isPolicyKnown: deps.isPolicyKnown })
  let lines: readonly Line[] = []
  /** What is wrong with which channel, by name: all of them end in one notice. */
  const failing = new Map<string, ChannelProblem>()
  const notices = createNotices(clock, {
    begun(name) {
      for (const line of lines) say(line, name)
    },
    ended(name) {
      for (const { channel } of lines) withdraw(channel, [noticeTag(name)])
    },
  })
  let isFirst = true

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
        recovered() {
          works(channel)
        },
      },
    )
    const unlisten = channel.listen((feedback) => {
      takeFeedback(channel.name, shown, feedback, deps)
    })
    const unrecorded = createUnrecorded(clock, (message) => deliver({ channel, worker }, message))
    return { channel, worker, shown, unrecorded, unlisten }
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

  function withdraw(channel: Channel, tags: readonly string[]): void {
    for (const tag of tags) {
      try {
        channel.withdraw(tag)
      } catch (error) {
        // The watch goes on, whatever a channel cannot do.
        logger.error({ err: error, channel: channel.name }, 'A notification could not be withdrawn')
      }
    }
  }

  function takeBack({ channel, shown }: Pick<Line, 'channel' | 'shown'>): void {
    withdraw(channel, shown.takeOver(recorder.state()))
  }

  /** Hands a message over out of turn, and shows whether that worked. */
  async function deliver(
    { channel, worker }: Pick<Line, 'channel' | 'worker'>,
    message: PageMessage,
  ) {
    const sent = await worker.deliver(message)
    if (sent.ok) works(channel)
    else if (isInForce(channel)) fails(channel, sent.error)
    return sent
  }

  function say({ channel, unrecorded }: Line, name: NoticeName): void {
    unrecorded.say(name, () => (isInForce(channel) ? notices.message(name, channel.name) : null))
  }

  /**
   * What an earlier life has shown has buttons that nobody hears: it is shown anew, without a sound,
   * in its own place. A page that is over by now is taken back instead.
   */
  function showAgain({ channel, unrecorded }: Line): void {
    for (const { id, tag } of sentBefore(recorder.state(), channel.name)) {
      unrecorded.say(tag, () => {
        const page = recorder.state().pages.get(id)
        if (!page || page.seen) return null
        const context = { state: recorder.state(), policy: policy(), channel: channel.name }
        const message = messageNow(page, { ...context, now: clock.now() })
        return message && { ...message, sound: 'none' }
      })
    }
  }

  return {
    start() {
      lines = channels.map(open)
      gate.settling()
      for (const line of lines) {
        takeBack(line)
        for (const name of notices.names()) say(line, name)
        line.worker.wake()
      }
    },
    wake(names) {
      for (const { channel, worker } of lines) if (names.has(channel.name)) worker.wake()
    },
    withdrawOver() {
      for (const line of lines) takeBack(line)
    },
    settling: () => {
      gate.settling()
    },
    settled() {
      gate.settled()
      for (const line of lines) {
        if (isFirst) showAgain(line)
        line.worker.retryNow()
      }
      isFirst = false
    },
    fails: (name, detail) => {
      notices.begin(name, detail)
    },
    worksAgain: (name, graceMs) => {
      notices.end(name, graceMs)
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
      const sent = await deliver(line, testMessage(key))
      const findings = await line.channel.describe().catch((error: unknown) => {
        logger.warn({ err: error, channel: name }, 'A channel cannot say what it is')
        return []
      })
      if (sent.ok) line.worker.retryNow()
      return {
        isWorking: sent.ok,
        findings: [...findings],
        problem: sent.ok ? null : sent.error,
      }
    },
    async stop() {
      notices.stop()
      for (const { channel, worker, shown, unrecorded, unlisten } of lines) {
        worker.stop()
        unrecorded.stop()
        unlisten()
        // From now on nobody hears its buttons.
        withdraw(channel, [...shown.tags(), ...notices.names().map(noticeTag)])
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
