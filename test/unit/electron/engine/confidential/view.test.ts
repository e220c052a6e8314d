import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  serverMessageSchema,
  sliceMessage,
  SliceJoiner,
  type PushMessage,
} from '#shared/contract/index.ts'
import { applyMessage, emptyMirror, type Mirror } from '#renderer/engine/mirror/mirror.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { fromSnapshot, toSnapshot } from '#shared/domain/watch/state.ts'
import {
  CANARY,
  cy,
  startConfidentialWorld,
  type ConfidentialWorld,
} from '#test/fixtures/confidential-world.ts'
import { ada, bo } from '#test/fixtures/persons.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { rights } from '#shared/domain/person/right.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

/** A cockpit of somebody: what it was sent, and what it makes of that. */
function watchAs({ engine }: TestEngine, person: Person) {
  const view = engine.viewFor(() => person.id)
  const texts: string[] = []
  const joiner = new SliceJoiner()
  let mirror: Mirror = emptyMirror
  let syncs = 0
  const take = (message: PushMessage) => {
    for (const slice of sliceMessage(message, 3)) {
      const text = JSON.stringify(slice)
      texts.push(text)
      const whole = joiner.join(serverMessageSchema.parse(JSON.parse(text)) as PushMessage)
      if (!whole) continue
      const applied = applyMessage(mirror, whole, 0)
      mirror = applied.mirror
      if (applied.needsSync) syncs += 1
    }
  }
  const greet = () => {
    for (const message of view.greeting()) take(message)
  }
  const stop = view.listen(take)
  greet()
  return {
    greet,
    stop,
    texts,
    all: () => texts.join('\n'),
    mirror: () => mirror,
    syncs: () => syncs,
    /** What a cockpit that connects now is sent. */
    fresh: () => engine.viewFor(() => person.id).greeting(),
  }
}

const incidentsOf = (cockpit: ReturnType<typeof watchAs>) => [
  ...(cockpit.mirror().watch?.incidents.keys() ?? []),
]

describe('the connection of a third person', () => {
  it('is sent nothing of what a rule makes confidential, and misses nothing else', async () => {
    const world = await startConfidentialWorld()
    const third = watchAs(world.test, cy)
    const named = watchAs(world.test, bo)
    const owner = watchAs(world.test, ada)
    await world.work()
    await world.ask(ada, 'incident.note', { incidentId: world.publicId, text: 'Seen by all' })
    third.greet()
    expect(third.all()).not.toContain(CANARY)
    expect(third.all()).not.toContain(world.secretId)
    expect(third.mirror().recorded.has(world.publicId)).toBe(true)
    expect(third.syncs()).toBe(0)
    expect(third.mirror().watch?.seq).toBe(world.test.engine.state().seq)
    for (const each of [named, owner]) {
      expect(each.all()).toContain(CANARY)
      expect(each.mirror().watch).toEqual(world.test.engine.state())
    }
  })

  it('is told anew when an incident becomes confidential, and when that is lifted', async () => {
    const world = await startConfidentialWorld({ isByRule: false })
    const third = watchAs(world.test, cy)
    const incidentId = world.secretId
    expect(incidentsOf(third)).toContain(incidentId)
    const before = third.texts.length
    await world.ask(bo, 'incident.restrict', { incidentId, people: [], reason: 'Names in it' })
    const told = () => third.texts.slice(before).join('\n')
    expect(incidentsOf(third)).not.toContain(incidentId)
    expect(told()).toContain(`"withheld":["${incidentId}"]`)
    await world.work()
    third.greet()
    expect(told()).not.toContain(CANARY)
    expect(await world.ask(cy, 'incident.timeline', { incidentId })).toMatchObject({
      value: { entries: [] },
    })

    await world.ask(bo, 'incident.unrestrict', { incidentId, reason: null })
    expect(incidentsOf(third)).toContain(incidentId)
    expect(third.mirror().watch).toEqual(world.test.engine.state())
    expect(JSON.stringify(await world.ask(cy, 'incident.timeline', { incidentId }))).toContain(
      `${CANARY} note`,
    )
  })

  it('is that of whoever they are now: the owner sees all', async () => {
    const world = await startConfidentialWorld()
    let person = cy.id
    const messages: PushMessage[] = []
    const view = world.test.engine.viewFor(() => person)
    view.listen((message) => messages.push(message))
    expect(JSON.stringify(view.greeting())).not.toContain(CANARY)
    person = ada.id
    world.test.engine.status.raise('clock-jumped', 'It jumped.', 'Look.')
    expect(JSON.stringify(messages)).toContain(CANARY)
  })

  it('hears of measured values, pages and links of what they may see only', async () => {
    const world = await startConfidentialWorld()
    const third = watchAs(world.test, cy)
    await world.work()
    const { pages, plans } = third.mirror().watch!
    expect([...pages.values()].flatMap(({ incidentIds }) => incidentIds)).not.toContain(
      world.secretId,
    )
    expect([...plans.values()].map(({ title }) => title)).toEqual(['Shop plan'])
  })
})

