/* eslint-disable no-template-curly-in-string -- the texts of a shell have these braces */
import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bind, type ValueChecks } from '#electron/runner/shell/bind.ts'
import { loadShellParser, type ShellParser } from '#electron/runner/shell/parse.ts'
import { shellPlaceholders } from '#shared/domain/runbook/placeholders.ts'
import { checkValue } from '#shared/domain/runbook/values.ts'
import { ok } from '#shared/domain/result/result.ts'
import { CANARY, hostileValues } from '#test/fixtures/hostile-values.ts'

/** What the program gets where a value may stand. */
const places: readonly (readonly [text: string, argv: (value: string) => readonly string[]])[] = [
  ['stub <x>', (value) => [value]],
  ['stub --flag=<x>', (value) => [`--flag=${value}`]],
  ['stub -n <x> get pod/<x> end', (value) => ['-n', value, 'get', `pod/${value}`, 'end']],
  ['stub <x>/<x>', (value) => [`${value}/${value}`]],
  ['stub http://host:80/<x>', (value) => [`http://host:80/${value}`]],
  ['stub "<x>" a', (value) => [value, 'a']],
  ["stub '<x>' a", (value) => [value, 'a']],
  ['stub --a="<x>"b', (value) => [`--a=${value}b`]],
  ['stub $X', (value) => [value]],
  ['stub ${X}y', (value) => [`${value}y`]],
  ['stub "a-$X-b" $X', (value) => [`a-${value}-b`, value]],
  ['stub ~<x>', (value) => [`~${value}`]],
  ['stub a\\ <x>\\"', (value) => [`a ${value}"`]],
  ['stub {{ $labels.x }}', (value) => [value]],
  ['A=<x>; stub $A', (value) => [value]],
  ['A=\'<x>\'\nB=$A && stub a=$B "$A.$B"', (value) => [`a=${value}`, `${value}.${value}`]],
  ['export A=<x>; stub ${A}', (value) => [value]],
  ['(stub <x>)', (value) => [value]],
  ['{ stub <x> > /dev/null; } 2>&1', (value) => [value]],
  ['f() { stub <x>; }; f', (value) => [value]],
  ['for i in 1; do if [[ a == a ]]; then stub $i <x>; fi; done', (value) => ['1', value]],
  ['case a in a) command stub <x> ;; esac', (value) => [value]],
  ['stub \\\n  <x> # <x>', (value) => [value]],
  ['stub "$(printf "%s." <x>)"', (value) => [`${value}.`]],
  ['exec stub <x>', (value) => [value]],
]

const unchecked: ValueChecks = { value: (_, value) => ok(value), urlPart: (_, value) => ok(value) }
const run = promisify(execFile)

let folder: string
let programs: string
let parser: ShellParser
let scripts: readonly string[]

/** A program that writes its arguments and `end`, each followed by NUL, to a file. */
const stub = '#!/bin/sh\nprintf "%s\\0" "$@" end >> "$STUB_OUT"\n'
const canary = '#!/bin/sh\n: > "$STUB_CANARY"\n'

beforeAll(async () => {
  parser = await loadShellParser()
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-hostile-'))
  programs = join(folder, 'programs')
  mkdirSync(programs)
  for (const [name, text] of [
    ['stub', stub],
    [CANARY, canary],
  ] as const) {
    writeFileSync(join(programs, name), text)
    chmodSync(join(programs, name), 0o755)
  }
  scripts = bindAll()
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const asPassed = (value: string) => Buffer.from(value).toString()

/** The script of each place, and the one variable that they all use. */
function bindAll(): readonly string[] {
  return places.map(([text]) => {
    const code = { run: text, placeholders: shellPlaceholders(text).placeholders }
    const values = new Map(code.placeholders.map(({ name }) => [name, CANARY]))
    const bound = bind(code, values, parser, unchecked)
    if (!bound.ok) throw new Error(`${text}: ${bound.error.reason}`)
    expect(bound.value.environment, text).toEqual({ DECKWATCH_V1: CANARY })
    expect(bound.value.script, text).not.toContain(CANARY)
    return bound.value.script
  })
}

/** What the program got in each place when a value was put in, unchecked. */
async function called(value: string): Promise<readonly (readonly string[])[]> {
  const home = mkdtempSync(join(folder, 'run-'))
  mkdirSync(join(home, 'out'))
  // One bash for all of them: each in a shell of its own, which takes the text as it is.
  const all = scripts
    .map((script, index) => `export STUB_OUT=out/${index}\n(\n${script}\n)\n`)
    .join('')
  const env = {
    DECKWATCH_V1: value,
    PATH: programs,
    STUB_CANARY: join(folder, 'canary-ran'),
    HOME: home,
    LANG: 'C.UTF-8',
  }
  await run('/bin/bash', ['--noprofile', '--norc', '-c', all], { env, cwd: home })
  const got = places.map((_, index) => {
    const out = join(home, 'out', `${index}`)
    return existsSync(out) ? readFileSync(out, 'utf8').split('\0').slice(0, -1) : []
  })
  expect(readdirSync(home).toSorted(), JSON.stringify(value)).toEqual(['out'])
  rmSync(home, { recursive: true })
  return got
}

describe('a hostile value', () => {
  it('is one of at least 200, and each is refused by its check or harmless as a word', () => {
    expect(hostileValues.length).toBeGreaterThanOrEqual(200)
    const passed = hostileValues.filter((value) => checkValue({ name: 'x' }, value).ok)
    // What is let through has nothing in it that a shell, a far one included, would act on.
    for (const value of passed) expect(value).toMatch(/^(?!-)[\w.:/@=+,%~[\]-]+$/)
    expect(passed.length).toBeLessThan(hostileValues.length / 8)
  })

  // NUL ends a string of the environment, and a value over 128 KiB is refused by the system: nothing runs.
  const passable = hostileValues.filter((value) => !value.includes('\0') && value.length < 131_000)

  it('is exactly one argument wherever it may stand, and nothing else runs', async () => {
    const waiting = [...passable]
    const wrong: unknown[] = []
    const lane = async () => {
      for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
        const got = await called(value)
        for (const [index, [text, argv]] of places.entries()) {
          const wanted = [...argv(asPassed(value)), 'end']
          if (JSON.stringify(got[index]) !== JSON.stringify(wanted))
            wrong.push({ text, value: value.slice(0, 100), got: got[index]?.length })
        }
      }
    }
    await Promise.all([lane(), lane()])
    expect(wrong).toEqual([])
    expect(existsSync(join(folder, 'canary-ran'))).toBe(false)
  })

  it('that the system cannot pass on runs nothing', async () => {
    for (const value of hostileValues.filter((each) => !passable.includes(each))) {
      expect(checkValue({ name: 'x' }, value).ok).toBe(false)
      await expect(called(value)).rejects.toThrow(/E2BIG|null bytes/)
    }
    expect(existsSync(join(folder, 'canary-ran'))).toBe(false)
  })
})

describe('the canary', () => {
  it('runs where a value is spliced into the text, so that its silence means something', async () => {
    const ran = join(folder, 'canary-ran')
    const env = { PATH: programs, STUB_OUT: join(folder, 'out'), STUB_CANARY: ran }
    await run('/bin/bash', ['-c', `stub $(${CANARY})`], { env, cwd: folder })
    expect(existsSync(ran)).toBe(true)
    rmSync(ran)
  })
})
