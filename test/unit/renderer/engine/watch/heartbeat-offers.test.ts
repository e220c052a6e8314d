import { describe, expect, it } from 'vitest'
import { isAlwaysFiring } from '#shared/domain/alert/always-firing.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { heartbeatOffers } from '#renderer/engine/watch/heartbeat-offers.ts'
import { alertWith, sourceWith } from '#test/fixtures/watch-entities.ts'

const seen = {
  presence: 'present' as const,
  startsAt: 1_000,
  generatorUrl: null,
  receivers: [],
  suppression: [],
}

const sources = new Map(['am', 'am-2'].map((id) => [id, sourceWith({ id })]))

function watchdog(key: string, labels: Alert['labels'] = {}, over: Partial<Alert> = {}): Alert {
  return alertWith({
    key,
    labels: { alertname: 'Watchdog', severity: 'none', ...labels },
    observations: { am: seen },
    ...over,
  })
}

describe('an alert that is made to fire always', () => {
  it.each([
    'Watchdog',
    'DeadMansSwitch',
    'DeadMansSnitch',
    'Dead_Mans_Switch',
    'PrometheusAlertmanagerE2eDeadManSwitch',
    'AlwaysFiring',
  ])('is known by the name %s', (alertname) => {
    expect(isAlwaysFiring({ alertname })).toBe(true)
  })

  it.each(['WatchdogMissing', 'KubeNodeNotReady', 'HeartbeatMissing', ''])(
    'is not %s',
    (alertname) => {
      expect(isAlwaysFiring({ alertname })).toBe(false)
    },
  )

  it('is offered as a heartbeat of each source that lists it', () => {
    const both = watchdog('a', {}, { observations: { am: seen, 'am-2': seen } })
    expect(heartbeatOffers([both], sources)).toEqual([
      { source: 'am', matchers: ['alertname="Watchdog"'] },
      { source: 'am-2', matchers: ['alertname="Watchdog"'] },
    ])
  })

  it('is told from others of its source, so that none goes missing behind another', () => {
    const [offer] = heartbeatOffers(
      [watchdog('a', { cluster: 'eu' }), watchdog('b', { cluster: 'us "2"' })],
      sources,
    )
    expect(offer?.matchers).toEqual([
      'alertname="Watchdog", cluster="eu"',
      'alertname="Watchdog", cluster="us \\"2\\""',
    ])
    const config = configurationSchema.parse({
      sources: [
        { type: 'alertmanager', name: 'am', url: 'http://am:9093', heartbeats: offer?.matchers },
      ],
    })
    expect(config.sources[0]).toMatchObject({ heartbeats: [{}, {}] })
  })

  it('is not offered once it is one, is over, or comes from nowhere that is configured', () => {
    const heartbeat = { kind: 'heartbeat' as const, id: 'alertname="Watchdog"' }
    expect(
      heartbeatOffers(
        [
          watchdog('a', {}, { suppression: [heartbeat] }),
          watchdog('b', {}, { status: 'resolved' }),
          watchdog('c', {}, { observations: { gone: seen } }),
          alertWith({ key: 'd', observations: { am: seen } }),
        ],
        sources,
      ),
    ).toEqual([])
  })
})
