import { afterEach, describe, expect, it } from 'vitest'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createPrometheusSource } from '#electron/vendors/prometheus/source.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { prometheusConfigSchema } from '#test/fixtures/configuration.ts'
import { startLiveEngine } from '#test/fixtures/live-engine.ts'
import { reply, startStandIn, type Handler } from '#test/unit/electron/http/stand-in-server.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'

/** A Prometheus behind the balancer. */
interface Replica {
  readonly startTime: string
  /** When it first saw what the alert is about; null for one that does not fire it. */
  readonly activeAt: string | null
}

const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const success = (data: unknown) => reply(200, JSON.stringify({ status: 'success', data }))

function answerOf(replica: Replica, path: string): Handler {
  if (path.endsWith('/runtimeinfo')) return success({ startTime: replica.startTime })
  if (path.endsWith('/config')) return success({ yaml: '' })
  if (path.endsWith('/rules')) return success({ groups: [] })
  if (!path.endsWith('/alerts')) return reply(404)
  const labels = { alertname: 'HostDown', severity: 'critical' }
  const alert = { labels, annotations: {}, state: 'firing', activeAt: replica.activeAt }
  return success({ alerts: replica.activeAt === null ? [] : [alert] })
}

/** Replicas that answer in turns, request by request, and an engine that watches their address. */
async function start(first: readonly Replica[]) {
  let replicas = first
  let count = 0
  const server = await startStandIn((request, response) => {
    count += 1
    const replica = replicas[count % replicas.length]
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (replica) answerOf(replica, path)(request, response)
  })
  cleanups.push(() => server.close())
  const config = { type: 'prometheus', name: 'ha', url: server.url, interval: '500ms' }
  const source = createPrometheusSource(prometheusConfigSchema.parse(config), {
    clock: createShiftedClock(),
    ids,
    secrets: createSecretReader({ env: {} }),
  })
  const live = startLiveEngine([source])
  cleanups.push(() => live.stop())
  const polls = () => server.requests.filter(({ path }) => path.includes('/alerts')).length
  return {
    live,
    become: (next: readonly Replica[]) => void (replicas = next),
    untilAskedFor: async (more: number) => {
      const goal = polls() + more
      await expect.poll(polls, { timeout: 60_000 }).toBeGreaterThan(goal)
    },
  }
}

const hostDown = ({ alerts }: WatchState) =>
  [...alerts.values()].find(({ labels }) => labels['alertname'] === 'HostDown')

describe('replicas of a Prometheus behind one address', () => {
  it('are one alert that stays when one of them forgets it, and ends when none fires it', async () => {
    const a = { startTime: '2026-11-20T07:00:00Z', activeAt: '2026-11-28T03:00:05Z' }
    const b = { startTime: '2026-11-21T07:00:00Z', activeAt: '2026-11-28T03:00:12Z' }
    const { live, become, untilAskedFor } = await start([a, b])
    await live.until((state) => hostDown(state)?.status === 'firing')
    await untilAskedFor(12)
    const before = hostDown(live.engine.state())
    expect(before).toMatchObject({ severity: 'P0', status: 'firing' })

    const forgetful = { ...b, activeAt: null }
    become([a, forgetful])
    await untilAskedFor(24)
    expect(hostDown(live.engine.state())).toMatchObject({ id: before?.id, status: 'firing' })
    expect(live.engine.state().incidents.size).toBe(1)
    expect(live.engine.state().sources.get('ha')).toMatchObject({ health: 'healthy' })

    become([{ ...a, activeAt: null }, forgetful])
    await live.until((state) => hostDown(state)?.status === 'resolved')
  })
})
