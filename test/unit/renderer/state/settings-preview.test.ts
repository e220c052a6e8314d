import { describe, expect, it } from 'vitest'
import {
  checkCondition,
  commonRules,
  previewGroups,
  previewSeverities,
} from '#renderer/state/settings-preview.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'

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

  it('says what is wrong with a condition', () => {
    expect(checkCondition('a="b"')).toBeNull()
    expect(checkCondition('a=~"("')).toContain('regular expression')
  })

  it('knows the words of the built-in rules', () => {
    expect(commonRules.map(({ is }) => is)).toEqual(['P0', 'P1', 'P2', 'P3'])
    expect(commonRules[0]?.words).toContain('critical')
  })
})

it('counts the incidents that a grouping would make', () => {
  expect(previewGroups(['service'], alerts)).toBe(2)
  expect(previewGroups(['alertname'], alerts)).toBe(3)
  expect(previewGroups(['nothing'], alerts)).toBe(1)
})
