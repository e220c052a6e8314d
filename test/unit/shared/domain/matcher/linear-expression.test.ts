import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileLinear, MAX_PATTERN_LENGTH } from '#shared/domain/matcher/linear-expression.ts'

function matches(pattern: string, text: string, ignoreCase = false): boolean {
  const compiled = compileLinear(pattern, { ignoreCase })
  if (!compiled.ok) throw new Error(compiled.error.message)
  return compiled.value(text)
}

function problem(pattern: string): string {
  const compiled = compileLinear(pattern)
  return compiled.ok ? '' : `${String(compiled.error.offset)}: ${compiled.error.message}`
}

describe('compileLinear', () => {
  it.each([
    ['crit.*', 'critical', 'acritical'],
    ['web|db', 'db', 'webdb'],
    ['(web|db)-[0-9]{2,3}', 'db-042', 'db-4'],
    ['a{0}b?', '', 'a'],
    ['x{,3}', 'x{,3}', 'xx'],
    ['[^a-c]+', 'xyz', 'xbz'],
    ['[]a-]+', ']-a', 'b'],
    ['\\d+\\.\\d+', '10.25', '10x25'],
    ['[[:alpha:]]+[[:^digit:]]', 'ab!', 'ab1'],
    ['(?i)eu-WEST', 'EU-west', 'eu west'],
    ['(?i:a)b', 'Ab', 'AB'],
    ['a.b', 'a\nb', 'ab'],
    ['(?-s)a.b', 'axb', 'a\nb'],
    ['^a$|^$', '', 'b'],
    ['\\x41\\x{1F525}', 'A🔥', 'A'],
    ['.', '🔥', 'ab'],
    ['\\Qa.b*\\E', 'a.b*', 'axb'],
    ['\\p{Lu}\\pL', 'Ab', 'ab'],
    ['\\p{Greek}+', 'αβ', 'ab'],
    ['a+?b*?', 'aab', 'b'],
    ['(?P<name>a)(?<other>b)', 'ab', 'a'],
    ['(a*)*', 'aaa', 'b'],
    ['', '', 'a'],
  ])('%s takes %j and not %j', (pattern, taken, refused) => {
    expect(matches(pattern, taken)).toBe(true)
    expect(matches(pattern, refused)).toBe(false)
  })

  it.each([
    ['(', '0: the ")" to this "(" is missing'],
    ['a)', '1: this ")" closes nothing'],
    ['a[b', '1: the "]" to this "[" is missing'],
    ['*a', '0: there is nothing before "*" to repeat'],
    ['a**', '2: a repetition cannot be repeated'],
    ['a(?=b)', '1: Alertmanager cannot look ahead or behind: use a second condition with !~'],
    ['(?<!b)a', '0: Alertmanager cannot look ahead or behind: use a second condition with !~'],
    ['(a)\\1', '3: Alertmanager has no references back to a group'],
    ['[z-a]', '1: a range such as a-z begins with the lower character'],
    ['a{2,1}', '1: a repetition counts up to 1000, the lower number first'],
    ['\\p{Nope}', '0: there is no class of characters called "Nope"'],
    ['\\j', '0: "\\j" means nothing here'],
    ['a\\', '1: the "\\" at the end escapes nothing'],
    ['\\bword', '0: "\\b", the edge of a word, is not supported in this filter'],
    ['((a{100}){100}){100}', '0: this unfolds to too much: repeat fewer things less often'],
    ['[[:nope:]]', '1: there is no class "[:nope:]"'],
    ['(?x)a', '0: Alertmanager does not know this kind of group'],
    ['('.repeat(200), '100: groups are nested too deeply'],
    ['a'.repeat(MAX_PATTERN_LENGTH + 1), '1000: an expression may have 1000 characters, not more'],
  ])('says what is wrong with %s', (pattern, message) => {
    expect(problem(pattern)).toBe(message)
  })

  it('agrees with the language where the language does not go astray', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '1', '(a|b)', '(ab|a)')
    const quantified = fc
      .tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}', '*?'))
      .map((parts) => parts.join(''))
    const pattern = fc
      .array(fc.array(quantified, { maxLength: 4 }), { minLength: 1, maxLength: 3 })
      .map((choices) => choices.map((parts) => parts.join('')).join('|'))
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', 'A'), maxLength: 8 })
    fc.assert(
      fc.property(pattern, text, fc.boolean(), (given, value, ignoreCase) => {
        const expected = new RegExp(`^(?:${given})$`, ignoreCase ? 'isu' : 'su').test(value)
        expect(matches(given, value, ignoreCase)).toBe(expected)
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes any expression or says where it goes wrong, and never throws', () => {
    const unit = fc.constantFrom(...Array.from('ab1-_.*+?|()[]{}^$/\\:,=<>!pPxdsQEi'))
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), fc.string(), (pattern, text) => {
        const compiled = compileLinear(pattern)
        if (compiled.ok) compiled.value(text)
        else expect(compiled.error.offset).toBeLessThanOrEqual(pattern.length)
      }),
      { numRuns: 3_000 },
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
