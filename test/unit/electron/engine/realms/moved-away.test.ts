import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Source } from '#electron/engine/ports/source.ts'
import type { JournalFailure } from '#electron/engine/ports/journal.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { ada } from '#test/fixtures/persons.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const INTERVAL = 10_000
const disk = { alertname: 'DiskFull', instance: 'db-1', severity: 'critical' }
const raw = { ...disk, replica: '0' }
const full: JournalFailure = { code: 'journal-full', message: 'No space.', hint: 'Free some.' }

const alerts = ({ engine }: TestEngine) => [...engine.state().alerts.values()]
const firing = (test: TestEngine) =>
  alerts(test)
    .filter(({ status }) => status === 'firing')
    .map(({ labels }) => labels)

/** A journal that refuses the appends that it is told to, and says what it had already. */
function createPickyJournal() {
  const journal = createMemoryJournal()
  const swallowed: string[] = []
  let isRefused: (types: readonly string[]) => boolean = () => false
  return {
    ...journal,
    swallowed,
    types: () => journal.events.map(({ body }) => body.type),
    refuse(next: typeof isRefused) {
      isRefused = next
    },
    append(...[events, ...more]: Parameters<typeof journal.append>) {
      journal.failWith(isRefused(events.map(({ body }) => body.type)) ? full : null)
      for (const { id, body } of events) if (journal.findEvent(id)) swallowed.push(body.type)
      return journal.append(events, ...more)
    },
  }
}

function start(list: readonly Source[], journal = createPickyJournal()) {
  return { ...startTestEngine(list, { journal, channels: [createFakeChannel()] }), journal }
}

/** An engine that knows an alert by its raw labels and then by the ones that are sent. */
async function startRenamed() {
  const prom = createScriptedSource('prom', { sendsTo: ['am'] })
  prom.show([signal(raw, { suppression: null })])
  const test = start([prom])
  await test.clock.advance(0)
  prom.show([signal(disk, { suppression: null, formerLabels: raw })])
  return { prom, test }
}

describe('an alert that fires again where a move took it from', () => {
  it('is recorded under the labels that it had, when it is known by them again', async () => {
    const { prom, test } = await startRenamed()
    await test.clock.advance(INTERVAL)
    expect(firing(test)).toEqual([disk])
    prom.show([signal(raw, { suppression: null })])
    await test.clock.advance(INTERVAL)
    expect(firing(test)).toEqual([raw])
    prom.show([signal(disk, { suppression: null, formerLabels: raw })])
    await test.clock.advance(INTERVAL)
    prom.show([signal(raw, { suppression: null })])
    await test.clock.advance(INTERVAL)
    expect(firing(test)).toEqual([raw])
    prom.show([])
    await test.clock.advance(INTERVAL)
    expect(firing(test)).toEqual([])
    expect([...test.engine.state().incidents.values()]).toMatchObject([{ status: 'resolved' }])
  })

  it('is recorded when another source lists it after its own one changed its realm', async () => {
    const other = { ...disk, instance: 'db-2' }
    const p = createScriptedSource('p')
    const q = createScriptedSource('q')
    p.show([signal(disk)])
    q.show([signal(other)])
    const test = start([p, q])
    await test.clock.advance(0)
    const elsewhere = createScriptedSource('p', { server: 'http://elsewhere' })
    elsewhere.joinCluster('foo')
    elsewhere.show([signal(disk)])
    await test.engine.reconfigure({
      sources: [elsewhere, q],
      configuration: test.configuration(),
      owner: ada,
      version: 'test',
      config: { path: '/x', isPresent: true, loadedAt: 0, problems: [] },
    })
    await test.clock.advance(INTERVAL)
    q.show([signal(other), signal(disk)])
    await test.clock.advance(INTERVAL)
    expect(
      alerts(test)
        .filter(({ labels }) => labels['instance'] === 'db-1')
        .map(({ realm, observations }) => [realm ?? '', Object.keys(observations)])
        .sort(),
    ).toEqual([
      ['', ['q']],
      ['p', ['p']],
    ])
  })

  it('is remembered by the place that it left for as long as the incident is known', async () => {
    const { prom, test } = await startRenamed()
    await test.clock.advance(INTERVAL)
    expect(test.engine.state().departures.size).toBe(1)
    for (let again = 0; again < 60; again += 1) {
      const [incident] = [...test.engine.state().incidents.values()].filter(
        ({ status }) => status !== 'closed',
      )
      prom.show([])
      await test.clock.advance(INTERVAL)
      await test.run('incident.close', { incidentId: incident?.id ?? '' }, `close ${String(again)}`)
      prom.show([signal(disk, { suppression: null, startsAt: test.clock.now() })])
      await test.clock.advance(INTERVAL)
    }
    expect(test.engine.state().departures.size).toBe(0)
  })
})

