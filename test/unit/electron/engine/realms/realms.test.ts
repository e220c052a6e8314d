import { describe, expect, it } from 'vitest'
import type { Source } from '#electron/engine/ports/source.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { createFakeClock, type FakeClock } from '#test/fixtures/fake-clock.ts'
import { createMemoryJournal, type MemoryJournal } from '#test/fixtures/memory-journal.ts'
import { ada } from '#test/fixtures/persons.ts'
import {
  aliceSilence,
  createScriptedSource,
  signal,
  unreachableProblem,
  type ScriptedSource,
} from '#test/fixtures/scripted-source.ts'

const INTERVAL = 10_000
const disk = { alertname: 'DiskFull', instance: 'db-1', severity: 'critical' }

const alerts = ({ engine }: Pick<TestEngine, 'engine'>) => [...engine.state().alerts.values()]
const incidents = ({ engine }: Pick<TestEngine, 'engine'>) => [...engine.state().incidents.values()]
const realmOf = ({ engine }: Pick<TestEngine, 'engine'>, id: string) =>
  engine.state().sources.get(id)?.realm?.id
const pages = ({ engine }: Pick<TestEngine, 'engine'>) => engine.state().pages.size
const observers = ({ observations }: { observations: object }) => Object.keys(observations).sort()

/** Sources that show the disk, each in a cluster of its own unless they are told to be together. */
function sources(...ids: readonly string[]): ScriptedSource[] {
  return ids.map((id) => {
    const source = createScriptedSource(id)
    source.joinCluster(`cluster of ${id}`)
    source.show([signal(disk)])
    return source
  })
}

function start(
  list: readonly Source[],
  options: { journal?: MemoryJournal; clock?: FakeClock; configuration?: object } = {},
) {
  const channel = createFakeChannel()
  return { channel, ...startTestEngine(list, { ...options, channels: [channel] }) }
}

function reconfigured(test: TestEngine, list: readonly Source[], change: object = {}) {
  return test.engine.reconfigure({
    sources: list,
    configuration: test.configuration(change),
    owner: ada,
    version: 'test',
    config: { path: '/x', isPresent: true, loadedAt: 0, problems: [] },
  })
}

