import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert } from '#shared/domain/alert/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { needsResponse } from '#shared/domain/incident/schema.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { rights } from '#shared/domain/person/right.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel, type FakeChannel } from '#test/fixtures/fake-channel.ts'
import { createMemoryJournal, type MemoryJournal } from '#test/fixtures/memory-journal.ts'
import { ada, bo } from '#test/fixtures/persons.ts'
import { aliceSilence, createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const SECOND = 1_000
const MINUTE = 60_000

interface Night {
  readonly test: TestEngine
  readonly channel: FakeChannel
  readonly journal: MemoryJournal
  readonly source: ReturnType<typeof createScriptedSource>
  /** The alerts that fire from now on, and the poll that says so. */
  show(...alerts: readonly ReturnType<typeof signal>[]): Promise<void>
  incident(): Incident
  acknowledge(): Promise<void>
  snooze(ms: number): Promise<void>
  /** What pages have said so far of growth, oldest first. */
  said(): readonly string[]
}

/** An engine with one source, and what fires at first. */
async function startNight(
  first: readonly ReturnType<typeof signal>[],
  configuration: object = {},
): Promise<Night> {
  const source = createScriptedSource('am')
  const channel = createFakeChannel()
  const journal = createMemoryJournal()
  const test = startTestEngine([source], { journal, channels: [channel], configuration })
  const night: Night = {
    test,
    channel,
    journal,
    source,
    async show(...alerts) {
      source.show(alerts)
      await test.clock.advance(0)
      await test.run('source.poll', {})
      await test.clock.advance(0)
    },
    incident() {
      const [incident, ...others] = test.engine.state().incidents.values()
      if (!incident || others.length > 0) throw new Error('not one incident')
      return incident
    },
    async acknowledge() {
      const { id } = night.incident()
      expect((await test.run('incident.acknowledge', { incidentId: id })).ok).toBe(true)
      await test.clock.advance(SECOND)
    },
    async snooze(ms) {
      const until = test.clock.now() + ms
      const { id } = night.incident()
      expect((await test.run('incident.snooze', { incidentId: id, until })).ok).toBe(true)
      await test.clock.advance(SECOND)
    },
    said: () => channel.calls.map(({ body }) => body),
  }
  await night.show(...first)
  await test.clock.advance(SECOND)
  return night
}

const host = (name: number | string, severity = 'critical', more: object = {}) =>
  signal({ alertname: 'HostDown', instance: `db-${String(name)}`, job: 'node', severity, ...more })
const hosts = (from: number, to: number, severity = 'critical') =>
  Array.from({ length: to - from + 1 }, (_, index) => host(from + index, severity))

const isFlapping = ({ flappingSince }: Alert) => flappingSince !== null

/** The severity rules are others from now on. */
async function remap({ test, source }: Night, severity: readonly object[]): Promise<void> {
  await test.engine.reconfigure({
    sources: [source],
    configuration: test.configuration({ severity }),
    owner: bo,
    version: 'test',
    config: { path: '/x', isPresent: true, loadedAt: 0, problems: [] },
  })
  await test.clock.advance(SECOND)
}

describe('an acknowledged incident', () => {
  it('pages again when ten more P0 hosts join, in words that say what is new', async () => {
    const night = await startNight([host(1)])
    await night.acknowledge()
    expect(night.channel.calls).toHaveLength(1)
    await night.show(...hosts(1, 11))
    expect(night.channel.calls).toHaveLength(2)
    expect(night.said().at(-1)).toContain('11 alerts. 10 more hosts since ada acknowledged.')
    expect(night.incident()).toMatchObject({
      status: 'triggered',
      acknowledged: null,
      severity: 'P0',
      asksAgain: { reason: 'grown' },
    })
    expect(needsResponse(night.incident())).toBe(true)
    const events = night.journal.incidentEvents(night.incident().id, 100)
    expect(toTimeline(events).map(({ text }) => text)).toContain(
      '10 more hosts since {recipient} acknowledged',
    )
  })

  it('pages at the first P0 more, and what follows within five minutes is one more page', async () => {
    const night = await startNight([host(1)])
    await night.acknowledge()
    await night.show(...hosts(1, 2))
    expect(night.said().at(-1)).toContain('1 more host since ada acknowledged')
    await night.acknowledge()
    for (let last = 3; last <= 11; last += 1) {
      await night.show(...hosts(1, last))
      await night.test.clock.advance(20 * SECOND)
    }
    expect(night.channel.calls).toHaveLength(2)
    expect(night.incident().status).toBe('acknowledged')
    await night.test.clock.advance(3 * MINUTE)
    expect(night.channel.calls).toHaveLength(3)
    expect(night.said().at(-1)).toContain('9 more hosts since ada acknowledged')
  })

  it('does not page for what has resolved by the time that it could', async () => {
    const night = await startNight([host(1)])
    await night.acknowledge()
    await night.show(...hosts(1, 2))
    await night.acknowledge()
    await night.show(...hosts(1, 5))
    await night.show(...hosts(1, 2))
    await night.test.clock.advance(6 * MINUTE)
    expect(night.channel.calls).toHaveLength(2)
    expect(night.incident().status).toBe('acknowledged')
  })

  it('pages again for what is milder than P0 at twice as many, and at least three more', async () => {
    const night = await startNight([host(1, 'warning')])
    await night.acknowledge()
    await night.show(...hosts(1, 2, 'warning'))
    await night.show(...hosts(1, 3, 'warning'))
    expect(night.incident().status).toBe('acknowledged')
    await night.show(...hosts(1, 4, 'warning'))
    expect(night.said().at(-1)).toContain('3 more hosts since ada acknowledged')
    await night.acknowledge()
    await night.test.clock.advance(6 * MINUTE)
    await night.show(...hosts(1, 7, 'warning'))
    expect(night.incident().status).toBe('acknowledged')
    await night.show(...hosts(1, 8, 'warning'))
    expect(night.said().at(-1)).toContain('4 more hosts since ada acknowledged')
  })

  it('counts neither what is suppressed nor what flaps', async () => {
    const flapping = { flapping: { changes: 3, within: '30m' } }
    const night = await startNight(hosts(1, 2), flapping)
    const silenced = hosts(3, 9).map((each) => ({ ...each, suppression: [aliceSilence] }))
    for (const alerts of [hosts(1, 1), hosts(1, 2), hosts(1, 1)]) {
      await night.show(...alerts)
      await night.test.clock.advance(SECOND)
    }
    await night.acknowledge()
    await night.show(...hosts(1, 2), ...silenced)
    expect(night.incident().status).toBe('acknowledged')
    await night.show(...hosts(1, 9))
    expect(night.said().at(-1)).toContain('8 more hosts since ada acknowledged')
  })

  it('keeps the count when one resolves and another fires; of P0 another host pages', async () => {
    const mild = await startNight(hosts(1, 2, 'warning'))
    await mild.acknowledge()
    await mild.show(host(1, 'warning'), host(3, 'warning'))
    expect(mild.incident().status).toBe('acknowledged')
    const severe = await startNight(hosts(1, 2))
    await severe.acknowledge()
    await severe.show(host(1), host(3))
    expect(severe.said().at(-1)).toContain('1 other host since ada acknowledged')
  })

  it('is not grown by milder alerts until what was worse is over', async () => {
    const night = await startNight([host(1)])
    await night.acknowledge()
    await night.show(host(1), ...hosts(2, 6, 'warning'))
    expect(night.incident().status).toBe('acknowledged')
    await night.show(...hosts(2, 6, 'warning'))
    expect(night.incident()).toMatchObject({ status: 'triggered', severity: 'P2' })
    expect(night.said().at(-1)).toContain('4 more hosts since ada acknowledged')
  })

  it.each([
    ['another rule under one name', { rulename: 'A' }, { rulename: 'B' }],
    ['another zone', { zone: 'a' }, { zone: 'b' }],
    ['another group of hosts', { hostgroup: 'web' }, { hostgroup: 'db' }],
  ])('pages at the first alert of %s', async (_, was, is) => {
    const labels = { alertname: 'DatasourceNoData', severity: 'warning' }
    const night = await startNight([signal({ ...labels, ...was })])
    await night.acknowledge()
    await night.show(signal({ ...labels, ...was, ref: '2' }), signal({ ...labels, ...was }))
    expect(night.incident().status).toBe('acknowledged')
    await night.show(signal({ ...labels, ...was }), signal({ ...labels, ...is }))
    const [[name, value] = []] = Object.entries(is)
    expect(night.said().at(-1)).toContain(
      `since ada acknowledged, new: ${String(name)}=${String(value)}`,
    )
  })

  it('is raised, and not grown, by what is worse', async () => {
    const night = await startNight([host(1, 'warning')])
    await night.acknowledge()
    await night.show(host(1, 'warning'), host(2))
    expect(night.incident().asksAgain).toMatchObject({ reason: 'worse' })
    expect(night.incident().grewAt).toBeNull()
  })

  it('grows by what is no longer suppressed', async () => {
    const night = await startNight([
      host(1),
      ...hosts(2, 4).map((each) => ({ ...each, suppression: [aliceSilence] })),
    ])
    await night.acknowledge()
    await night.show(...hosts(1, 4))
    expect(night.said().at(-1)).toContain('3 more hosts since ada acknowledged')
  })

  it('is not grown by the same alerts under another identity', async () => {
    const night = await startNight(hosts(1, 3))
    await night.acknowledge()
    const again = hosts(1, 3).map((each) => ({ ...each, labels: { ...each.labels, replica: 'b' } }))
    await night.show(...again)
    expect(night.incident().status).toBe('acknowledged')
    expect(night.channel.calls).toHaveLength(1)
  })

  it.each([
    ['is not grown by a severity that changed rules raise', 'P0', 'acknowledged', null],
    ['is as before for a severity that they lower', 'P3', 'acknowledged', null],
  ])('%s', async (_, is, status, asksAgain) => {
    const night = await startNight([host(1), ...hosts(2, 4, 'Boom')])
    await night.acknowledge()
    const pages = night.channel.calls.length
    await remap(night, [{ when: 'severity="Boom"', is }])
    await night.test.clock.advance(6 * MINUTE)
    expect(night.incident()).toMatchObject({ status, asksAgain })
    expect(night.channel.calls).toHaveLength(pages)
    await night.show(...hosts(1, 1), ...hosts(2, 4, 'Boom'), host(5))
    expect(night.said().at(-1)).toContain('1 more host since ada acknowledged')
  })

  it('is worse by changed rules when it is worse than what was acknowledged', async () => {
    const night = await startNight([host(1, 'warning'), ...hosts(2, 4, 'Boom')])
    await night.acknowledge()
    await remap(night, [{ when: 'severity="Boom"', is: 'P0' }])
    expect(night.incident().asksAgain).toMatchObject({ reason: 'worse' })
  })

  it('grows by new alerts while those that were there flap', async () => {
    const night = await startNight(hosts(1, 3, 'high'), { flapping: { changes: 3, within: '30m' } })
    for (const alerts of [[], hosts(1, 3, 'high')]) {
      await night.show(...alerts)
      await night.test.clock.advance(SECOND)
    }
    expect([...night.test.engine.state().alerts.values()].map(isFlapping)).toEqual([
      true,
      true,
      true,
    ])
    await night.acknowledge()
    await night.show(...hosts(1, 5, 'high'))
    expect(night.incident().status).toBe('acknowledged')
    await night.show(...hosts(1, 6, 'high'))
    expect(night.said().at(-1)).toContain('3 more hosts since ada acknowledged')
  })

  it('is not grown by alerts that are calm again', async () => {
    const night = await startNight(hosts(1, 3), { flapping: { changes: 3, within: '30m' } })
    for (const alerts of [[], hosts(1, 3)]) {
      await night.show(...alerts)
      await night.test.clock.advance(SECOND)
    }
    await night.acknowledge()
    await night.test.clock.advance(20 * MINUTE)
    await night.show(...hosts(1, 3))
    expect([...night.test.engine.state().alerts.values()].some(isFlapping)).toBe(false)
    await night.show(...hosts(1, 3), host(4, 'warning'))
    expect(night.incident().status).toBe('acknowledged')
  })

  it('is not grown by alerts that only inform', async () => {
    const night = await startNight([host(1, 'info')])
    await night.acknowledge()
    const pages = night.channel.calls.length
    await night.show(...hosts(1, 9, 'info'), host(10, 'info', { zone: 'b' }))
    await night.test.clock.advance(6 * MINUTE)
    expect(night.incident()).toMatchObject({ status: 'acknowledged', asksAgain: null })
    expect(night.channel.calls).toHaveLength(pages)
    const why = await night.test.run('why', { incidentId: night.incident().id })
    if (!why.ok) throw new Error('no answer')
    expect(why.value.explanation.answer).not.toContain('grows')
  })

  it('is measured anew from each acknowledgement, and over a restart', async () => {
    const night = await startNight(hosts(1, 3, 'warning'))
    await night.acknowledge()
    await night.show(...hosts(1, 5, 'warning'))
    await night.test.engine.stop()
    const channel = createFakeChannel()
    const { journal, source } = night
    const { clock } = night.test
    const test = startTestEngine([source], { journal, clock, channels: [channel] })
    await clock.advance(MINUTE)
    expect(channel.calls).toHaveLength(0)
    source.show(hosts(1, 6, 'warning'))
    await clock.advance(10 * SECOND)
    expect(channel.calls.map(({ body }) => body)).toEqual([
      expect.stringContaining('3 more hosts since ada acknowledged'),
    ])
    const [incident] = test.engine.state().incidents.values()
    expect(incident?.status).toBe('triggered')
  })

  it('pages for what joined before a late acknowledgement was said', async () => {
    const night = await startNight([host(1)])
    const saidAt = night.test.clock.now()
    await night.test.clock.advance(MINUTE)
    await night.show(...hosts(1, 11))
    const pages = night.channel.calls.length
    await night.test.engine.execute(
      'incident.acknowledge',
      { incidentId: night.incident().id },
      { requestId: 'late-request', actor: { ...personActor(ada, 'cockpit'), saidAt }, rights },
    )
    await night.test.clock.advance(0)
    expect(night.channel.calls).toHaveLength(pages + 1)
    expect(night.said().at(-1)).toContain('10 more hosts since ada acknowledged')
  })

  it.each([
    ['nothing when the rule is off', { growth: 'off' }, 11, 'acknowledged'],
    ['at other numbers', { growth: { first: 'none', more: 5 } }, 5, 'acknowledged'],
    ['from those numbers on', { growth: { first: 'none', more: 5 } }, 6, 'triggered'],
  ])('pages %s', async (_, configuration, last, status) => {
    const night = await startNight([host(1)], configuration)
    await night.acknowledge()
    await night.show(...hosts(1, last))
    expect(night.incident().status).toBe(status)
  })
})

describe('two engines', () => {
  const shown = fc.uniqueArray(
    fc.record({
      instance: fc.integer({ min: 1, max: 6 }),
      severity: fc.constantFrom('critical', 'high', 'warning'),
      zone: fc.constantFrom('a', 'b'),
    }),
    { maxLength: 8, selector: ({ instance, severity }) => `${String(instance)} ${severity}` },
  )

  it('that see the same at other times decide the same of growth, and write the same ids', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(shown, { minLength: 1, maxLength: 6 }), async (answers) => {
        const run = async (lead: number) => {
          const night = await startNight([host(1)])
          await night.test.clock.advance(lead)
          for (const [index, answer] of answers.entries()) {
            for (const { id } of night.test.engine.state().incidents.values()) {
              const requestId = `request-${String(index)}`
              await night.test.run('incident.acknowledge', { incidentId: id }, requestId)
            }
            await night.test.clock.advance(MINUTE)
            const alerts = answer.map(({ instance, ...more }) =>
              host(instance, more.severity, more),
            )
            await night.show(
              host(1),
              ...alerts.filter(({ labels }) => labels['instance'] !== 'db-1'),
            )
          }
          await night.test.clock.advance(10 * MINUTE)
          return night.journal.events
            .filter(({ body }) => /^(?:incident|alert)\./.test(body.type))
            .map(({ id, body }) => [id, body.type])
        }
        expect(await run(3_000)).toEqual(await run(7_000))
      }),
      { numRuns: 25 },
    )
  })
})

