import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkProgram } from '#electron/host/check/program.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { openJournal } from '#electron/journal/sqlite.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { appendPastIncidents } from '#test/fixtures/past-incidents.ts'

const root = resolve(import.meta.dirname, '..', '..')
const program = join(root, 'electron', 'host', 'check', 'main.ts')
/** Public rules, runbooks and specifications beside the project, where somebody has put them. */
const shared = process.env['DECKWATCH_SHARED'] ?? join(root, '..', 'shared')
const rules = join(shared, 'corpora', 'rules', 'kube-prometheus')
const runbooks = join(shared, 'corpora', 'runbooks', 'prometheus-operator')
const sarifSchema = join(shared, 'specs', 'sarif-schema-2.1.0.json')
const hasCorpora = [rules, runbooks, sarifSchema].every((path) => existsSync(path))
const map = `https://runbooks.prometheus-operator.dev=${runbooks}`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-check-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(path: string, text: string): string {
  const full = join(folder, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, text)
  return full
}

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs it as a person would in the folder of the test, within this process. */
async function check(...args: readonly string[]): Promise<Outcome> {
  let out = ''
  let err = ''
  const code = await checkProgram(args, {
    cwd: folder,
    print(text) {
      out += text
    },
    say(line) {
      err += `${line}\n`
    },
  })
  return { code, out, err }
}

/** Runs it as a process of its own. */
function spawned(...args: readonly string[]): Promise<Outcome> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', program, ...args],
      { cwd: folder },
      (error, out, err) => {
        done({ code: error ? Number(error.code) : 0, out, err })
      },
    )
  })
}

const reportSchema = z.object({
  percent: z.number().nullable(),
  coverage: z.record(z.string(), z.number()),
  problems: z.array(z.object({ place: z.object({ file: z.string(), line: z.number() }) })),
  findings: z.array(z.object({ code: z.string(), alert: z.string().nullable() })),
  alerts: z.array(z.object({ name: z.string(), kind: z.string(), findings: z.array(z.string()) })),
})
const reportOf = ({ out }: Outcome) => reportSchema.parse(JSON.parse(out))

const RULES = `groups:
  - name: app
    rules:
      - alert: RequestsFail
        expr: fails > 0.05
        for: 5m
        labels: { severity: critical }
        annotations: { summary: Requests fail, description: They do, runbook_url: web/fail.md#back }
      - alert: Other
        expr: up == 0
`
const PLAN = `plan: requests
match: ['alertname="RequestsFail"']
owner: team:web
escalation: web
`

function writePlaybook(): void {
  write('playbook/plans/requests.yaml', PLAN)
  write('playbook/runbooks/web/fail.md', '# Fail\n## Back\n')
  write('rules.yaml', RULES)
}

/** What the schema of SARIF says of a log; null where it is valid. */
function sarifErrors(log: unknown) {
  const {
    id: _,
    $schema: __,
    ...schema
  } = JSON.parse(readFileSync(sarifSchema, 'utf8')) as object & { id: string; $schema: string }
  // Draft 4, of which it uses nothing that later ones read differently.
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats(ajv)
  const isValid = ajv.compile(schema)
  isValid(log)
  return isValid.errors ?? null
}

if (!hasCorpora) {
  process.stderr.write(
    `Skipped: the public rules and runbooks are not at ${shared}, so that what a check makes of them is not tested.\n`,
  )
}

