import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stepsOf } from '#shared/domain/plan/schema.ts'
import { startDeckwatch } from '#test/fixtures/deckwatch-process.ts'
import { readJournal } from '#test/fixtures/read-journal.ts'
import { loadPlaybook } from '#test/fixtures/starter-playbook.ts'
import { eventually } from '#test/setup/eventually.ts'
import { startAlertmanager, type Alertmanager } from './servers/alertmanager.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** The address that the guide gives; the test's own Alertmanager stands in for it. */
const GUIDE_ADDRESS = 'http://127.0.0.1:9093'
/** What this comes to, wherever one stands. */
const COMMAND = [
  'npm run deckwatch -- ',
  `node ${join(root, 'electron/cli/deckwatch.mjs')} `,
] as const
const START = 'npm start -- --config first-plan/deckwatch.yaml\n'

/** A fence of the guide: a file that one writes, or commands. */
interface Block {
  readonly language: string
  readonly file: string | null
  readonly text: string
}

const BLOCK = /^(`{3,})(\S+)(?: file=(\S+))?\n([\s\S]*?)^\1$/gm

function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(BLOCK)].map(([, , language = '', file, text = '']) => ({
    language,
    file: file ?? null,
    text,
  }))
}

/** What a shell says; rejects with it when it does not end well. */
function run(script: string, cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'bash',
      ['-euc', script],
      { cwd, env: withoutNpm(process.env) },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`${script}\n${stdout}${stderr}`, { cause: error }))
        else resolve(stdout + stderr)
      },
    )
  })
}

/** Tests that npm started would make a command believe that it was started by npm too, elsewhere. */
function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { npm_package_json: _package, INIT_CWD: _folder, ...rest } = env
  return rest
}

describe('the guide to a first response plan', () => {
  let folder: string
  let alertmanager: Alertmanager
  let blocks: readonly Block[]
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deckwatch-guide-'))
    alertmanager = await startAlertmanager()
    const guide = await readFile(join(root, 'docs/first-response-plan.md'), 'utf8')
    blocks = blocksOf(guide.replaceAll(GUIDE_ADDRESS, alertmanager.url))
  })
  afterAll(async () => {
    await alertmanager.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('leads to an incident with the plan, its files and commands taken as they are, in their order', async () => {
    const files = blocks.flatMap(({ file }) => file ?? [])
    expect(files).toEqual([
      'first-plan/deckwatch.yaml',
      'first-plan/rules/orders.yaml',
      'first-plan/rules/tests/orders.yaml',
      'first-plan/plans/orders-stuck.yaml',
      'first-plan/plans/default.yaml',
      'first-plan/runbooks/orders/orders-stuck.md',
      'first-plan/services.yaml',
    ])
    const started: Awaited<ReturnType<typeof startDeckwatch>>[] = []
    const said: string[] = []
    try {
      for (const { language, file, text } of blocks) {
        if (file !== null) {
          await mkdir(dirname(join(folder, file)), { recursive: true })
          await writeFile(join(folder, file), text)
        } else if (text === START) {
          // The built program itself: what `npm start` comes to, without its window.
          started.push(
            await startDeckwatch({
              data: join(folder, 'data'),
              config: join(folder, 'first-plan/deckwatch.yaml'),
              configure: () => undefined,
              remove: () => undefined,
            }),
          )
        } else {
          expect(language).toBe('sh')
          said.push(await run(text.replace(...COMMAND), folder))
        }
      }
      expect(started).toHaveLength(1)
      expect(said.join('\n')).toMatch(
        /SUCCESS: 1 rules found[^]*SUCCESS[^]*SUCCESS: \d+ rules found/,
      )
      await eventually(() => {
        const applied = readJournal(join(folder, 'data')).filter(
          ({ body }) => body.type === 'plan.applied',
        )
        expect(applied).toMatchObject([{ body: { planId: 'orders-stuck', severity: 'P1' } }])
      })
    } finally {
      for (const deckwatch of started) await deckwatch.stop()
    }
  })

  it('writes a playbook that has no problem, and a copy of the starter that has none', async () => {
    const own = await loadPlaybook(join(folder, 'first-plan'))
    expect(own.problems).toEqual([])
    const choice = own.read.inForce.plans.choose({ alertname: 'OrdersStuck' })
    expect(choice?.plan).toMatchObject({ owner: 'team:orders', escalation: 'engineering' })
    expect(choice && stepsOf(choice.plan)[0]?.text).toBe('How many wait? Write the number down.')
    const copy = await loadPlaybook(join(folder, 'starter'))
    expect(copy.problems).toEqual([])
    expect(copy.read.inForce.plans.plans.size).toBeGreaterThan(20)
  })
})
