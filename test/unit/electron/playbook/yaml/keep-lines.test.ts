import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepLines } from '#electron/playbook/yaml/keep-lines.ts'

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('')

describe('keepLines', () => {
  it('takes what did not change to the letter and what did as it is', () => {
    expect(
      keepLines(
        lines('a:   1  # one', '', '', 'b: [1,2]', 'c: 3'),
        lines('a: 1 # one', '', 'b: [ 1, 2 ]', 'c: 3'),
        lines('a: 1 # one', '', 'b: [ 1, 2 ]', 'new: 4', 'c: 5'),
      ),
    ).toBe(lines('a:   1  # one', '', '', 'b: [1,2]', 'new: 4', 'c: 5'))
  })

  it('keeps what rendering folds or quotes in another way, as long as it did not change', () => {
    const original = lines('# head', 'a: >-', '  one', '  two', "b: 'x'", 'c: 1')
    const before = lines('# head', 'a: >-', '  one two', 'b: "x"', 'c: 1')
    expect(keepLines(original, before, before.replace('c: 1', 'c: 2'))).toBe(
      original.replace('c: 1', 'c: 2'),
    )
    expect(keepLines(original, before, before.replace('one two', 'one three'))).toBe(
      lines('# head', 'a: >-', '  one three', 'b: "x"', 'c: 1'),
    )
  })

  it('gives the original back when nothing changed, and the new text when all did', () => {
    const line = fc.stringMatching(/^ {0,4}[a-z]{1,4}: {1,3}[a-z]{1,3}$/)
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.array(line), (written, next) => {
        const original = lines(...written)
        const rendered = lines(...written.map((each) => each.replace(/: +/, ': ')))
        expect(keepLines(original, rendered, rendered)).toBe(original)
        const changed = lines(...next.map((each) => each.replace(/: +/, ': ')))
        const kept = keepLines(original, rendered, changed) ?? ''
        // Space apart, the result is the changed text.
        expect(kept.replace(/: +/g, ': ')).toBe(changed)
      }),
    )
  })

  it('leaves alone what would be too much work', () => {
    const many = (name: string) =>
      lines(...Array.from({ length: 2_500 }, (_, i) => `${name}${i}: 1`))
    expect(keepLines(many('a'), many('a'), many('b'))).toBeNull()
  })
})
