import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { bind } from '#electron/runner/shell/bind.ts'
import { classify } from '#electron/runner/shell/classify.ts'
import { loadShellParser, type ShellParser } from '#electron/runner/shell/parse.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { placeholderKey } from '#shared/domain/runbook/values.ts'

const root = resolve(import.meta.dirname, '..', '..', '..')
const shared = process.env['DECKWATCH_SHARED'] ?? join(root, '..', 'shared')
const corpora = join(shared, 'corpora', 'runbooks')
const folders = {
  starter: join(root, 'assets', 'playbook', 'runbooks'),
  kubevirt: join(corpora, 'kubevirt', 'docs', 'runbooks'),
  'prometheus-operator': join(corpora, 'prometheus-operator', 'content', 'runbooks'),
}
const present = Object.entries(folders).filter(([, folder]) => existsSync(folder))
if (present.length < 3)
  process.stderr.write(`Not tested: public runbooks, which are not in ${corpora}.\n`)

/** What was found in pages that do not change, after a look at each command. */
const expected: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  kubevirt: { read: 260, change: 40, destroy: 16, refused: 3, needsTerminal: 19, neverEnds: 0 },
  'prometheus-operator': {
    read: 30,
    change: 13,
    destroy: 1,
    refused: 2,
    needsTerminal: 5,
    neverEnds: 1,
  },
}

let parser: ShellParser
beforeAll(async () => {
  parser = await loadShellParser()
})

/** Each command of a folder, with what is judged of it. */
function judged(folder: string) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.md'),
  )
  return files.toSorted().flatMap((file) => {
    const runbook = parseRunbook({ path: file, text: readFileSync(join(folder, file), 'utf8') })
    return runbook.steps
      .flatMap(({ commands }) => commands)
      .map((code) => {
        const values = new Map(code.placeholders.map((each) => [placeholderKey(each), '7']))
        const bound = bind(code, values, parser)
        if (!bound.ok)
          return {
            run: code.run,
            refused: bound.error.reason,
            risk: null,
            needsTerminal: null,
            neverEnds: null,
          }
        const parsed = parser(bound.value.script)
        if (!parsed.ok) throw new Error(`${file}: ${parsed.error.message}`)
        return {
          run: code.run,
          refused: null,
          ...classify(parsed.value, parser, { checked: bound.value.checked }),
        }
      })
  })
}

describe.each(present)('the commands of runbooks (%s)', (name, folder) => {
  it('are each judged, or refused with a reason', () => {
    const all = judged(folder)
    const counts = {
      read: all.filter(({ risk }) => risk === 'read').length,
      change: all.filter(({ risk }) => risk === 'change').length,
      destroy: all.filter(({ risk }) => risk === 'destroy').length,
      refused: all.filter(({ refused }) => refused !== null).length,
      needsTerminal: all.filter(({ needsTerminal }) => needsTerminal !== null).length,
      neverEnds: all.filter(({ neverEnds }) => neverEnds !== null).length,
    }
    if (expected[name]) expect(counts).toEqual(expected[name])
    expect(counts.refused).toBeLessThan(all.length / 20)
    for (const { refused } of all) if (refused !== null) expect(refused).toMatch(/^[A-Z_].*\.$/s)
    // What the words say by themselves agrees.
    for (const { run, risk } of all) {
      if (
        /^(?:kubectl|oc)(?: -n \S+)? (?:get|describe|logs) [^|;&`$()\n]*$/.test(run.trim()) &&
        risk !== null
      ) {
        expect(risk, run).toBe('read')
      }
      if (/\b(?:kubectl|oc)\b[^|;&]* (?:delete|drain) /.test(run) && risk !== null)
        expect(risk, run).toBe('destroy')
    }
  })
})
