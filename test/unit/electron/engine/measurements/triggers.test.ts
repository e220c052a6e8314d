import { describe, expect, it } from 'vitest'
import { unanswered, type Script, type ScriptedQueries } from '#test/fixtures/scripted-queries.ts'
import { watchIncident } from './watched-incident.ts'

const MINUTE = 60_000
const latency = { id: 'slow', promql: 'latency_ms > 3000', for: '10m', to: 'role:senior' }

describe('a trigger that is measured', () => {
  it('is crossed once it has held for its time, and again only after it was cleared', async () => {
    const { clock, queries, crossed, timeline, count } = await watchIncident({
      plan: { triggers: [latency] },
    })
    queries.set('latency_ms', 2_000)
    await clock.advance(5 * MINUTE)
    queries.set('latency_ms', 3_400)
    await clock.advance(9 * MINUTE)
    expect(crossed()).toEqual({})
    await clock.advance(2 * MINUTE)
    expect(crossed()['slow']).toMatchObject({ value: '3,400', threshold: '> 3,000' })
    expect(timeline()).toContain(
      'Trigger crossed: latency_ms > 3000 for 10m: 3,400, threshold > 3,000 for 10m: you escalate to role:senior. Deckwatch has notified nobody',
    )
    await clock.advance(30 * MINUTE)
    expect(count('trigger.crossed')).toBe(1)
    queries.set('latency_ms', 900)
    await clock.advance(MINUTE)
    expect(crossed()).toEqual({})
    expect(count('trigger.cleared')).toBe(1)
    queries.set('latency_ms', 3_400)
    await clock.advance(11 * MINUTE)
    expect(count('trigger.crossed')).toBe(2)
  })

  it('is crossed once over a restart, and knows since when it holds', async () => {
    const first = await watchIncident({ plan: { triggers: [latency] } })
    first.queries.set('latency_ms', 3_400)
    await first.clock.advance(11 * MINUTE)
    expect(first.count('trigger.crossed')).toBe(1)
    await first.test.engine.stop()
    const second = await watchIncident({ plan: { triggers: [latency] }, before: first })
    await second.clock.advance(5 * MINUTE)
    expect(second.count('trigger.crossed')).toBe(1)
    expect(second.crossed()['slow']).toBeDefined()
  })

  it('is crossed soon after a start that comes late: its server knows the past', async () => {
    const first = await watchIncident({ plan: { triggers: [latency] } })
    const since = first.clock.now()
    first.queries.set('latency_ms', (at) => [at >= since ? 3_400 : 900])
    await first.clock.advance(2 * MINUTE)
    await first.test.engine.stop()
    await first.clock.advance(7 * MINUTE)
    const second = await watchIncident({ plan: { triggers: [latency] }, before: first })
    await second.clock.advance(30_000)
    expect(second.crossed()).toEqual({})
    await second.clock.advance(MINUTE)
    expect(second.crossed()['slow']).toBeDefined()
  })

  it('is unknown, and neither crossed nor cleared, while nothing is known', async () => {
    const { clock, queries, crossed, count, measured } = await watchIncident({
      plan: { triggers: [{ ...latency, for: '1m' }] },
    })
    const reason = () => {
      const reading = measured()?.triggers['slow']?.reading
      return reading?.kind === 'unknown' ? reading.reason : reading
    }
    await clock.advance(MINUTE)
    expect(reason()).toBe('no data')
    queries.set('latency_ms', 3_400)
    await clock.advance(3 * MINUTE)
    expect(crossed()['slow']).toBeDefined()
    const answers: readonly (readonly [Script, string])[] = [
      [() => [Number.NaN], 'the value is NaN'],
      [() => [], 'no data'],
      [
        () => ({ kind: 'other', what: 'a range of values' }),
        'the expression returns a range of values, no number',
      ],
      [
        () => ({ kind: 'too-many', series: 1_001 }),
        '1001 or more series: aggregate them, with sum or max',
      ],
    ]
    for (const [script, says] of answers) {
      queries.set('latency_ms', script)
      await clock.advance(MINUTE)
      expect(reason()).toBe(says)
    }
    queries.failWith(unanswered)
    await clock.advance(2 * MINUTE)
    expect(reason()).toBe('prom.example did not answer within 10 s')
    expect(count('trigger.cleared')).toBe(0)
    expect(crossed()['slow']).toBeDefined()
  })

  it('says so where no server can be asked', async () => {
    const { clock, measured } = await watchIncident({
      plan: { triggers: [latency] },
      isAskable: false,
    })
    await clock.advance(2_000)
    expect(measured()?.triggers['slow']?.reading).toEqual({
      kind: 'unknown',
      reason: 'no Prometheus source',
      at: null,
      source: null,
    })
  })

  it('is asked with the labels of the alert, which cannot change the question', async () => {
    const promql = 'latency{service="{{ $labels.service }}"} > 3'
    const { clock, queries } = await watchIncident({
      plan: { triggers: [{ promql }] },
      labels: { service: 'a"} or vector(9) or x{y="' },
    })
    await clock.advance(5_000)
    expect(queries.asked[0]?.promql).toBe(
      String.raw`latency{service="a\u0022} or vector(9) or x{y=\u0022"}`,
    )
  })

  it('counts money by its time', async () => {
    const { clock, queries, crossed } = await watchIncident({
      plan: {
        impact: { values: { money: { promql: 'money', as: 'USD' } } },
        triggers: [{ id: 'cost', value: 'money', above: 500, per: 'hour' }],
      },
    })
    queries.set('money', 8)
    await clock.advance(MINUTE)
    expect(crossed()).toEqual({})
    queries.set('money', 9)
    await clock.advance(MINUTE)
    expect(crossed()['cost']).toMatchObject({
      value: '$540 an hour',
      threshold: 'above $500 an hour',
    })
  })

  it('compares with the same hour of past weeks, which is asked for once an hour', async () => {
    const usual = (script: number) => (queries: ScriptedQueries, now: number) => {
      queries.set('requests', (at) => [at < now - 86_400_000 ? 100 : script])
    }
    const { clock, queries, crossed, measured } = await watchIncident({
      plan: { triggers: [{ id: 'busy', promql: 'requests', aboveBaseline: '15%' }] },
      script: usual(114),
    })
    await clock.advance(MINUTE)
    expect(measured()?.triggers['busy']).toMatchObject({
      holds: false,
      baseline: { median: 100, spread: 0, weeks: 4, of: 4 },
    })
    expect(queries.ranges).toHaveLength(4)
    await clock.advance(10 * MINUTE)
    expect(queries.ranges).toHaveLength(4)
    usual(116)(queries, clock.now())
    await clock.advance(MINUTE)
    expect(crossed()['busy']?.threshold).toBe(
      '> 115 (15 % above usually 100 ± 0 at this hour, 4 weeks)',
    )
    await clock.advance(60 * MINUTE)
    expect(queries.ranges).toHaveLength(8)
  })
})

