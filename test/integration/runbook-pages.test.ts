import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Runbook, Step } from '#shared/domain/runbook/schema.ts'
import type { ExpectedPages } from './runbooks/expected.ts'
import { components } from './runbooks/kubevirt-components.ts'
import { machines } from './runbooks/kubevirt-machines.ts'
import { operatorPages } from './runbooks/prometheus-operator-pages.ts'

const root = resolve(import.meta.dirname, '..', '..')
/** Public runbooks beside the project, where somebody has put them. */
const shared = process.env['DECKWATCH_SHARED'] ?? join(root, '..', 'shared')
const corpora = join(shared, 'corpora', 'runbooks')
const kubevirt = join(corpora, 'kubevirt', 'docs', 'runbooks')
const operator = join(corpora, 'prometheus-operator', 'content', 'runbooks')
const starter = join(root, 'assets', 'playbook', 'runbooks')
const hasCorpora = existsSync(kubevirt) && existsSync(operator)

if (!hasCorpora) {
  process.stderr.write(`Not tested: public runbooks, which are not in ${corpora}.\n`)
}

function read(folder: string): readonly { readonly runbook: Runbook; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((file) => {
      const text = readFileSync(file, 'utf8')
      const path = relative(folder, file).split(sep).join('/')
      return { runbook: parseRunbook({ path, text }), text }
    })
}

const codeOf = (step: Step) => [...codesOf(step), ...step.copies]

/** What was found in the pages of a folder, after a look at each that nothing of it is lost. */
function count(folder: string): Record<string, number> {
  const pages = read(folder)
  for (const { runbook, text } of pages) {
    expect(runbook.blocks.map((block) => block.text).join(''), runbook.path).toBe(text)
    for (const step of runbook.steps) {
      expect(step.until, `${runbook.path}: ${step.title}`).toBeGreaterThan(step.from)
      for (const code of codeOf(step)) {
        for (const { start, end } of code.placeholders) {
          expect(code.run.slice(start, end)).toMatch(/^[<{$].+/)
        }
      }
    }
    const ids = runbook.steps.map(({ id }) => id)
    expect(new Set(ids).size, runbook.path).toBe(ids.length)
  }
  const steps = pages.flatMap(({ runbook }) => runbook.steps)
  return {
    pages: pages.length,
    steps: steps.length,
    commands: steps.flatMap(({ commands }) => commands).length,
    queries: steps.flatMap(({ queries }) => queries).length,
    placeholders: steps.flatMap(codeOf).flatMap(({ placeholders }) => placeholders).length,
    decisions: steps.flatMap(({ decisions }) => decisions).length,
    checks: steps.flatMap(({ checks }) => checks).length,
    findings: pages.flatMap(({ runbook }) => runbook.findings).length,
  }
}

function report(name: string, counts: Record<string, number>): void {
  const words = Object.entries(counts).map(([what, many]) => `${String(many)} ${what}`)
  process.stdout.write(`Runbooks of ${name}: ${words.join(', ')}.\n`)
}

/** Fences with a shell's name that begin with something a shell can run, counted on the text alone. */
function shellFences(text: string): number {
  const fences = text.matchAll(/^[ \t>]*```(?:bash|shell|sh|console)\b.*\n([\s\S]*?)^[ \t>]*```/gm)
  return [...fences].filter(([, body = '']) =>
    body.split('\n').some((line) => /^\s*[^\s#]/.test(line) && !/^\s*apiVersion:/.test(body)),
  ).length
}

it('loses nothing of the starter playbook, and finds each of its commands', () => {
  const counts = count(starter)
  report('the starter playbook', counts)
  const fences = read(starter).reduce((sum, { text }) => sum + shellFences(text), 0)
  expect(counts['commands']).toBe(fences)
  expect(counts['checks']).toBeGreaterThan(30)
  expect(counts['findings']).toBe(0)
})

describe.skipIf(!hasCorpora)('public runbooks', () => {
  it.each([
    ['kubevirt', kubevirt],
    ['prometheus-operator', operator],
  ])('loses nothing of those of %s, and finds each of their commands', (name, folder) => {
    const counts = count(folder)
    report(name, counts)
    const fences = read(folder).reduce((sum, { text }) => sum + shellFences(text), 0)
    expect(counts['commands']).toBe(fences)
  })

  const all: readonly (readonly [folder: string, pages: ExpectedPages])[] = [
    [kubevirt, { ...machines, ...components }],
    [operator, operatorPages],
  ]
  const pages = all.flatMap(([folder, expected]) =>
    Object.entries(expected).map(([path, steps]) => ({ folder, path, steps })),
  )

  it('has thirty pages that an engineer read', () => {
    expect(pages.length).toBeGreaterThanOrEqual(30)
  })

  it.each(pages)('reads $path as an engineer does', ({ folder, path, steps }) => {
    const runbook = parseRunbook({ path, text: readFileSync(join(folder, path), 'utf8') })
    const found = runbook.steps.map((step, index) => {
      const names = codeOf(step).flatMap(({ placeholders }) => placeholders.map(({ name }) => name))
      const written = steps[index]?.[1] ?? ''
      const begin = written.endsWith('…') ? written.slice(0, -1) : null
      const title = begin !== null && step.title.startsWith(begin) ? written : step.title
      return [
        step.phase,
        title,
        step.commands.length,
        step.queries.length,
        ...[...new Set(names)].toSorted(),
      ]
    })
    const expected = steps.map(([phase, title, commands, queries, ...names]) => [
      phase,
      title,
      commands,
      queries,
      ...names.toSorted(),
    ])
    expect(found).toEqual(expected)
  })
})
