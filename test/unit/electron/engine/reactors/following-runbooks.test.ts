import { describe, expect, it } from 'vitest'
import { emptyPlaybook } from '#electron/engine/configuration/playbook.ts'
import { followingRunbooks } from '#electron/engine/reactors/following-runbooks.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { alertWith, eventOf } from '#test/fixtures/watch-entities.ts'

const recorded = {
  events: [eventOf(1, { type: 'incident.closed', incidentId: 'i' })],
  deliveries: [],
  state: emptyWatch,
}
const runbook = (name: string) => ({ runbook_url: `https://a.example/${name}.md` })

function follow(playbook = emptyPlaybook) {
  const clock = createFakeClock()
  const told: string[][] = []
  let alerts: readonly Alert[] = []
  const following = followingRunbooks({
    clock,
    inForce: { playbook: () => playbook },
    library: { linked: (ids) => void told.push([...ids]) },
    state: () => ({ ...emptyWatch, alerts: new Map(alerts.map((each) => [each.key, each])) }),
  })
  const record = (...now: readonly Alert[]) => {
    alerts = now
    following.reactor.recorded?.(recorded)
  }
  return { clock, following, record, told }
}

describe('the runbooks of alerts', () => {
  it('are looked for a second after a change, however much is recorded by then', async () => {
    const { clock, record, told } = follow()
    record(alertWith({ key: 'a', annotations: runbook('a') }))
    await clock.advance(600)
    record(
      alertWith({ key: 'a', annotations: runbook('a') }),
      alertWith({ key: 'b', annotations: runbook('b') }),
      alertWith({ key: 'c', annotations: runbook('c'), status: 'resolved' }),
    )
    expect(told).toEqual([])
    await clock.advance(400)
    expect(told).toEqual([['url:https://a.example/a.md', 'url:https://a.example/b.md']])
    await clock.advance(10_000)
    // The same ones are no news.
    record(
      alertWith({ key: 'b', annotations: runbook('b') }),
      alertWith({ key: 'd', annotations: runbook('a') }),
    )
    await clock.advance(1_000)
    expect(told).toHaveLength(1)
    record()
    await clock.advance(1_000)
    expect(told[1]).toEqual([])
  })

  it('come after those of plans, and nothing is looked for after the end', async () => {
    const plan = { plan: 'pay', match: ['alertname="X"'], runbook: 'https://a.example/plan.md' }
    const { clock, following, record, told } = follow(playbookWith([plan]))
    record(alertWith({ key: 'a', annotations: runbook('a') }))
    following.look()
    expect(told).toEqual([['url:https://a.example/plan.md', 'url:https://a.example/a.md']])
    record()
    following.stop()
    await clock.advance(10_000)
    expect(told).toHaveLength(1)
  })
})
