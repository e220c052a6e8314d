import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { compileMatchers, parseMatchers } from '#shared/domain/matcher/matcher.ts'
import { severityRules } from '#shared/domain/configuration/severity-rules.ts'

function compiled(text: string) {
  const parsed = parseMatchers(text)
  return parsed.ok ? compileMatchers(parsed.value) : null
}

describe('a condition that was accepted', () => {
  it.each([
    String.raw`instance=~"web\\-[0-9]+"`,
    String.raw`path=~"/api\\_v1"`,
    'expr=~"sum{"',
    'name=~"a]"',
    'name=~"x{,3}"',
  ])('can be used, or is refused where it is written: %s', (text) => {
    expect(() => compiled(text)).not.toThrow()
  })

  it('can be used, whatever the expression is', () => {
    const pattern = fc.string({
      unit: fc.constantFrom(...Array.from('ab1-_.*+?|()[]{}^$/\\:,=<>!')),
    })
    fc.assert(
      fc.property(pattern, fc.boolean(), (value, isPositive) => {
        const text = `name${isPositive ? '=~' : '!~'}${JSON.stringify(value)}`
        expect(() => compiled(text)).not.toThrow()
      }),
      { numRuns: 500 },
    )
  })

  it('does not stop the engine from starting', () => {
    const parsed = configurationSchema.safeParse({
      sources: [{ type: 'drill' }],
      severity: [{ when: String.raw`instance=~"web\\-1"`, is: 'P0' }],
    })
    if (!parsed.success) return
    const [rule] = severityRules(parsed.data.severity)
    expect(rule?.matches({ instance: 'web-1' })).toBe(true)
  })

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'takes an absent label for an empty one, also one named %s',
    (name) => {
      for (const options of [{}, { ignoreCase: true }]) {
        const equal = parseMatchers(`${name}=""`)
        const some = parseMatchers(`${name}=~".+"`)
        if (!equal.ok || !some.ok) throw new Error('the condition does not parse')
        expect(compileMatchers(equal.value, options)({})).toBe(true)
        expect(compileMatchers(some.value, options)({})).toBe(false)
      }
    },
  )
})
