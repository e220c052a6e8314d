import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { inRepository } from '#test/integration/packaging/configuration.ts'

const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']))
const jobSchema = z.looseObject({
  'timeout-minutes': z.number().max(60),
  permissions,
  'runs-on': z.string(),
  steps: z.array(
    z
      .looseObject({
        uses: z.string().optional(),
        run: z.string().optional(),
        with: z.record(z.string(), z.unknown()).optional(),
      })
      .refine(({ uses, run }) => (uses === undefined) !== (run === undefined), 'uses or run'),
  ),
})
const workflowSchema = z.looseObject({
  on: z.record(z.string(), z.unknown()),
  permissions,
  concurrency: z.looseObject({ group: z.string() }),
  jobs: z.record(z.string(), jobSchema),
})

const { scripts, devDependencies } = z
  .object({
    scripts: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(inRepository('package.json'), 'utf8')))
const folder = inRepository('.github/workflows')

describe.each(readdirSync(folder))('the workflow %s', (file) => {
  const text = readFileSync(`${folder}/${file}`, 'utf8')
  const workflow = workflowSchema.parse(parse(text))
  const jobs = Object.values(workflow.jobs)
  const steps = jobs.flatMap((job) => job.steps)

  it('may only read the repository, and keeps no key to it', () => {
    for (const granted of [workflow.permissions, ...jobs.map((job) => job.permissions)]) {
      expect(granted).toEqual({ contents: 'read' })
    }
    for (const { uses, with: options } of steps) {
      if (uses?.startsWith('actions/checkout@') === true) {
        expect(options).toMatchObject({ 'persist-credentials': false })
      }
    }
    // With this trigger the code of strangers would run with the rights of the repository.
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
  })

  it("takes GitHub's own actions only, at a version", () => {
    const used = steps.flatMap(({ uses }) => uses ?? [])
    expect(used.length).toBeGreaterThan(0)
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@(v\d+|[0-9a-f]{40})$/)
  })

  it('runs scripts, kinds of tests and files that exist', () => {
    const commands = steps.map(({ run }) => run ?? '').join('\n')
    for (const [, script = ''] of commands.matchAll(/\bnpm run ([\w:-]+)/g)) {
      expect(Object.keys(scripts)).toContain(script)
    }
    for (const [, kind = ''] of commands.matchAll(/\bnpm test -- (\w+)/g)) {
      expect(existsSync(inRepository(`test/${kind}`)), kind).toBe(true)
    }
    for (const [path] of commands.matchAll(/(?<=\s|')(\.\/|\.ci\/|node_modules\/)[\w./-]+/g)) {
      expect(existsSync(inRepository(path)), path).toBe(true)
    }
  })

  it('puts nothing into a shell that others write', () => {
    for (const { run = '' } of steps) {
      // Names of branches and titles are free text; what a matrix holds is written here.
      const pasted = [...run.matchAll(/\$\{\{\s*([\w.]+)/g)].map(([, name]) => name)
      expect(pasted.filter((name) => name?.startsWith('matrix.') !== true)).toEqual([])
    }
  })
})

it('runs all checks, Electron and the installers on three systems', () => {
  const { jobs } = workflowSchema.parse(parse(readFileSync(`${folder}/ci.yml`, 'utf8')))
  expect(Object.keys(jobs)).toEqual(['test', 'electron', 'installers'])
  for (const [name, job] of Object.entries(jobs)) {
    const matrix = JSON.stringify(job['strategy'])
    for (const system of ['ubuntu', 'macos', 'windows']) {
      expect(matrix, name).toContain(system)
    }
  }
  expect(devDependencies).toHaveProperty('electron-builder')
})
