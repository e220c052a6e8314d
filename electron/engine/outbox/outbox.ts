import type { ChannelReport } from '#shared/contract/index.ts'
import { testMessage } from '#shared/domain/page/compose.ts'
import {
  deliveryKey,
  type ChannelFeedback,
  type ChannelProblem,
  type PageMessage,
} from '#shared/domain/page/schema.ts'
import {
  selfNotificationTag,
  type SelfNotificationName,
  type SelfNotificationText,
} from '#shared/domain/page/self-notification.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { DeliveryKinds, Screen } from '../deliveries/kind.ts'
import type { Channel } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Journal } from '../ports/journal.ts'
import type { Logger } from '../ports/logger.ts'
import type { Recorder } from '../record/recorder.ts'
import type { StatusBoard } from '../status/status-board.ts'
import { createChannelWorker, type ChannelWorker } from './channel-worker.ts'
import { createHold } from './hold.ts'
import { createRetryingSender, type RetryingSender } from './retrying-sender.ts'
import { createSelfNotifications } from './self-notifications.ts'

interface Deps {
  readonly clock: Clock
  readonly ids: Pick<Ids, 'derive' | 'random'>
  readonly journal: Pick<Journal, 'waitingDeliveries'>
  readonly recorder: Recorder
  readonly status: Pick<StatusBoard, 'raise' | 'clear'>
  readonly logger: Logger
  readonly inForce: Pick<InForce, 'channels' | 'isProvisional'>
  readonly kinds: DeliveryKinds
  /** Shows the cockpit to the person, for a press on what nobody knows any more. */
  readonly show: (incidentId: null) => void
}

/** Takes deliveries to their channels and what people do with them back to the journal. */
export interface Outbox {
  start(): void
  /** Something waits for these channels: tries it at once. */
  wake(channels: ReadonlySet<string>): void
  /** Withdraws what is shown and is over by now. */
  withdrawOver(): void
  /** The machine started or woke up: what waits is held until it is settled. */
  settling(): void
  /** How things stand is known again: tries at once what waits. */
  settled(): void
  /** A channel may have been turned on or off: what waits for one that is off is let go. */
  policyChanged(): void
  /** Something fails that belongs to no incident: one notification says so until it works again. */
  fails(name: SelfNotificationName, detail: string): void
  /** What that keeps from people, which is said in its place; null when it is nothing any more. */
  failsWith(name: SelfNotificationName, text: SelfNotificationText | null): void
  /** It works again, if it does not fail within `graceMs`. */
  worksAgain(name: SelfNotificationName, graceMs: number): void
  /** Sends a test message; null for a channel that there is not. */
  test(name: string): Promise<ChannelReport | null>
  stop(): Promise<void>
}

interface Line {
  readonly channel: Channel
  readonly worker: ChannelWorker
  /** By kind of delivery. */
  readonly screens: ReadonlyMap<string, Screen>
  /** For what is on no record: self notifications, and what is shown again. */
  readonly unrecorded: RetryingSender
  readonly unlisten: () => void
}