const shown = fc.uniqueArray(
  fc.record({
    instance: fc.constantFrom('1', '2'),
    replica: fc.constantFrom('', 'a', 'b'),
    former: fc.constantFrom('', 'a', 'b'),
    startsAt: fc.constantFrom(1_000, 2_000),
  }),
  { maxLength: 4, selector: ({ instance, replica }) => instance + replica },
)

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('show' as const), source: fc.nat(2), shown }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('place' as const),
      source: fc.nat(2),
      cluster: fc.constantFrom('lab', 'x', 'y'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('incident.acknowledge', 'incident.close', 'incident.resolve'),
      pick: fc.nat(3),
    }),
  },
)

it('nothing is taken for what was recorded before, wherever alerts move to', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const list = ['p', 'q', 'r'].map((id) => createScriptedSource(id))
      const journal = createPickyJournal()
      const test = start(list, journal)
      await test.clock.advance(0)
      for (const [index, action] of steps.entries()) {
        if ('shown' in action) {
          const signals = action.shown.map(({ instance, replica, former, startsAt }) => {
            const labels = { ...disk, instance, ...(replica ? { replica } : {}) }
            const formerLabels = { ...disk, instance, ...(former ? { replica: former } : {}) }
            return signal(labels, { startsAt, ...(former === replica ? {} : { formerLabels }) })
          })
          list[action.source]?.show(signals)
        } else if ('cluster' in action) {
          list[action.source]?.moveTo(`http://${action.cluster}`)
          list[action.source]?.joinCluster(action.cluster)
        } else {
          const known = [...test.engine.state().incidents.keys()]
          const incidentId = known[action.pick % Math.max(1, known.length)] ?? ''
          await test.run(action.do, { incidentId }, `command ${String(index)}`)
        }
        await test.clock.advance(INTERVAL)
      }
      await test.engine.stop()
      expect(journal.swallowed).toEqual([])
    }),
    { numRuns: 100 },
  )
})

describe('a move that the journal refuses, with room a moment later', () => {
  it('leaves the report for the next poll: it pages once, and resolves nothing', async () => {
    const { test } = await startRenamed()
    const { journal } = test
    const count = journal.types().length
    journal.refuse((types) => types.includes('alert.moved'))
    await test.clock.advance(INTERVAL)
    expect(firing(test)).toEqual([raw])
    expect(journal.types().slice(count)).toEqual([])
    expect(test.engine.status.value().unrecorded).toBeUndefined()
    journal.refuse(() => false)
    await test.clock.advance(INTERVAL)
    expect(firing(test)).toEqual([disk])
    expect(journal.types().filter((type) => type === 'page.requested')).toHaveLength(1)
    expect(journal.types().filter((type) => type === 'alert.fired')).toHaveLength(1)
    expect(journal.types()).not.toContain('alert.resolved')
  })

  it('lists what is new in that report as not recorded until it is', async () => {
    const { prom, test } = await startRenamed()
    const added = { ...disk, instance: 'db-2' }
    prom.show([
      signal(disk, { suppression: null, formerLabels: raw }),
      signal(added, { suppression: null }),
    ])
    test.journal.refuse((types) => types.includes('alert.moved'))
    await test.clock.advance(INTERVAL)
    expect(test.engine.status.value().unrecorded?.alerts.map(({ labels }) => labels)).toEqual([
      added,
    ])
    test.journal.refuse(() => false)
    await test.clock.advance(INTERVAL)
    expect(test.engine.status.value().unrecorded).toBeUndefined()
    expect(firing(test)).toEqual([disk, added])
  })

  it('to another realm is one as well', async () => {
    const am = createScriptedSource('am')
    am.show([signal(disk)])
    const test = start([am])
    test.journal.refuse((types) => types.includes('source.realm-found'))
    await test.clock.advance(0)
    expect(alerts(test)).toEqual([])
    expect(test.engine.status.value().unrecorded?.bySource).toEqual({ am: 1 })
    test.journal.refuse(() => false)
    await test.clock.advance(INTERVAL)
    expect(firing(test)).toEqual([disk])
    expect(test.engine.status.value().unrecorded).toBeUndefined()
  })
})
