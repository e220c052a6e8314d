import { describe, expect, it } from 'vitest'
import {
  createEvaluationWatch,
  lateByClock,
} from '#electron/vendors/prometheus/rules/evaluations.ts'
import { createQueryReader } from '#electron/vendors/prometheus/promql/query-memory.ts'
import { lateGroups } from '#electron/vendors/prometheus/rules/late-groups.ts'
import { alerting, recording, rulesOf } from './rule-world.ts'

const minute = 60_000
const at = (ms: number) => new Date(Date.parse('2026-11-28T03:00:00Z') + ms).toISOString()
const never = '0001-01-01T00:00:00Z'

function group(lastEvaluation: string | undefined, over: object = {}, rule: object = {}) {
  return {
    name: 'slo',
    file: 'a.yml',
    interval: 30,
    lastEvaluation,
    rules: [alerting('Fires', 'x > 1', { lastEvaluation, ...rule })],
    ...over,
  }
}

describe('watching whether groups are evaluated', () => {
  it('says nothing of those that go on, whatever the clock of the server', () => {
    const watch = createEvaluationWatch()
    for (let time = 0; time < 60 * minute; time += minute) {
      const year2001 = new Date(1_000_000_000_000 + time).toISOString()
      expect(watch.late(rulesOf(group(year2001)), time)).toEqual([])
    }
  })

  it('says which have not gone on for several intervals, and when they go on', () => {
    const watch = createEvaluationWatch()
    const stuck = rulesOf(group(at(0)), group(at(0), { name: 'slow', interval: 600 }))
    expect(watch.late(stuck, 0)).toEqual([])
    expect(watch.late(stuck, 5 * minute)).toEqual([])
    expect(watch.late(stuck, 6 * minute).map((late) => late.group.name)).toEqual(['slo'])
    expect(watch.late(stuck, 51 * minute).map((late) => late.group.name)).toEqual(['slo', 'slow'])
    expect(watch.late(rulesOf(group(at(51 * minute))), 52 * minute)).toEqual([])
  })

  it('tells groups of one name in two files apart', () => {
    const watch = createEvaluationWatch()
    const rules = (time: number) => rulesOf(group(at(0)), group(at(time), { file: 'b.yml' }))
    watch.late(rules(0), 0)
    expect(watch.late(rules(7 * minute), 7 * minute).map((late) => late.group.file)).toEqual([
      'a.yml',
    ])
  })

  it('says which were never evaluated', () => {
    const watch = createEvaluationWatch()
    const rules = rulesOf(group(never, {}, { health: 'unknown' }))
    expect(watch.late(rules, 0)).toEqual([])
    expect(watch.late(rules, 6 * minute)).toMatchObject([{ lastAt: null }])
  })

  it('goes by the rules where the group does not say it, and by nothing where they do not either', () => {
    const watch = createEvaluationWatch()
    const told = group(undefined, {}, { lastEvaluation: at(0) })
    const untold = group(undefined, { name: 'untold' })
    watch.late(rulesOf(told, untold), 0)
    expect(watch.late(rulesOf(told, untold), 9 * minute).map((late) => late.group.name)).toEqual([
      'slo',
    ])
  })

  it('leaves out what is not evaluated on purpose', () => {
    const watch = createEvaluationWatch()
    const paused = group(never, {}, { isPaused: true, health: 'unknown' })
    const older = group(never, { name: 'older' }, { health: 'ok' })
    const empty = group(never, { name: 'empty', rules: [] })
    watch.late(rulesOf(paused, older, empty), 0)
    expect(watch.late(rulesOf(paused, older, empty), 60 * minute)).toEqual([])
  })
})

describe('one look by the clock', () => {
  const now = Date.parse(at(0))

  it('is generous', () => {
    expect(lateByClock(rulesOf(group(at(-14 * minute))), now)).toEqual([])
    expect(lateByClock(rulesOf(group(at(5 * minute))), now)).toEqual([])
    expect(lateByClock(rulesOf(group(at(-60 * minute), { interval: 600 })), now)).toEqual([])
  })

  it('finds what is long ago or never was', () => {
    expect(lateByClock(rulesOf(group(at(-16 * minute))), now)).toHaveLength(1)
    expect(lateByClock(rulesOf(group(never, {}, { health: 'unknown' })), now)).toHaveLength(1)
  })
})

describe('a group that is late', () => {
  const read = createQueryReader()
  const troublesOf = (...groups: readonly object[]) => {
    const rules = rulesOf(...groups)
    const watch = createEvaluationWatch()
    watch.late(rules, 0)
    return lateGroups('prom', watch.late(rules, 600 * minute), rules, read)
  }

  it('alerts with its own alerts and those that read what it records', () => {
    const records = group(at(0), {
      name: 'records',
      rules: [recording('r:a', 'x', { lastEvaluation: at(0) })],
    })
    const [first, second] = troublesOf(records, group(at(0), {}, { query: 'r:a > 1' }))
    expect(first).toMatchObject({
      name: 'RulesNotEvaluated',
      severity: 'high',
      labels: { source: 'prom', group: 'records' },
      summary: 'prom no longer evaluates the rule group records',
    })
    expect(first?.description).toContain(
      'last evaluated 2026-11-28 03:00 UTC, its interval is 30 s',
    )
    expect(first?.description).toContain('1 alerting rule may not fire meanwhile: Fires.')
    expect(second?.labels).toEqual({ source: 'prom', group: 'slo' })
  })

  it('that was never evaluated says so', () => {
    const [trouble] = troublesOf(group(never, {}, { health: 'unknown' }))
    expect(trouble?.summary).toBe('prom has not evaluated the rule group slo at all')
  })

  it('is one of many in one alert', () => {
    const groups = Array.from({ length: 70 }, (_, i) => group(at(0), { name: `g${String(i)}` }))
    const troubles = troublesOf(...groups)
    expect(troubles).toHaveLength(21)
    expect(troubles.at(-1)?.description).toContain('50 more groups')
  })
})
