import type { ChannelFeedback, ChannelProblem, PageMessage } from '#shared/domain/page/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { DeliveryKindName } from './delivery.ts'

/**
 * What a channel can do with a message. `replace`: one takes the place of the one that is shown under
 * its tag. `withdraw`: what is shown can be taken away. `buttons`: a person can act on it, which is
 * heard while Deckwatch runs. `sound`: it rings as loud as the message says, or not at all.
 */
export type ChannelCapability = 'replace' | 'withdraw' | 'buttons' | 'sound'

/**
 * A way to reach a person, such as the desktop's notifications. Failures are values; throwing is a
 * bug. The outbox sends one message at a time to each channel.
 */
export interface Channel {
  /** What deliveries and the configuration call it, such as `desktop`. */
  readonly name: string
  /** How the status begins while it fails, such as `Notifications cannot be shown`. */
  readonly failing: string
  /** The kinds of deliveries that it takes. */
  readonly takes: readonly DeliveryKindName[]
  readonly capabilities: readonly ChannelCapability[]
  /** Hands a message over; settles once the receiver has taken it, not when a person has seen it. */
  send(message: PageMessage, signal: AbortSignal): Promise<Result<void, ChannelProblem>>
  /** Withdraws what is shown under a tag. Does nothing for a tag that is not shown. */
  withdraw(tag: string): void
  /** Calls back when a person did something with a message; returns what stops it. */
  listen(listener: (feedback: ChannelFeedback) => void): () => void
  /** Facts for "send a test": what shows notifications here, whether buttons and sounds work. */
  describe(): Promise<readonly string[]>
  /** Ends what it runs. What is shown may stay. */
  close(): Promise<void>
}
