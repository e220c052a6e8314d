import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from '#shared/domain/text/base64.ts'
import { sha256 } from '#shared/domain/text/sha256.ts'
import { fromUtf8, utf8 } from '#shared/domain/text/utf8.ts'

describe('what both sides compute alike', () => {
  it('is the SHA-256 that Node knows, of any text of any length', () => {
    for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 1_000]) {
      const text = 'a'.repeat(length)
      expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
      }),
    )
  })

  it('are the bytes of UTF-8 that Node knows, also of half a pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        expect(Buffer.from(utf8(text)).equals(Buffer.from(text))).toBe(true)
      }),
    )
    expect(Buffer.from(utf8('a\ud800b')).equals(Buffer.from('a\ud800b'))).toBe(true)
    expect(fromUtf8(utf8('Grüße 🚀'))).toBe('Grüße 🚀')
    expect(fromUtf8(Uint8Array.from([0xff, 0xfe]))).toBeNull()
  })

  it('is Base64 as Node writes and reads it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64')
        expect(toBase64(bytes)).toBe(text)
        expect(fromBase64(text)).toEqual(bytes)
      }),
    )
    for (const text of ['a', 'ab=c', '####', 'abc', 'a===']) {
      const read = fromBase64(text)
      if (text !== 'a===') expect(read, text).toBeNull()
    }
  })
})
