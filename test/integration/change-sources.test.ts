import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChangeSources } from '#electron/changes/change-sources.ts'
import { createGitTags } from '#electron/changes/git-tags.ts'
import type { Heard, TakeHeard } from '#electron/engine/ports/listener.ts'
import { createInstantQueries } from '#electron/engine/sources/instant-queries.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createPrometheusSource } from '#electron/vendors/prometheus/source.ts'
import {
  changeSourcesSchema,
  type GitTagsConfig,
  type KubernetesConfig,
} from '#shared/domain/configuration/changes.ts'
import { ok } from '#shared/domain/result/result.ts'
import { prometheusConfigSchema } from '#test/fixtures/configuration.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { eventually } from '#test/setup/eventually.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'
import { startPrometheus } from './servers/prometheus.ts'

const cleanups: (() => unknown)[] = []
let folder: string
let marks: ReturnType<typeof createMemoryJournal>['marks']

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-changes-'))
  marks = createMemoryJournal().marks
  cleanups.push(() => {
    rmSync(folder, { recursive: true, force: true })
  })
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const signal = new AbortController().signal

function git(at: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
  return execFileSync('git', ['-C', at, ...identity, ...args], { encoding: 'utf8' })
}

/** A repository with two tags, of which one is far too old to matter. */
function makeRepository(name = 'payments'): string {
  const at = join(folder, name)
  execFileSync('git', ['init', '--quiet', at])
  writeFileSync(join(at, 'README'), 'text')
  git(at, 'add', '.')
  git(at, 'commit', '--quiet', '-m', 'First')
  execFileSync('git', ['-C', at, 'tag', 'v1.0.0'])
  const old = { ...process.env, GIT_COMMITTER_DATE: '2020-01-01T00:00:00Z' }
  const annotated = [
    '-c',
    'user.name=Ada',
    '-c',
    'user.email=a@b.example',
    'tag',
    '-m',
    'old',
    'v0.1.0',
  ]
  execFileSync('git', ['-C', at, ...annotated], { env: old })
  return at
}

const config = (text: object) => changeSourcesSchema.parse([text])[0] as GitTagsConfig

async function look(source: ReturnType<typeof createGitTags>) {
  const looked = await source.look(signal)
  if (!looked.ok) throw new Error(looked.error.message)
  looked.value.keep()
  return looked.value.found.flatMap((heard) => (heard.kind === 'change' ? [heard.change] : []))
}

describe('tags of a Git repository', () => {
  const deps = () => ({ now: () => Date.now(), marks, folder })

  it('in a folder are known with their times, once each', async () => {
    const at = makeRepository()
    const source = createGitTags(config({ git: 'payments', tags: 'v*' }), deps())
    expect(await look(source)).toMatchObject([
      { service: 'payments', version: 'v1.0.0', by: 'Ada', isTimeEstimated: false, origin: 'git' },
    ])
    expect(await look(source)).toEqual([])
    git(at, 'tag', '-a', '-m', 'Second', 'v1.1.0')
    git(at, 'tag', 'unrelated')
    expect(await look(source)).toMatchObject([{ version: 'v1.1.0' }])
    // A restart knows what was seen.
    expect(await look(createGitTags(config({ git: at, tags: 'v*' }), deps()))).toEqual([])
    // A tag that moved to something else is another deployment.
    git(at, 'commit', '--quiet', '--allow-empty', '-m', 'Third')
    git(at, 'tag', '-f', 'v1.1.0')
    expect(await look(source)).toMatchObject([{ version: 'v1.1.0' }])
  })

  it('of a server begin with those that come after the first look', async () => {
    const at = makeRepository()
    const source = createGitTags(config({ git: `file://${at}`, service: 'shop' }), deps())
    expect(await look(source)).toEqual([])
    git(at, 'tag', 'v1.2.0')
    expect(await look(source)).toMatchObject([
      { service: 'shop', version: 'v1.2.0', by: null, isTimeEstimated: true },
    ])
    expect(await look(source)).toEqual([])
  })

  it.each([
    [{ git: 'nowhere' }, /Git/],
    [{ git: 'https://127.0.0.1:1/acme/payments.git' }, /unreachable/],
    [{ git: 'file:///nowhere/payments.git' }, /no Git repository/],
  ])('%j that cannot be read says so in words', async (text, words) => {
    const source = createGitTags(config(text), deps())
    const looked = await source.look(signal)
    expect(looked).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(words) as string },
    })
  })

  it('run nothing that an address or a repository brings', () => {
    for (const text of ['ext::sh -c touch% /tmp/x', '--upload-pack=touch', 'fd::17']) {
      expect(changeSourcesSchema.safeParse([{ git: text }]).success).toBe(false)
    }
    expect(changeSourcesSchema.safeParse([{ git: 'a', tags: '--all' }]).success).toBe(false)
  })

  it('show no password of an address', () => {
    const source = createGitTags(config({ git: 'https://ada:secret@git.example/a.git' }), deps())
    expect(source.name).toBe('Git tags of https://git.example/a.git')
  })
})

