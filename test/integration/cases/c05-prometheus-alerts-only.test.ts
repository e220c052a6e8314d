import { afterEach, describe, expect, it } from 'vitest'
import { answerCase } from '../servers/answered-case.ts'
import { watchPrometheus, type PrometheusWatch } from './prometheus-case.ts'

let watch: PrometheusWatch

afterEach(() => watch.stop())

describe('a proxy that lets only the alerts of a Prometheus through', () => {
  it('has them shown and resolved; what cannot be told is remarked upon and no alert', async () => {
    const server = await answerCase('answers', 'alerts-only-proxy')
    watch = watchPrometheus(server)
    const fired = await watch.live.until(({ alerts }) => alerts.size > 0)
    expect([...fired.alerts.values()]).toMatchObject([
      { labels: { alertname: 'PodCrashLooping' }, severity: 'P0', status: 'firing' },
    ])
    await watch.poll(5)
    expect(watch.remarks()).toEqual(['no-restarts', 'rules-unknown'])
    expect(watch.live.engine.state().alerts.size).toBe(1)
    server.next()
    await watch.poll(2)
    expect([...watch.live.engine.state().alerts.values()]).toMatchObject([{ status: 'resolved' }])
  })
})