describe('whoever gives the word', () => {
  const given = async (world: ConfidentialWorld, person: Person, people: readonly string[]) =>
    world.ask(person, 'incident.restrict', {
      incidentId: world.secretId,
      people: [...people],
      reason: null,
    })
  const named = ({ test, secretId }: ConfidentialWorld) =>
    test.engine
      .state()
      .restrictions.get(secretId)
      ?.people.map(({ id }) => id)

  it('is always among those who see it, and only they can change it', async () => {
    const world = await startConfidentialWorld({ isByRule: false })
    expect(await given(world, bo, ['nobody'])).toMatchObject({ error: { code: 'invalid-input' } })
    expect(await given(world, bo, [])).toMatchObject({ ok: true })
    expect(named(world)).toEqual(['bo'])
    expect(await given(world, bo, ['bo'])).toMatchObject({ error: { code: 'already-done' } })
    expect(await given(world, cy, ['cy'])).toMatchObject({ error: { code: 'not-found' } })
    expect(await given(world, bo, ['cy', 'me'])).toMatchObject({ ok: true })
    expect(named(world)).toEqual(['ada', 'bo', 'cy'])
    const incidentId = world.secretId
    expect(await world.ask(cy, 'incident.unrestrict', { incidentId })).toMatchObject({ ok: true })
    expect(await world.ask(cy, 'incident.unrestrict', { incidentId })).toMatchObject({
      error: { code: 'already-done' },
    })
  })

  it('is not overruled: a rule does not hide again what was lifted', async () => {
    const world = await startConfidentialWorld()
    const third = watchAs(world.test, cy)
    await world.ask(bo, 'incident.unrestrict', { incidentId: world.secretId })
    await world.show([{ alertname: `${CANARY}Leak`, team: 'fraud', instance: 'another' }, {}])
    expect(incidentsOf(third)).toContain(world.secretId)
  })
})

