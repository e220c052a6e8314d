import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression, MAX_PATTERN_LENGTH } from '#shared/domain/matcher/expression.ts'

function matches(pattern: string, text: string, ignoreCase = false): boolean {
  const compiled = compileExpression(pattern, { ignoreCase })
  if (!compiled.ok) throw new Error(compiled.error)
  return compiled.value(text)
}

describe('compileExpression', () => {
  it.each([
    ['crit.*', 'critical', 'acritical'],
    ['web|db', 'db', 'webdb'],
    ['(web|db)-[0-9]{2,3}', 'db-042', 'db-4'],
    ['x{,3}', 'x{,3}', 'xx'],
    ['[[:upper:]]+[[:^digit:]]', 'AB!', 'AB1'],
    ['(?i)eu-WEST', 'EU-west', 'eu west'],
    ['(?P<name>a)(?<other>b)', 'ab', 'a'],
    // Alertmanager's dot ends at the end of a line, unless it is told otherwise.
    ['a.b', 'axb', 'a\nb'],
    ['(?s)a.b', 'a\nb', 'ab'],
    ['.', '🔥', 'ab'],
    ['\\Qa.b*\\E', 'a.b*', 'axb'],
    ['\\Aab\\z', 'ab', 'aab'],
    ['\\p{Lu}\\pL', 'Ab', 'ab'],
    ['\\bword\\b', 'word', 'words'],
    ['', '', 'a'],
  ])('reads %s as RE2 does: takes %j and not %j', (pattern, taken, refused) => {
    expect(matches(pattern, taken)).toBe(true)
    expect(matches(pattern, refused)).toBe(false)
  })

  it.each([
    ['(', 'missing closing ): `(`'],
    ['a[b', 'missing closing ]: `[b`'],
    ['a(?=b)', 'Alertmanager cannot look ahead or behind: use a second condition with !~'],
    ['(?<!b)a', 'Alertmanager cannot look ahead or behind: use a second condition with !~'],
    ['(a)\\1', 'invalid escape sequence: `\\1`'],
    ['((a{100}){100}){100}', 'invalid repeat count: `{100}`'],
    ['(((((){1000}){1000}){1000}){1000})', 'expression too large'],
    ['a'.repeat(MAX_PATTERN_LENGTH + 1), 'an expression may have 1000 characters, not more'],
  ])('says what is wrong with %s', (pattern, problem) => {
    expect(compileExpression(pattern)).toEqual({ ok: false, error: problem })
  })

  it('takes any expression or says what is wrong with it, and never throws', () => {
    const unit = fc.constantFrom(...Array.from('ab1-_.*+?|()[]{}^$/\\:,=<>!pPxdsQEi'))
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), fc.string(), (pattern, text) => {
        const compiled = compileExpression(pattern)
        if (compiled.ok) compiled.value(text)
        else expect(compiled.error).not.toBe('')
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    '(a+)+b',
    '(a|a)*b',
    '(a|aa)+b',
    '.*a.*a.*a.*a.*a.*b',
    '(.*)*(.*)*b',
    '(a?){200}a{200}b',
  ])('is not led astray by %s', (pattern) => {
    // The test's own time limit is the assertion: backtracking takes longer than the universe.
    expect(matches(pattern, 'a'.repeat(8_192))).toBe(false)
  })
})