describe('no improvement since the first action', () => {
  it('compares with the value then, also after a restart', async () => {
    const plan = {
      impact: { values: { failing: { promql: 'failing', as: 'percent' } } },
      phases: [{ name: 'Now', steps: [{ id: 'switch', text: 'Switch the processor' }] }],
      triggers: [{ id: 'stuck', noImprovementOf: 'failing', within: '15m' }],
    }
    const first = await watchIncident({ plan })
    first.queries.set('failing', 0.36)
    await first.clock.advance(30 * MINUTE)
    expect(first.crossed()).toEqual({})
    await first.test.run('plan.step', { incidentId: first.id, step: 'switch', state: 'done' })
    const acted = first.clock.now()
    first.queries.set('failing', (at) => [at <= acted ? 0.36 : 0.34])
    await first.clock.advance(5 * MINUTE)
    await first.test.engine.stop()
    const { clock, queries, crossed, timeline } = await watchIncident({ plan, before: first })
    await clock.advance(8 * MINUTE)
    expect(crossed()).toEqual({})
    await clock.advance(3 * MINUTE)
    expect(crossed()['stuck']).toMatchObject({
      value: '34 %',
      threshold: '≤ 32.4 % (10 % less than 36 % at the first action)',
    })
    expect(queries.asked).toContainEqual({ promql: 'failing', at: acted })
    queries.set('failing', (at) => [at <= acted ? 0.36 : 0.2])
    await clock.advance(MINUTE)
    expect(crossed()).toEqual({})
    expect(timeline().at(-1)).toContain('Trigger cleared: no improvement of failing')
  })
})

describe('a trigger of time or number', () => {
  it('needs no server', async () => {
    const { test, clock, show, slow, id, crossed, timeline } = await watchIncident({
      plan: {
        triggers: [
          { id: 'open', unresolvedFor: '30m' },
          { id: 'unseen', unacknowledgedFor: '5m', then: 'notify', to: 'person:bo' },
          { id: 'many', alerts: 2 },
        ],
      },
      isAskable: false,
    })
    await clock.advance(5 * MINUTE)
    expect(Object.keys(crossed())).toEqual(['unseen'])
    expect(timeline()).toContain(
      'Trigger crossed: unacknowledged for 5m: 5m, threshold 5m for 5m: you notify person:bo. Deckwatch has notified nobody',
    )
    await test.run('incident.acknowledge', { incidentId: id })
    await clock.advance(1_000)
    expect(crossed()).toEqual({})
    await clock.advance(24 * MINUTE)
    expect(Object.keys(crossed())).toEqual(['open'])
    const second = { ...slow, labels: { ...slow.labels, pod: 'b' } }
    await show(slow, second)
    await clock.advance(1_000)
    expect(Object.keys(crossed())).toEqual(['open', 'many'])
    await show()
    await clock.advance(2_000)
    expect(crossed()).toEqual({})
    expect(timeline().filter((text) => text.includes('the incident is over'))).toHaveLength(2)
  })

  it('of customers is unknown as long as nobody tells of them', async () => {
    const { clock, crossed } = await watchIncident({
      plan: { triggers: [{ satisfactionBelow: '80%' }, { complaints: 1 }] },
    })
    await clock.advance(60 * MINUTE)
    expect(crossed()).toEqual({})
  })
})

describe('a measured "fixed when"', () => {
  it('is marked by Deckwatch when it has held for its time, and when it no longer does', async () => {
    const { clock, queries, state, id, timeline } = await watchIncident({
      plan: { fixedWhen: [{ id: 'low', promql: 'failing < 0.01', for: '10m', text: 'Failures' }] },
    })
    const mark = () => state().responses.get(id)?.criteria['low']
    queries.set('failing', 0.36)
    await clock.advance(5 * MINUTE)
    expect(mark()).toBeUndefined()
    queries.set('failing', 0.002)
    await clock.advance(9 * MINUTE)
    expect(mark()).toBeUndefined()
    await clock.advance(2 * MINUTE)
    expect(mark()).toMatchObject({ isMet: true, by: { kind: 'deckwatch' } })
    queries.set('failing', () => [])
    await clock.advance(5 * MINUTE)
    expect(mark()?.isMet).toBe(true)
    queries.set('failing', 0.5)
    await clock.advance(MINUTE)
    expect(mark()?.isMet).toBe(false)
    expect(timeline()).toContain('Fixed when: no longer met: Failures')
  })
})