describe('equal labels', () => {
  it('of Alertmanagers that have nothing to do with each other are two alerts, and both page', async () => {
    const test = start(sources('eu', 'us'))
    await test.clock.advance(0)
    expect(
      alerts(test).map(({ realm, observations }) => [realm, Object.keys(observations)]),
    ).toEqual([
      [undefined, ['eu']],
      ['us', ['us']],
    ])
    expect(incidents(test)).toHaveLength(2)
    expect(pages(test)).toBe(2)
    const [first, second] = test.channel.calls
    expect(first?.title).toBe(second?.title)
    expect([first?.body, second?.body]).toEqual(['', 'realm=us'])
  })

  it('page for the second one although the first is acknowledged', async () => {
    const [eu, us] = sources('eu', 'us')
    us?.show([])
    const test = start([eu, us].filter((each) => each !== undefined))
    await test.clock.advance(0)
    await test.run('incident.acknowledge', { incidentId: incidents(test)[0]?.id ?? '' })
    expect(pages(test)).toBe(1)
    us?.show([signal(disk)])
    await test.clock.advance(INTERVAL)
    expect(pages(test)).toBe(2)
    expect(incidents(test).map(({ status }) => status)).toEqual(['acknowledged', 'triggered'])
    eu?.show([])
    await test.clock.advance(INTERVAL)
    expect(incidents(test).map(({ status }) => status)).toEqual(['resolved', 'triggered'])
  })

  it('of the replicas of one cluster are one alert', async () => {
    const list = sources('a', 'b', 'other')
    for (const each of list.slice(0, 2)) each.joinCluster('1', '2')
    const test = start(list)
    await test.clock.advance(0)
    expect(alerts(test).map(observers)).toEqual([['a', 'b'], ['other']])
  })

  it('of a Prometheus are those of the Alertmanager that it sends to', async () => {
    const prom = createScriptedSource('prom', { sendsTo: ['us'] })
    prom.show([signal(disk, { suppression: null })])
    const test = start([prom, ...sources('eu', 'us')])
    await test.clock.advance(0)
    expect(alerts(test).map(observers)).toEqual(expect.arrayContaining([['eu'], ['prom', 'us']]))
    expect(alerts(test)).toHaveLength(2)
  })

  it('page nobody where the Alertmanager silences them, though the Prometheus is asked first', async () => {
    const am = createScriptedSource('am', { intervalMs: 6 * INTERVAL })
    const prom = createScriptedSource('prom', { sendsTo: ['am'] })
    const test = start([prom, am])
    await test.clock.advance(0)
    prom.show([signal(disk, { suppression: null })])
    am.show([signal(disk, { silencedBy: aliceSilence })])
    await test.clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ suppression: [aliceSilence] }])
    expect(alerts(test).map(observers)).toEqual([['am', 'prom']])
    expect(pages(test)).toBe(0)
  })

  it('page although the Alertmanager does not answer', async () => {
    const am = createScriptedSource('am', { intervalMs: 6 * INTERVAL })
    let isHanging = false
    const hanging: Source = {
      ...am,
      poll: (...args) => (isHanging ? Promise.withResolvers<never>().promise : am.poll(...args)),
    }
    const prom = createScriptedSource('prom', { sendsTo: ['am'] })
    const test = start([prom, hanging])
    await test.clock.advance(0)
    isHanging = true
    prom.show([signal(disk, { suppression: null })])
    await test.clock.advance(INTERVAL + 1_500)
    expect(pages(test)).toBe(1)
  })

  it('of two realms are one incident only where the grouping says so', async () => {
    const test = start(sources('eu', 'us'), { configuration: { groupAcrossRealms: true } })
    await test.clock.advance(0)
    expect(alerts(test)).toHaveLength(2)
    expect(incidents(test)).toMatchObject([{ counts: { firing: 2 } }])
    expect(pages(test)).toBe(1)
  })

  it('may have another severity in each realm', async () => {
    const list = [...sources('eu', 'us'), createScriptedSource('lab', { realm: 'lab' })]
    list[2]?.show([signal(disk)])
    const test = start(list, {
      configuration: {
        sources: [
          { type: 'drill', name: 'us' },
          { type: 'drill', name: 'eu' },
          { type: 'alertmanager', name: 'x', url: 'http://x', realm: 'lab' },
        ],
        severity: [
          { when: 'alertname="DiskFull"', realm: 'us', is: 'P2' },
          { when: 'alertname="DiskFull"', realm: 'lab', is: 'P3' },
          { when: 'alertname="DiskFull"', realm: 'default', is: 'P1' },
        ],
      },
    })
    await test.clock.advance(0)
    expect(
      alerts(test)
        .map(({ severity, realm }) => [realm ?? '', severity])
        .sort(),
    ).toEqual([
      ['', 'P1'],
      ['lab', 'P3'],
      ['us', 'P2'],
    ])
    const why = await test.run('why', {
      incidentId: incidents(test).find(({ severity }) => severity === 'P2')?.id ?? '',
    })
    expect(why).toMatchObject({
      ok: true,
      value: {
        explanation: {
          steps: expect.arrayContaining([
            expect.objectContaining({ reason: 'alertname="DiskFull" in realm us → P2' }),
          ]) as unknown,
        },
      },
    })
  })
})

