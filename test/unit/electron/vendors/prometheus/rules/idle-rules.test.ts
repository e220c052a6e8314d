import { describe, expect, it } from 'vitest'
import { createQueryReader } from '#electron/vendors/prometheus/promql/query-memory.ts'
import {
  metricsToAsk,
  rulesWithoutData,
  rulesWithoutSeries,
} from '#electron/vendors/prometheus/rules/idle-rules.ts'
import { alerting, recording, rulesOf } from './rule-world.ts'

const read = createQueryReader()

describe('rules that read a metric which nobody makes', () => {
  const rules = rulesOf({
    name: 'g',
    rules: [
      alerting('Lacks', 'old_name > 1'),
      alerting('LacksByRecording', 'r:old > 1'),
      recording('r:old', 'sum(old_name)'),
      alerting('Has', 'up == 0'),
      alerting('Absent', 'absent(heartbeat)'),
      alerting('Or', 'old_name or vector(0) > 0'),
      alerting('Unless', 'up unless on () maintenance'),
      alerting('Fires', 'old_name == 5', { state: 'firing' }),
      alerting('Fails', 'old_name + on () group_left up', { health: 'err' }),
      alerting('Paused', 'old_name', { isPaused: true }),
      alerting('Itself', 'r:self > 1'),
      recording('r:self', 'r:self or up'),
      alerting('OfAlerts', 'ALERTS{alertstate="firing"} > 0'),
      alerting('Utf8', '{"größe"} > 1'),
    ],
  })

  it('are those that cannot have a result', () => {
    expect(rulesWithoutData(rules, read, new Set(['up']))).toEqual([
      { rule: 'Lacks', metrics: ['old_name'] },
      { rule: 'LacksByRecording', metrics: ['old_name'] },
    ])
  })

  it('are none when there is everything', () => {
    expect(rulesWithoutData(rules, read, new Set(['up', 'old_name']))).toEqual([])
  })

  it('need few names asked for: neither recorded ones, nor those that may be absent', () => {
    expect(metricsToAsk(rules, read)).toEqual(['old_name', 'up'])
  })

  it('are not told by a recording rule of which another one of the same name works', () => {
    const twins = rulesOf({
      name: 'g',
      rules: [alerting('A', 'r:x > 1'), recording('r:x', 'old'), recording('r:x', 'up')],
    })
    expect(rulesWithoutData(twins, read, new Set(['up']))).toEqual([])
  })
})

describe('rules that read no series', () => {
  it('are those that need some', () => {
    const none = { lastSeriesFetched: 0 }
    const rules = rulesOf({
      name: 'g',
      rules: [
        alerting('Lost', 'x{job="renamed"} > 1', none),
        alerting('Absent', 'absent(y)', none),
        alerting('Dialect', 'rollup_rate(z) default 0', none),
        alerting('Reads', 'x > 1', { lastSeriesFetched: 4 }),
        alerting('Untold', 'x > 1'),
      ],
    })
    expect(rulesWithoutSeries(rules, read).map(({ rule }) => rule)).toEqual(['Lost'])
  })
})
