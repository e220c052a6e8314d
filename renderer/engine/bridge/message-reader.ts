import { SliceJoiner } from '#shared/contract/message-slices.ts'
import {
  serverMessageSchema,
  type PushMessage,
  type ServerMessage,
} from '#shared/contract/messages.ts'
import { z } from 'zod'

/** What cannot be read of an engine's message. */
export interface Unreadable {
  readonly reason: string
  /** True where it may have been a part of the state: what is known is then no longer whole. */
  readonly isStateMissing: boolean
}

/** What a text from the engine was. */
export type Reading =
  | { readonly kind: 'message'; readonly message: PushMessage }
  | { readonly kind: 'response'; readonly response: Extract<ServerMessage, { type: 'response' }> }
  /** A slice of what is not whole yet, or of what never will be. */
  | { readonly kind: 'slice' }
  | ({ readonly kind: 'unreadable' } & Unreadable)

/** The little that is looked at of what cannot be read. */
const envelopeSchema = z.looseObject({ type: z.string(), more: z.unknown().optional() })

/**
 * Reads the messages of one connection, and puts together what comes in slices. A snapshot with a
 * slice that cannot be read is dropped to its end: alerts that are missing must not look gone.
 */
export class MessageReader {
  #slices = new SliceJoiner()
  #isInSnapshot = false
  /** True from a slice that cannot be read to the end of its snapshot. */
  #isSkipping = false

  read(text: string): Reading {
    const value = parseJson(text)
    const parsed = serverMessageSchema.safeParse(value)
    if (!parsed.success) {
      const reason = parsed.error.issues[0]?.message ?? 'invalid message'
      return { kind: 'unreadable', reason, isStateMissing: this.#spoil(value) }
    }
    const message = parsed.data
    if (message.type === 'response') return { kind: 'response', response: message }
    if (message.type === 'snapshot') {
      this.#isInSnapshot = message.more === true
      if (this.#isSkipping) {
        this.#isSkipping = this.#isInSnapshot
        return { kind: 'slice' }
      }
    }
    const whole = this.#slices.join(message)
    return whole ? { kind: 'message', message: whole } : { kind: 'slice' }
  }

  /** Lets go of what has a hole now; true where it may be one of the state. */
  #spoil(value: unknown): boolean {
    const { data: envelope } = envelopeSchema.safeParse(value)
    const isSnapshot = envelope?.type === 'snapshot'
    // A kind of message that is not known, or an answer, is no part of the state.
    if (envelope && !isSnapshot && envelope.type !== 'delta') return false
    this.#slices = new SliceJoiner()
    this.#isSkipping = isSnapshot ? envelope.more === true : this.#isInSnapshot
    this.#isInSnapshot = this.#isSkipping
    return true
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
