import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { format } from '#electron/host/node/configuration-format.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { createPlaybookReader } from '#electron/host/node/playbook.ts'
import { createRunbookHealth } from '#electron/host/node/runbook-health.ts'
import { openPlaybook } from '#electron/playbook/index.ts'
import { playbookKinds } from '#electron/playbook/kinds.ts'
import { loadShellParser } from '#electron/runner/shell/parse.ts'
import { parseExpectation } from '#shared/domain/execution/expectation.ts'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { parseCondition } from '#shared/domain/runbook/inputs/condition.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { USUAL_VERIFIED_AGE_MS } from '#shared/domain/runbook-health/schema.ts'
import { silentLogger } from '#test/fixtures/engine.ts'

const guide = readFileSync(resolve(import.meta.dirname, '../../../docs/runbooks.md'), 'utf8')
/** The files of the guide, by path. */
const files = new Map(
  [...guide.matchAll(/^(`{3,4})\w+ file=(\S+)\n([\s\S]*?)^\1$/gm)].map(
    ([, , path = '', text = '']) => [path, text],
  ),
)
/** Who may run, which belongs into the same file. */
const [, people = ''] = /^```yaml people\n([\s\S]*?)^```$/m.exec(guide) ?? []
const runbooks = [...files]
  .filter(([path]) => path.startsWith('runbooks/'))
  .map(([path, text]) => parseRunbook({ path: path.slice('runbooks/'.length), text }))

const runbookOf = (path: string) => {
  const found = runbooks.find((each) => each.path === path)
  if (!found) throw new Error(`The guide has no ${path}.`)
  return found
}
const codes = (path: string) => runbookOf(path).steps.flatMap(codesOf)

// It leaves a global behind when it is loaded first, which is no matter of these tests.
await loadShellParser()

/** What a configuration must have, and the guide is not about. */
const SOURCES = 'sources: [{ name: am, type: alertmanager, url: "http://127.0.0.1:9093" }]\n'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-guide-'))
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    const whole = path === 'deckwatch.yaml' ? `${SOURCES}${text}${people}` : text
    writeFileSync(join(folder, path), whole)
  }
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('the guide to runbooks', () => {
  it('has examples that are a valid playbook, whose runbooks have neither errors nor warnings', async () => {
    const playbook = await openPlaybook({
      folder,
      kinds: playbookKinds('deckwatch.yaml', format),
      clock: createNodeClock(),
      logger: silentLogger,
      onChange: () => undefined,
    })
    const { inForce, problems } = createPlaybookReader(playbook, createNodeIds())()
    const health = await createRunbookHealth()(playbook, {
      plans: inForce.plans,
      maps: [],
      maxVerifiedAgeMs: USUAL_VERIFIED_AGE_MS,
      now: Date.UTC(2026, 10, 30),
      nameOf: (path) => path,
    })
    const all = playbook.problems()
    playbook.close()
    expect([all, problems]).toEqual([[], []])
    expect([files.size, people]).toEqual([10, expect.stringContaining('runs: true')])
    const told = [...health.plans, ...health.runbooks.flatMap(({ findings }) => findings)]
    expect(told.filter(({ severity }) => severity !== 'note')).toEqual([])
    expect(health.runbooks.map(({ copyOnly }) => copyOnly)).toEqual(runbooks.map(() => 0))
  })

  it('says of a page which phases, steps, decisions and attributes it has', () => {
    const { alerts, owner, verified, sections, steps } = runbookOf('web/errors.md')
    expect([alerts, owner, verified]).toEqual([['HttpErrorsHigh'], 'team:web', '2026-10-08'])
    expect(sections.slice(1).map(({ title, phase }) => `${title}: ${phase ?? '–'}`)).toEqual([
      'Symptoms: context',
      'Diagnosis: diagnose',
      'Resolution: act',
      'Roll back: act',
      'Fixed when: act',
      'Escalation: escalate',
    ])
    expect(steps).toHaveLength(6)
    expect(steps.flatMap(({ decisions }) => decisions)).toMatchObject([
      { condition: 'it began with a deployment', yes: 'roll back', no: 'look at the database' },
    ])
    expect(steps.flatMap(({ checks }) => checks)).toHaveLength(1)
    expect(codes('web/errors.md').map(({ kind, attributes }) => [kind, attributes.name])).toEqual([
      ['command', 'pods'],
      ['query', 'error-ratio'],
      ['command', null],
    ])
  })

  it('says which lines run where there are prompts', () => {
    expect(codes('web/prompts.md')).toMatchObject([
      {
        run: 'kubectl --namespace web get pods\nkubectl --namespace web top pods',
        output: 'NAME    READY   STATUS\nweb-0   1/1     Running',
      },
    ])
  })

  it('says what checks of servers are', () => {
    expect(
      codes('web/front-door.md').map(({ kind, language, attributes }) => [
        kind,
        language,
        attributes.name,
      ]),
    ).toEqual([
      ['check', 'dns', 'shop-name'],
      ['check', 'tcp', 'load-balancer'],
      ['check', 'tls', 'shop-certificate'],
      ['check', 'http', 'shop-health'],
    ])
    expect(runbookOf('web/front-door.md').findings).toEqual([])
  })

  it('says how a captured value reaches a later step', () => {
    const [first, second] = runbookOf('web/captures.md').steps
    expect(first?.commands[0]?.attributes.capture).toBe('POD')
    expect(second?.commands[0]?.placeholders).toMatchObject([{ name: 'POD', setBy: first?.id }])
  })

  it('says what is filled in from where', () => {
    expect(codes('nodes/disk.md').flatMap(({ placeholders }) => placeholders)).toMatchObject([
      { name: 'NODE', form: 'input', label: 'instance' },
      { name: 'CLAIM', form: 'input', description: 'name of the claim' },
      { name: 'namespace', form: 'angle' },
      { name: 'deployment', form: 'angle' },
      { name: 'replicas', form: 'brace', expression: 'replicas + 1' },
      { name: 'namespace', form: 'angle' },
    ])
  })

  it('says what a file of several alerts and one in YAML are', () => {
    expect(runbookOf('kubernetes.md').parts.map(({ alert }) => alert)).toEqual([
      'KubePodCrashLooping',
      'KubeNodeNotReady',
    ])
    const queue = runbookOf('queue.yaml')
    expect([queue.title, queue.alerts, queue.steps.length]).toEqual([
      'The queue grows',
      ['QueueGrows'],
      3,
    ])
    expect(codes('queue.yaml').map(({ attributes: { when } }) => when)).toEqual([
      null,
      'length > 1000',
    ])
  })

  it('lists expectations and conditions that are read', () => {
    const [, listed = ''] = /joined by `and`:\n(.+)\n/.exec(guide) ?? []
    const each = [...listed.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)
    expect(each).toHaveLength(10)
    expect(each.filter((text) => parseExpectation(text) === null)).toEqual([])
    expect(parseExpectation(each.join(' and '))).toHaveLength(10)
    expect(guide).toContain('as one comparison: `cpu > 90`')
    expect(parseCondition('cpu > 90')).not.toBeNull()
  })
})
