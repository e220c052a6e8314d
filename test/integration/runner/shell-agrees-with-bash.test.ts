import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadShellParser, type ShellParser } from '#electron/runner/shell/parse.ts'

const run = promisify(execFile)

/** Pieces of which texts are made, whole and broken; none of the programs exists. */
const piece = fc.constantFrom(
  ...[
    'aa',
    'bb',
    'cc',
    'dd',
    'aa',
    'bb',
    'cc',
    ' ',
    ' ',
    ' ',
    ' ',
    '\n',
    '\n',
    ';',
    '; ',
    ' | ',
    ' && ',
    ' || ',
    ' & ',
  ],
  ...[
    '"',
    '"',
    "'",
    "'",
    '`',
    '`',
    '\\',
    '\\\n',
    '$(',
    ')',
    '(',
    ')',
    '{ ',
    '; }',
    '{',
    '}',
    '#',
    ' #',
    '$',
    '!',
    ' ! ',
    "''",
    '#;',
  ],
  ...[
    '$((',
    '))',
    '((',
    '[[ ',
    ' ]]',
    '[',
    ']',
    '$[',
    '${',
    '${x:-',
    '${x',
    '$x',
    '}',
    '"$(',
    ')"',
    "$'",
    '$"',
    "\\'",
    '\\"',
    '\\`',
  ],
  ...[
    '<<E\n',
    '<<-E\n',
    "<<'E'\n",
    '\nE\n',
    '\n\tE\n',
    'E',
    '<<<',
    ' > f ',
    '>&2',
    '2>',
    '<(',
    '>(',
    '&>',
    '>|',
    '|&',
  ],
  ...[
    'if aa; then ',
    '; fi',
    'for i in aa; do ',
    '; done',
    'case aa in ',
    'aa) ',
    ';; ',
    ' esac',
    'f() ',
    'function g ',
    'time ',
  ],
  ...[
    'x=',
    'x=aa ',
    'x+=',
    'x[0]=',
    'x=(',
    'export ',
    'declare ',
    'let ',
    '~',
    '*',
    '{aa,bb}',
    '@(',
    '=',
    '+',
    ',',
    '\t',
    'é',
  ],
)
const texts = fc.array(piece, { minLength: 2, maxLength: 9 }).map((pieces) => pieces.join(''))

const driver = `
command_not_found_handle() { printf '%s\\0' "$1" >> "$RAN"; }
export -f command_not_found_handle
for each in texts/*; do
  RAN=$PWD/ran/\${each#texts/} /bin/bash --noprofile --norc "$each" < /dev/null
done > /dev/null 2>&1
exit 0
`

let folder: string
let parser: ShellParser
beforeAll(async () => {
  parser = await loadShellParser()
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-bash-'))
  for (const each of ['texts', 'ran']) mkdirSync(join(folder, each))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('the commands that are found in a text', () => {
  it('are all that bash runs of it', async () => {
    const samples = fc
      .sample(texts, {
        numRuns: 6_000,
        seed: 20_261_130,
      })
      .flatMap((text) => {
        const parsed = parser(text)
        return parsed.ok && parsed.value.segments.length > 0 ? [{ text, parse: parsed.value }] : []
      })
    // What no parser takes never runs: only the rest says something.
    expect(samples.length).toBeGreaterThan(500)
    for (const [index, { text }] of samples.entries())
      writeFileSync(join(folder, 'texts', `${index}`), text)
    await run('/bin/bash', ['--noprofile', '--norc', '-c', driver], {
      cwd: folder,
      env: { PATH: '/nonexistent', LANG: 'C.UTF-8', HOME: folder },
    })
    const ran = readdirSync(join(folder, 'ran'))
    expect(ran.length).toBeGreaterThan(300)
    const unforeseen: unknown[] = []
    for (const index of ran) {
      const { text, parse } = samples[Number(index)]!
      const programs = parse.segments.map(({ words }) => words[0]?.value)
      // A program that is only known when it runs is said to be so, and may be any.
      if (programs.includes(null)) continue
      const names = readFileSync(join(folder, 'ran', index), 'utf8')
        .split('\0')
        .slice(0, -1)
      // Behind a pipe `time` is a program that runs the next one; it is looked through anyway.
      const missed = names.filter((name) => name !== 'time' && !programs.includes(name))
      if (missed.length > 0) unforeseen.push({ text, missed, programs })
    }
    expect(unforeseen).toEqual([])
  })
})
