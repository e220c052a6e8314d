import { describe, expect, it } from 'vitest'
import { compileExpression, MAX_PATTERN_LENGTH } from '#shared/domain/matcher/expression.ts'
import type { Matcher } from '#shared/domain/matcher/matcher.ts'
import {
  alternationOf,
  areSameMatchers,
  findMatchersProblem,
  formatMatchers,
  isSubset,
  quoteExpression,
} from '#shared/domain/silence/matchers.ts'

const m = (name: string, operator: Matcher['operator'], value: string): Matcher => ({
  name,
  operator,
  value,
})

describe('matchers that a server refuses', () => {
  it.each([
    ['none at all', [], /at least one matcher/],
    ['one without a name', [m(' ', '=', 'x')], /name of a label/],
    ['an expression that is none', [m('a', '=~', '(')], /Invalid regular expression/],
    ['a look-ahead, which RE2 has not', [m('a', '=~', '(?=b)')], /cannot look ahead/],
    ['an empty value alone', [m('a', '=', '')], /match every alert/],
    ['an expression that takes anything', [m('a', '=~', '.*'), m('b', '=', '')], /match every/],
  ] as const)('are found: %s', (_, matchers, message) => {
    expect(findMatchersProblem(matchers)?.message).toMatch(message)
  })

  it.each([
    ['a value', [m('a', '=', 'x')]],
    ['an empty value beside it', [m('a', '=', 'x'), m('b', '=', '')]],
    ['a negative one alone, as Alertmanager takes it', [m('a', '!=', 'x')]],
    ['a name that is no identifier', [m('a.b', '=', 'x')]],
  ] as const)('are no others: %s', (_, matchers) => {
    expect(findMatchersProblem(matchers)).toBeNull()
  })

  it('are named by their place', () => {
    expect(findMatchersProblem([m('a', '=', 'x'), m('b', '=~', '[')])?.index).toBe(1)
  })
})

describe('an expression made of texts', () => {
  const odd = ['a.b', 'x+y', '(z)', '[0-9]', 'p|q', '^$', '\\d', '{2}', 'a*?', 'ü', '-', '#', '\n']

  it('matches them and nothing else', () => {
    const pattern = alternationOf(odd)
    if (pattern === null) throw new Error('too long')
    const compiled = compileExpression(pattern)
    if (!compiled.ok) throw new Error(compiled.error)
    for (const text of odd) expect(compiled.value(text)).toBe(true)
    for (const text of ['aXb', 'xxy', 'z', '5', 'p', '7', '', 'aa']) {
      expect(compiled.value(text)).toBe(false)
    }
  })

  it('is not made where it would be too long', () => {
    expect(alternationOf(['x'.repeat(MAX_PATTERN_LENGTH + 1)])).toBeNull()
  })

  it('leaves plain texts readable', () => {
    expect(quoteExpression('cart-6c9f7d8b4c')).toBe('cart-6c9f7d8b4c')
  })
})

describe('two lists of matchers', () => {
  const a = m('a', '=', 'x')
  const b = m('b', '=~', 'y|z')

  it('are the same in any order', () => {
    expect(areSameMatchers([a, b], [b, a])).toBe(true)
    expect(areSameMatchers([a], [a, b])).toBe(false)
    expect(areSameMatchers([a], [{ ...a, operator: '!=' }])).toBe(false)
  })

  it('cover each other where one has fewer conditions', () => {
    expect(isSubset([a], [a, b])).toBe(true)
    expect(isSubset([a, b], [a])).toBe(false)
  })
})

it('writes matchers as Alertmanager does, and cuts what no sentence can hold', () => {
  expect(formatMatchers([m('a', '=', 'x"y'), m('b.c', '!~', 'z')])).toBe('a="x\\"y", b.c!~"z"')
  expect(formatMatchers([m('a', '=', 'x'.repeat(1_000))])).toHaveLength(300)
  const pods = m('pod', '=~', 'cart-1|cart-2')
  const long = [m('alertname', '=', 'A'), m('cluster', '=', 'x'.repeat(300)), pods]
  // What tells it from another silence comes before what is cut.
  expect(formatMatchers(long)).toMatch(/^alertname="A", pod=~"cart-1\|cart-2", cluster="x+…$/)
})