describe('before it is known who belongs together', () => {
  it('waits for a little while for what the others say', async () => {
    const [a, b] = sources('a', 'b')
    a?.joinCluster('1')
    b?.joinCluster('1')
    const first = Promise.withResolvers<unknown>()
    const slow: Source = {
      ...(a as Source),
      poll: async (...args) => {
        await first.promise
        return (a as Source).poll(...args)
      },
    }
    const test = start([slow, b as Source])
    await test.clock.advance(1_000)
    expect(alerts(test)).toEqual([])
    first.resolve(null)
    await test.clock.advance(0)
    expect(alerts(test).map(observers)).toEqual([['a', 'b']])
    expect(alerts(test)[0]?.realm).toBeUndefined()
    expect(pages(test)).toBe(1)
  })

  it('holds no alert back for a server that does not answer, and joins it once it does', async () => {
    const [a, b] = sources('a', 'b')
    a?.joinCluster('1')
    b?.joinCluster('1')
    const never = Promise.withResolvers<never>()
    let isHanging = true
    const hanging: Source = {
      ...(a as Source),
      poll: (signal, options) =>
        isHanging
          ? Promise.race([
              never.promise,
              new Promise<never>((_, reject) => {
                signal.addEventListener('abort', () => reject(new Error('aborted')))
              }),
            ])
          : (a as Source).poll(signal, options),
    }
    const journal = createMemoryJournal()
    const clock = createFakeClock()
    const before = start([hanging, b as Source], { journal, clock })
    await before.clock.advance(3_000)
    expect(alerts(before)).toMatchObject([{ realm: 'b', status: 'firing' }])
    expect(pages(before)).toBe(1)
    await before.engine.stop()
    isHanging = false
    const after = start([hanging, b as Source], { journal, clock })
    await after.clock.advance(INTERVAL)
    expect(alerts(after).map(observers)).toEqual([['a', 'b']])
    expect(pages(after)).toBe(1)
    expect(incidents(after)).toHaveLength(1)
  })

  it('does not wait for one that fails', async () => {
    const [a, b] = sources('a', 'b')
    a?.failWith(unreachableProblem)
    const test = start([a as Source, b as Source])
    await test.clock.advance(0)
    expect(alerts(test)).toMatchObject([{ realm: 'b' }])
    expect(realmOf(test, 'a')).toBeUndefined()
    a?.failWith(null)
    await test.clock.advance(2 * INTERVAL)
    expect(realmOf(test, 'a')).toBe('')
  })

  it('asks nobody again after a restart', async () => {
    const journal = createMemoryJournal()
    const [a, b] = sources('a', 'b')
    const clock = createFakeClock()
    const before = start([a as Source, b as Source], { journal, clock })
    await before.clock.advance(0)
    await before.engine.stop()
    const count = journal.events.length
    a?.failWith(unreachableProblem)
    const after = start([a as Source, b as Source], { journal, clock })
    await after.clock.advance(0)
    expect(
      journal.events.slice(count).filter(({ body }) => body.type === 'source.realm-found'),
    ).toEqual([])
    expect(alerts(after).map(({ realm }) => realm)).toEqual([undefined, 'b'])
  })
})

function copyOf(events: readonly Event[]): MemoryJournal {
  const copy = createMemoryJournal()
  copy.append(
    events.map(({ seq: _, ...event }) => event),
    [],
  )
  return copy
}

/** A journal as the version before realms left it: what is shown by all of these is one alert. */
async function journalOfBefore(
  list: readonly ScriptedSource[],
  then: (test: TestEngine) => Promise<void> = () => Promise.resolve(),
) {
  const journal = createMemoryJournal()
  const clock = createFakeClock()
  for (const each of list) each.joinCluster('together')
  const before = start(list, { journal, clock })
  await clock.advance(INTERVAL)
  await then(before)
  const known = [...before.engine.state().incidents.values()]
  await before.engine.stop()
  // Nobody knew of realms.
  const old = copyOf(journal.events.filter(({ body }) => body.type !== 'source.realm-found'))
  for (const each of list) {
    each.joinCluster(`cluster of ${each.id}`)
    each.forget()
  }
  return { journal: old, clock, known }
}

const standing = ({ id, status, acknowledged, snoozed, counts }: Incident) => ({
  id,
  status,
  acknowledged,
  snoozed,
  counts,
})

