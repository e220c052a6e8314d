import { describe, expect, it } from 'vitest'
import type { HeardChange } from '#electron/engine/ports/listener.ts'
import { createServiceMap } from '#shared/domain/service/service-map.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { createScriptedListener } from '#test/fixtures/scripted-listener.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const MINUTE = 60_000

const services = createServiceMap([
  { name: 'checkout', core: false, dependsOn: ['payments'] },
  { name: 'payments', core: false, dependsOn: [] },
])

function start(playbook = playbookWith([], { services })) {
  const source = createScriptedSource('am')
  const journal = createMemoryJournal()
  const listener = createScriptedListener()
  const clock = createFakeClock()
  const configuration = { groupBy: ['service'] }
  const test = startTestEngine([source], { clock, journal, listener, playbook, configuration })
  const change = (key: string, more: Partial<HeardChange> = {}) =>
    listener.say({
      kind: 'change',
      key,
      change: {
        kind: 'deployment',
        service: 'payments',
        title: 'Deployed',
        version: 'v2.1.3',
        by: 'Ada',
        link: null,
        happenedAt: clock.now(),
        isTimeEstimated: false,
        until: null,
        origin: 'webhook',
        ...more,
      },
    })
  const fire = async (service: string) => {
    source.show([signal({ alertname: 'Slow', service }, { startsAt: clock.now() })])
    await test.run('source.poll', {})
    await clock.advance(0)
  }
  const incident = () => {
    const [found] = test.engine.state().incidents.values()
    if (!found) throw new Error('no incident')
    return found
  }
  const timeline = () =>
    toTimeline(journal.incidentEvents(incident().id, 100)).map(({ text }) => text)
  return { test, clock, change, fire, incident, timeline }
}

describe('a change that came before an incident', () => {
  it('stands on its timeline, with the time between, also where it is upstream', async () => {
    const { test, clock, change, fire, incident, timeline } = start()
    await clock.advance(0)
    change('one')
    change('elsewhere', { service: 'search' })
    await clock.advance(4 * MINUTE)
    await fire('checkout')
    expect(timeline()).toContain('Changed near the start: payments v2.1.3 (4 min before)')
    expect(test.engine.state().surroundings.get(incident().id)).toMatchObject({
      services: ['checkout'],
      upstream: ['payments'],
    })
  })

  it('leaves the timeline alone where nothing has to do with it', async () => {
    const { test, change, fire, timeline } = start(playbookWith([]))
    await test.clock.advance(0)
    change('elsewhere', { service: 'search' })
    await fire('checkout')
    expect(timeline().join()).not.toContain('Changed')
    expect(test.engine.state().surroundings.size).toBe(0)
  })
})

describe('a change that comes while an incident is open', () => {
  it('stands on the timelines that it concerns, once', async () => {
    const { test, clock, change, fire, timeline } = start()
    await clock.advance(0)
    await fire('checkout')
    await clock.advance(2 * MINUTE)
    expect(change('late', { happenedAt: clock.now() - 5 * MINUTE })).toMatchObject({
      value: { isKnown: false },
    })
    expect(change('late')).toMatchObject({ value: { isKnown: true } })
    change('elsewhere', { service: 'search', version: 'v9' })
    const lines = timeline().filter((text) => text.startsWith('Deployment:'))
    expect(lines).toEqual(['Deployment: payments v2.1.3, by Ada'])
    expect(test.engine.state().changes.size).toBe(2)
  })
})

describe('voices', () => {
  it('are added up, and a report that is sent twice counts once', async () => {
    const { test, clock } = start()
    await clock.advance(0)
    const listener = createScriptedListener()
    const other = startTestEngine([], { clock, listener })
    const said = { kind: 'voice', service: 'shop', saidAt: clock.now() } as const
    const counts = { up: 2, down: 1, complaints: 0, tickets: 0 }
    listener.say({ ...said, key: 'a', counts })
    listener.say({ ...said, key: 'a', counts })
    listener.say({ ...said, key: 'b', counts })
    expect([...other.engine.state().voices.values()]).toMatchObject([{ up: 4, down: 2 }])
    await other.engine.stop()
    await test.engine.stop()
  })
})
