import { describe, expect, it } from 'vitest'
import {
  checkCondition,
  checkGroupBy,
  isFolding,
  knownLabels,
  previewGroups,
  previewSeverities,
  warnGroupBy,
} from '#renderer/screens/settings/settings-preview.ts'
import { alertWith, sourceWith } from '#test/fixtures/watch-entities.ts'

const alerts = [
  alertWith({ key: 'A', labels: { alertname: 'A', severity: 'Critical', service: 'x' } }),
  alertWith({ key: 'B', labels: { alertname: 'B', severity: 'warning', service: 'x' } }),
  alertWith({ key: 'C', labels: { alertname: 'C', severity: 'odd' } }),
  alertWith({ key: 'D', labels: { alertname: 'D', severity: 'critical' }, status: 'resolved' }),
]

describe('the preview of severities', () => {
  it('counts each active alert at the first rule that matches it', () => {
    const preview = previewSeverities(
      [
        { when: 'service="x", severity="warning"', is: 'P3' },
        { when: 'not a rule', is: 'P0' },
        { when: 'service="x"', is: 'P1' },
      ],
      alerts,
    )
    expect(preview).toEqual({ own: [1, null, 1], common: [0, 0, 0, 0], unmapped: 1 })
    expect(previewSeverities([], alerts)).toEqual({ own: [], common: [1, 0, 1, 0], unmapped: 1 })
  })

  it('counts a rule of a realm among its alerts alone, by the name of any of its sources', () => {
    const own = [
      alertWith({ key: 'A', labels: { severity: 'critical' } }),
      alertWith({ key: 'B', labels: { severity: 'critical' }, realm: 'us' }),
    ]
    const sources = new Map([
      ['am-eu', sourceWith({ id: 'am-eu' })],
      ['am-us', sourceWith({ id: 'am-us', realm: { id: 'us', isConfigured: true, server: null } })],
    ])
    const count = (realm: string) =>
      previewSeverities([{ when: 'severity=~".*"', realm, is: 'P3' }], own, sources).own
    expect([count('us'), count('am-us'), count('am-eu'), count('default'), count('eu')]).toEqual([
      [1],
      [1],
      [1],
      [1],
      [0],
    ])
  })

  it('says what is wrong with a condition', () => {
    expect(checkCondition('a="b"')).toBeNull()
    expect(checkCondition('a=~"("')).toContain('regular expression')
  })
})

it('counts the incidents that a grouping would make', () => {
  expect(previewGroups(['service'], alerts)).toBe(2)
  expect(previewGroups(['alertname'], alerts)).toBe(3)
  expect(previewGroups(['nothing'], alerts)).toBe(1)
  const twins = [
    alertWith({ key: 'A', labels: { alertname: 'A' } }),
    alertWith({ key: 'B', labels: { alertname: 'A' }, realm: 'us' }),
  ]
  expect(previewGroups(['alertname'], twins)).toBe(2)
  expect(previewGroups(['alertname'], twins, true)).toBe(1)
})

describe('labels to group by', () => {
  const known = knownLabels([...alerts, alertWith({ key: 'E', labels: { 'service.name': 'x' } })])

  it.each([
    [['alertname', 'service'], null],
    [['service.name'], null],
    [[], 'Minimum 1 label'],
    [['alert name'], 'separate labels by commas'],
    [['\u{1f921}'], 'Invalid label name'],
    [['1st'], 'not starting with a digit'],
    [['team.name'], 'Invalid label name'],
    [Array.from({ length: 11 }, (_, index) => `l${String(index)}`), 'Maximum 10'],
  ])('%j: %s', (labels, words) => {
    if (words === null) expect(checkGroupBy(labels, known)).toBeNull()
    else expect(checkGroupBy(labels, known)).toContain(words)
  })

  it('are warned about when no alert has them', () => {
    expect(warnGroupBy(['alertnmae', 'service'], known)).toEqual([
      'No alert has a label alertnmae; did you mean alertname?',
    ])
    expect(warnGroupBy(['zone'], known)).toEqual(['No alert has a label zone.'])
    expect(warnGroupBy(['zone'], new Set())).toEqual([])
  })

  it('fold when half of the incidents or more would be gone', () => {
    expect(isFolding(38, 1)).toBe(true)
    expect(isFolding(4, 3)).toBe(false)
    expect(isFolding(2, 1)).toBe(false)
  })
})
