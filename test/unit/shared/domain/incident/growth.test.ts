import { describe, expect, it } from 'vitest'
import { MAX_CHANGES } from '#shared/domain/alert/evolve.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { baselineOf } from '#shared/domain/incident/baseline.ts'
import { countAlert, noAlerts } from '#shared/domain/incident/counts.ts'
import type { GrowthRule } from '#shared/domain/incident/growth-schema.ts'
import { growthLimit, judgeGrowth } from '#shared/domain/incident/growth.ts'
import { growthRuleTexts, growthText } from '#shared/domain/incident/growth-words.ts'
import { nounOf } from '#shared/domain/incident/object-label.ts'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'

const by = { kind: 'person', id: 'ada', name: 'Ada' } as const
const standard = configurationSchema.parse({ sources: [{ type: 'drill' }] }).growth
if (!standard) throw new Error('growth pages unless it is turned off')
const rule: GrowthRule = standard

const alert = (name: string, more: Partial<Alert> & { labels?: Alert['labels'] } = {}) =>
  alertWith({
    key: name,
    changes: [1_000],
    ...more,
    labels: { alertname: 'Down', instance: name, ...more.labels },
  })

/** An incident that was acknowledged while some alerts fired, with what fires now. */
function judge(then: readonly Alert[], now: readonly Alert[], by_: GrowthRule = rule) {
  const incident = incidentWith({
    id: 'i1',
    status: 'acknowledged',
    acknowledged: { at: 2_000, by, severity: 'P2' },
    baseline: baselineOf(then),
    counts: now.reduce((counts, each) => countAlert(counts, each, 1), noAlerts),
  })
  return judgeGrowth(incident, now, by_)
}

const some = (count: number, more: Partial<Alert> = {}) =>
  Array.from({ length: count }, (_, index) => alert(`db-${String(index)}`, more))

describe('the number at which an incident pages again', () => {
  it.each([
    ['P2', 1, 4],
    ['P2', 3, 6],
    ['P1', 10, 20],
    ['P0', 1, 2],
    ['P0', 100, 101],
    ['P1', 0, 3],
  ] as const)('is for %s and %i alerts %i', (severity, was, limit) => {
    expect(growthLimit(rule, severity, was)).toBe(limit)
  })
})

describe('growth', () => {
  it('is the alerts that fire more than then', () => {
    expect(judge(some(2), some(5))).toMatchObject({ firing: 5, was: 2, others: 3, noun: 'host' })
    expect(judge(some(2), some(4))).toBeNull()
  })

  it('is none of an incident that nobody acknowledged or snoozed', () => {
    const counts = { ...noAlerts, firing: 9, bySeverity: { ...noAlerts.bySeverity, P2: 9 } }
    expect(judgeGrowth(incidentWith({ id: 'i1', counts }), some(9), rule)).toBeNull()
  })

  it('knows no other value of a label that has too many to remember', () => {
    const many = some(101, { severity: 'P0' })
    const [first, ...rest] = many
    if (!first) throw new Error('none')
    expect(baselineOf(many).values['instance']).toEqual([])
    expect(judge(many, [...rest, alert('other', { severity: 'P0' })])).toBeNull()
    expect(judge(many, [first, ...rest, alert('other', { severity: 'P0' })])).not.toBeNull()
  })

  it('is measured from what was suppressed where nothing else was there', () => {
    const silence = { kind: 'mute', id: 'nights' } as const
    const held = some(3, { suppression: [silence] })
    expect(judge(held, some(3))).toBeNull()
    expect(judge(held, some(6))).not.toBeNull()
  })

  describe('where alerts flap', () => {
    const flaps = { flappingSince: 1_500 }
    const later = (count: number, more: Partial<Alert> = {}) =>
      Array.from({ length: count }, (_, index) =>
        alert(`new-${String(index)}`, { changes: [3_000], ...more }),
      )

    it('counts those that were there, so that it is by new steady ones', () => {
      const were = some(3, flaps)
      expect(judge(were, [...were, ...later(2)])).toBeNull()
      expect(judge(were, [...were, ...later(3)])).toMatchObject({ firing: 6, was: 3, others: 3 })
      expect(judge(some(3), [...were, ...later(3)])).not.toBeNull()
    })

    it('tells those that were there by their changes where their labels name no other object', () => {
      const path = (value: string, more: Partial<Alert>) =>
        alert('db-0', { key: value, severity: 'P0', labels: { path: value }, ...more })
      const was = path('/', flaps)
      expect(judge([was], [was, path('/var', { changes: [3_000] })])).not.toBeNull()
      expect(judge([was], [was, path('/var', { changes: [3_000], ...flaps })])).toBeNull()
    })

    it('tells them by their labels where they changed too often to know', () => {
      const changes = Array.from({ length: MAX_CHANGES }, (_, index) => 3_000 + index)
      const were = some(3, { ...flaps, changes })
      expect(judge(some(3), [...were, ...later(3)])).not.toBeNull()
      expect(judge(some(3), [...some(3), ...later(3, { ...flaps, changes })])).toBeNull()
    })

    it('tells them by their labels where they changed at the time of the acknowledgement', () => {
      const changes = [2_000]
      const were = some(3, { ...flaps, changes })
      expect(judge(were, [...were, ...later(3, { changes })])).not.toBeNull()
      expect(judge(were, [...some(3), ...later(3, { ...flaps, changes })])).toBeNull()
    })

    it('is none by those that are calm again, nor by new ones that flap', () => {
      const were = some(3, { severity: 'P0', ...flaps })
      const calm = some(3, { severity: 'P0' })
      expect(judge(were, calm)).toBeNull()
      expect(judge(were, [...calm, ...later(9, { severity: 'P0', ...flaps })])).toBeNull()
      expect(judge(calm, [...calm, ...later(9, { severity: 'P0', ...flaps })])).toBeNull()
    })

    it('is none by those that flap and were suppressed then', () => {
      const held = alert('db-1', { ...flaps, severity: 'P0' })
      const silence = { kind: 'mute', id: 'nights' } as const
      const calling = alert('db-0', { severity: 'P0' })
      expect(judge([calling, { ...held, suppression: [silence] }], [calling, held])).toBeNull()
    })
  })

  it('is none of an incident whose alerts only inform', () => {
    const info = (count: number) =>
      some(count, { severity: 'P3' }).map((each) => ({
        ...each,
        labels: { ...each.labels, severity: 'info' },
      }))
    expect(judge(info(1), info(9))).toBeNull()
    expect(judge(info(1), [...info(3), alert('other', { severity: 'P3' })])).not.toBeNull()
  })

  it('does not take names of labels for what every object has', () => {
    const odd = (value: string) =>
      alert('db-0', { labels: { constructor: value, toString: value } })
    const labels = ['constructor', '__proto__']
    expect(judge([odd('a')], [odd('a')], { ...rule, labels })).toBeNull()
    expect(judge([odd('a')], [odd('b')], { ...rule, labels })?.fresh).toEqual([
      { name: 'constructor', value: 'b' },
    ])
  })

  it('shows a hostile value as what it is, and not at length', () => {
    const zone = (value: string) => alert('db-0', { labels: { zone: value } })
    const grown = judge([zone('a')], [zone(`\u202e${'x'.repeat(500)}`)])
    expect(grown?.fresh[0]?.value).toMatch(/^⟨U\+202E⟩x{79}… \[\d+ more characters cut\]$/)
  })
})