describe.skipIf(!hasCorpora)(
  'the rules of kube-prometheus with the runbooks of their operator',
  () => {
    it('are 139 alerts, of which 27 link to one of 26 pages that are missing', async () => {
      const outcome = await check('.', '--rules', rules, '--map', map, '--format', 'json')
      expect(outcome.code).toBe(0)
      const { coverage, findings, alerts } = reportOf(outcome)
      expect(coverage).toMatchObject({
        alerts: 139,
        plan: 0,
        runbook: 139,
        broken: 27,
        unchecked: 0,
        covered: 0,
      })
      expect(alerts).toHaveLength(139)
      const broken = findings.filter(({ code }) => code === 'broken-runbook')
      // Two rules of KubePersistentVolumeInodesFillingUp link to the same page.
      expect(new Set(broken.map(({ alert }) => alert)).size).toBe(26)
      expect(new Set(broken.map(({ alert }) => alert))).toEqual(
        new Set([
          'AlertmanagerClusterFailedPeers',
          'GrafanaRequestsFailing',
          'KubeAPIInstanceUnreachable',
          'KubeControllerManagerInstanceUnreachable',
          'KubeDeploymentRolloutStuck',
          'KubeJobNotCompleted',
          'KubeNodeEviction',
          'KubeNodePressure',
          'KubePdbNotEnoughHealthyPods',
          'KubePersistentVolumeInodesFillingUp',
          'KubeSchedulerInstanceUnreachable',
          'KubeletInstanceUnreachable',
          'NodeBondingDegraded',
          'NodeCPUHighUsage',
          'NodeDiskIOSaturation',
          'NodeMemoryHighUtilization',
          'NodeMemoryMajorPagesFaults',
          'NodeSystemSaturation',
          'NodeSystemdServiceCrashlooping',
          'NodeSystemdServiceFailed',
          'PrometheusHighQueryLoad',
          'PrometheusKubernetesListWatchFailures',
          'PrometheusOperatorStatusUpdateErrors',
          'PrometheusSDRefreshFailure',
          'PrometheusScrapeBodySizeLimitHit',
          'PrometheusScrapeSampleLimitHit',
        ]),
      )
    })

    it('are the same where the part of the site is mapped that has the runbooks', async () => {
      const part = `https://runbooks.prometheus-operator.dev/runbooks=${join(runbooks, 'content', 'runbooks')}`
      const outcome = await check('.', '--rules', rules, '--map', part, '--format', 'json')
      expect(reportOf(outcome).coverage).toMatchObject({ alerts: 139, broken: 27, unchecked: 0 })
    })

    it('are written as SARIF that its schema takes, also with a broken playbook', async () => {
      write('plans/broken one.yaml', 'plan: x\nmatch: [\'a="b"\']\nowners: nobody\n')
      const outcome = await check('.', '--rules', rules, '--map', map, '--format', 'sarif')
      expect(outcome.code).toBe(1)
      const log: unknown = JSON.parse(outcome.out)
      expect(sarifErrors(log)).toBeNull()
      expect(sarifErrors({ version: '2.1.0' })).not.toBeNull()
      expect(log).toMatchObject({
        runs: [
          {
            results: expect.arrayContaining([
              expect.objectContaining({
                ruleId: 'invalid-playbook',
                level: 'error',
                locations: [
                  {
                    physicalLocation: {
                      artifactLocation: { uri: 'plans/broken%20one.yaml', uriBaseId: 'CWD' },
                      region: { startLine: 3, startColumn: 1 },
                    },
                  },
                ],
              }),
            ]),
          },
        ],
      })
    })
  },
)

