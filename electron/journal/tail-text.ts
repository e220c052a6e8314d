import { crc32 } from 'node:zlib'
import { z } from 'zod'
import type { Delivery, DeliveryOutcome } from '#electron/engine/ports/delivery.ts'
import { eventChecksum } from './event-row.ts'

/**
 * The text of the copy of the journal's tail: one line for each row that a transaction wrote, each
 * with a checksum of its own, and a line that ends the transaction. A line is `E` an event, `D` a
 * delivery, `O` what became of one, `L` the number of the last event of a transaction that is left
 * out, `C` the end with the number of lines before it. The first line, `B`, names the event that the
 * copy begins after.
 */

/** An event as its row has it. */
export interface TailEvent {
  readonly seq: number
  readonly id: string
  /** ms since the epoch, UTC. */
  readonly at: number
  readonly text: string
  readonly checksum: number
}

/** What one transaction wrote. */
export interface TailBlock {
  readonly events: readonly TailEvent[]
  readonly deliveries: readonly Delivery<string>[]
  readonly outcomes: readonly DeliveryOutcome[]
  /** The number of its last event where its rows are left out; null where they are here. */
  readonly leftOutUpTo: number | null
}

/** An event by what tells it from every other; null before the first one. */
export type TailBase = Pick<TailEvent, 'seq' | 'id' | 'checksum'> | null

/** What can be read of a copy. */
export interface TailText {
  /** Undefined where it cannot be read. */
  readonly base: TailBase | undefined
  /** The transactions that are whole, in order. */
  readonly blocks: readonly TailBlock[]
  /** False where there is something that cannot be read. */
  readonly isWhole: boolean
}

const baseSchema = z
  .object({ seq: z.number(), id: z.string(), checksum: z.number() })
  .readonly()
  .nullable()
const deliverySchema = z.object({
  key: z.string(),
  kind: z.string(),
  eventId: z.string(),
  channel: z.string(),
})
const outcomeSchema = z.object({
  key: z.string(),
  state: z.enum(['waiting', 'sent', 'failed', 'dropped']),
  attempts: z.number(),
  nextAt: z.number(),
})

const leftOutSchema = z.object({ upTo: z.number() })

/** The line that a copy begins with. */
export function baseLine(base: TailBase): string {
  return checkedLine('B', base)
}

/** The line of an event. Its text is JSON, so no line ends within it. */
export function eventLine({ seq, id, at, text, checksum }: TailEvent): string {
  return `E ${String(checksum)} ${String(seq)} ${String(at)} ${JSON.stringify(id)} ${text}\n`
}

/** The line of a delivery. */
export function deliveryLine({ key, kind, eventId, channel }: Delivery<string>): string {
  return checkedLine('D', { key, kind, eventId, channel })
}

/** The line of what became of a delivery. */
export function outcomeLine({ key, state, attempts, nextAt }: DeliveryOutcome): string {
  return checkedLine('O', { key, state, attempts, nextAt })
}

/** The line that stands for all of a transaction, up to this event. */
export function leftOutLine(upTo: number): string {
  return checkedLine('L', { upTo })
}

/** The line that ends a transaction of so many lines. */
export function endLine(lines: number): string {
  return `C ${String(lines)}\n`
}

/** Reads a copy. A transaction with a line that is not what was written is left out. */
export function readTailText(text: string): TailText {
  const lines = text.split('\n')
  // Empty, unless the last line is cut off.
  const rest = lines.pop()
  const base = readChecked('B', lines[0] ?? '', baseSchema)
  const blocks: TailBlock[] = []
  let open: string[] = []
  let unreadable = 0
  for (const line of base === undefined ? lines : lines.slice(1)) {
    const end = /^C (\d+)$/.exec(line)
    if (!end) {
      open.push(line)
      continue
    }
    const block = Number(end[1]) === open.length ? readBlock(open) : null
    if (block) blocks.push(block)
    else unreadable += 1
    open = []
  }
  const isWhole = base !== undefined && unreadable + open.length === 0 && rest === ''
  return { base, blocks, isWhole }
}

function readBlock(lines: readonly string[]): TailBlock | null {
  const events: TailEvent[] = []
  const deliveries: Delivery<string>[] = []
  const outcomes: DeliveryOutcome[] = []
  let leftOutUpTo: number | null = null
  for (const line of lines) {
    const event = readEventLine(line)
    const delivery = readChecked('D', line, deliverySchema)
    const outcome = readChecked('O', line, outcomeSchema)
    const leftOut = readChecked('L', line, leftOutSchema)
    if (event) events.push(event)
    else if (delivery) deliveries.push(delivery)
    else if (outcome) outcomes.push(outcome)
    else if (leftOut) leftOutUpTo = leftOut.upTo
    else return null
  }
  return { events, deliveries, outcomes, leftOutUpTo }
}

// With `s`: U+2028 is a line end to an expression, but not to JSON.
const eventForm = /^E (\d+) (\d+) (\S+) ("(?:[^"\\]|\\.)*") (\{.*)$/s

function readEventLine(line: string): TailEvent | null {
  const [, checksum, seq, at, id, text] = eventForm.exec(line) ?? []
  if (id === undefined || text === undefined) return null
  const parsed = z.string().safeParse(parseJson(id))
  if (!parsed.success) return null
  const event = {
    seq: Number(seq),
    id: parsed.data,
    at: Number(at),
    text,
    checksum: Number(checksum),
  }
  const isWhole = eventChecksum(event.seq, event.id, event.at, text) === event.checksum
  // `1E+21` is the number `1e+21`, yet not what was written.
  return isWhole && eventLine(event) === `${line}\n` ? event : null
}

function checkedLine(letter: string, value: unknown): string {
  const json = JSON.stringify(value)
  return `${letter} ${String(crc32(json))} ${json}\n`
}

function readChecked<Value>(
  letter: string,
  line: string,
  schema: z.ZodType<Value>,
): Value | undefined {
  const [found, checksum, json] = /^(\w) (\d+) (.+)$/s.exec(line)?.slice(1) ?? []
  if (found !== letter || json === undefined || crc32(json) !== Number(checksum)) return undefined
  return schema.safeParse(parseJson(json)).data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
