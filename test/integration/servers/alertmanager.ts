import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { createHttpApi, expectSuccess, type Access } from './http-api.ts'
import { freePort, startProcess, startRestartable } from './server-process.ts'

/** Where Debian's package puts it. */
const ALERTMANAGER = '/usr/bin/prometheus-alertmanager'

const defaultConfig = `
route:
  receiver: oncall
  group_by: [alertname]
receivers:
  - name: oncall
`

/** How an Alertmanager of a test is to run; everything has a default. */
export interface AlertmanagerOptions {
  /** Its configuration file, YAML; one route to a receiver `oncall` when not given. */
  readonly config?: string
  /** A free one when not given. */
  readonly port?: number
  /** Kept after `stop` when given; else a temporary one that goes with it. */
  readonly dataDir?: string
  /** Such as `/alertmanager`. */
  readonly routePrefix?: string
  /** Text of `--web.config.file`: TLS and basic auth. */
  readonly webConfig?: string
  /** How the helper itself asks it when it is protected. */
  readonly access?: Access
  /** Where it gossips on the loopback address, and with whom; it gossips not at all when not given. */
  readonly cluster?: { readonly port: number; readonly peers: readonly number[] }
}

/** An alert as it is posted. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  /** RFC 3339; now when not given. */
  readonly startsAt?: string
  /** RFC 3339; five minutes from now when not given. In the past: resolved. */
  readonly endsAt?: string
  readonly generatorURL?: string
}

/** A silence as it is posted; matchers compare for equality. */
export interface PostedSilence {
  readonly matchers: Readonly<Record<string, string>>
  readonly createdBy?: string
  readonly comment?: string
  /** How long it holds, ms; an hour when not given. */
  readonly forMs?: number
  /** Changes this silence instead of making one. */
  readonly id?: string
}

/** A running Alertmanager. */
export interface Alertmanager {
  /** Address with its path prefix, without a slash at the end. */
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly dataDir: string
  postAlerts(alerts: readonly PostedAlert[]): Promise<void>
  /** Posts the alerts as ended now. */
  resolveAlerts(alerts: readonly PostedAlert[]): Promise<void>
  /** Resolves to the silence's id. */
  postSilence(silence: PostedSilence): Promise<string>
  expireSilence(id: string): Promise<void>
  /** The body of a GET below the address, such as `/api/v2/alerts`. */
  get(path: string): Promise<string>
  /** Ends the process (as a crash with `kill`) and starts it anew on the same port; alerts are lost. */
  restart(how?: { readonly kill?: boolean; readonly withoutData?: boolean }): Promise<void>
  /** Ends the process as a crash would; `restart` brings it back. */
  kill(): Promise<void>
  /** Ends it and removes what it wrote. */
  stop(): Promise<void>
}

function clusterFlags(cluster: AlertmanagerOptions['cluster']): readonly string[] {
  if (!cluster) return ['--cluster.listen-address=']
  return [
    `--cluster.listen-address=127.0.0.1:${String(cluster.port)}`,
    // It has no address of its own without a network.
    `--cluster.advertise-address=127.0.0.1:${String(cluster.port)}`,
    '--cluster.settle-timeout=200ms',
    '--cluster.gossip-interval=50ms',
    ...cluster.peers.map((port) => `--cluster.peer=127.0.0.1:${String(port)}`),
  ]
}

/**
 * Starts Debian's Alertmanager on the loopback address, and waits until it answers.
 *
 * @throws with what it printed when it does not start.
 */
export async function startAlertmanager(options: AlertmanagerOptions = {}): Promise<Alertmanager> {
  const { config = defaultConfig, routePrefix = '', webConfig, access } = options
  const dir = await mkdtemp(join(tmpdir(), 'deckwatch-alertmanager-'))
  const dataDir = options.dataDir ?? join(dir, 'data')
  const port = options.port ?? (await freePort())
  const scheme = webConfig?.includes('tls_server_config') ? 'https' : 'http'
  const url = `${scheme}://127.0.0.1:${String(port)}${routePrefix}`
  await writeFile(join(dir, 'alertmanager.yml'), config)
  await writeFile(join(dir, 'web.yml'), webConfig ?? '')
  const api = createHttpApi(url, access)

  const start = () =>
    startProcess(
      ALERTMANAGER,
      [
        `--config.file=${join(dir, 'alertmanager.yml')}`,
        `--storage.path=${dataDir}`,
        `--web.listen-address=127.0.0.1:${String(port)}`,
        `--web.route-prefix=${routePrefix || '/'}`,
        `--web.config.file=${join(dir, 'web.yml')}`,
        ...clusterFlags(options.cluster),
      ],
      // Only the status answers when the API itself is up.
      async () => (await api.request('GET', '/api/v2/status')).status === 200,
    )
  const server = await startRestartable(dataDir, start)

  const postAlerts = async (alerts: readonly PostedAlert[]) => {
    await expectSuccess(api.request('POST', '/api/v2/alerts', alerts))
  }
  return {
    url,
    port,
    get pid() {
      return server.pid()
    },
    dataDir,
    postAlerts,
    resolveAlerts: (alerts) => {
      const endsAt = new Date().toISOString()
      // Without its start it would start after its end.
      return postAlerts(alerts.map((alert) => ({ startsAt: endsAt, ...alert, endsAt })))
    },
    async postSilence({ matchers, createdBy, comment, forMs = 3_600_000, id }) {
      const now = Date.now()
      const text = await expectSuccess(
        api.request('POST', '/api/v2/silences', {
          ...(id === undefined ? {} : { id }),
          matchers: Object.entries(matchers).map(([name, value]) => ({
            name,
            value,
            isRegex: false,
            isEqual: true,
          })),
          startsAt: new Date(now).toISOString(),
          endsAt: new Date(now + forMs).toISOString(),
          createdBy: createdBy ?? 'alice@example.com',
          comment: comment ?? 'planned work',
        }),
      )
      return z.object({ silenceID: z.string() }).parse(JSON.parse(text)).silenceID
    },
    async expireSilence(id) {
      await expectSuccess(api.request('DELETE', `/api/v2/silence/${id}`))
    },
    get: (path) => expectSuccess(api.request('GET', path)),
    restart: (how) => server.restart(how),
    kill: () => server.kill(),
    async stop() {
      await server.stop()
      await api.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
