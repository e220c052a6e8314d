import { describe, expect, it } from 'vitest'
import type { Question } from '#electron/engine/ports/measurements.ts'
import type { QueryFailure } from '#electron/engine/ports/queries.ts'
import { createMeasurements } from '#electron/measurements/measurements.ts'
import { fail } from '#shared/domain/result/result.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { createScriptedQueries, unanswered } from '#test/fixtures/scripted-queries.ts'

const MINUTE = 60_000

function start() {
  const clock = createFakeClock()
  const queries = createScriptedQueries(() => clock.now())
  const measurements = createMeasurements({ clock, random: () => 0.5, timeZone: 'UTC' })
  const place = { id: 'prom', name: 'prom', queries }
  const question = (key: string, promql: string, more: Partial<Question> = {}): Question => ({
    key,
    place,
    promql,
    labels: {},
    as: 'value',
    before: null,
    withBaseline: false,
    pastMs: 0,
    ...more,
  })
  /** How often it was asked within a time, ms. */
  const askedWithin = async (ms: number) => {
    const before = queries.asked.length
    await clock.advance(ms)
    return queries.asked.length - before
  }
  return { clock, queries, measurements, question, askedWithin }
}

const refused: QueryFailure = {
  problem: {
    code: 'misconfigured',
    message: 'prom.example refused the question (400). It said: parse error',
    hint: '',
  },
  isPassing: false,
  retryAfterMs: null,
}

describe('what is measured', () => {
  it('is asked once for all that want the same, and no more when nobody wants it', async () => {
    const { queries, measurements, question, askedWithin } = start()
    queries.set('up', 1)
    const all = Array.from({ length: 50 }, (_, index) => question(`i${String(index)}`, 'up'))
    measurements.ask([...all, question('condition', 'up > 0', { as: 'condition' })])
    expect(await askedWithin(MINUTE)).toBe(4 + 1)
    expect(measurements.answer('i7')?.reading).toMatchObject({ kind: 'value', value: 1 })
    expect(measurements.answer('condition')?.reading).toMatchObject({ holds: true, value: 1 })
    measurements.ask([])
    expect(await askedWithin(MINUTE)).toBe(0)
    expect(measurements.answer('i7')).toBeUndefined()
  })

  it('stays within the budget: many queries are asked less often, each in its turn', async () => {
    const { queries, measurements, question, askedWithin } = start()
    const names = Array.from({ length: 200 }, (_, index) => `value_${String(index)}`)
    for (const name of names) queries.set(name, 1)
    measurements.ask(names.map((name) => question(name, name)))
    await askedWithin(MINUTE)
    const asked = await askedWithin(10 * MINUTE)
    expect(asked).toBeLessThanOrEqual(2_400)
    expect(asked).toBeGreaterThan(2_300)
    const counts = Map.groupBy(queries.asked, ({ promql }) => promql)
    const each = [...counts.values()].map(({ length }) => length)
    expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1)
    // It counts as current for as long as its turn takes to come.
    expect(measurements.answer('value_0')?.reading).toMatchObject({ freshMs: 150_000 })
  })

  it('leaves a server alone that does not answer, and says so', async () => {
    const { clock, queries, measurements, question, askedWithin } = start()
    queries.failWith(unanswered)
    measurements.ask(['a', 'b', 'c'].map((name) => question(name, name)))
    await clock.advance(0)
    expect(measurements.answer('a')?.reading).toMatchObject({
      kind: 'unknown',
      reason: 'prom.example did not answer within 10 s',
    })
    expect(await askedWithin(10 * MINUTE)).toBeLessThan(12)
    queries.failWith(null)
    queries.set('a', 5)
    await clock.advance(3 * MINUTE)
    expect(measurements.answer('a')?.reading).toMatchObject({ kind: 'value', value: 5 })
  })

  it('asks less and less often for what a server refuses, and the others as before', async () => {
    const { clock, queries, measurements, question } = start()
    queries.set('good', 1)
    const place = {
      id: 'prom',
      name: 'prom',
      queries: {
        ...queries,
        instant: async (...given: Parameters<typeof queries.instant>) => {
          const answer = await queries.instant(...given)
          return given[0] === 'bad' ? fail(refused) : answer
        },
      },
    }
    measurements.ask([question('good', 'good', { place }), question('bad', 'bad', { place })])
    await clock.advance(10 * MINUTE)
    const count = (promql: string) => queries.asked.filter((each) => each.promql === promql).length
    expect(count('good')).toBe(41)
    expect(count('bad')).toBeLessThan(8)
    expect(measurements.answer('bad')?.reading).toMatchObject({
      kind: 'unknown',
      reason: 'prom.example refused the question (400). It said: parse error',
    })
  })

  it('is refused with the reason where several series are no one number', async () => {
    const { clock, queries, measurements, question } = start()
    queries.set('many', () => [1, 2, 3])
    queries.set('endless', Infinity)
    measurements.ask([
      question('many', 'many'),
      question('any', 'many > 2', { as: 'condition' }),
      question('none', 'many > 9', { as: 'condition' }),
      question('endless', 'endless'),
      question('broken', 'sum('),
    ])
    await clock.advance(0)
    const reading = (key: string) => measurements.answer(key)?.reading
    expect(reading('many')).toMatchObject({ reason: '3 series: aggregate them, with sum or max' })
    expect(reading('any')).toMatchObject({ holds: true, value: 3 })
    expect(reading('none')).toMatchObject({ holds: false, value: 3 })
    expect(reading('endless')).toMatchObject({ reason: 'the value is Infinity' })
    expect(reading('broken')).toMatchObject({ kind: 'unknown' })
  })

  it('knows what does not hold from what is not known, also where it is more than one comparison', async () => {
    const { clock, queries, measurements, question } = start()
    const both = 'a > 1 and b > 2'
    measurements.ask([
      question('both', both, { as: 'condition' }),
      question('gone', 'absent(a)', { as: 'condition' }),
    ])
    await clock.advance(0)
    expect(measurements.answer('both')?.reading).toMatchObject({ reason: 'no data' })
    expect(measurements.answer('gone')?.reading).toMatchObject({ holds: false })
    queries.set('(a > bool 1) and on() (b > bool 2)', 0)
    await clock.advance(15_000)
    expect(measurements.answer('both')?.reading).toMatchObject({ kind: 'condition', holds: false })
    queries.set(both, 7)
    await clock.advance(15_000)
    expect(measurements.answer('both')?.reading).toMatchObject({ holds: true, value: 7 })
  })

  it('reads the past again after the machine slept', async () => {
    const { clock, queries, measurements, question } = start()
    queries.set('latency', 5)
    const condition = { as: 'condition', pastMs: 10 * MINUTE } as const
    measurements.ask([question('slow', 'latency > 3', condition)])
    await clock.advance(MINUTE)
    measurements.answer('slow')
    expect(queries.ranges).toHaveLength(1)
    clock.jump(60 * MINUTE)
    await clock.advance(20_000)
    measurements.answer('slow')
    await clock.advance(2_000)
    expect(queries.ranges).toHaveLength(2)
    const past = measurements.answer('slow')?.past ?? []
    expect(past).toHaveLength(41)
    expect(past.every((each) => each.kind === 'condition' && each.holds)).toBe(true)
  })
})
