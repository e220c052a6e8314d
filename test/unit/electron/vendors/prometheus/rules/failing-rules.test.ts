import { describe, expect, it } from 'vitest'
import { createQueryReader } from '#electron/vendors/prometheus/promql/query-memory.ts'
import { failingRules } from '#electron/vendors/prometheus/rules/failing-rules.ts'
import { alertsReading } from '#electron/vendors/prometheus/rules/rule-readers.ts'
import { alerting, recording, rulesOf } from './rule-world.ts'

const read = createQueryReader()
const failing = { health: 'err', lastError: 'many-to-many' }

describe('the alerts that read a metric', () => {
  it('are found by way of recording rules in whatever order and group, round in circles too', () => {
    const rules = rulesOf(
      {
        name: 'one',
        rules: [alerting('Deep', 'c > 1'), recording('c', 'b / 2'), alerting('Other', 'x > 1')],
      },
      {
        name: 'two',
        rules: [
          recording('b', 'a + c'),
          alerting('Direct', 'absent(a)'),
          alerting('Direct', 'a > 2'),
        ],
      },
    )
    expect(alertsReading('a', rules, read)).toEqual(['Deep', 'Direct'])
    expect(alertsReading('c', rules, read)).toEqual(['Deep'])
    expect(alertsReading('nothing', rules, read)).toEqual([])
  })

  it('do not read a name that only looks like it', () => {
    const rules = rulesOf({
      name: 'g',
      rules: [alerting('A', 'aa > 1 or b{a="a"} or sum by (a) (c)')],
    })
    expect(alertsReading('a', rules, read)).toEqual([])
  })
})

describe('a recording rule that fails', () => {
  it('alerts with what reads it', () => {
    const rules = rulesOf({
      name: 'g',
      rules: [
        recording('r:a', 'x / y', failing),
        alerting('Reads', 'r:a > 1'),
        alerting('Not', 'z'),
      ],
    })
    const [trouble] = failingRules('prom', rules, read)
    expect(trouble).toMatchObject({
      name: 'RecordingRuleFailing',
      severity: 'high',
      labels: { source: 'prom', rule: 'r:a', group: 'g' },
    })
    expect(trouble?.description).toBe(
      '1 alerting rule reads what it records and may not fire meanwhile: Reads. Prometheus says: many-to-many',
    )
  })

  it('that no alert reads is less severe', () => {
    const rules = rulesOf({ name: 'g', rules: [recording('r:a', 'x', failing)] })
    expect(failingRules('prom', rules, read)).toMatchObject([{ severity: 'medium' }])
  })

  it('names some of many readers', () => {
    const readers = Array.from({ length: 30 }, (_, i) => alerting(`R${String(i)}`, 'r:a > 1'))
    const rules = rulesOf({ name: 'g', rules: [recording('r:a', 'x', failing), ...readers] })
    const [trouble] = failingRules('prom', rules, read)
    expect(trouble?.description).toContain('30 alerting rules read')
    expect(trouble?.description).toContain('R7 and 22 more')
  })
})

describe('rules that cannot be read', () => {
  it('hide no others', () => {
    const odd = [null, 7, 'rule', { name: 5 }, { health: [] }, { lastError: {} }]
    const rules = rulesOf(
      { name: 'g', rules: [...odd, alerting('Bad', 'x', failing)] },
      { rules: null },
      {},
    )
    expect(failingRules('prom', rules, read)).toMatchObject([{ labels: { rule: 'Bad' } }])
  })
})