describe('a baseline', () => {
  it('is of the time when the person said it', () => {
    const alerts = [
      alert('before', { changes: [1_000] }),
      alert('after', { changes: [3_000] }),
      alert('resolved since', { changes: [1_000, 3_000], status: 'resolved' }),
      alert('resolved before', { changes: [1_000, 1_500], status: 'resolved' }),
      alert('fired again since', { changes: [1_000, 1_500, 3_000] }),
      alert('resolved and back since', { changes: [1_000, 3_000, 4_000] }),
    ]
    expect(baselineOf(alerts, 2_000).values['instance']).toEqual([
      'before',
      'resolved and back since',
      'resolved since',
    ])
    expect(baselineOf(alerts).firing.P2).toBe(4)
  })
})

describe('what the alerts are alerts of', () => {
  it.each([
    ['host', [{ instance: 'a' }, { instance: 'b' }]],
    [
      'host',
      [
        { node: 'a', instance: 'ksm' },
        { node: 'b', instance: 'ksm' },
      ],
    ],
    [
      'pod',
      [
        { pod: 'a', instance: '1' },
        { pod: 'b', instance: '2' },
      ],
    ],
    [
      'container',
      [
        { pod: 'a', container: 'x' },
        { pod: 'a', container: 'y' },
      ],
    ],
    [
      'alert',
      [
        { instance: 'a', path: '/' },
        { instance: 'a', path: '/var' },
      ],
    ],
    ['alert', [{ instance: 'a' }, {}]],
    ['alert', []],
  ] as const)('is a %s', (noun, labels) => {
    expect(nounOf([...labels])).toBe(noun)
  })
})

describe('the words', () => {
  const growth = {
    severity: 'P0',
    firing: 11,
    was: 1,
    others: 10,
    noun: 'host',
    fresh: [],
    by,
  } as const
  it.each([
    [{ ...growth, since: 'acknowledged' }, '10 more hosts since Ada acknowledged'],
    [{ ...growth, firing: 2, since: 'acknowledged' }, '1 more host since Ada acknowledged'],
    [{ ...growth, noun: 'pod', since: 'snoozed' }, '10 more pods while snoozed by Ada'],
    [
      { ...growth, firing: 1, others: 1, since: 'acknowledged' },
      '1 other host since Ada acknowledged',
    ],
    [
      { ...growth, noun: 'alert', fresh: [{ name: 'zone', value: 'b' }], since: 'acknowledged' },
      '10 more alerts since Ada acknowledged, new: zone=b',
    ],
  ] as const)('are those of %o', (of, words) => {
    expect(growthText({ ...of, fresh: [...of.fresh] }, 'Ada')).toBe(words)
  })

  it('say the rule in sentences, and that there is none', () => {
    expect(growthRuleTexts({ ...rule, labels: ['zone', 'cluster'] })).toEqual([
      'P0: pages again at the first alert more. Others: once twice as many alerts fire as when it was acknowledged or snoozed, and at least 3 more.',
      'Pages again at the first alert with a new value of zone, cluster.',
      'Only alerts as severe as the incident count, and neither suppressed nor flapping ones. An incident with only informational alerts (info, none) does not grow.',
      'One incident pages for growth at most once in 5m; what joins in between is in the next page.',
    ])
    expect(growthRuleTexts(null)).toHaveLength(1)
  })
})