/** What kube-state-metrics says of a rollout some minutes ago. */
async function startKubeStateMetrics(): Promise<{ address: string; created: number }> {
  const created = Math.floor(Date.now() / 1_000) - 300
  const rs = 'namespace="shop",replicaset="payments-5d4f"'
  const pod = 'namespace="shop",pod="payments-5d4f-x"'
  const text = [
    `kube_replicaset_created{${rs}} ${String(created)}`,
    `kube_replicaset_owner{${rs},owner_kind="Deployment",owner_name="payments",owner_is_controller="true"} 1`,
    `kube_replicaset_created{namespace="shop",replicaset="old-1"} 1000000`,
    `kube_replicaset_owner{namespace="shop",replicaset="old-1",owner_kind="Deployment",owner_name="old"} 1`,
    `kube_replicaset_created{namespace="shop",replicaset="loose"} ${String(created)}`,
    `kube_replicaset_owner{namespace="shop",replicaset="loose",owner_kind="",owner_name=""} 1`,
    `kube_pod_owner{${pod},owner_kind="ReplicaSet",owner_name="payments-5d4f"} 1`,
    `kube_pod_container_info{${pod},container="app",image="registry.example:5000/payments:v2.1.3"} 1`,
    '',
  ].join('\n')
  const server: Server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanups.push(() => server.close())
  const { port } = server.address() as AddressInfo
  return { address: `127.0.0.1:${String(port)}`, created }
}

describe('Kubernetes deployments by a Prometheus', () => {
  it('are rollouts with their time and version, and one place that fails keeps no other from it', async () => {
    const { address, created } = await startKubeStateMetrics()
    // Scraped twice, as where two kube-state-metrics run.
    const server = await startPrometheus({ targets: { ksm: [address], other: [address] } })
    cleanups.push(() => server.stop())
    const source = createPrometheusSource(
      prometheusConfigSchema.parse({ type: 'prometheus', name: 'prom', url: server.url }),
      { clock: createShiftedClock(), ids, secrets: createSecretReader() },
    )
    cleanups.push(() => source.close())
    await server.waitFor('/api/v1/query?query=kube_pod_container_info', (body) =>
      body.includes('payments'),
    )
    const heard: Heard[] = []
    const take: TakeHeard = (each) => {
      const isKnown = heard.some(({ key }) => key === each.key)
      if (!isKnown) heard.push(each)
      return ok({ isKnown })
    }
    const changes = createChangeSources({
      clock: createNodeClock(),
      logger: silentLogger,
      marks,
      folder,
    })
    cleanups.push(() => changes.close())
    changes.start(
      take,
      createInstantQueries(() => [source]),
    )
    const place = (name: string, more: object = {}) =>
      changeSourcesSchema.parse([{ kubernetes: name, ...more }])[0] as KubernetesConfig
    changes.configure([place('prom'), place('lost'), place('prom', { namespaces: ['elsewhere'] })])
    await eventually(() => {
      expect(changes.status().map(({ health, found }) => [health, found])).toEqual([
        ['working', 1],
        ['failing', 0],
        ['working', 0],
      ])
    })
    expect(heard).toMatchObject([
      {
        kind: 'change',
        change: {
          service: 'payments',
          version: 'v2.1.3',
          title: 'Rolled out in shop',
          happenedAt: created * 1_000,
          isTimeEstimated: false,
        },
      },
    ])
    expect(changes.status()[1]?.problem?.message).toContain('"lost"')
  })
})
