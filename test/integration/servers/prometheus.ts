import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createHttpApi, expectSuccess, type Access } from './http-api.ts'
import { freePort, startProcess, startRestartable } from './server-process.ts'

/** Where Debian's package puts it. */
const PROMETHEUS = '/usr/bin/prometheus'

/** How a Prometheus of a test is to run; everything has a default. */
export interface PrometheusOptions {
  /** Rule file, YAML; without rules when not given. */
  readonly rules?: string
  /** Name to addresses (`host:port`) that it scrapes. */
  readonly targets?: Readonly<Record<string, readonly string[]>>
  /** Addresses (`host:port`) of Alertmanagers that it sends to. */
  readonly alertmanagers?: readonly string[]
  readonly externalLabels?: Readonly<Record<string, string>>
  /** Time between scrapes and evaluations, as Prometheus writes it; `200ms` when not given. */
  readonly interval?: string
  /** Whole configuration instead of the one made of the options above. */
  readonly config?: string
  /** A free one when not given. */
  readonly port?: number
  /** Kept after `stop` when given; else a temporary one that goes with it. */
  readonly dataDir?: string
  /** How long it keeps data, as Prometheus writes it; 15d when not given. */
  readonly retention?: string
  /** Such as `/prometheus`. */
  readonly routePrefix?: string
  /** Text of `--web.config.file`: TLS and basic auth. */
  readonly webConfig?: string
  /** How the helper itself asks it when it is protected. */
  readonly access?: Access
}

/** A running Prometheus. */
export interface Prometheus {
  /** Address with its path prefix, without a slash at the end. */
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly dataDir: string
  /** Replaces the rule file and has it read; their first evaluation follows within the interval. */
  setRules(yaml: string): Promise<void>
  /** The body of a GET below the address, such as `/api/v1/alerts`. */
  get(path: string): Promise<string>
  /** Asks for `path` until its body fulfils the condition. @throws with the last body after 30 s. */
  waitFor(path: string, isFulfilled: (body: string) => boolean): Promise<string>
  /** Ends the process (as a crash with `kill`) and starts it anew on the same port. */
  restart(how?: { readonly kill?: boolean; readonly withoutData?: boolean }): Promise<void>
  /** Ends the process as a crash would; `restart` brings it back. */
  kill(): Promise<void>
  /** Ends it and removes what it wrote. */
  stop(): Promise<void>
}

/**
 * Starts Debian's Prometheus on the loopback address and waits until it is ready.
 *
 * @throws with what it printed when it does not start.
 */
export async function startPrometheus(options: PrometheusOptions = {}): Promise<Prometheus> {
  const { rules = 'groups: []', routePrefix = '', webConfig, access } = options
  const dir = await mkdtemp(join(tmpdir(), 'deckwatch-prometheus-'))
  const dataDir = options.dataDir ?? join(dir, 'data')
  const rulesFile = join(dir, 'rules.yml')
  const port = options.port ?? (await freePort())
  const scheme = webConfig?.includes('tls_server_config') ? 'https' : 'http'
  const url = `${scheme}://127.0.0.1:${String(port)}${routePrefix}`
  await writeFile(join(dir, 'prometheus.yml'), options.config ?? configOf(options))
  await writeFile(rulesFile, rules)
  await writeFile(join(dir, 'web.yml'), webConfig ?? '')
  const api = createHttpApi(url, access)

  const start = () =>
    startProcess(
      PROMETHEUS,
      [
        `--config.file=${join(dir, 'prometheus.yml')}`,
        `--storage.tsdb.path=${dataDir}`,
        `--web.listen-address=127.0.0.1:${String(port)}`,
        `--web.external-url=${url}`,
        `--web.route-prefix=${routePrefix || '/'}`,
        `--web.config.file=${join(dir, 'web.yml')}`,
        '--web.enable-lifecycle',
        '--rules.alert.resend-delay=1s',
        ...(options.retention === undefined
          ? []
          : [`--storage.tsdb.retention.time=${options.retention}`]),
      ],
      async () => (await api.request('GET', '/-/ready')).status === 200,
    )
  const server = await startRestartable(dataDir, start)
  const get = (path: string) => expectSuccess(api.request('GET', path))

  return {
    url,
    port,
    get pid() {
      return server.pid()
    },
    dataDir,
    async setRules(yaml) {
      await writeFile(rulesFile, yaml)
      await expectSuccess(api.request('POST', '/-/reload'))
    },
    get,
    async waitFor(path, isFulfilled) {
      const deadline = performance.now() + 30_000
      for (;;) {
        const body = await get(path)
        if (isFulfilled(body)) return body
        if (performance.now() > deadline) throw new Error(`${path} stayed at ${body}`)
        await delay(50)
      }
    },
    restart: (how) => server.restart(how),
    kill: () => server.kill(),
    async stop() {
      await server.stop()
      await api.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** JSON is YAML too. */
function configOf(options: PrometheusOptions): string {
  const interval = options.interval ?? '200ms'
  return JSON.stringify({
    global: {
      scrape_interval: interval,
      scrape_timeout: interval,
      evaluation_interval: interval,
      external_labels: options.externalLabels ?? {},
    },
    rule_files: ['rules.yml'],
    alerting: { alertmanagers: [{ static_configs: [{ targets: options.alertmanagers ?? [] }] }] },
    scrape_configs: Object.entries(options.targets ?? {}).map(([name, targets]) => ({
      job_name: name,
      static_configs: [{ targets }],
    })),
  })
}
