import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { simplePattern } from '#shared/domain/matcher/simple-pattern.ts'

const never = () => {
  throw new Error('It was asked of the engine')
}

describe('an expression of texts and gaps', () => {
  it('decides without an engine what people write most', () => {
    const matches = simplePattern(String.raw`critical|Payment.*|.*-eu\.west-.+`, never)
    expect(
      ['critical', 'Payment', 'PaymentSlow', 'db-eu.west-1'].map((text) => matches?.(text)),
    ).toEqual([true, true, true, true])
    expect(
      ['Critical', 'critical ', 'xPayment', 'db-eu.west-', 'db-euxwest-1', ''].some((text) =>
        matches?.(text),
      ),
    ).toBe(false)
  })

  it('leaves everything else to the engine', () => {
    for (const pattern of [
      'a?',
      'a*',
      '(a|b)',
      '[ab]',
      'a{2}',
      '^a$',
      '.*?',
      'a.b',
      '.*.*',
      '\\d',
      '.',
    ]) {
      expect(simplePattern(pattern, never), pattern).toBeNull()
    }
    expect(simplePattern('a.*', (text) => text === 'a\nb')?.('a\nb')).toBe(true)
  })

  it('decides as the engine does', () => {
    const piece = fc.constantFrom('a', 'b', 'ab', '-', '.*', '.+', '|', '\\.', 'a.*b')
    const text = fc.array(fc.constantFrom('a', 'b', '-', '.', '\n', 'é'), { maxLength: 8 })
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), text, (pieces, characters) => {
        const pattern = pieces.join('')
        const engine = RE2JS.compile(pattern)
        const matches = simplePattern(pattern, (each) => engine.testExact(each))
        if (!matches) return
        const given = characters.join('')
        expect(matches(given), `${pattern} on ${JSON.stringify(given)}`).toBe(
          engine.testExact(given),
        )
      }),
      { numRuns: 3_000 },
    )
  })
})