/** Makes the outbox; nothing is sent before `start`. */
export function createOutbox(channels: readonly Channel[], deps: Deps): Outbox {
  const { clock, recorder, status, logger, inForce, kinds } = deps
  const state = () => recorder.state()
  const hold = createHold({ state, kinds, isPolicyKnown: () => !inForce.isProvisional() })
  let lines: readonly Line[] = []
  const ofItself = createSelfNotifications(clock, {
    begun(name) {
      for (const line of lines) say(line, name)
    },
    ended(name) {
      for (const { channel } of lines) withdraw(channel, [selfNotificationTag(name)])
    },
  })
  let isFirst = true

  function open(channel: Channel): Line {
    const screens = openScreens(channel)
    const worker = createChannelWorker(
      channel,
      { ...deps, hold },
      {
        begun: (kind, key) => {
          screens.get(kind)?.begun(state(), key)
        },
        sent() {
          works(channel)
          // It may have been taken by somebody while it was on its way.
          takeBack({ channel, screens })
        },
        failed: (problem) => {
          // Nobody wants to hear of one that was turned off meanwhile.
          if (isOn(channel)) fails(channel, problem)
        },
        recovered() {
          works(channel)
        },
      },
    )
    const unlisten = channel.listen((feedback) => {
      takeFeedback({ channel, screens }, feedback)
    })
    const unrecorded = createRetryingSender(clock, (message) =>
      deliver({ channel, worker }, message),
    )
    return { channel, worker, screens, unrecorded, unlisten }
  }

  function openScreens({ name, takes }: Channel): ReadonlyMap<string, Screen> {
    return new Map(
      takes.flatMap((kind) => {
        const screen = kinds.get(kind)?.openScreen(state(), name)
        return screen ? [[kind, screen] as const] : []
      }),
    )
  }

  const isOn = ({ name }: Channel) => inForce.channels().includes(name)

  function fails({ name, failing }: Channel, { message, hint }: ChannelProblem): void {
    status.raise('channel-failing', `${failing}. ${message}`, hint, name)
  }

  function works({ name }: Channel): void {
    status.clear('channel-failing', name)
  }

  function withdraw(channel: Channel, tags: readonly string[]): void {
    if (!channel.capabilities.includes('withdraw')) return
    for (const tag of tags) {
      try {
        channel.withdraw(tag)
      } catch (error) {
        // The watch goes on, whatever a channel cannot do.
        logger.error({ err: error, channel: channel.name }, 'A notification could not be withdrawn')
      }
    }
  }

  function takeBack({ channel, screens }: Pick<Line, 'channel' | 'screens'>): void {
    for (const screen of screens.values()) withdraw(channel, screen.takeOver(state()))
  }

  /** Hands a message over out of turn, and shows whether that worked. */
  async function deliver(
    { channel, worker }: Pick<Line, 'channel' | 'worker'>,
    message: PageMessage,
  ) {
    const sent = await worker.deliver(message)
    if (sent.ok) works(channel)
    else if (isOn(channel)) fails(channel, sent.error)
    return sent
  }

  function say({ channel, unrecorded }: Line, name: SelfNotificationName): void {
    unrecorded.say(name, () => (isOn(channel) ? ofItself.message(name, channel.name) : null))
  }

  /**
   * What an earlier life has shown has buttons that nobody hears: it is shown anew, without a sound,
   * in its own place. What is over by now is withdrawn instead.
   */
  function showAgain({ channel, screens, unrecorded }: Line): void {
    const { name, capabilities } = channel
    const needed = ['buttons', 'replace', 'sound'] as const
    if (!needed.every((one) => capabilities.includes(one))) return
    for (const [kind, screen] of screens) {
      for (const { key, tag } of screen.sentBefore(state())) {
        unrecorded.say(tag, () => {
          if (!screen.sentBefore(state()).some((other) => other.key === key)) return null
          const message = kinds.get(kind)?.compose(state(), { key, channel: name })
          return message ? { ...message, sound: 'none' } : null
        })
      }
    }
  }

  function takeFeedback(
    { channel, screens }: Pick<Line, 'channel' | 'screens'>,
    feedback: ChannelFeedback,
  ): void {
    const { key, action } = feedback
    /** Whoever tells of a press is a bare event of the platform: thrown there, it ends the process. */
    const guarded = (step: () => boolean): boolean => {
      try {
        return step()
      } catch (error) {
        const known = { err: error, channel: channel.name, action }
        logger.error(known, 'A press on a message was not taken in')
        return false
      }
    }
    guarded(() => {
      const kind = [...kinds.values()].find((each) => each.isOf(state(), key))
      const screen = kind && screens.get(kind.name)
      if (kind && screen) kind.takeFeedback(feedback, { channel: channel.name, screen, guarded })
      // A press on a test, or on a page of long ago: it is not lost in silence.
      else if (action !== 'dismissed') deps.show(null)
      return true
    })
  }

  return {
    start() {
      lines = channels.map(open)
      hold.settling()
      for (const line of lines) {
        takeBack(line)
        for (const name of ofItself.names()) say(line, name)
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
      hold.settling()
    },
    settled() {
      hold.settled()
      for (const line of lines) {
        if (isFirst) showAgain(line)
        line.worker.retryNow()
      }
      isFirst = false
    },
    fails: (name, detail) => {
      ofItself.begin(name, detail)
    },
    failsWith: (name, text) => {
      ofItself.keeps(name, text)
    },
    worksAgain: (name, graceMs) => {
      ofItself.end(name, graceMs)
    },
    policyChanged() {
      for (const { channel, worker } of lines) {
        if (isOn(channel)) {
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
      ofItself.stop()
      for (const { channel, worker, screens, unrecorded, unlisten } of lines) {
        worker.stop()
        unrecorded.stop()
        unlisten()
        // From now on nobody hears its buttons.
        for (const screen of screens.values()) withdraw(channel, screen.tags())
        withdraw(channel, ofItself.names().map(selfNotificationTag))
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
