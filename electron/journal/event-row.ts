import { crc32 } from 'node:zlib'
import { z } from 'zod'
import {
  eventSchema,
  type Event,
  type EventBody,
  type NewEvent,
} from '#shared/domain/watch/event.ts'
import { JournalDamage, UnknownEvent } from './problem.ts'

/** The columns that an event is read back from. */
export const eventColumns = 'seq, id, at, body, checksum'

const rowSchema = z.object({
  seq: z.number(),
  id: z.string(),
  at: z.number(),
  body: z.string(),
  checksum: z.number(),
})

const bodySchema = z.object({ body: z.unknown() })

/** The text that an event's row keeps: what happened and who did it. */
export function eventText({ actor, body }: Pick<NewEvent, 'actor' | 'body'>): string {
  return JSON.stringify({ actor, body })
}

/**
 * A CRC-32 over all that the row says. SQLite notices a damaged page structure but not a flipped
 * letter inside a text, which would otherwise be shown to somebody as the truth.
 */
export function eventChecksum(seq: number, id: string, at: number, text: string): number {
  return crc32(text, crc32(`${String(seq)} ${id} ${String(at)}`))
}

/**
 * What happened, from the text that {@link eventText} made.
 *
 * @throws {JournalDamage} when it says nothing that can be understood.
 */
export function eventBodyOf(text: string): EventBody {
  const parsed = eventSchema.shape.body.safeParse(
    bodySchema.safeParse(parseObject(text)).data?.body,
  )
  if (!parsed.success) throw new JournalDamage('an event cannot be understood')
  return parsed.data
}

/**
 * Reads an event from its row.
 *
 * @throws {JournalDamage} when it is not what was written. The message holds nothing of the text.
 * @throws {UnknownEvent} when it is, but of a type that this version does not know.
 */
export function readEvent(row: unknown): Event {
  const parsed = rowSchema.safeParse(row)
  if (!parsed.success) throw new JournalDamage('an event has columns of the wrong type')
  const { seq, id, at, body: text, checksum } = parsed.data
  if (eventChecksum(seq, id, at, text) !== checksum) {
    throw new JournalDamage(`event ${String(seq)} does not match its checksum`)
  }
  const event = eventSchema.safeParse({ seq, id, at, ...parseObject(text) })
  if (event.success) return event.data
  // Its checksum is right: this is not the disk's doing.
  if (event.error.issues.some((issue) => issue.path.join('.') === 'body.type')) {
    throw new UnknownEvent(seq)
  }
  throw new JournalDamage(`event ${String(seq)} cannot be understood`)
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