describe.skipIf(!hasCorpora)('the public runbooks of operators', () => {
  it.each([
    ['prometheus-operator', 117, { 'runbook-no-steps': 47, 'runbook-unread': 1 }],
    ['kubevirt', 76, { 'runbook-no-steps': 1, 'runbook-unread': 1 }],
  ])('of %s lack what they never say, and have no error', async (name, count, warnings) => {
    cpSync(join(shared, 'corpora', 'runbooks', name), join(folder, 'runbooks'), { recursive: true })
    const outcome = await check('.', '--format', 'json')
    expect(outcome.code).toBe(0)
    const { runbooks: pages, findings } = z
      .object({
        runbooks: z.array(z.unknown()),
        findings: z.array(z.object({ code: z.string(), severity: z.string() })),
      })
      .parse(JSON.parse(outcome.out))
    expect(pages).toHaveLength(count)
    const codes = findings.filter(({ severity }) => severity !== 'note').map(({ code }) => code)
    const counts = Object.fromEntries(
      Object.entries(Object.groupBy(codes, (code) => code)).map(([code, of]) => [code, of?.length]),
    )
    expect(counts).toMatchObject(warnings)
    // Of what is never written there: a day, and mostly whom to escalate to.
    const never = ['runbook-never-verified', 'runbook-no-escalation', 'runbook-no-resolution']
    const others = Object.keys(counts).filter((code) => !never.includes(code))
    expect(others.toSorted()).toEqual(Object.keys(warnings))
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})

describe('deckwatch check', () => {
  it('is content with a playbook that covers enough, and not with one that does not', async () => {
    writePlaybook()
    const half = ['playbook', '--rules', 'rules.yaml', '--min-coverage', '50']
    const good = await check(...half)
    expect([good.code, good.err]).toEqual([
      0,
      `Reading the playbook ${join(folder, 'playbook')}\nReading rules.yaml\nChecking 2 alerts\n`,
    ])
    expect(good.out).toContain(
      'RequestsFail  requests  team:web  web         found    rules.yaml:4',
    )
    expect(good.out).toContain('Coverage: 50 % (1 of 2); wanted are 50 %.')
    const more = await check('playbook', '--rules', 'rules.yaml', '--min-coverage', '50.1')
    expect(more.code).toBe(1)
  })

  it('finds what is wrong with the playbook, with its place', async () => {
    writePlaybook()
    write('playbook/plans/requests.yaml', PLAN.replace('owner', 'onwer'))
    const outcome = await check('playbook', '--format', 'json')
    expect(outcome.code).toBe(1)
    expect(reportOf(outcome).problems).toEqual([
      { place: { file: join(folder, 'playbook', 'plans', 'requests.yaml'), line: 3 } },
    ])
  })

  it('finds a rule that cannot be read, and goes on', async () => {
    writePlaybook()
    write('rules.yaml', RULES.replace('expr: up == 0', 'for: 5m'))
    const outcome = await check('playbook', '--rules', 'rules.yaml')
    expect(outcome.code).toBe(1)
    expect(outcome.out).toContain('rules.yaml:9: error invalid-rule: This rule cannot be read')
    expect(outcome.out).toContain('Coverage: 100 % (1 of 1).')
  })

  it.each([
    [['nowhere'], 'There is no folder'],
    [['.', '--rules', 'nowhere.yaml'], 'There is no file nowhere.yaml.'],
    [['.', '--rules', 'notes.yaml'], 'notes.yaml has no alerting rule'],
    [['.', '--rules', 'http://127.0.0.1:1/api/v1/rules'], '127.0.0.1:1'],
    [['.', '--rules', 'http://a:b@127.0.0.1:1/api/v1/rules'], 'password'],
    [['.', '--rules', 'http://127.0.0.1:1/'], 'ends with /api/v1/rules'],
    [['.', '--map', 'https://a.example=nowhere'], 'There is no folder'],
    [['.', '--journal', 'nowhere'], 'The journal in'],
    [['.', '--tests', 'notes.yaml'], 'no test file of promtool'],
    [[], 'Name the folder'],
    [['.', '--format', 'xml'], '--format is one of table, json, sarif, markdown.'],
    [['.', '--min-coverage', '101'], '--min-coverage'],
    [['.', '--max-test-age', 'soon'], '--max-test-age'],
    [['.', '--max-verified-age', 'soon'], '--max-verified-age'],
    [['.', '--map', 'docs=docs'], '--map'],
    [['.', '--online', 'https://a.example'], '--online'],
    [['.', '--wrong'], "Unknown option '--wrong'"],
    [['.', 'b'], 'One playbook at a time'],
  ])('%j cannot be done', async (args, message) => {
    write('notes.yaml', 'a: b\n')
    const outcome = await check(...args)
    expect([outcome.code, outcome.out]).toEqual([2, ''])
    expect(outcome.err).toContain(message)
    expect(outcome.err).not.toContain('mistake in Deckwatch')
  })

  it('takes the rules of a server', async () => {
    writePlaybook()
    const asked: string[] = []
    const rule = { type: 'alerting', name: 'RequestsFail', query: 'a > 1', duration: 60 }
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end(JSON.stringify({ status: 'success', data: { groups: [{ rules: [rule] }] } }))
    })
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening)
    })
    const { port } = server.address() as AddressInfo
    const outcome = await check(
      'playbook',
      '--rules',
      `http://127.0.0.1:${String(port)}/below/api/v1/rules`,
      '--format',
      'json',
    )
    server.close()
    expect(asked).toEqual(['/below/api/v1/rules?type=alert&exclude_alerts=true'])
    expect(reportOf(outcome).alerts).toMatchObject([{ name: 'RequestsFail', kind: 'prometheus' }])
  })

  it('takes alerts that were seen, and knows when they were last tried', async () => {
    writePlaybook()
    const data = join(folder, 'data')
    const clock = createNodeClock()
    const journal = openJournal({
      directory: data,
      clock,
      logger: silentLogger,
      isNewAllowed: false,
    })
    if (!journal.ok) throw new Error(journal.error.message)
    appendPastIncidents((events) => journal.value.append(events, []), 10)
    // Also while it is in use.
    const outcome = await check(
      ...['playbook', '--rules', 'rules.yaml', '--journal', data, '--max-test-age', '1d'],
      ...['--format', 'json'],
    )
    journal.value.close()
    const { alerts } = reportOf(outcome)
    expect(alerts.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'RequestsFail prometheus',
      'Other prometheus',
      'QueueGrows seen',
      'CertificateExpires seen',
      'DiskWillFill seen',
      'ErrorBudgetBurn seen',
      'CardPaymentsFailing seen',
    ])
    const has = (name: string, code: string) =>
      alerts.find((alert) => alert.name === name)?.findings.includes(code)
    expect([has('Other', 'never-tested'), has('QueueGrows', 'stale-test')]).toEqual([true, true])
  })

  it('knows alerts that are tried by tests of their rules', async () => {
    writePlaybook()
    write('tests.yaml', 'tests: [{ alert_rule_test: [{ alertname: Other, exp_alerts: [{}] }] }]\n')
    const outcome = await check(
      ...['playbook', '--rules', 'rules.yaml', '--tests', 'tests.yaml', '--max-test-age', '90d'],
    )
    expect(outcome.out).toContain('never-tested: RequestsFail')
    expect(outcome.out).not.toContain('never-tested: Other')
  })

  it('writes Markdown in which no text of a rule is more than text', async () => {
    writePlaybook()
    write('rules.yaml', RULES.replace('alert: Other', 'alert: "x | <b>@all"'))
    const outcome = await check('playbook', '--rules', 'rules.yaml', '--format', 'markdown')
    expect(outcome.out).toContain('| RequestsFail | requests | team:web')
    expect(outcome.out).not.toContain('<b>')
    expect(outcome.out).toMatch(/\| x \\\| /)
  })

  it('reads what a shell makes of rules/*.yaml', async () => {
    writePlaybook()
    write('more.yaml', RULES.replaceAll('alert: ', 'alert: More'))
    const outcome = await check(
      'playbook',
      '--rules',
      'rules.yaml',
      'more.yaml',
      '--format',
      'json',
    )
    expect(reportOf(outcome).alerts).toHaveLength(4)
  })

  it('refuses a file of rules that is too large, in words', async () => {
    write('large.yaml', `#${' '.repeat(9 * 1_048_576)}\n`)
    const outcome = await check('.', '--rules', 'large.yaml')
    expect([outcome.code, outcome.err]).toEqual([
      2,
      expect.stringContaining('large.yaml is larger than 8 MiB: split it.'),
    ])
  })

  it('ends as a process as its outcome says', async () => {
    writePlaybook()
    const poor = await spawned('playbook', '--rules', 'rules.yaml', '--min-coverage', '90')
    expect([poor.code, poor.out.split('\n')[0]]).toEqual([
      1,
      'ALERT         PLAN      OWNER     ESCALATION  RUNBOOK  PLACE',
    ])
    const wrong = await spawned('nowhere')
    expect([wrong.code, wrong.out]).toEqual([2, ''])
  })

  describe('with runbooks', () => {
    const RUNBOOK = `---
verified: 2026-01-01
---
# Fail
## Diagnosis
1. Pods

   \`\`\`sh {"name":"pods"}
   kubectl get pods | no-such-program-here
   \`\`\`
## Back
1. Undo it, as in [the other](other.md).

   \`\`\`sh
   vi /etc/app.conf
   \`\`\`
`
    const writeRunbooks = (text = RUNBOOK, diagnostics = '[pods, pod]') => {
      writePlaybook()
      write('playbook/runbooks/web/fail.md', text)
      write(
        'playbook/plans/requests.yaml',
        `${PLAN}runbook: web/fail.md\ndiagnostics: ${diagnostics}\n`,
      )
    }
    const good = () => RUNBOOK.replace('[the other](other.md)', '[this](#back)')

    it('fails for an error, at its file and line', async () => {
      writeRunbooks()
      const outcome = await check('playbook', '--max-verified-age', '1d')
      expect(outcome.code).toBe(1)
      const lines = outcome.out.split('\n')
      const told = (code: string) => lines.filter((line) => line.includes(` ${code}: `))
      const file = (path: string) => join(folder, 'playbook', path)
      expect(told('runbook-dead-link')).toEqual([
        `${file('runbooks/web/fail.md')}:12: error runbook-dead-link: The link "other.md" is dead: there is no such page. Write the page, or correct the link.`,
      ])
      expect(told('unknown-diagnostic')).toEqual([
        `${file('plans/requests.yaml')}:6: error unknown-diagnostic: Plan requests names "pod", but runbooks/web/fail.md has nothing of that name. The runbook has pods.`,
      ])
      expect(told('runbook-not-verified-lately')).toHaveLength(1)
      // A dash in the table says it already; notes are counted.
      expect(told('runbook-no-resolution')).toEqual([])
      expect(outcome.out).toMatch(
        /^RUNBOOK +STEPS .*ESCALATION\nrunbooks\/web\/fail\.md +2 +2 +1 +1 +2026-01-01 +– +yes$/m,
      )
      expect(outcome.out).toContain('1 runbook-copy-only')
      expect(outcome.out).toContain('1 runbook: 2 steps, 2 commands and queries, of which 1 can')
    })

    it('passes with warnings, and looks for programs where that is wanted', async () => {
      writeRunbooks(good(), '[pods]')
      const plain = await check('playbook', '--hints')
      expect(plain.code).toBe(0)
      expect(plain.out).not.toContain('runbook-missing-program')
      const programs = await check('playbook', '--hints', '--programs')
      expect(programs.code).toBe(0)
      expect(programs.out).toContain('The program no-such-program-here is not on this machine')
    })

    it('is written as JSON and as Markdown', async () => {
      writeRunbooks()
      const json = JSON.parse((await check('playbook', '--format', 'json')).out) as unknown
      expect(json).toMatchObject({
        version: 1,
        runbooks: [
          {
            path: 'runbooks/web/fail.md',
            verified: '2026-01-01',
            copyOnly: 1,
            links: { all: 1, dead: 1, unchecked: 0 },
            findings: expect.arrayContaining(['runbook-dead-link', 'runbook-copy-only']),
          },
        ],
      })
      const { out } = await check('playbook', '--format', 'markdown')
      expect(out).toContain('| Runbook | Steps | Commands |')
      expect(out).toMatch(/\| runbooks\/web\/fail\.md \| 2 \| 2 \| 1 \| 1 \| 2026.01.01 \|/)
      expect(out).toContain('## Findings')
    })

    it.skipIf(!existsSync(sarifSchema))('is written as SARIF that its schema takes', async () => {
      writeRunbooks()
      const { out } = await check('playbook', '--format', 'sarif')
      const log: unknown = JSON.parse(out)
      expect(sarifErrors(log)).toBeNull()
      expect(log).toMatchObject({
        runs: [
          {
            results: expect.arrayContaining([
              expect.objectContaining({
                ruleId: 'runbook-dead-link',
                level: 'error',
                locations: [
                  {
                    physicalLocation: {
                      artifactLocation: {
                        uri: 'playbook/runbooks/web/fail.md',
                        uriBaseId: 'CWD',
                      },
                      region: { startLine: 12 },
                    },
                  },
                ],
              }),
            ]),
          },
        ],
      })
    })

    it('asks for addresses in runbooks only at hosts that are named', async () => {
      const server = createServer((_, response) => {
        response.statusCode = 404
        response.end()
      })
      await new Promise<void>((listening) => {
        server.listen(0, '127.0.0.1', listening)
      })
      const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
      writeRunbooks(good().replace('[this](#back)', `[it](http://${host}/gone)`), '[pods]')
      const offline = await check('playbook')
      const online = await check('playbook', '--online', host)
      server.close()
      expect([offline.code, online.code]).toEqual([0, 1])
      expect(online.out).toContain('is dead: the server says 404')
    })
  })

  it('tells how it is used', async () => {
    const outcome = await check('--help')
    expect([outcome.code, outcome.out.split('\n')[0]]).toEqual([
      0,
      'Checks a playbook with its runbooks, and which alerts it covers.',
    ])
  })
})
