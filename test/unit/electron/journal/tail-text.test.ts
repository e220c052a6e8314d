import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventChecksum } from '#electron/journal/event-row.ts'
import {
  baseLine,
  deliveryLine,
  endLine,
  eventLine,
  leftOutLine,
  outcomeLine,
  readTailText,
  type TailBlock,
  type TailEvent,
} from '#electron/journal/tail-text.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  // Line ends, to some; and half a character.
  fc.constantFrom('\n', '\r\n', '\u2028\u2029\u0085', '\ud800', 'C 1', '"\\'),
)

const anyEvent = fc
  .record({
    seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    id: anyText,
    at: fc.oneof(fc.integer({ min: 0 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
    body: fc.dictionary(anyText, anyText),
  })
  .map(({ seq, id, at: time, body }): TailEvent => {
    // What a row holds has no negative zero.
    const at = time + 0
    const text = JSON.stringify(body)
    return { seq, id, at, text, checksum: eventChecksum(seq, id, at, text) }
  })

const anyLeftOut: fc.Arbitrary<TailBlock> = fc.nat().map((leftOutUpTo) => ({
  events: [],
  deliveries: [],
  outcomes: [],
  leftOutUpTo,
}))

const anyCopied: fc.Arbitrary<TailBlock> = fc.record({
  events: fc.array(anyEvent, { maxLength: 3 }),
  deliveries: fc.array(
    fc.record({ key: anyText, kind: anyText, eventId: anyText, channel: anyText }),
    { maxLength: 2 },
  ),
  outcomes: fc.array(
    fc.record({
      key: anyText,
      state: fc.constantFrom('waiting', 'sent', 'failed', 'dropped'),
      attempts: fc.nat(),
      nextAt: fc.nat(),
    }),
    { maxLength: 2 },
  ),
  leftOutUpTo: fc.constant(null),
})

const anyBlock = fc.oneof({ weight: 4, arbitrary: anyCopied }, { weight: 1, arbitrary: anyLeftOut })

const base = { seq: 7, id: 'a "b"', checksum: 9 }

const written = (blocks: readonly TailBlock[]) =>
  baseLine(base) +
  blocks
    .map(({ events, deliveries, outcomes, leftOutUpTo }) => {
      const lines = [
        ...events.map(eventLine),
        ...deliveries.map(deliveryLine),
        ...outcomes.map(outcomeLine),
        ...(leftOutUpTo === null ? [] : [leftOutLine(leftOutUpTo)]),
      ]
      return lines.join('') + endLine(lines.length)
    })
    .join('')

describe('the text of the copy', () => {
  it('is read as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 4 }), (blocks) => {
        const bytes = Buffer.from(written(blocks))
        expect(readTailText(bytes.toString('utf8'))).toEqual({ base, blocks, isWhole: true })
      }),
    )
  })

  it('never says what was not written, wherever a bit is flipped', () => {
    fc.assert(
      fc.property(
        fc.array(anyBlock, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.nat({ max: 7 }),
        (blocks, place, bit) => {
          const bytes = Buffer.from(written(blocks))
          const at = place % bytes.length
          bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
          const read = readTailText(bytes.toString('utf8'))
          expect(read.isWhole).toBe(false)
          for (const block of read.blocks) expect(blocks).toContainEqual(block)
          if (read.base !== undefined) expect(read.base).toEqual(base)
        },
      ),
    )
  })

  it.each([
    ['a moment', { id: 'a', at: 1e21 }, '1e+21', '1E+21'],
    ['an id', { id: '\ud800', at: 1 }, '\\ud800', '\\uD800'],
  ])('takes %s only as it was written', (_, { id, at }, wrote, flipped) => {
    const text = '{}'
    const event = { seq: 1, id, at, text, checksum: eventChecksum(1, id, at, text) }
    const line = eventLine(event)
    expect(line).toContain(wrote)
    const copy = (of: string) => readTailText(baseLine(base) + of + endLine(1))
    expect(copy(line).isWhole).toBe(true)
    expect(copy(line.replace(wrote, flipped))).toEqual({ base, blocks: [], isWhole: false })
  })

  it('has no half of a transaction, wherever it is cut off', () => {
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 4 }), fc.nat(), (blocks, place) => {
        const text = written(blocks)
        const { blocks: read } = readTailText(text.slice(0, place % text.length))
        expect(read).toEqual(blocks.slice(0, read.length))
      }),
    )
  })
})
