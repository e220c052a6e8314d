import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compileMatchers,
  formatMatcher,
  parseMatchers,
  type Matcher,
} from '#shared/domain/matcher/matcher.ts'

function matches(text: string, labels: Record<string, string>, ignoreCase = false): boolean {
  const parsed = parseMatchers(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return compileMatchers(parsed.value, { ignoreCase })(labels)
}

describe('parseMatchers', () => {
  it.each([
    ['severity="critical"', [{ name: 'severity', operator: '=', value: 'critical' }]],
    [
      '{a="1",b=~"x|y"}',
      [
        { name: 'a', operator: '=', value: '1' },
        { name: 'b', operator: '=~', value: 'x|y' },
      ],
    ],
    [' a != "q\\"uo\\\\te" ', [{ name: 'a', operator: '!=', value: 'q"uo\\te' }]],
    ['a!~bare', [{ name: 'a', operator: '!~', value: 'bare' }]],
    ['a="line\\nbreak"', [{ name: 'a', operator: '=', value: 'line\nbreak' }]],
    ['a="x",', [{ name: 'a', operator: '=', value: 'x' }]],
    ...(
      [
        ['größe=xl', 'größe', '=', 'xl'],
        ['0env=prod', '0env', '=', 'prod'],
        ['foo🙂=bar', 'foo🙂', '=', 'bar'],
        ['instance=~web[0-9]{2}', 'instance', '=~', 'web[0-9]{2}'],
        ['{instance=~web[0-9]{2}}', 'instance', '=~', 'web[0-9]{2}'],
        ['team=!ops', 'team', '=', '!ops'],
        ['msg=a=b', 'msg', '=', 'a=b'],
        ['{foo=bar,}', 'foo', '=', 'bar'],
        ['"foo"="bar"', 'foo', '=', 'bar'],
        ['foo="a,b"', 'foo', '=', 'a,b'],
        ['foo="say \\"hi\\""', 'foo', '=', 'say "hi"'],
      ] as const
    ).map(([text, name, operator, value]): [string, Matcher[]] => [
      text,
      [{ name, operator, value }],
    ]),
    [
      ' foo = "bar" , baz!~"x" ,',
      [
        { name: 'foo', operator: '=', value: 'bar' },
        { name: 'baz', operator: '!~', value: 'x' },
      ],
    ],
    // Before anything else the backslash means itself, as Alertmanager reads it.
    [
      String.raw`path="C:\temp", instance=~"web\d+"`,
      [
        { name: 'path', operator: '=', value: String.raw`C:\temp` },
        { name: 'instance', operator: '=~', value: String.raw`web\d+` },
      ],
    ],
    [String.raw`{"odd \"name\""="x"}`, [{ name: 'odd "name"', operator: '=', value: 'x' }]],
  ])('reads %s', (text, expected) => {
    expect(parseMatchers(text)).toEqual({ ok: true, value: expected })
  })

  it.each([
    ['', 'at least one condition'],
    ['{}', 'at least one condition'],
    ['{a="1"', 'closing "}"'],
    ['severity', 'expected a condition'],
    ['a="1" b="2"', 'expected ","'],
    ['a=~"("', 'regular expression'],
    ['bad{{', 'expected a condition'],
    ['team=', 'write team="" for an empty one'],
    ['team= , a="b"', 'write team="" for an empty one'],
    ['team=~', 'write team=~"" for an empty one'],
    ['a=="b"', 'put the value in quotes, as in a="…"'],
    ["a='b'", 'put the value in quotes, as in a="…"'],
    ['a=b}', 'put the value in quotes, as in a="…"'],
    ['a=x{2,3}', 'put the value in quotes, as in a="…"'],
  ])('says where %s goes wrong', (text, message) => {
    const parsed = parseMatchers(text)
    expect(parsed.ok).toBe(false)
    if (!parsed.ok) expect(parsed.error.message).toContain(message)
  })

  it('reads back what it writes', () => {
    const matcher: fc.Arbitrary<Matcher> = fc.record({
      name: fc.oneof(fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/), fc.string({ minLength: 1 })),
      operator: fc.constantFrom('=' as const, '!=' as const),
      value: fc.string(),
    })
    fc.assert(
      fc.property(fc.array(matcher, { minLength: 1, maxLength: 4 }), (matchers) => {
        // Alertmanager's syntax has fewer escapes than JSON.
        fc.pre(matchers.every(({ name, value }) => !/\p{Cc}|\p{Cs}/u.test(name + value)))
        expect(parseMatchers(matchers.map(formatMatcher).join(', '))).toEqual({
          ok: true,
          value: matchers,
        })
      }),
    )
  })
})

describe('compileMatchers', () => {
  it('anchors expressions, and takes an absent label for an empty one', () => {
    expect(matches('a=~"x|y"', { a: 'xx' })).toBe(false)
    expect(matches('a=~"x|y"', { a: 'y' })).toBe(true)
    expect(matches('a!~"x.*"', { a: 'xyz' })).toBe(false)
    expect(matches('a=""', {})).toBe(true)
    expect(matches('a!=""', {})).toBe(false)
    expect(matches('a=~".*"', {})).toBe(true)
    expect(matches('a=~".+"', { a: 'two\nlines' })).toBe(false)
    expect(matches('a=~"(?s).+"', { a: 'two\nlines' })).toBe(true)
  })

  it('is not stopped by an expression that others try for years', () => {
    expect(matches('pod=~"(a+)+b"', { pod: 'a'.repeat(8_192) })).toBe(false)
  })

  it('compares without case when told so', () => {
    expect(matches('a="Critical"', { a: 'cRITICAL' })).toBe(false)
    expect(matches('a="Critical"', { a: 'cRITICAL' }, true)).toBe(true)
    expect(matches('a=~"p0|p1"', { a: 'P1' }, true)).toBe(true)
  })
})