describe('incidents that become one, or several,', () => {
  it('are seen by the same people', async () => {
    const world = await startConfidentialWorld()
    const third = watchAs(world.test, cy)
    const { secretId, publicId } = world
    await world.ask(ada, 'incident.merge', { incidentId: secretId, into: publicId })
    const { restrictions } = world.test.engine.state()
    expect(restrictions.get(publicId)).toMatchObject({ isInForce: true, people: [bo] })
    expect(incidentsOf(third)).toEqual([])
    const before = third.texts.length
    await world.ask(ada, 'incident.note', { incidentId: publicId, text: 'Both' })
    expect(third.texts.slice(before).join()).not.toContain('Both')
  })

  it('go on as confidential as they were when something is split off', async () => {
    const world = await startConfidentialWorld({ isByRule: false })
    await world.show([{ alertname: `${CANARY}Leak`, team: 'fraud', instance: `${CANARY}-2` }, {}])
    const third = watchAs(world.test, cy)
    await world.ask(ada, 'incident.restrict', { incidentId: world.secretId, people: ['bo'] })
    const before = third.texts.length
    const split = await world.ask(ada, 'incident.split', {
      incidentId: world.secretId,
      keys: [world.things().alertKey],
    })
    const { incidentId } = (split as { value: { incidentId: string } }).value
    expect(world.test.engine.state().restrictions.get(incidentId)?.isInForce).toBe(true)
    expect(third.texts.slice(before).join()).not.toContain(CANARY)
    expect(third.texts.slice(before).join()).not.toContain(incidentId)
  })

  it('keep what was split off later from those who may not see where it came from', async () => {
    const world = await startConfidentialWorld({ isByRule: false })
    await world.show([{ alertname: `${CANARY}Leak`, team: 'fraud', instance: `${CANARY}-2` }, {}])
    await world.ask(ada, 'incident.note', { incidentId: world.secretId, text: 'kept back' })
    const split = await world.ask(ada, 'incident.split', {
      incidentId: world.secretId,
      keys: [world.things().alertKey],
    })
    const { incidentId } = (split as { value: { incidentId: string } }).value
    await world.ask(ada, 'incident.restrict', { incidentId: world.secretId, people: [] })
    const timeline = await world.ask(cy, 'incident.timeline', { incidentId })
    expect(timeline).toMatchObject({ ok: true })
    expect(JSON.stringify(timeline)).not.toContain('kept back')
    const owners = await world.ask(ada, 'incident.timeline', { incidentId })
    expect(JSON.stringify(owners)).toContain('kept back')
  })

  it('are named by no verdict where they may not be seen', async () => {
    const world = await startConfidentialWorld()
    const third = watchAs(world.test, cy)
    const { secretId, publicId } = world
    await world.ask(ada, 'incident.judge', {
      incidentId: publicId,
      verdict: 'duplicate',
      of: secretId,
    })
    third.greet()
    expect(third.mirror().watch?.incidents.get(publicId)?.verdict).toMatchObject({
      verdict: 'duplicate',
      of: null,
    })
    expect(third.all()).not.toContain(CANARY)
    expect(third.all()).not.toContain(secretId)
    const told = await world.ask(cy, 'incident.timeline', { incidentId: publicId })
    expect(JSON.stringify(told)).not.toContain(CANARY)
  })
})

describe('a notification', () => {
  it('of a confidential incident has its id, and nothing else', async () => {
    const world = await startConfidentialWorld()
    await world.test.clock.advance(60_000)
    const texts = JSON.stringify(world.channel.sent.map(({ title, body }) => [title, body]))
    expect(texts).toContain(`Confidential incident ${world.secretId.slice(0, 8)}`)
    expect(texts).not.toContain(CANARY)
    const one = world.channel.sent.find(({ incidentId }) => incidentId === world.secretId)
    expect(one?.body).toBe('')
  })

  it('of many names it by its id', async () => {
    const world = await startConfidentialWorld()
    await world.show(
      ...['A', 'B', 'C', 'D', 'E']
        .map(
          (name) =>
            [{ alertname: `${CANARY}${name}`, team: 'fraud', severity: 'critical' }, {}] as const,
        )
        .map((each) => [...each] as [(typeof each)[0], object]),
    )
    await world.test.clock.advance(60_000)
    const summary = world.channel.sent.find(({ incidentId, tag }) => {
      return incidentId === null && !tag.startsWith('notice')
    })
    expect(summary?.body).toContain('Confidential incident')
    expect(
      JSON.stringify(world.channel.sent.map(({ title, body }) => [title, body])),
    ).not.toContain(CANARY)
  })
})

describe('alerts that the journal refuses', () => {
  it('are listed for those who may see them, and named to nobody else', async () => {
    const world = await startConfidentialWorld()
    const third = watchAs(world.test, cy)
    const named = watchAs(world.test, bo)
    world.journal.failWith({ code: 'journal-full', message: 'Full.', hint: 'Make room.' })
    await world.show([{ alertname: `${CANARY}New`, team: 'fraud', severity: 'critical' }, {}])
    await world.test.clock.advance(30_000)
    expect(named.mirror().status?.unrecorded?.alerts).toMatchObject([
      { title: expect.stringContaining(CANARY) as unknown, only: ['bo'] },
    ])
    expect(third.mirror().status?.unrecorded).toBeUndefined()
    expect(third.all()).not.toContain(CANARY)
    expect(
      JSON.stringify(world.channel.sent.map(({ title, body }) => [title, body])),
    ).not.toContain(CANARY)
    await world.show(
      [{ alertname: `${CANARY}New`, team: 'fraud', severity: 'critical' }, {}],
      [{ alertname: 'PublicNew', team: 'shop', severity: 'critical' }, {}],
    )
    await world.test.clock.advance(30_000)
    expect(third.mirror().status?.unrecorded?.alerts).toMatchObject([{ labels: { team: 'shop' } }])
    expect(third.all()).not.toContain(CANARY)
  })
})

