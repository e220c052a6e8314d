import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateArithmetic } from '#shared/domain/runbook/inputs/arithmetic.ts'

const values = new Map([
  ['replicas', '3'],
  ['half', '0.5'],
  ['minus', '-2'],
  ['pod', 'shop-0'],
  ['empty', ''],
  ['long', '9'.repeat(31)],
])

describe('arithmetic', () => {
  it.each([
    ['replicas + 1', '4'],
    ['replicas+1', '4'],
    ['replicas * 2 - 1', '5'],
    ['1 + replicas * 2', '7'],
    ['(1 + replicas) * 2', '8'],
    ['replicas / 2', '1.5'],
    ['replicas - 3', '0'],
    ['0.1 + 0.2', '0.3'],
    ['replicas / half + minus', '4'],
    ['-replicas', '-3'],
    ['3 - -2', '5'],
    ['1 / minus', '-0.5'],
    ['2 - 3.25', '-1.25'],
    ['10 - 2 - 3', '5'],
    ['12 / 2 / 3', '2'],
    ['99999999999999999999 + 1', '100000000000000000000'],
  ])('%s is %s', (text, result) => {
    expect(evaluateArithmetic(text, values)).toBe(result)
  })

  it.each([
    '',
    'replicas +',
    '* 2',
    'nope + 1',
    'pod + 1',
    'empty + 1',
    'long + 1',
    '1 / 0',
    '1 / 3',
    '1 + 1 / (replicas - 3)',
    '(1 + 2',
    '1 + 2)',
    '1 2',
    '2 ** 3',
    '7 % 2',
    '1; reboot',
    '$(reboot)',
    '0x10',
    '1e3',
    '.5',
    'constructor',
    `${'('.repeat(40)}1${')'.repeat(40)}`,
    `1${' '.repeat(200)}`,
  ])('%j is not understood', (text) => {
    expect(evaluateArithmetic(text, values)).toBeNull()
  })

  it('is exact', () => {
    const small = fc.integer({ min: -1_000_000, max: 1_000_000 })
    fc.assert(
      fc.property(small, small, small, (a, b, c) => {
        const of = new Map(Object.entries({ a: String(a), b: String(b), c: String(c) }))
        expect(evaluateArithmetic('a + b * (c - 7)', of)).toBe(
          String(BigInt(a) + BigInt(b) * (BigInt(c) - 7n)),
        )
      }),
    )
  })
})
