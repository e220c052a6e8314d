import { afterEach, describe, expect, it } from 'vitest'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { reply, startStandIn, type Handler } from '#test/unit/electron/http/stand-in-server.ts'
import { watchPrometheus } from './cases/prometheus-case.ts'

/** A Prometheus behind the balancer. */
interface Replica {
  readonly startTime: string
  /** When it first saw what the alert is about; null for one that does not fire it. */
  readonly activeAt: string | null
}

let stop: () => Promise<void>

afterEach(() => stop())

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
  const watch = watchPrometheus(server)
  stop = watch.stop
  return { ...watch, become: (next: readonly Replica[]) => void (replicas = next) }
}

const hostDown = ({ alerts }: WatchState) =>
  [...alerts.values()].find(({ labels }) => labels['alertname'] === 'HostDown')

describe('replicas of a Prometheus behind one address', () => {
  it('are one alert that stays when one of them forgets it, and ends when none fires it', async () => {
    const a = { startTime: '2026-11-20T07:00:00Z', activeAt: '2026-11-28T03:00:05Z' }
    const b = { startTime: '2026-11-21T07:00:00Z', activeAt: '2026-11-28T03:00:12Z' }
    const { live, become, poll, remarks } = await start([a, b])
    await live.until((state) => hostDown(state)?.status === 'firing')
    await poll(12)
    expect(remarks()).toEqual(['several-replicas'])
    const before = hostDown(live.engine.state())
    expect(before).toMatchObject({ severity: 'P0', status: 'firing' })

    const forgetful = { ...b, activeAt: null }
    become([a, forgetful])
    await poll(12)
    expect(hostDown(live.engine.state())).toMatchObject({ id: before?.id, status: 'firing' })
    expect(live.engine.state().incidents.size).toBe(1)
    expect(live.engine.state().sources.get('prom')).toMatchObject({ health: 'healthy' })

    become([{ ...a, activeAt: null }, forgetful])
    await poll(12)
    expect(hostDown(live.engine.state())?.status).toBe('resolved')
  })
})