/**
 * What a cockpit makes of the deltas is what one that connects now is sent. But for the words that
 * paged: it may remember one of an alert that it could see.
 */
function expectInStep(cockpit: ReturnType<typeof watchAs>): void {
  const fresh = cockpit.fresh().find(({ type }) => type === 'snapshot')
  if (fresh?.type !== 'snapshot') throw new Error('no snapshot')
  const known = { ...cockpit.mirror().watch!, pagedWords: [] }
  expect(toSnapshot(known)).toEqual(toSnapshot(fromSnapshot({ ...fresh.state, pagedWords: [] })))
}

describe('a cockpit stays in step', () => {
  const leak = [
    {
      alertname: `${CANARY}Leak`,
      team: 'fraud',
      severity: `${CANARY}-word`,
      instance: `${CANARY}-host`,
    },
    {},
  ] as const
  async function end(world: ConfidentialWorld, incidentId: string): Promise<void> {
    world.source.show([])
    await world.test.run('source.poll', {})
    await world.ask(ada, 'incident.resolve', { incidentId, evenIfFiring: true })
    await world.ask(ada, 'incident.close', { incidentId })
    expect(world.test.engine.state().incidents.get(incidentId)?.status).toBe('closed')
  }

  it('when what was confidential fires again as an incident that everybody sees', async () => {
    const world = await startConfidentialWorld({ isByRule: false })
    const third = watchAs(world.test, cy)
    // Acknowledged alerts stay known after their incident is closed, until they fire again.
    await world.ask(ada, 'incident.restrict', { incidentId: world.secretId, people: [] })
    await end(world, world.secretId)
    await world.show()
    expect(incidentsOf(third).length).toBeGreaterThan(0)
    expectInStep(third)
  })

  it('when what everybody saw fires again under a rule', async () => {
    const world = await startConfidentialWorld()
    await world.ask(ada, 'incident.unrestrict', { incidentId: world.secretId })
    const third = watchAs(world.test, cy)
    await end(world, world.secretId)
    const before = third.texts.length
    await world.test.clock.advance(60_000)
    await world.show()
    expectInStep(third)
    const made = [...world.test.engine.state().restrictions.values()].at(-1)
    expect(third.texts.slice(before).join()).not.toContain(made?.incidentId)
  })

  it('when something that a rule is about is split off what was lifted', async () => {
    const world = await startConfidentialWorld()
    await world.show([{ alertname: `${CANARY}Leak`, team: 'fraud', instance: '2' }, {}])
    await world.ask(ada, 'incident.unrestrict', { incidentId: world.secretId })
    const third = watchAs(world.test, cy)
    const split = await world.ask(ada, 'incident.split', {
      incidentId: world.secretId,
      keys: [world.things().alertKey],
    })
    const { incidentId } = (split as { value: { incidentId: string } }).value
    expect(incidentsOf(third)).not.toContain(incidentId)
    expectInStep(third)
  })

  it('when it needs the plan of an incident that it does not know', async () => {
    const world = await startConfidentialWorld({ isByRule: false })
    await world.ask(ada, 'incident.restrict', { incidentId: world.secretId, people: [] })
    const third = watchAs(world.test, cy)
    expect([...third.mirror().watch!.plans.values()].map(({ title }) => title)).toEqual([
      'Shop plan',
    ])
    await world.show([{ alertname: 'Another', team: 'fraud', severity: 'warning' }, {}])
    expect(third.mirror().watch?.plans.size).toBe(2)
    expectInStep(third)
  })

  it('when alerts of both kinds come and go', async () => {
    const world = await startConfidentialWorld()
    const third = watchAs(world.test, cy)
    await world.show([...leak], [{ alertname: 'B', team: 'shop' }, {}])
    await end(world, world.secretId)
    await world.show()
    expectInStep(third)
    expect(third.all()).not.toContain(CANARY)
  })
})

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('show' as const),
      secret: fc.uniqueArray(fc.nat(3), { maxLength: 3 }),
      open: fc.uniqueArray(fc.nat(3), { maxLength: 3 }),
      groups: fc.nat(1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('note' as const), at: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('acknowledge' as const), at: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resolve' as const), at: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), at: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restrict' as const), at: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unrestrict' as const), at: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('merge' as const), at: fc.nat(5), into: fc.nat(5) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('split' as const), at: fc.nat(5) }) },
)

