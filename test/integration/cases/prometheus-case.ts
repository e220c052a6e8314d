import { createSecretReader } from '#electron/http/secrets.ts'
import { createPrometheusSource } from '#electron/vendors/prometheus/source.ts'
import { prometheusConfigSchema } from '#test/fixtures/configuration.ts'
import { startLiveEngine, type LiveEngine } from '#test/fixtures/live-engine.ts'
import type { StandInServer } from '#test/unit/electron/http/stand-in-server.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'

/** An engine that watches one stand-in for Prometheus. */
export interface PrometheusWatch {
  readonly live: LiveEngine
  /** Polls so often, one after the other; resolves when the last report was taken in. */
  readonly poll: (times: number) => Promise<void>
  /** The codes of what is remarkable about the source now. */
  readonly remarks: () => readonly string[]
  readonly stop: () => Promise<void>
}

/**
 * Starts an engine with one source, `prom`. By itself it polls once a minute: a test says when it is
 * time, so that no machine is too busy for it.
 */
export function watchPrometheus(server: StandInServer): PrometheusWatch {
  const config = { type: 'prometheus', name: 'prom', url: server.url, interval: '1m' }
  const source = createPrometheusSource(prometheusConfigSchema.parse(config), {
    clock: createShiftedClock(),
    ids,
    secrets: createSecretReader({ env: {} }),
  })
  const live = startLiveEngine([source])
  return {
    live,
    poll: async (times) => {
      for (let i = 0; i < times; i += 1) {
        const polled = await live.run('source.poll', { sourceId: 'prom' })
        if (!polled.ok) throw new Error(polled.error.message)
      }
    },
    remarks: () =>
      live.engine
        .greeting()
        .flatMap((message) => (message.type === 'pulse' ? message.pulses : []))
        .flatMap((pulse) => pulse.remarks.map(({ code }) => code)),
    stop: async () => {
      await live.stop()
      await server.close()
    },
  }
}
