import { describe, expect, it } from 'vitest'
import { expressionOfRules } from '#shared/domain/audit/rule-of-alert.ts'
import type { AlertRule } from '#shared/domain/audit/rule.ts'

describe('the expression of the rule of an alert', () => {
  const rule = (expression: string | null, labels: Record<string, string> = {}): AlertRule => ({
    name: 'Slow',
    kind: 'prometheus',
    labels: { ...labels, alertname: 'Slow' },
    annotations: {},
    expression,
    forMs: null,
    comment: null,
    place: null,
  })
  const alert = { alertname: 'Slow', severity: 'critical', team: 'shop', pod: 'a' }

  it('is that of the rule whose labels the alert has', () => {
    const rules = [rule('x > 1', { severity: 'warning' }), rule('x > 2', { severity: 'critical' })]
    expect(expressionOfRules(alert, rules)).toBe('x > 2')
  })

  it('is that of the rule that says most', () => {
    const rules = [rule('x > 2', { severity: 'critical' }), rule('x > 1')]
    expect(expressionOfRules(alert, rules)).toBe('x > 2')
  })

  it('does not hang on labels that are made when it fires', () => {
    expect(expressionOfRules(alert, [rule('x > 1', { team: '{{ $labels.team }}' })])).toBe('x > 1')
  })

  it('is none where two rules would do, and one where both say the same', () => {
    expect(expressionOfRules(alert, [rule('x > 1'), rule('x > 2')])).toBeNull()
    expect(expressionOfRules(alert, [rule('x > 1'), rule('x > 1')])).toBe('x > 1')
  })

  it('is none of another alert, and none that nobody knows', () => {
    expect(expressionOfRules({ alertname: 'Down' }, [rule('x > 1')])).toBeNull()
    expect(expressionOfRules(alert, [rule(null)])).toBeNull()
    expect(expressionOfRules(alert, [rule('x'.repeat(10_001))])).toBeNull()
    expect(expressionOfRules(alert, [])).toBeNull()
  })
})