describe('a journal of the version before', () => {
  const other = { ...disk, alertname: 'NetDown', instance: 'sw-1' }
  const acknowledgeAll = async (test: TestEngine) => {
    for (const { id } of incidents(test)) {
      await test.run('incident.acknowledge', { incidentId: id }, `ack ${id}`)
    }
  }

  it('of one realm changes nothing at all', async () => {
    const list = sources('a', 'b')
    const { journal, clock, known } = await journalOfBefore(list, acknowledgeAll)
    for (const each of list) each.joinCluster('1')
    const count = journal.events.length
    const test = start(list, { journal, clock })
    await clock.advance(3 * INTERVAL)
    expect(incidents(test)).toEqual(known)
    const types = journal.events.slice(count).map(({ body }) => body.type)
    expect(new Set(types)).toEqual(new Set(['source.health-changed', 'source.realm-found']))
  })

  it('keeps acknowledgements under the new identities, pages nobody and resolves nobody', async () => {
    const list = sources('eu', 'us')
    list[1]?.show([signal(disk), signal(other)])
    const { journal, clock, known } = await journalOfBefore(list, acknowledgeAll)
    expect(known).toHaveLength(2)
    const test = start(list, { journal, clock })
    const count = pages(test)
    await clock.advance(6 * 60 * 60_000)
    expect(pages(test)).toBe(count)
    expect(
      alerts(test)
        .map(({ realm, status }) => [realm ?? '', status])
        .sort(),
    ).toEqual([
      ['', 'firing'],
      ['us', 'firing'],
      ['us', 'firing'],
    ])
    // The disk of both stands twice in its incident, the network under its new identity.
    const now = incidents(test).map(standing)
    expect(now.map(({ counts: _, ...rest }) => rest)).toEqual(
      known.map(standing).map(({ counts: _, ...rest }) => rest),
    )
    expect(now.map(({ counts }) => counts.firing).sort()).toEqual([1, 2])
  })

  it('takes what joins a group of another realm into the incident that moved there', async () => {
    const list = sources('eu', 'us')
    const mild = { ...other, severity: 'warning' }
    list[1]?.show([signal(mild)])
    const { journal, clock, known } = await journalOfBefore(list, acknowledgeAll)
    const test = start(list, { journal, clock })
    await clock.advance(INTERVAL)
    list[1]?.show([signal(mild), signal({ ...mild, instance: 'sw-2' })])
    await clock.advance(INTERVAL)
    expect(incidents(test)).toHaveLength(known.length)
    expect(incidents(test).every(({ status }) => status === 'acknowledged')).toBe(true)
  })

  it('pages nobody for what only the other source suppressed', async () => {
    const list = [
      createScriptedSource('eu', { heartbeats: ['alertname="Watchdog"'] }),
      createScriptedSource('us'),
    ]
    for (const each of list) each.show([signal({ alertname: 'Watchdog', severity: 'warning' })])
    const { journal, clock } = await journalOfBefore(list)
    const test = start(list, { journal, clock })
    await clock.advance(INTERVAL)
    expect(
      alerts(test)
        .map(({ suppression }) => suppression.length)
        .sort(),
    ).toEqual([0, 1])
    expect(pages(test)).toBe(0)
    // A page for what nobody looks at is repeated: so is this one.
    await clock.advance(4 * 60 * 60_000)
    expect(pages(test)).toBe(1)
  })

  it('keeps what a person resolved, and resolves what ends', async () => {
    const list = sources('eu', 'us')
    list[1]?.show([signal(other)])
    const { journal, clock } = await journalOfBefore(list, async (test) => {
      for (const { id } of incidents(test)) {
        await test.run('incident.resolve', { incidentId: id, evenIfFiring: true }, `resolve ${id}`)
      }
    })
    const test = start(list, { journal, clock })
    const count = pages(test)
    await clock.advance(2 * INTERVAL)
    expect(incidents(test).map(({ status }) => status)).toEqual(['resolved', 'resolved'])
    expect(pages(test)).toBe(count)
    list[1]?.show([])
    await clock.advance(INTERVAL)
    expect(
      alerts(test)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['firing', 'resolved'])
  })

  it('keeps an acknowledgement when the labels are known as Alertmanager gets them', async () => {
    const prom = createScriptedSource('prom', { sendsTo: ['am'] })
    const former = { ...disk, cluster: 'eu', replica: '0' }
    prom.show([signal(former, { suppression: null })])
    const { journal, clock, known } = await journalOfBefore([prom], acknowledgeAll)
    const { replica: _, cluster: __, ...labels } = former
    prom.show([signal(labels, { suppression: null, formerLabels: former })])
    const test = start([prom], { journal, clock })
    const count = pages(test)
    await clock.advance(2 * INTERVAL)
    expect(alerts(test)).toMatchObject([{ labels, status: 'firing' }])
    expect(incidents(test)).toMatchObject([{ id: known[0]?.id, status: 'acknowledged' }])
    expect(pages(test)).toBe(count)
    prom.show([])
    await clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ labels, status: 'resolved' }])
  })

  it('is the same however it is loaded', async () => {
    const list = sources('eu', 'us')
    const { journal, clock } = await journalOfBefore(list, acknowledgeAll)
    const test = start(list, { journal, clock })
    await clock.advance(INTERVAL)
    const state = test.engine.state()
    await test.engine.stop()
    const again = start(list, { journal: copyOf(journal.events), clock })
    const { alerts, incidents, members } = again.engine.state()
    expect({ alerts, incidents, members }).toEqual({
      alerts: state.alerts,
      incidents: state.incidents,
      members: state.members,
    })
  })
})

