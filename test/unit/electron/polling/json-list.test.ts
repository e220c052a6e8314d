import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJsonList, type JsonList } from '#electron/polling/json-list.ts'

const SEPARATOR = '},{"annotations":'

/** What an attacker or a plain user may have in a text, the separator itself among it. */
const hostile = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('},{"annotations":', '},{', '"', '\\', '},{\\"annotations\\":', ']', 'ß😀\u2028'),
)
/**
 * Keys without what JSON escapes: of two objects of one shape, the V8 of Node 24.21 reads the second
 * one's key `"` as the first one's `\`, in JSON.parse itself, which is what this is compared with.
 */
const key = hostile.filter((text) => JSON.stringify(text) === `"${text}"`)
const element = fc.record({
  annotations: fc.dictionary(key, hostile, { maxKeys: 3 }),
  fingerprint: fc.nat({ max: 9 }).map(String),
  labels: fc.dictionary(key, hostile, { maxKeys: 2 }),
  receivers: fc.array(fc.record({ name: hostile }), { maxLength: 2 }),
})

function read(text: string, before: JsonList | null): JsonList {
  const result = parseJsonList(text, 'am.example', SEPARATOR, before)
  if (!result.ok || 'other' in result.value) throw new Error(`not a list: ${text}`)
  return result.value
}

describe('a list that is parsed by the one before', () => {
  it('says the same as JSON.parse, whatever changed', () => {
    fc.assert(
      fc.property(
        fc.array(element, { maxLength: 12 }),
        fc.array(
          fc.record({
            at: fc.nat(),
            remove: fc.nat({ max: 3 }),
            insert: fc.array(element, { maxLength: 2 }),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        (first, edits) => {
          let items: unknown[] = first
          let before = read(JSON.stringify(items), null)
          for (const { at, remove, insert } of edits) {
            items = items.toSpliced(at % (items.length + 1), remove, ...insert)
            const text = JSON.stringify(items)
            before = read(text, before)
            expect(before.items).toEqual(JSON.parse(text))
          }
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('keeps the objects that did not change', () => {
    const list = Array.from({ length: 20 }, (_, n) => ({ annotations: {}, fingerprint: String(n) }))
    const before = read(JSON.stringify(list), null)
    const changed = list.with(9, { annotations: {}, fingerprint: 'new' })
    const after = read(JSON.stringify(changed), before)
    expect(after.items[9]).toEqual({ annotations: {}, fingerprint: 'new' })
    expect(after.items[0]).toBe(before.items[0])
    expect(after.items[19]).toBe(before.items[19])
    expect(read(JSON.stringify(changed), after).items).toBe(after.items)
  })

  it('is not misled by a separator within a text', () => {
    const trap = { annotations: { a: '},{' }, annotations2: '},{"annotations":', fingerprint: '1' }
    const list = [trap, trap, { annotations: {}, fingerprint: '2' }, trap]
    const before = read(JSON.stringify(list), null)
    const next = list.with(2, { annotations: {}, fingerprint: '3' })
    expect(read(JSON.stringify(next), before).items).toEqual(next)
  })

  it('words an answer that is cut off, and leaves what is no list to the caller', () => {
    const before = read('[{"annotations":{}},{"annotations":{}}]', null)
    const cut = parseJsonList(
      '[{"annotations":{}},{"annotations":',
      'am.example',
      SEPARATOR,
      before,
    )
    expect(cut).toMatchObject({ ok: false, error: { problem: { code: 'not-json' } } })
    expect(parseJsonList('{"a":1}', 'am.example', SEPARATOR, before)).toEqual({
      ok: true,
      value: { other: { a: 1 } },
    })
  })
})
