import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { createEngine } from '#electron/engine/engine.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { hashOf } from '#electron/files/text-hash.ts'
import { createRunner } from '#electron/runner/runner.ts'
import { RunbookIndex } from '#renderer/screens/runbooks/runbook-index.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { rights } from '#shared/domain/person/right.ts'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { ada } from '#test/fixtures/persons.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { runbookFileWith } from '#test/fixtures/runbook-entries.ts'
import { createMemoryTexts, createScriptedLibrary } from '#test/fixtures/scripted-runner.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import type { FloodReport } from '#test/integration/runner/flood-program.ts'
import { median, timed } from './stopwatch.ts'

const root = join(import.meta.dirname, '../..')
/** Public runbooks beside the project, where somebody has put them. */
const shared = process.env['DECKWATCH_SHARED'] ?? join(root, '..', 'shared')

/** Runbooks of a folder, as texts. */
interface Pages {
  readonly name: string
  readonly texts: readonly { readonly path: string; readonly text: string }[]
}

/** The starter's runbooks, and public ones where they are there. */
export function allPages(): readonly Pages[] {
  const folders = [
    ['starter', join(root, 'assets/playbook/runbooks')],
    ['prometheus-operator', join(shared, 'corpora/runbooks/prometheus-operator/content/runbooks')],
    ['kubevirt', join(shared, 'corpora/runbooks/kubevirt/docs/runbooks')],
  ] as const
  return folders.flatMap(([name, folder]) => {
    if (!existsSync(folder)) return []
    const texts = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({ path: relative(folder, file), text: readFileSync(file, 'utf8') }))
    return [{ name, texts }]
  })
}

/** Pages that are parsed in a second. */
export async function measureParse({ texts }: Pages): Promise<number> {
  const parseAll = () => {
    for (const page of texts) parseRunbook(page)
  }
  parseAll()
  const tookMs = await timed(parseAll, 3)
  return (texts.length / tookMs) * 1_000
}

const SEARCHED = 2_000
const searches = [
  ...['kubelet down', 'disk full', 'payments', 'certificate expiry', 'etcd', 'persistent volume'],
  ...['memory', 'pod restarts', 'rollback', 'high error rate', 'replication lag', 'api server'],
  // As they are typed at night.
  ...['kubelt', 'certifcate', 'memry pressure', 'replicaton', 'namespce', 'webhok'],
]

/** How long searches over 2,000 runbooks take, ms: at the median, and at 95 %. */
export function measureSearch(): { readonly median: number; readonly at95: number } {
  const texts = allPages().flatMap((pages) => pages.texts)
  const index = new RunbookIndex()
  for (let number = 0; number < SEARCHED; number += 1) {
    const page = texts[number % texts.length]
    if (!page) break
    const path = `${String(number)}/${page.path}`
    index.put(runbookFileWith(path, page.text), 'k', [], page.text)
  }
  const times: number[] = []
  for (let round = 0; round < 12; round += 1) {
    for (const words of searches) {
      const began = performance.now()
      index.find(words)
      times.push(performance.now() - began)
    }
  }
  const sorted = times.toSorted((a, b) => a - b)
  return { median: median(times), at95: sorted[Math.floor(sorted.length * 0.95)] ?? NaN }
}

const INCIDENTS = 20
const text = '# Slow\n1. Look\n\n   ```sh {"name":"look"}\n   uptime\n   ```\n'

/**
 * From the record that an incident was opened to the record that its first diagnostic was started, ms
 * at the median: with real processes, and a journal in memory.
 */
export async function measureFirstDiagnostic(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'deckwatch-bench-runs-'))
  const clock = createNodeClock()
  const source = createScriptedSource('am', { intervalMs: 3_600_000 })
  const plan = {
    plan: 'slow',
    match: ['alertname=~"Slow.*"'],
    runbook: 'slow.md',
    diagnostics: ['look'],
  }
  const engine = createEngine(
    {
      clock,
      ids: createNodeIds(),
      journal: createMemoryJournal(),
      channels: [],
      presenter: { open: () => undefined },
      runner: createRunner({ folder, clock, logger: silentLogger, environment: process.env }),
      runbookLibrary: createScriptedLibrary({ 'slow.md': text }),
      trustedTexts: createMemoryTexts(),
      logger: silentLogger,
    },
    {
      configuration: configurationSchema.parse({ sources: [{ type: 'drill' }] }),
      sources: [source],
      playbook: playbookWith([plan]),
      owner: ada,
      version: 'bench',
      config: { path: '/deckwatch.yaml', isPresent: true, loadedAt: 0, problems: [] },
    },
  )
  const opened = new Map<string, number>()
  const waits: number[] = []
  engine.listen((message) => {
    if (message.type !== 'delta') return
    const now = performance.now()
    for (const { body } of message.events) {
      if (body.type === 'incident.triggered') opened.set(body.incidentId, now)
      if (body.type === 'execution.started') {
        waits.push(now - (opened.get(body.incidentId) ?? NaN))
      }
    }
  })
  engine.start()
  const call = { requestId: 'bench-trust', actor: { kind: 'deckwatch' }, rights } as const
  await engine.execute('runbook.trust', { runbook: 'playbook:slow.md', hash: hashOf(text) }, call)
  // As in life: Deckwatch has been there for a while.
  await pause(2_000)
  const alerts: ReturnType<typeof signal>[] = []
  for (let number = 0; number < INCIDENTS; number += 1) {
    alerts.push(signal({ alertname: `Slow${String(number)}`, severity: 'critical' }))
    source.show(alerts)
    await engine.execute('source.poll', {}, { ...call, requestId: `bench-poll-${String(number)}` })
    await pause(300)
  }
  await engine.stop()
  rmSync(folder, { recursive: true, force: true })
  return median(waits)
}

/** What a command that prints 100 MB makes this process hold, bytes. */
export async function measureFlood(): Promise<FloodReport> {
  const folder = mkdtempSync(join(tmpdir(), 'deckwatch-bench-flood-'))
  const program = join(root, 'test/integration/runner/flood-program.ts')
  const script = `yes 'a line that is printed again and again' | head -c 100000000`
  const flags = ['--expose-gc', '--disable-warning=ExperimentalWarning']
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...flags,
    program,
    script,
    folder,
  ])
  rmSync(folder, { recursive: true, force: true })
  return JSON.parse(stdout) as FloodReport
}

function pause(forMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, forMs)
  })
}
