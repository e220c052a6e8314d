/* eslint-disable no-template-curly-in-string -- the texts of a shell have these braces */
import { describe, expect, it } from 'vitest'
import { loadShellParser } from '#electron/runner/shell/parse.ts'
import { parser } from './judge.ts'

const segments = (text: string) => {
  const parsed = parser(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return parsed.value.segments
}

describe('a text', () => {
  it('is taken apart into each simple command, wherever it stands', () => {
    const text =
      'a | b && c; (d) & { e; } $(f) `g`\nif h; then i; fi; x() { j; }; k <(l) "$(m)" ${y:-$(n)}'.replace(
        '} $(f) `g`',
        '}; z $(f) `g`',
      )
    expect(segments(text).map(({ words }) => words[0]?.value)).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      'z',
      'f',
      'g',
      'h',
      'i',
      'j',
      'k',
      'l',
      'm',
      'n',
    ])
  })

  it('keeps where its words stand, also behind letters of more than one byte', () => {
    const text = 'echo é😀 "x é" $NAME'
    const [first] = segments(text)
    expect(first?.words.map(({ start, end }) => text.slice(start, end))).toEqual([
      'echo',
      'é😀',
      '"x é"',
      '$NAME',
    ])
    expect(first?.words.map(({ value }) => value)).toEqual(['echo', 'é😀', 'x é', null])
    expect(first?.words[2]?.parts[0]).toMatchObject({
      kind: 'double',
      parts: [{ kind: 'literal', text: 'x é' }],
    })
    expect(first?.words[3]?.parts[0]).toMatchObject({
      kind: 'parameter',
      name: 'NAME',
      isPlain: true,
    })
  })

  it('says what a word is for the program', () => {
    const [first] = segments(String.raw`a b\ c 'd e'"f\"g" h* {i,j} {} k"$L" $'m' \n ~o`)
    expect(first?.words.map(({ value }) => value)).toEqual([
      'a',
      'b c',
      'd ef"g',
      null,
      null,
      '{}',
      null,
      null,
      'n',
      '~o',
    ])
  })

  it('knows redirections and which of them write', () => {
    const [first] = segments('a < b > c 2>> d 2>&1 >&- &> e <<< f <<E\ntext\nE')
    expect(
      first?.redirections.map(({ operator, target, writes, isHereDocument }) => [
        operator,
        target.value,
        writes,
        isHereDocument,
      ]),
    ).toEqual([
      ['<', 'b', false, false],
      ['>', 'c', true, false],
      ['>>', 'd', true, false],
      ['>&', '1', false, false],
      ['>&', '-', false, false],
      ['&>', 'e', true, false],
      ['<<<', 'f', false, false],
      ['<<', 'E', false, true],
    ])
  })

  it('knows pipes, the background, assignments and lines', () => {
    expect(segments('A=1 B=$x a | b\nexport C=2 D &')).toMatchObject([
      {
        line: 1,
        readsPipe: false,
        isBackground: false,
        assignments: [{ name: 'A' }, { name: 'B' }],
      },
      { line: 1, readsPipe: true, isBackground: false, assignments: [] },
      {
        line: 2,
        readsPipe: false,
        isBackground: true,
        assignments: [{ name: 'C' }, { name: 'D' }],
      },
    ])
  })
})

describe('a text that is refused', () => {
  it.each([
    ['echo "', 'This is no valid shell command: reached EOF without closing quote ".', 1],
    ['a\nfoo )', /^This is no valid shell command: .*\.$/, 2],
    ['a <<E\n', /unclosed here-document/, 1],
    [
      'a\nb\u202Ec',
      'There is a control character or an unusual blank (U+202E) in this command.',
      2,
    ],
    ['a\rb', /U\+000D/, 1],
    ['a\0', /U\+0000/, 1],
    ['a\u00A0b', /U\+00A0/, 1],
    ['a\uD800', /U\+D800/, 1],
    ['rm\\', 'The command ends with a backslash.', 1],
    ['éx+=[\n\tE\n]', /does not know this part/, 1],
    ["''2> f", /does not know this part/, 1],
    ["echo ''#; rm x", /does not know this part/, 1],
    ['echo $(ls)#; rm x', /does not know this part/, 1],
    ['x=()#; rm x', /does not know this part/, 1],
    ['ls # a\\\nrm x', /does not know this part/, 1],
    ['echo $\\\nHOME', 'A line ends within the name of a variable.', 1],
    ['coproc ls', /does not know this part/, 1],
    ['x'.repeat(64_001), 'This is too long to be run.', 1],
    [`echo ${'$('.repeat(20_000)}`, 'This command is nested too deep.', 1],
  ])('%j', (text, message, line) => {
    const parsed = parser(text)
    expect(parsed).toMatchObject({ ok: false, error: { line } })
    if (!parsed.ok) expect(parsed.error.message).toMatch(message)
  })
})

describe('the parser', () => {
  it('leaves no trace of its package', async () => {
    const limit = Error.stackTraceLimit
    await loadShellParser()
    expect(Error.stackTraceLimit).toBe(limit)
    expect(limit).toBeLessThan(1_000)
    expect('require' in globalThis).toBe(false)
  })
})
