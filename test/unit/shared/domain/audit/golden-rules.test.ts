import { describe, expect, it } from 'vitest'
import { lintRule } from '#shared/domain/audit/golden-rules.ts'
import type { AlertRule } from '#shared/domain/audit/rule.ts'
import { alertRule } from '#test/fixtures/alert-rule.ts'
import { planBook } from '#test/fixtures/playbook.ts'

const codes = (name: string, change: Partial<AlertRule> = {}) =>
  lintRule(alertRule(name, change), null).map(({ code }) => code)

describe('an alert', () => {
  it('that keeps the golden rules has nothing to be told', () => {
    expect(codes('RequestsFail')).toEqual([])
  })

  it.each([
    'HighCpu',
    'NodeCPUHighUsage',
    'CPUThrottlingHigh',
    'NodeMemoryHighUtilization',
    'KubePodCrashLooping',
    'NodeFileDescriptorLimit',
    'NodeDiskIOSaturation',
  ])('that is named after a cause is a guess: %s', (name) => {
    expect(codes(name)).toEqual(['cause-not-symptom'])
  })

  it.each([
    'PaymentFailureRateHigh',
    'FirstTokenSlow',
    'MemoryCacheWillFillingUp',
    'NodeFilesystemSpaceFillingUp',
    'CpuQuotaAlmostOut',
    'OutOfOrderSamples',
  ])('that is about what users notice, or foresees it, is not: %s', (name) => {
    expect(codes(name)).toEqual([])
  })

  it.each([
    ['a > 0.05', null, ['threshold-without-reason']],
    ['a > 0.05', 0, ['threshold-without-reason']],
    ['a > 0.05', 60_000, []],
    ['a >= bool 3', null, ['threshold-without-reason']],
    ['0.1 > a', null, []],
    // Yes or no is no figure.
    ['up == 0', null, []],
    ['a > 0 and b != 1', null, []],
    ['a > 10', null, ['threshold-without-reason']],
    ['a{x="> 5"} == 0', null, []],
    ['a > 0.05 # what we promise', null, []],
    ['a > 0.05 and b{x="#1"} == 1', null, ['threshold-without-reason']],
    ['absent(a)', null, []],
  ])('with %s for %j ms is told %j', (expression, forMs, expected) => {
    expect(codes('RequestsFail', { expression, forMs })).toEqual(expected)
  })

  it('may say the reason of its number beside it, or in an annotation', () => {
    const bare = { expression: 'a > 0.05', forMs: null }
    expect(codes('RequestsFail', { ...bare, comment: 'What we promise' })).toEqual([])
    const { annotations } = alertRule('RequestsFail')
    const reason = { ...annotations, reason: 'What we promise' }
    expect(codes('RequestsFail', { ...bare, annotations: reason })).toEqual([])
  })

  it('carries a summary, a description and a dashboard, by whatever name', () => {
    const runbook = { runbook_url: 'https://runbooks.example' }
    expect(codes('RequestsFail', { annotations: runbook })).toEqual([
      'no-summary',
      'no-description',
      'no-dashboard',
    ])
    const others = { ...runbook, title: 'a', message: 'b', dashboardURL: 'https://g.example' }
    expect(codes('RequestsFail', { annotations: others })).toEqual([])
    expect(codes('RequestsFail', { annotations: { ...others, title: ' ' } })).toEqual([
      'no-summary',
    ])
  })

  it('of CloudWatch has one text and no summary', () => {
    const alarm = { kind: 'cloudwatch', annotations: { runbook: 'a.md', dashboard: 'x' } } as const
    expect(lintRule(alertRule('db-orders', alarm), null)).toEqual([
      expect.objectContaining({ code: 'no-description', remedy: 'Give the alarm a description.' }),
    ])
  })

  it('says what to do, by itself or by its plan', () => {
    const texts = { summary: 'a', description: 'b', dashboard: 'https://g.example' }
    const rule = alertRule('RequestsFail', { annotations: texts })
    const plan = (more: object) =>
      planBook({ plan: 'a', match: ['alertname="RequestsFail"'], ...more }).choose(rule.labels)
        ?.plan ?? null
    const withPlan = (more: object) => lintRule(rule, plan(more)).map(({ code }) => code)
    expect(lintRule(rule, null).map(({ code }) => code)).toEqual(['not-actionable'])
    expect(withPlan({ phases: [{ name: 'Now', steps: [] }] })).toEqual(['not-actionable'])
    expect(withPlan({ phases: [{ name: 'Now', steps: ['Look'] }] })).toEqual([])
    expect(withPlan({ options: [{ name: 'Roll back' }] })).toEqual([])
    expect(withPlan({ runbook: 'a.md' })).toEqual([])
    const action = alertRule('RequestsFail', { annotations: { ...texts, action: 'Restart it' } })
    expect(lintRule(action, null)).toEqual([])
  })

  it('that pages nobody needs no action', () => {
    const annotations = { summary: 'a', description: 'b', dashboard: 'https://g.example' }
    const watchdog = alertRule('Watchdog', { annotations, labels: { severity: 'none' } })
    expect(lintRule(watchdog, null)).toEqual([])
  })
})
