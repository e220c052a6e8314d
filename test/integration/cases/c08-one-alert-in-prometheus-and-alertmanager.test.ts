import { afterEach, describe, expect, it } from 'vitest'
import type { Source } from '#electron/engine/ports/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { createPrometheusSource } from '#electron/vendors/prometheus/source.ts'
import { alertmanagerConfigSchema, prometheusConfigSchema } from '#test/fixtures/configuration.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { startLiveEngine } from '#test/fixtures/live-engine.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'
import { answerCase } from '../servers/answered-case.ts'

const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const deps = { clock: createShiftedClock(), ids, secrets: createSecretReader() }
const interval = '500ms'

async function alertmanager(name: string, file: string): Promise<Source> {
  const server = await answerCase(file)
  cleanups.push(() => server.close())
  return createAlertmanagerSource(
    alertmanagerConfigSchema.parse({ type: 'alertmanager', name, url: server.url, interval }),
    deps,
  )
}

async function prometheus(name: string, file: string): Promise<Source> {
  const server = await answerCase(file)
  cleanups.push(() => server.close())
  return createPrometheusSource(
    prometheusConfigSchema.parse({ type: 'prometheus', name, url: server.url, interval }),
    deps,
  )
}

function watch(sources: readonly Source[]) {
  const channel = createFakeChannel()
  const live = startLiveEngine(sources, { channels: [channel] })
  cleanups.push(() => live.stop())
  return { channel, ...live }
}

describe('an alert of a Prometheus and of its Alertmanager', () => {
  it.each([
    ['whose replica label is dropped on the way', 'C08-prometheus'],
    ['with an external label that is empty', 'C08-prometheus-empty-label'],
  ])('%s is one, seen by both, silenced, and pages nobody', async (_, file) => {
    const sources = [await prometheus('prom', file), await alertmanager('am', 'C08-alertmanager')]
    const { channel, engine, ...live } = watch(sources)
    const { alerts, incidents } = await live.until((state) =>
      [...state.alerts.values()].some(
        ({ observations }) => Object.keys(observations).length === sources.length,
      ),
    )
    expect([...alerts.values()]).toMatchObject([
      {
        labels: {
          alertname: 'DiskFull',
          instance: 'db-1',
          service: 'orders',
          severity: 'critical',
          prometheus: 'monitoring/k8s',
        },
        suppression: [{ kind: 'silence', createdBy: 'bo', comment: 'disk is being replaced' }],
      },
    ])
    expect(Object.keys([...alerts.values()][0]?.labels ?? {})).toHaveLength(5)
    expect(incidents.size).toBe(1)
    const realms = [...engine.state().sources.values()].map(({ realm }) => realm?.id)
    expect(realms).toEqual(['', ''])
    await live.run('source.poll', {})
    expect(engine.state().pages.size).toBe(0)
    expect(channel.calls).toEqual([])
  })
})