/** Only what grew of the one and not of the other is no difference: old pages, closed incidents. */
const comparable = (mirror: Mirror) => toSnapshot(mirror.watch!)

describe('whatever happens', () => {
  it('a third person is told nothing confidential, and all the rest, delta by delta', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const source = createScriptedSource('am')
        const test = startTestEngine([source], {
          configuration: {
            me: 'ada',
            people: [ada, bo, cy],
            groupBy: ['group'],
            confidential: [{ match: 'team="fraud"', people: ['bo'] }],
          },
        })
        await test.clock.advance(0)
        const third = watchAs(test, cy)
        let count = 0
        const act = (name: string, input: object) => {
          count += 1
          return test.engine.execute(name, input, {
            requestId: `request-number-${String(count)}`,
            actor: personActor(ada, 'cockpit'),
            rights,
          })
        }
        for (const each of steps) {
          const { incidents, members, restrictions } = test.engine.state()
          const ids = [...incidents.keys()]
          const idAt = (at: number) => ids[at % Math.max(1, ids.length)] ?? 'none'
          const isSecret = (id: string) => restrictions.get(id)?.isInForce ?? false
          switch (each.do) {
            case 'show':
              source.show([
                ...each.secret.map((number) =>
                  signal({
                    alertname: `${CANARY}${String(number)}`,
                    group: `secret-${String(each.groups)}`,
                    team: 'fraud',
                  }),
                ),
                ...each.open.map((number) =>
                  signal({
                    alertname: `Open${String(number)}`,
                    group: `open-${String(each.groups)}`,
                    team: 'shop',
                  }),
                ),
              ])
              await act('source.poll', {})
              await test.clock.advance(1_000)
              break
            case 'note': {
              const incidentId = idAt(each.at)
              const text = isSecret(incidentId) ? `${CANARY} note` : 'a note'
              await act('incident.note', { incidentId, text })
              break
            }
            case 'restrict':
              await act('incident.restrict', { incidentId: idAt(each.at), people: ['bo'] })
              break
            case 'unrestrict':
              // What once was seen by all would have the canary in it rightly.
              if (
                !idAt(each.at).includes('fraud') &&
                !(incidents.get(idAt(each.at))?.group['group'] ?? 'secret').includes('secret')
              )
                await act('incident.unrestrict', { incidentId: idAt(each.at) })
              break
            case 'merge':
              await act('incident.merge', { incidentId: idAt(each.at), into: idAt(each.into) })
              break
            case 'split': {
              const [key] = members.get(idAt(each.at)) ?? []
              await act('incident.split', { incidentId: idAt(each.at), keys: [key ?? 'x'] })
              break
            }
            default:
              await act(`incident.${each.do}`, {
                incidentId: idAt(each.at),
                evenIfFiring: true,
              })
          }
          const fresh = third.fresh().find(({ type }) => type === 'snapshot')
          if (fresh?.type !== 'snapshot') throw new Error('no snapshot')
          expect(third.syncs()).toBe(0)
          expect(comparable(third.mirror())).toEqual(toSnapshot(fromSnapshot(fresh.state)))
        }
        third.stop()
        await test.engine.stop()
        const notes = third.all()
        const wasMergedInto = steps.some(({ do: what }) => what === 'unrestrict')
        if (!wasMergedInto) expect(notes).not.toContain(CANARY)
      }),
      { numRuns: 150 },
    )
  })
})
