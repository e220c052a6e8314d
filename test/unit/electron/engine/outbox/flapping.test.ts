import { describe, expect, it } from 'vitest'
import type { TestEngine } from '#test/fixtures/engine.ts'
import type { ScriptedSource } from '#test/fixtures/scripted-source.ts'
import { signal } from '#test/fixtures/scripted-source.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { eventSchema } from '#shared/domain/watch/event.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { startPagedEngine, incidentOf, labels, MINUTE, poll } from './paged-engine.ts'

/** Fires for half a minute and is gone for half a minute, so many times. */
async function flap(test: TestEngine, source: ScriptedSource, times: number) {
  for (let n = 0; n < times; n += 1) {
    source.show([signal(labels('Flap'), { startsAt: test.clock.now() })])
    await poll(test)
    await test.clock.advance(MINUTE / 2)
    source.show([])
    await poll(test)
    await test.clock.advance(MINUTE / 2)
  }
}

describe('an alert that flaps', () => {
  it('calls until it is known to flap, and then no more', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '12h' } })
    await flap(test, source, 3)
    expect([...test.engine.state().alerts.values()][0]?.flappingSince).not.toBeNull()
    const before = channel.sent.length
    await flap(test, source, 9)
    expect(channel.sent).toHaveLength(before)
    expect(before).toBe(2)
  })

  it('is told again after its interval while nobody takes it', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '5m' } })
    await flap(test, source, 3)
    const before = channel.sent.length
    await flap(test, source, 11)
    const later = channel.sent.slice(before)
    expect(later).toHaveLength(2)
    expect(later[0]?.body).toContain('Paged again: unacknowledged.')
  })

  it('is told when nobody was told of it before', async () => {
    const { source, channel, test } = startPagedEngine()
    await test.run('quiet.start', { until: test.clock.now() + 60 * MINUTE })
    const low = () => signal(labels('Flap', 'high'), { startsAt: test.clock.now() })
    for (let n = 0; n < 5; n += 1) {
      source.show([low()])
      await poll(test)
      await test.clock.advance(MINUTE / 2)
      source.show([])
      await poll(test)
      await test.clock.advance(MINUTE / 2)
    }
    await test.run('quiet.end', {})
    expect(channel.sent).toHaveLength(0)
    source.show([low()])
    await poll(test)
    expect([...test.engine.state().alerts.values()][0]?.flappingSince).not.toBeNull()
    expect(channel.sent).toHaveLength(1)
  })

  it('calls when another alert of its incident comes back with it', async () => {
    const { source, channel, test } = startPagedEngine({ P0: { repeat: '12h' } })
    await flap(test, source, 4)
    const before = channel.sent.length
    source.show([
      signal(labels('Flap'), { startsAt: test.clock.now() }),
      signal({ ...labels('Flap'), instance: 'b' }, { startsAt: test.clock.now() }),
    ])
    await poll(test)
    expect(channel.sent).toHaveLength(before + 1)
  })

  it('does not call each time that it makes a milder incident worse', async () => {
    const { source, channel, test } = startPagedEngine({
      P0: { repeat: '12h' },
      P2: { repeat: '12h' },
    })
    const mild = signal({ ...labels('Flap', 'warning'), instance: 'mild' })
    const flap = async () => {
      for (let n = 0; n < 3; n += 1) {
        source.show([mild, signal(labels('Flap'), { startsAt: test.clock.now() })])
        await poll(test)
        await test.clock.advance(MINUTE)
        source.show([mild])
        await poll(test)
        await test.clock.advance(MINUTE)
      }
    }
    await flap()
    const before = channel.sent.length
    await flap()
    expect(incidentOf(test, 'Flap').status).toBe('triggered')
    expect(channel.sent).toHaveLength(before)
  })

  it('is read from a journal of a version that did not mark it: it was told anew there', async () => {
    const { source, journal, test } = startPagedEngine({ P0: { repeat: '12h' } })
    await flap(test, source, 4)
    source.show([signal(labels('Flap'), { startsAt: test.clock.now() })])
    await poll(test)
    const old = journal.events.map(({ body, ...event }) => {
      const { isFlapping: _mark, ...rest } = { isFlapping: undefined, ...body }
      return eventSchema.parse({ ...event, body: rest })
    })
    const [incident] = evolve(emptyWatch, old).incidents.values()
    expect(incident).toMatchObject({ status: 'triggered', paged: { [OWNER_ID]: { askedAt: 0 } } })
  })
})
