import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  loadPlaybook,
  starterFolder,
  starterRuleFiles,
  starterRunbooks,
} from '#test/fixtures/starter-playbook.ts'
import { promtool } from './servers/promtool.ts'

const rulesFolder = join(starterFolder, 'rules')
const testFiles = async (folder: string) =>
  (await readdir(join(folder, 'tests'))).map((name) => join(folder, 'tests', name))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckwatch-starter-rules-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What promtool says of these expressions. */
async function checkExpressions(expressions: readonly string[]) {
  const file = join(folder, 'expressions.yaml')
  const rules = expressions.map((expr, index) => ({ record: `asked:${String(index)}`, expr }))
  await writeFile(file, JSON.stringify({ groups: [{ name: 'asked', rules }] }))
  return promtool('check', 'rules', file)
}

describe('the rules of the starter playbook', () => {
  it('are fine by promtool, also by its lint', async () => {
    const files = [...starterRuleFiles().keys()]
    const { isFine, output } = await promtool(
      'check',
      'rules',
      '--lint=all',
      '--lint-fatal',
      ...files,
    )
    expect(output.match(/SUCCESS: \d+ rules found/g)).toHaveLength(files.length)
    expect(isFine).toBe(true)
  })

  it('fire when their tests say so, with their real durations', async () => {
    const files = await testFiles(rulesFolder)
    expect(files.length).toBeGreaterThanOrEqual(starterRuleFiles().size)
    const { isFine, output } = await promtool('test', 'rules', ...files)
    expect(output).not.toContain('FAILED')
    expect(isFine).toBe(true)
  })

  it.each([
    ['latency.yaml', '> 2000', '> 4000'],
    ['payments.yaml', 'for: 5m', 'for: 15m'],
    ['databases.yaml', '> 0.8', '> 0.9'],
    ['logs.yaml', '>= 50', '>= 60'],
  ])('are held by their tests: %s with "%s" as "%s" fails', async (name, text, changed) => {
    const copy = join(folder, 'changed')
    await rm(copy, { recursive: true, force: true })
    await cp(rulesFolder, copy, { recursive: true })
    const rules = await readFile(join(copy, name), 'utf8')
    expect(rules).toContain(text)
    await writeFile(join(copy, name), rules.replaceAll(text, changed))
    const { isFine } = await promtool('test', 'rules', join(copy, 'tests', name))
    expect(isFine).toBe(false)
  })
})

describe('the expressions of the starter playbook', () => {
  it('are PromQL in every plan', async () => {
    const { plans } = (await loadPlaybook()).read.inForce.plans
    const expressions = [...plans.values()].flatMap(
      ({ impact, technical, fixedWhen, triggers }) => [
        ...Object.values(impact.values).flatMap((value) =>
          value.kind === 'promql' ? [value.promql] : [],
        ),
        ...technical.metrics,
        ...fixedWhen.flatMap((each) => (each.kind === 'promql' ? [each.promql] : [])),
        ...triggers.flatMap(({ when }) => ('promql' in when ? [when.promql] : [])),
      ],
    )
    expect(expressions.length).toBeGreaterThan(100)
    const { isFine, output } = await checkExpressions(expressions)
    expect(output).toContain('SUCCESS')
    expect(isFine).toBe(true)
  })

  it('are PromQL in every runbook', async () => {
    const expressions = [...starterRunbooks().values()].flatMap(({ fences }) =>
      fences.flatMap(({ language, text }) => (language === 'promql' ? [text] : [])),
    )
    expect(expressions.length).toBeGreaterThan(50)
    const { isFine, output } = await checkExpressions(expressions)
    expect(output).toContain('SUCCESS')
    expect(isFine).toBe(true)
  })

  it('are found when they are not PromQL', async () => {
    expect((await checkExpressions(['sum(up'])).isFine).toBe(false)
  })
})

describe('the commands of the runbooks', () => {
  it('can be parsed by a shell', async () => {
    const commands = [...starterRunbooks().values()].flatMap(({ path, fences }) =>
      fences.flatMap(({ language, text }) => (language === 'sh' ? [{ path, text }] : [])),
    )
    expect(commands.length).toBeGreaterThan(120)
    // One function for each, so that what one leaves open does not hide in the next.
    for (const path of new Set(commands.map((each) => each.path))) {
      const script = commands
        .filter((each) => each.path === path)
        .map(({ text }, index) => `step${String(index)}() {\n${text}\n}`)
        .join('\n')
      expect({ path, problem: await parseShell(script) }).toEqual({ path, problem: '' })
    }
    expect(await parseShell("echo 'open")).not.toBe('')
  })
})

/** What bash says of a script that it only reads; empty when it can be run. */
function parseShell(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('bash', ['-n'], (error, _stdout, stderr) => {
      if (error && typeof error.code !== 'number')
        reject(new Error('bash cannot be run', { cause: error }))
      else resolve(stderr)
    })
    child.stdin?.end(script)
  })
}