describe('a source that changes its realm', () => {
  it('takes its alerts along when a person says so, and an acknowledgement with them', async () => {
    const [eu] = sources('eu')
    const test = start([eu as Source])
    await test.clock.advance(0)
    const [incident] = incidents(test)
    await test.run('incident.acknowledge', { incidentId: incident?.id ?? '' })
    const named = createScriptedSource('eu', { realm: 'prod' })
    named.show([signal(disk)])
    await reconfigured(test, [named])
    await test.clock.advance(INTERVAL)
    expect(alerts(test)).toMatchObject([{ realm: 'prod', status: 'firing' }])
    expect(incidents(test)).toMatchObject([{ id: incident?.id, status: 'acknowledged' }])
    expect(pages(test)).toBe(1)
    named.show([signal(disk), signal({ ...disk, instance: 'db-2' })])
    await test.clock.advance(INTERVAL)
    expect(incidents(test)).toMatchObject([{ counts: { firing: 2 } }])
    named.show([])
    await test.clock.advance(INTERVAL)
    expect(incidents(test)).toMatchObject([{ status: 'resolved' }])
  })

  it('brings two alerts together in the incident that somebody acknowledged', async () => {
    const [eu, us] = sources('eu', 'us')
    const test = start([eu as Source, us as Source])
    await test.clock.advance(0)
    expect(pages(test)).toBe(2)
    const mine = incidents(test).find(({ id }) =>
      alerts(test).some((alert) => alert.incidentId === id && alert.realm === 'us'),
    )
    await test.run('incident.acknowledge', { incidentId: mine?.id ?? '' })
    eu?.joinCluster('1')
    us?.joinCluster('1')
    await test.clock.advance(2 * INTERVAL)
    expect(alerts(test).map(observers)).toEqual([['eu', 'us']])
    expect(alerts(test)[0]?.incidentId).toBe(mine?.id)
    expect(
      incidents(test)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['acknowledged', 'resolved'])
    await test.clock.advance(60 * 60_000)
    expect(pages(test)).toBe(2)
  })

  it('is silenced with the alert that it turns out to be', async () => {
    const [am] = sources('am')
    am?.show([signal(disk, { silencedBy: aliceSilence })])
    const prom = createScriptedSource('prom', { realm: 'lab', sendsTo: [] })
    prom.show([signal(disk, { suppression: null })])
    const test = start([am as Source, prom])
    await test.clock.advance(0)
    expect(pages(test)).toBe(1)
    const found = createScriptedSource('prom', { sendsTo: [] })
    found.show([signal(disk, { suppression: null })])
    await reconfigured(test, [am as Source, found])
    await test.clock.advance(INTERVAL)
    expect(alerts(test).map(observers)).toEqual([['am', 'prom']])
    expect(alerts(test)[0]?.suppression).toHaveLength(1)
    await test.clock.advance(60 * 60_000)
    expect(pages(test)).toBe(1)
  })

  it('is told apart again when its address is that of another server', async () => {
    const place = (id: string, server: string, ...cluster: readonly string[]) => {
      const source = createScriptedSource(id, { server })
      source.joinCluster(...cluster)
      source.show([signal(disk)])
      return source
    }
    const a = place('a', 'http://a', '1')
    const test = start([a, place('b', 'http://b', '1')])
    await test.clock.advance(0)
    expect(alerts(test)).toHaveLength(1)
    await reconfigured(test, [a, place('b', 'http://elsewhere', '2')])
    await test.clock.advance(INTERVAL)
    expect(alerts(test).map(({ realm }) => realm)).toEqual([undefined, 'b'])
    expect(test.engine.state().sources.get('b')?.realm).toMatchObject({
      id: 'b',
      isConfigured: false,
    })
  })

  it('says in the timeline where its alerts went', async () => {
    const [eu] = sources('eu')
    const test = start([eu as Source])
    await test.clock.advance(0)
    const named = createScriptedSource('eu', { realm: 'prod' })
    named.show([signal(disk)])
    await reconfigured(test, [named])
    await test.clock.advance(INTERVAL)
    const timeline = await test.run('incident.timeline', {
      incidentId: incidents(test)[0]?.id ?? '',
    })
    if (!timeline.ok) throw new Error(timeline.error.message)
    expect(timeline.value.entries.map(({ text }) => text)).toContain(
      'Alert of eu belongs to realm prod',
    )
  })
})

it('records what it found before what was said under it, and nothing while the journal is full', async () => {
  const journal = createMemoryJournal()
  const list = sources('eu', 'us')
  const test = start(list, { journal })
  journal.failWith({ code: 'journal-full', message: 'No space.', hint: 'Free some.' })
  await test.clock.advance(0)
  expect(alerts(test)).toEqual([])
  expect(test.engine.status.value().unrecorded?.bySource).toEqual({ eu: 1, us: 1 })
  journal.failWith(null)
  await test.clock.advance(INTERVAL)
  expect(alerts(test)).toHaveLength(2)
  const types = journal.events.map(({ body }) => body.type)
  expect(types.indexOf('source.realm-found')).toBeLessThan(types.indexOf('alert.fired'))
})