describe('a snoozed incident', () => {
  it('ends its snooze and pages when it grows, and says that it was snoozed', async () => {
    const night = await startNight([host(1)])
    await night.snooze(4 * 60 * MINUTE)
    await night.show(...hosts(1, 11))
    expect(night.said().at(-1)).toContain('10 more hosts while snoozed by ada')
    expect(night.incident()).toMatchObject({ status: 'triggered', snoozed: null })
  })

  it('is measured from the snooze when it was acknowledged before', async () => {
    const night = await startNight([host(1, 'warning')])
    await night.acknowledge()
    await night.show(...hosts(1, 3, 'warning'))
    await night.snooze(4 * 60 * MINUTE)
    await night.show(...hosts(1, 5, 'warning'))
    expect(night.incident().snoozed).not.toBeNull()
    await night.show(...hosts(1, 6, 'warning'))
    expect(night.incident()).toMatchObject({ snoozed: null, acknowledged: null })
  })
})

describe('an incident that nobody has acknowledged', () => {
  it('says in its repeat how many alerts fire by then', async () => {
    const night = await startNight([host(1)])
    await night.show(...hosts(1, 11))
    expect(night.channel.calls).toHaveLength(1)
    await night.test.clock.advance(6 * MINUTE)
    expect(night.said().at(-1)).toContain('11 alerts. Paged again: unacknowledged.')
  })
})

