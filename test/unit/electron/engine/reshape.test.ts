import { describe, expect, it } from 'vitest'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

function start() {
  const source = createScriptedSource('am')
  const journal = createMemoryJournal()
  const channel = createFakeChannel()
  const configuration = { groupBy: ['service'] }
  const test = startTestEngine([source], { journal, configuration, channels: [channel] })
  const show = async (...alerts: Parameters<typeof source.show>[0]) => {
    source.show(alerts)
    await test.clock.advance(0)
    await test.run('source.poll', {})
    await test.clock.advance(0)
  }
  const incidents = () => [...test.engine.state().incidents.values()]
  const of = (service: string) => {
    const found = incidents().find(({ group }) => group['service'] === service)
    if (!found) throw new Error(`no incident of ${service}`)
    return found
  }
  const byId = (id: string) => {
    const found = test.engine.state().incidents.get(id)
    if (!found) throw new Error(`no incident ${id}`)
    return found
  }
  const lines = (id: string) => toTimeline(journal.incidentEvents(id, 500)).map(({ text }) => text)
  const keysOf = (id: string) =>
    [...test.engine.state().alerts.values()]
      .filter(({ incidentId }) => incidentId === id)
      .map(({ labels }) => labels['pod'] ?? labels['alertname'])
      .toSorted()
  return { test, show, incidents, of, byId, lines, keysOf, channel }
}

const alert = (service: string, pod: string, severity = 'warning') =>
  signal({ alertname: 'Slow', service, pod, severity })

const valueOf = <Value>(
  result:
    | { readonly ok: true; readonly value: Value }
    | { readonly ok: false; readonly error: object },
): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('an incident that a person declares', () => {
  it('is theirs at once, and is not over when its alerts are', async () => {
    const { test, byId, channel, lines } = start()
    const { incidentId } = valueOf(
      await test.run('incident.declare', {
        title: 'Refunds are late',
        severity: 'P1',
        description: 'Support has 12 calls',
      }),
    )
    await test.clock.advance(120_000)
    expect(byId(incidentId)).toMatchObject({
      title: 'Refunds are late',
      severity: 'P1',
      status: 'acknowledged',
      declared: { by: { id: 'ada' }, description: 'Support has 12 calls' },
    })
    expect(channel.calls).toEqual([])
    expect(lines(incidentId)).toEqual([
      'declared it as P1: Support has 12 calls',
      'acknowledged the incident',
    ])
  })

  it('pages like any other one where nobody takes it', async () => {
    const { test, channel } = start()
    valueOf(
      await test.run('incident.declare', {
        title: 'Refunds are late',
        severity: 'P1',
        isTaken: false,
      }),
    )
    await test.clock.advance(120_000)
    expect(channel.calls.length).toBeGreaterThan(0)
  })

  it('stays open when the alerts that were merged into it resolve', async () => {
    const { test, show, of, byId } = start()
    await show(alert('checkout', 'a'))
    const { incidentId } = valueOf(
      await test.run('incident.declare', { title: 'Refunds are late', severity: 'P1' }),
    )
    valueOf(await test.run('incident.merge', { incidentId: of('checkout').id, into: incidentId }))
    await show()
    expect(byId(incidentId)).toMatchObject({ status: 'acknowledged', counts: { resolved: 1 } })
  })
})

describe('a merge', () => {
  it('takes alerts, work and record along, and later alerts of both groups', async () => {
    const { test, show, of, byId, lines, keysOf, channel } = start()
    await show(alert('checkout', 'a'), alert('cart', 'b', 'critical'))
    const [checkout, cart] = [of('checkout'), of('cart')]
    const on = { incidentId: cart.id }
    valueOf(await test.run('incident.note', { ...on, text: 'The cart times out.' }))
    valueOf(await test.run('measure.take', { ...on, text: 'Cart is read-only' }))
    valueOf(await test.run('incident.acknowledge', { incidentId: checkout.id }))
    const sent = channel.calls.length
    valueOf(await test.run('incident.merge', { incidentId: cart.id, into: checkout.id }))
    expect(byId(cart.id)).toMatchObject({ status: 'closed', mergedInto: checkout.id })
    expect(byId(checkout.id)).toMatchObject({ status: 'acknowledged', severity: 'P0', notes: 1 })
    expect(keysOf(checkout.id)).toEqual(['a', 'b'])
    expect(lines(checkout.id)).toEqual(
      expect.arrayContaining([
        'The cart times out.',
        'put a temporary measure in place: Cart is read-only',
      ]),
    )
    const { coordinations } = test.engine.state()
    expect(coordinations.get(checkout.id)?.measures).toHaveLength(1)
    expect(coordinations.has(cart.id)).toBe(false)

    await show(alert('checkout', 'a'), alert('cart', 'b', 'critical'), alert('cart', 'c'))
    expect(keysOf(checkout.id)).toEqual(['a', 'b', 'c'])
    await test.clock.advance(60_000)
    // Whoever merged it knew of all that.
    expect(channel.calls).toHaveLength(sent)
    await show()
    expect(byId(checkout.id).status).toBe('resolved')
  })

  it.each([
    ['itself', 'An incident cannot be merged into itself.'],
    ['nothing', 'The incident to merge it into is no longer known.'],
  ])('is refused into %s', async (what, message) => {
    const { test, show, of } = start()
    await show(alert('checkout', 'a'))
    const { id } = of('checkout')
    const into = what === 'itself' ? id : 'nothing'
    expect(await test.run('incident.merge', { incidentId: id, into })).toMatchObject({
      error: { message },
    })
  })
})

