import { describe, expect, it } from 'vitest'
import { watchIncident } from './watched-incident.ts'

const impact = {
  says: '{failing} of card payments fail, about {money} a minute',
  values: {
    failing: { promql: 'failing', as: 'percent' },
    money: { promql: 'money', as: 'USD' },
  },
}

describe('the impact of an incident', () => {
  it('is recorded once as it was measured first, and says what is unknown', async () => {
    const { clock, queries, state, id, timeline, count } = await watchIncident({ plan: { impact } })
    queries.set('failing', 0.36)
    await clock.advance(70_000)
    expect(timeline()).toContain(
      'Impact at opening: 36 % of card payments fail, about (unknown) a minute (unknown: money: no data)',
    )
    queries.set('money', 1_420)
    await clock.advance(200_000)
    expect(count('impact.measured')).toBe(1)
    expect(state().impacts.get(id)?.opening?.values).toMatchObject([
      { name: 'failing', value: 0.36, unit: 'percent', source: 'prom', reason: null },
      { name: 'money', value: null, reason: 'no data' },
    ])
  })

  it('is measured while somebody looks, and rests when nobody does', async () => {
    const { test, clock, queries, id, measured } = await watchIncident({ plan: { impact } })
    queries.set('failing', 0.36)
    queries.set('money', 1_420)
    await clock.advance(300_000)
    const before = queries.asked.length
    await clock.advance(60_000)
    expect(queries.asked).toHaveLength(before)
    expect(measured()?.values['failing']).toBeUndefined()
    await test.run('measurement.look', { incidentId: id })
    await clock.advance(3_000)
    expect(measured()?.values['failing']?.reading).toMatchObject({ kind: 'value', value: 0.36 })
    expect(await test.run('measurement.look', { incidentId: 'nobody' })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
  })

  it('is set by a person with a reason, beside what was measured, and withdrawn', async () => {
    const { test, state, id, timeline } = await watchIncident({ plan: { impact } })
    const said = { incidentId: id, affectedUsers: 1_200, reason: 'counted in support' }
    expect((await test.run('impact.set', said)).ok).toBe(true)
    expect(state().impacts.get(id)?.said).toMatchObject({
      affectedUsers: 1_200,
      reason: 'counted in support',
      by: { kind: 'person', name: 'ada' },
    })
    expect(timeline()).toContain('set the impact: 1,200 users affected (“counted in support”)')
    expect((await test.run('impact.set', { incidentId: id, reason: 'a wrong report' })).ok).toBe(
      true,
    )
    expect(state().impacts.get(id)?.said).toBeNull()
    expect(await test.run('impact.set', { incidentId: id, reason: 'again' })).toMatchObject({
      ok: false,
      error: { code: 'already-done' },
    })
  })
})