describe('an incident that was triggered again by growth', () => {
  it('says in its repeat what has joined by then', async () => {
    const night = await startNight([host(1)])
    await night.acknowledge()
    await night.show(...hosts(1, 2))
    await night.show(...hosts(1, 6))
    await night.test.clock.advance(6 * MINUTE)
    expect(night.said().at(-1)).toContain(
      '6 alerts. 5 more hosts since ada acknowledged. Paged again: unacknowledged.',
    )
    await night.show(host(1))
    await night.test.clock.advance(6 * MINUTE)
    expect(night.said().at(-1)).toContain('Paged again: unacknowledged.')
    expect(night.said().at(-1)).not.toContain('more host')
  })
})

describe('why', () => {
  it('names the number at which an acknowledged incident pages again, and the rule', async () => {
    const night = await startNight([host(1)])
    await night.acknowledge()
    const why = await night.test.run('why', { incidentId: night.incident().id })
    if (!why.ok) throw new Error('no answer')
    expect(why.value.explanation.answer).toContain('grows to 2 alerts firing (1 then)')
    expect(why.value.explanation.steps.at(-2)).toMatchObject({
      stage: 'correlate',
      outcome: 'growth rule',
      reason: expect.stringContaining('P0: pages again at the first alert more'),
    })
  })

  it('says of one that paged for growth what it went by', async () => {
    const night = await startNight([host(1)])
    await night.acknowledge()
    await night.show(...hosts(1, 11))
    const why = await night.test.run('why', { incidentId: night.incident().id })
    if (!why.ok) throw new Error('no answer')
    expect(why.value.explanation.steps.filter(({ stage }) => stage === 'route')).toEqual([
      {
        stage: 'route',
        outcome: 'notified',
        reason: expect.stringMatching(
          /Triggered at .* UTC: 11 firing, 1 when it was acknowledged; 10 of them not there then\.$/,
        ),
      },
    ])
  })

  it('says when growth pages that has to wait', async () => {
    const night = await startNight([host(1)])
    await night.acknowledge()
    await night.show(...hosts(1, 2))
    await night.acknowledge()
    await night.show(...hosts(1, 3))
    const why = await night.test.run('why', { incidentId: night.incident().id })
    if (!why.ok) throw new Error('no answer')
    expect(why.value.explanation.answer).toMatch(/It grew since: 1 more host, pages at .* UTC/)
  })
})