describe('a split', () => {
  it('makes an incident of some alerts, with the record so far, and keeps them there', async () => {
    const { test, show, of, byId, lines, keysOf } = start()
    await show(alert('checkout', 'a'), alert('checkout', 'b', 'critical'))
    const { id } = of('checkout')
    valueOf(await test.run('incident.acknowledge', { incidentId: id }))
    valueOf(await test.run('incident.note', { incidentId: id, text: 'Two things at once.' }))
    const [key] = [...test.engine.state().alerts.values()]
      .filter(({ labels }) => labels['pod'] === 'b')
      .map((each) => each.key)
    const split = valueOf(
      await test.run('incident.split', { incidentId: id, keys: [key ?? ''], reason: 'Disk' }),
    )
    expect(byId(id)).toMatchObject({ severity: 'P2', counts: { firing: 1 } })
    expect(byId(split.incidentId)).toMatchObject({
      severity: 'P0',
      status: 'acknowledged',
      splitFrom: id,
      counts: { firing: 1 },
    })
    expect(lines(split.incidentId)).toEqual(expect.arrayContaining(['Two things at once.']))
    expect(lines(id)).toEqual(expect.arrayContaining(['Two things at once.']))

    await show(alert('checkout', 'a'))
    expect(byId(split.incidentId).status).toBe('resolved')
    // What fires again goes where it belongs, not where its labels would lead it.
    await test.clock.advance(60_000)
    await show(
      alert('checkout', 'a'),
      signal(
        { alertname: 'Slow', service: 'checkout', pod: 'b', severity: 'critical' },
        { startsAt: test.clock.now() },
      ),
    )
    expect(keysOf(split.incidentId)).toEqual(['b'])
    expect(byId(split.incidentId).status).toBe('triggered')
  })

  it('leaves at least one alert that fires', async () => {
    const { test, show, of } = start()
    await show(alert('checkout', 'a'))
    const { id } = of('checkout')
    const keys = [...test.engine.state().alerts.keys()]
    expect(await test.run('incident.split', { incidentId: id, keys })).toMatchObject({
      error: { message: 'At least one firing alert has to stay.' },
    })
    expect(await test.run('incident.split', { incidentId: id, keys: ['x'] })).toMatchObject({
      error: { message: 'Some of these alerts are no longer in this incident.' },
    })
  })
})

describe('a severity that a person sets', () => {
  it('holds while nothing worse fires than what they knew of, and pages nobody', async () => {
    const { test, show, of, channel } = start()
    await show(alert('checkout', 'a', 'high'))
    const { id } = of('checkout')
    valueOf(await test.run('incident.acknowledge', { incidentId: id }))
    const sent = channel.calls.length
    valueOf(
      await test.run('incident.set-severity', {
        incidentId: id,
        severity: 'P3',
        reason: 'Only the test shop',
      }),
    )
    await show(alert('checkout', 'a', 'high'), alert('checkout', 'b', 'high'))
    await test.clock.advance(60_000)
    expect(of('checkout')).toMatchObject({ severity: 'P3', status: 'acknowledged' })
    expect(channel.calls).toHaveLength(sent)

    await show(alert('checkout', 'a', 'high'), alert('checkout', 'c', 'critical'))
    expect(of('checkout')).toMatchObject({
      severity: 'P0',
      status: 'triggered',
      setSeverity: null,
    })
  })
})

describe('a mitigated incident', () => {
  it('is acknowledged, still open, and not mitigated any more when it fires again', async () => {
    const { test, show, of, lines } = start()
    await show(alert('checkout', 'a', 'high'))
    const { id } = of('checkout')
    valueOf(await test.run('incident.mitigate', { incidentId: id, note: 'Rolled back' }))
    expect(of('checkout')).toMatchObject({
      status: 'mitigated',
      acknowledged: { by: { id: 'ada' } },
    })
    expect(lines(id)).toEqual(expect.arrayContaining(['mitigated the incident: Rolled back']))
    await show(alert('checkout', 'a', 'critical'))
    expect(of('checkout')).toMatchObject({ status: 'triggered', mitigated: null })
  })

  it('is not closed while a temporary measure is in place, by nobody and no time', async () => {
    const { test, show, of, byId } = start()
    await show(alert('checkout', 'a'))
    const { id } = of('checkout')
    valueOf(await test.run('measure.take', { incidentId: id, text: 'Cart is read-only' }))
    await show()
    expect(await test.run('incident.close', { incidentId: id })).toMatchObject({
      error: { message: 'Temporary measures are still in place: Cart is read-only.' },
    })
    await test.clock.advance(48 * 3_600_000)
    expect(byId(id).status).toBe('resolved')
    const [measure] = test.engine.state().coordinations.get(id)?.measures ?? []
    valueOf(
      await test.run('measure.remove', {
        incidentId: id,
        measureId: measure?.id ?? '',
        note: null,
      }),
    )
    valueOf(await test.run('incident.close', { incidentId: id }))
    expect(byId(id).status).toBe('closed')
  })
})
