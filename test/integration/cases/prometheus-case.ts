import { createSecretReader } from '#electron/http/secrets.ts'
import { createPrometheusSource } from '#electron/vendors/prometheus/source.ts'
import { prometheusConfigSchema } from '#test/fixtures/configuration.ts'
import { startLiveEngine, type LiveEngine } from '#test/fixtures/live-engine.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'
import { answerCase, type AnsweredCase } from '../servers/answered-case.ts'

/** An engine that watches one stand-in for Prometheus. */
export interface PrometheusCase {
  readonly server: AnsweredCase
  readonly live: LiveEngine
  /** How many times it was asked for alerts. */
  polls(): number
  /** The codes of what is remarkable about the source now. */
  remarks(): readonly string[]
  stop(): Promise<void>
}

/** Starts both. The source is called `prom` and polls twice a second. */
export async function startPrometheusCase(name: string, folder?: string): Promise<PrometheusCase> {
  const server = await answerCase(name, folder)
  const config = { type: 'prometheus', name: 'prom', url: server.url, interval: '500ms' }
  const source = createPrometheusSource(prometheusConfigSchema.parse(config), {
    clock: createShiftedClock(),
    ids,
    secrets: createSecretReader({ env: {} }),
  })
  const live = startLiveEngine([source])
  return {
    server,
    live,
    polls: () => server.requests.filter(({ path }) => path.startsWith('/api/v1/alerts')).length,
    remarks: () =>
      live.engine
        .greeting()
        .flatMap((message) => (message.type === 'pulse' ? message.pulses : []))
        .flatMap((pulse) => pulse.remarks.map(({ code }) => code)),
    async stop() {
      await live.stop()
      await server.close()
    },
  }
}
