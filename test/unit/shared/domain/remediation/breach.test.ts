import { describe, expect, it } from 'vitest'
import { activeBreach, breachesOf, breachLabels } from '#shared/domain/remediation/breach.ts'
import type { Alert, Observation } from '#shared/domain/alert/schema.ts'
import { SELF_SOURCE_ID } from '#shared/domain/source/schema.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'

const labels = breachLabels({ policy: 'back', service: 'checkout', changeId: 'c', version: 'v2' })

/** An alert of a breach that a source reports. */
function breach(key: string, over: Partial<Alert> = {}, source = SELF_SOURCE_ID): Alert {
  const observation: Observation = {
    presence: 'present',
    startsAt: 1,
    generatorUrl: null,
    receivers: [],
    suppression: null,
  }
  const alert = alertWith({ key, incidentId: 'i', labels, ...over })
  return alert.status === 'resolved'
    ? { ...alert, endedBy: source }
    : { ...alert, observations: { [source]: observation } }
}
const alerts = (...all: readonly Alert[]) => ({
  alerts: new Map(all.map((alert) => [alert.key, alert])),
})

describe('a breach after a deployment', () => {
  it('is one that Deckwatch itself raised, whatever another source says', () => {
    expect(breachesOf(alerts(breach('a', {}, 'am-eu')), 'back')).toEqual([])
    expect(breachesOf(alerts(breach('a')), 'another')).toEqual([])
    expect(breachesOf(alerts(breach('a')), 'back')).toMatchObject([
      { incidentId: 'i', version: 'v2', due: { standing: 'crossed' } },
    ])
    expect(activeBreach(alerts(breach('a', {}, 'am-eu')), 'back', 'c')).toBeUndefined()
    expect(activeBreach(alerts(breach('a')), 'back', 'another')).toBeUndefined()
    expect(activeBreach(alerts(breach('a')), 'back', 'c')?.key).toBe('a')
  })

  it('stands for its incident: an active one before one that is over', () => {
    const over = breach('a', { status: 'resolved' })
    for (const all of [alerts(over, breach('b')), alerts(breach('b'), over)]) {
      expect(breachesOf(all, 'back').map(({ due }) => due.standing)).toEqual(['crossed'])
    }
    const { version: _, ...unnamed } = labels
    expect(breachesOf(alerts({ ...over, labels: unnamed }), 'back')).toMatchObject([
      { version: null, due: { standing: 'clear', since: null } },
    ])
  })

  it('names its version where that is known', () => {
    const of = { policy: 'back', service: 'checkout', changeId: 'c' }
    expect(breachLabels({ ...of, version: null })).not.toHaveProperty('version')
    expect(labels).toMatchObject({ alertname: 'DeploymentBreach', version: 'v2' })
  })
})
