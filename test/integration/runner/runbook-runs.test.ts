import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createNodeClock } from '#electron/host/node/clock.ts'
import type { Judged, RunEnd, Runner } from '#electron/engine/ports/runner.ts'
import { createRunner } from '#electron/runner/runner.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Code } from '#shared/domain/runbook/schema.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { startSshd, type Sshd } from '#test/integration/servers/sshd.ts'
import { describeWith } from '#test/setup/requirements.ts'

let folder: string
let runner: Runner
let count = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-runbook-runs-'))
  runner = createRunner({
    folder: join(folder, 'runs'),
    clock: createNodeClock(),
    logger: silentLogger,
    environment: {
      ...process.env,
      HOME: folder,
      PATH: [join(folder, 'bin'), process.env['PATH'] ?? ''].join(delimiter),
      KUBECONFIG: join(folder, 'kube'),
    },
  })
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** The first command of a runbook with this fence. */
function command(text: string, info = 'sh'): Code {
  const runbook = parseRunbook({
    path: 'a.md',
    text: `1. Do\n\n   \`\`\`${info}\n   ${text}\n   \`\`\`\n`,
  })
  const code = runbook.steps[0]?.commands[0]
  if (!code) throw new Error('no command')
  return code
}

async function judge(text: string, values: Record<string, string> = {}): Promise<Judged> {
  return runner.judge(command(text), new Map(Object.entries(values)))
}

async function run(
  judged: Judged,
  timeoutMs = 30_000,
): Promise<RunEnd & { readonly text: string }> {
  if (judged.work.kind === 'refused') throw new Error(judged.work.why)
  const id = `run-${String((count += 1))}`
  const begun = runner.start(judged.work.runnable, { id, timeoutMs, printed: () => undefined })
  const end = await begun.ended
  const page = await runner.output(id, { offset: 0, limit: 64 * 1024 })
  return { ...end, text: page?.text ?? '' }
}

/** A program on the path that writes down what it is called with. */
function stub(name: string, script: string): string {
  mkdirSync(join(folder, 'bin'), { recursive: true })
  const path = join(folder, 'bin', name)
  const record = join(folder, `${name}.jsonl`)
  writeFileSync(
    path,
    `#!/bin/bash\nnode -e 'require("fs").appendFileSync(process.argv[1], JSON.stringify(process.argv.slice(2)) + "\\n")' ${record} "$@"\n${script}\n`,
  )
  chmodSync(path, 0o755)
  return record
}

const calls = (record: string): readonly unknown[] =>
  readFileSync(record, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)

describe('a command of a runbook', () => {
  it('runs in bash, with its values as variables and its output kept', async () => {
    const judged = await judge('printf "%s\\n" <pod> done', { pod: 'card-7f9' })
    expect(judged).toMatchObject({ risk: 'read', shown: 'printf "%s\\n" card-7f9 done' })
    const end = await run(judged)
    expect(end).toMatchObject({ outcome: { kind: 'exited', code: 0 }, text: 'card-7f9\ndone\n' })
    expect(end).toMatchObject({ bytes: 14, lines: 2, isCut: false, tail: 'card-7f9\ndone\n' })
  })

  it('tells of its exit code, and of a time-out', async () => {
    expect((await run(await judge('exit 3'))).outcome).toEqual({ kind: 'exited', code: 3 })
    const judged = await judge('sleep 60')
    expect((await run(judged, 300)).outcome).toEqual({ kind: 'timed-out' })
  })

  it('finds little of the environment of Deckwatch', async () => {
    process.env['DECKWATCH_TEST_TOKEN'] = 'hidden'
    const end = await run(await judge('env'))
    delete process.env['DECKWATCH_TEST_TOKEN']
    expect(end.text).not.toContain('hidden')
    expect(end.text).toContain(`HOME=${folder}`)
  })

  it('is held to the cluster that was shown, also when another one is selected meanwhile', async () => {
    const record = stub('kubectl', `head -3 "$(echo "$KUBECONFIG" | cut -d : -f 1)"`)
    const select = (context: string) => {
      writeFileSync(
        join(folder, 'kube'),
        `apiVersion: v1\nkind: Config\ncurrent-context: ${context}\ncontexts: []\n`,
      )
    }
    select('staging')
    const judged = await judge('kubectl -n payments get pods <pod>', { pod: 'card-7f9' })
    expect(judged.risk).toBe('read')
    expect(judged.targets).toContainEqual({ kind: 'context', value: 'staging' })
    expect(judged.targets).toContainEqual({ kind: 'namespace', value: 'payments' })
    select('production')
    const end = await run(judged)
    expect(calls(record)).toEqual([['-n', 'payments', 'get', 'pods', 'card-7f9']])
    expect(end.text).toContain('current-context: "staging"')
  })

  it('with a context of its own shows that one', async () => {
    stub('kubectl', 'true')
    const judged = await judge('kubectl --context prod-eu1 delete pod card-7f9')
    expect(judged.risk).toBe('destroy')
    expect(judged.targets).toContainEqual({ kind: 'context', value: 'prod-eu1' })
  })

  it('is refused with why where it cannot be run from here', async () => {
    const why = async (text: string, values: Record<string, string> = {}) => {
      const { work } = await judge(text, values)
      return work.kind === 'refused' ? work.why : null
    }
    expect(await why('kubectl exec -it card -- sh')).toContain('terminal')
    expect(await why('tail -f /var/log/syslog')).not.toBeNull()
    expect(await why('echo "unfinished')).not.toBeNull()
    expect(await why('bash -c "ls <folder>"', { folder: '/tmp' })).not.toBeNull()
    expect(await why('ls <folder>', { folder: '-rf' })).not.toBeNull()
  })
})

describeWith(['ssh', 'sshd'], 'a command on another host', () => {
  let sshd: Sshd
  beforeAll(async () => {
    sshd = await startSshd()
  })
  afterAll(async () => {
    await sshd.stop()
  })

  it('runs there by ssh, with the host shown', async () => {
    const judged = await judge(`ssh ${sshd.options} 127.0.0.1 uname -s`)
    expect(judged.risk).toBe('read')
    expect(judged.targets).toContainEqual({ kind: 'host', value: '127.0.0.1' })
    const end = await run(judged)
    expect(end).toMatchObject({ outcome: { kind: 'exited', code: 0 }, text: 'Linux\n' })
  })

  it('tells of a host that lets nobody in', async () => {
    const judged = await judge('ssh -o BatchMode=yes -o ConnectTimeout=5 -p 1 127.0.0.1 uptime')
    const end = await run(judged)
    expect(end.outcome).toEqual({ kind: 'exited', code: 255 })
    expect(end.text).toContain('refused')
  })
})
