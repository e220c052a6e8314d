import type {
  ChannelFeedback,
  ChannelProblem,
  DropReason,
  PageMessage,
} from '#shared/domain/page/schema.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Delivery, DeliveryKindName } from '../ports/delivery.ts'

/** Which delivery is meant: all that a kind needs to find what it is about. */
export type DeliveryRef = Pick<Delivery, 'key' | 'channel'>

/** Whether a delivery must still go out; much may have happened since it was written. */
export type DeliveryDecision =
  | { readonly isWanted: true }
  | { readonly isWanted: false; readonly reason: DropReason }

/** What became of a delivery, or of one attempt. */
export type DeliveryResult =
  | { readonly kind: 'sent'; readonly attempts: number }
  | {
      readonly kind: 'failed'
      readonly attempts: number
      readonly problem: ChannelProblem
      /** True when it is not tried again. */
      readonly isFinal: boolean
    }
  | { readonly kind: 'dropped'; readonly reason: DropReason }

/** What of one kind is, or may be, shown on a channel because of us, so that it can be withdrawn. */
export interface Screen {
  /** It is being handed over: from now on it may be shown, also when the attempt seems to fail. */
  begun(state: WatchState, key: string): void
  /** A person did away with it. */
  gone(state: WatchState, key: string): void
  /** All tags under which something may be shown. */
  tags(): readonly string[]
  /** The tags of what is over by now; they are forgotten here. */
  takeOver(state: WatchState): readonly string[]
  /** What an earlier life has sent and still stands, the newest of each tag. */
  sentBefore(state: WatchState): readonly { readonly key: string; readonly tag: string }[]
}

/** What a press needs to be carried out. */
export interface FeedbackContext {
  readonly channel: string
  readonly screen: Pick<Screen, 'gone'>
  /** A step that throws counts as not done: the platform's callback must not end the process. */
  readonly guarded: (step: () => boolean) => boolean
}

/**
 * One kind of thing that leaves. The outbox keeps, retries and settles deliveries of any kind; only
 * their kind knows what they are about. Pure but for `takeFeedback`.
 */
export interface DeliveryKind {
  /** As the journal spells it. */
  readonly name: DeliveryKindName
  /** @param now ms since the epoch, UTC. */
  stillWanted(state: WatchState, delivery: DeliveryRef, now: number): DeliveryDecision
  /** What it says, from how things stand now; null when there is nothing to say any more. */
  compose(state: WatchState, delivery: DeliveryRef): PageMessage | null
  /** What waits goes out by this, the smallest first. */
  rank(state: WatchState, key: string): number
  /** True for one that goes out also while nobody knows the configuration, and what it holds back. */
  isAlwaysUrgent(state: WatchState, key: string): boolean
  /** The event that says what became of it; null when that is nothing new. */
  toEvent(state: WatchState, delivery: DeliveryRef, result: DeliveryResult): EventBody | null
  /** Begins with what an earlier life has shown, as far as the state tells. */
  openScreen(state: WatchState, channel: string): Screen
  /** True when this message is of this kind, as far as is still known. */
  isOf(state: WatchState, key: string): boolean
  /** Carries out what a person did with a message of this kind. */
  takeFeedback(feedback: ChannelFeedback, context: FeedbackContext): void
}

/** The registered kinds, by name as the journal spells it. */
export type DeliveryKinds = ReadonlyMap<string, DeliveryKind>
