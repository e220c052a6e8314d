import { describe, expect, it } from 'vitest'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { classifySeverity, severityRules } from '#shared/domain/configuration/severity-rules.ts'
import { compareSeverity, isWorse, severities } from '#shared/domain/severity/schema.ts'

const { severity: none } = configurationSchema.parse({ sources: [{ type: 'drill' }] })
const common = severityRules(none)

describe('classifySeverity', () => {
  it.each([
    ['critical', 'P0'],
    ['CRITICAL', 'P0'],
    ['1', 'P0'],
    ['SEV0', 'P0'],
    ['p0', 'P0'],
    ['high', 'P1'],
    ['page', 'P1'],
    ['P1', 'P1'],
    ['error', 'P1'],
    ['2', 'P1'],
    ['warning', 'P2'],
    ['medium', 'P2'],
    ['3', 'P2'],
    ['info', 'P3'],
    ['none', 'P3'],
    ['low', 'P3'],
    ['5', 'P3'],
    ['SEV_1', 'P1'],
    ['sev 1', 'P1'],
    ['sev-1', 'P1'],
    ['Sev1', 'P1'],
    ['S1', 'P1'],
    ['P1 - Critical', 'P1'],
    ['p2: slow', 'P2'],
    ['emerg', 'P0'],
    ['alert', 'P1'],
    ['urgent', 'P1'],
    ['critical ', 'P0'],
    [' Warning\t', 'P2'],
  ])('maps the common word %s to %s', (word, expected) => {
    expect(classifySeverity({ severity: word }, common).severity).toBe(expected)
  })

  it.each(['Kritisch', 'p10', 'sev', 'sev 12', 's', 'prod-1', '', 'p1x'])(
    'takes %j for no known word',
    (word) => {
      expect(classifySeverity({ severity: word }, common).decision).toMatch(/^unknown-severity/)
    },
  )

  it('shows what no rule maps as P2, and says so', () => {
    expect(classifySeverity({ severity: 'criticalish' }, common)).toEqual({
      severity: 'P2',
      decision: 'unknown-severity severity="criticalish"',
    })
    expect(classifySeverity({}, common).decision).toBe(
      'unknown-severity an alert without a severity label',
    )
  })

  it("tries the user's rules first, by any label", () => {
    const { severity } = configurationSchema.parse({
      sources: [{ type: 'drill' }],
      severity: [{ when: 'team="payments", severity=~"warn.*"', is: 'P0' }],
    })
    const rules = severityRules(severity)
    expect(classifySeverity({ severity: 'Warning', team: 'payments' }, rules).severity).toBe('P0')
    expect(classifySeverity({ severity: 'Warning', team: 'search' }, rules).severity).toBe('P2')
  })
})

describe('severity order', () => {
  it('puts P0 first', () => {
    expect([...severities].reverse().sort(compareSeverity)).toEqual(['P0', 'P1', 'P2', 'P3'])
    expect(isWorse('P0', 'P1')).toBe(true)
    expect(isWorse('P1', 'P1')).toBe(false)
  })
})
