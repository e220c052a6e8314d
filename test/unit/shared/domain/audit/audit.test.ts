import { describe, expect, it } from 'vitest'
import {
  auditRules,
  linksToCheck,
  type AuditGround,
  withoutHeartbeats,
} from '#shared/domain/audit/audit.ts'
import { coverageOf, coveredPercent } from '#shared/domain/audit/coverage.ts'
import type { LinkAnswer } from '#shared/domain/audit/link.ts'
import type { AlertRule } from '#shared/domain/audit/rule.ts'
import { emptyPlanBook } from '#shared/domain/plan/plan-book.ts'
import { createServiceMap, emptyServiceMap } from '#shared/domain/service/service-map.ts'
import { alertRule } from '#test/fixtures/alert-rule.ts'
import { planBook } from '#test/fixtures/playbook.ts'

const NOW = Date.UTC(2026, 10, 20)
const DAY_MS = 86_400_000
const LINK = 'https://runbooks.example/requests'
const whole = {
  plan: 'requests',
  match: ['alertname="RequestsFail"'],
  owner: 'team:web',
  escalation: 'web',
}

const ground: AuditGround = {
  plans: emptyPlanBook,
  services: emptyServiceMap,
  answers: new Map(),
  trials: new Map(),
  maxTrialAgeMs: null,
  now: NOW,
}

function audit(rule: AlertRule, change: Partial<AuditGround> = {}) {
  const [row] = auditRules([rule], { ...ground, ...change })
  if (!row) throw new Error('no row')
  return row
}

const codes = (...of: Parameters<typeof audit>) => audit(...of).findings.map(({ code }) => code)
const answered = (answer: LinkAnswer) => ({ answers: new Map([[LINK, answer]]) })
const found = answered({ status: 'found' })

describe('what covers an alert', () => {
  it('is a plan, an owner, an escalation path and a runbook that is there', () => {
    const row = audit(alertRule('RequestsFail'), { ...found, plans: planBook(whole) })
    expect(row).toMatchObject({
      plan: { id: 'requests', isSure: true },
      owner: { name: 'team:web', from: 'plan' },
      escalation: 'web',
      runbooks: [{ link: LINK, from: 'alert', answer: { status: 'found' } }],
      findings: [],
      isCovered: true,
    })
  })

  it('is not asked of a heartbeat, whose firing is its normal state', () => {
    const rules = withoutHeartbeats([alertRule('Watchdog'), alertRule('RequestsFail')])
    const rows = auditRules(rules, ground)
    expect(rows.map(({ rule }) => rule.name)).toEqual(['RequestsFail'])
    expect(coverageOf(rows)).toMatchObject({ alerts: 1, covered: 0 })
  })

  it('is nothing where no plan matches, which is one finding', () => {
    const row = audit(alertRule('RequestsFail'), found)
    expect(row.isCovered).toBe(false)
    expect(row.findings).toEqual([
      {
        code: 'no-plan',
        severity: 'warning',
        alert: 'RequestsFail',
        place: { file: 'rules/app.yaml', line: 12, column: 7 },
        message: 'No response plan matches, so there is no owner and no escalation path',
        remedy: 'Write a plan for it, or widen the conditions of one.',
      },
    ])
  })

  it.each([
    ['owner', 'no-owner'],
    ['escalation', 'no-escalation'],
  ] as const)('lacks the %s that neither its plan nor what it extends gives', (key, code) => {
    const plans = planBook({ ...whole, [key]: undefined })
    expect(codes(alertRule('RequestsFail'), { ...found, plans })).toEqual([code])
    const inherited = planBook(
      { ...whole, [key]: undefined, extends: 'default' },
      { plan: 'default', [key]: 'all' },
    )
    expect(codes(alertRule('RequestsFail'), { ...found, plans: inherited })).toEqual([])
  })

  it('may have its owner from its service', () => {
    const services = createServiceMap([
      { name: 'web', owner: 'team:edge', core: false, dependsOn: [] },
    ])
    const rule = alertRule('RequestsFail', { labels: { service: 'web' } })
    const plans = planBook({ ...whole, owner: undefined })
    expect(audit(rule, { ...found, services, plans }).owner).toEqual({
      name: 'team:edge',
      from: 'service',
    })
    expect(audit(rule, { services }).findings[0]?.message).toBe(
      'No response plan matches, so there is no escalation path',
    )
  })
})

describe('the plan of an alert that has not fired yet', () => {
  const withMatch = (...match: string[]) => ({ ...found, plans: planBook({ ...whole, match }) })

  it.each([
    [['alertname="RequestsFail"', 'severity="critical"'], true],
    [['severity=~"critical|high"'], true],
    // What it leaves out does not make it unsure for the rest.
    [['alertname="RequestsFail"', 'cluster!="test"'], true],
    [['alertname="RequestsFail"', 'service="web"'], false],
    [['severity="critical"', 'service=~".+"'], false],
  ])('%j is sure: %j', (match, isSure) => {
    const row = audit(alertRule('RequestsFail'), withMatch(...match))
    expect([row.plan?.isSure, row.isCovered]).toEqual([isSure, isSure])
    expect(row.findings.map(({ code }) => code)).toEqual(isSure ? [] : ['plan-unsure'])
  })

  it.each([[['alertname="Other"', 'service="web"']], [['severity="low"']], [['service="web"']]])(
    '%j is none',
    (match) => {
      expect(audit(alertRule('RequestsFail'), withMatch(...match)).plan).toBeNull()
    },
  )

  it('is not sure of a label that is made when the alert fires', () => {
    const rule = alertRule('RequestsFail', { labels: { severity: '{{ $labels.level }}' } })
    expect(codes(rule, withMatch('alertname="RequestsFail"', 'severity="critical"'))).toEqual([
      'plan-unsure',
    ])
  })

  it('is sure of a general plan although a closer one may win', () => {
    const plans = planBook(whole, {
      ...whole,
      plan: 'closer',
      match: ['alertname="RequestsFail"', 'service="web"'],
    })
    expect(audit(alertRule('RequestsFail'), { plans }).plan).toMatchObject({
      id: 'requests',
      isSure: true,
    })
  })

  it('is decided by all labels of an alert that has fired', () => {
    const seen = alertRule('RequestsFail', { kind: 'seen', labels: { service: 'search' } })
    expect(audit(seen, withMatch('alertname="RequestsFail"', 'service="web"')).plan).toBeNull()
    expect(audit(seen, withMatch('alertname="RequestsFail"', 'zone=""')).plan?.isSure).toBe(true)
  })
})

describe('the runbook of an alert', () => {
  const plans = planBook(whole)
  const rule = alertRule('RequestsFail')

  it('that nobody looked at is said with what whoever asks can do', () => {
    const remedy = (change: Partial<AuditGround>) => audit(rule, change).findings[0]?.remedy
    expect(remedy({ plans })).toBe('Open it, and see whether it is there.')
    expect(remedy({ plans, howToCheck: 'Use --online.' })).toBe('Use --online.')
  })

  it('that is missing does not count, and says where it may be', () => {
    const answer = { status: 'missing', why: 'no such page', hint: 'Did you mean web.md?' } as const
    const row = audit(rule, { plans, ...answered(answer) })
    expect(row.isCovered).toBe(false)
    expect(row.findings).toMatchObject([
      {
        code: 'broken-runbook',
        severity: 'error',
        message: `Its runbook ${LINK}: no such page`,
        remedy: 'Did you mean web.md?',
      },
    ])
  })

  it('that nobody could look at counts, and is said to be unchecked', () => {
    const row = audit(rule, { plans })
    expect(row.isCovered).toBe(true)
    expect(row.findings).toMatchObject([{ code: 'unchecked-runbook', severity: 'note' }])
    expect(coverageOf([row])).toMatchObject({ covered: 1, unchecked: 1, broken: 0 })
  })

  it('that leads on elsewhere is out of date', () => {
    expect(codes(rule, { plans, ...answered({ status: 'moved', to: '/new' }) })).toEqual([
      'stale-runbook',
    ])
  })

  it('of its plan makes up for a broken one of its own, which is still told', () => {
    const withRunbook = planBook({ ...whole, runbook: 'web.md' })
    const answers = new Map<string, LinkAnswer>([
      [LINK, { status: 'missing', why: 'gone', hint: null }],
      ['web.md', { status: 'found' }],
    ])
    const row = audit(rule, { plans: withRunbook, answers })
    expect([row.isCovered, row.findings.map(({ code }) => code)]).toEqual([
      true,
      ['broken-runbook'],
    ])
  })

  it('that is made of labels is not looked for', () => {
    const annotations = { ...rule.annotations, runbook_url: 'https://x.example/{{ $labels.job }}' }
    const templated = alertRule('RequestsFail', { annotations })
    expect(linksToCheck([templated, rule, rule], plans)).toEqual([LINK])
    expect(codes(templated, { plans })).toEqual(['unchecked-runbook'])
  })

  it('is missed where there is none', () => {
    const bare = alertRule('RequestsFail', { annotations: { summary: 'a', description: 'b' } })
    expect(codes(bare, { plans })).toEqual(['no-runbook', 'not-actionable', 'no-dashboard'])
  })
})

describe('the last trial of an alert', () => {
  const plans = planBook(whole)
  const rule = alertRule('RequestsFail')
  const asked = { ...found, plans, maxTrialAgeMs: 90 * DAY_MS }
  const tried = (at: number | null) => new Map([[rule.name, { at, by: 'drill' as const }]])

  it('is missed only when it is asked for', () => {
    expect(codes(rule, { ...found, plans })).toEqual([])
    expect(codes(rule, asked)).toEqual(['never-tested'])
  })

  it('may be too long ago', () => {
    expect(codes(rule, { ...asked, trials: tried(NOW - 90 * DAY_MS) })).toEqual([])
    expect(codes(rule, { ...asked, trials: tried(null) })).toEqual([])
    const late = audit(rule, { ...asked, trials: tried(NOW - 100 * DAY_MS) })
    expect(late.findings).toMatchObject([
      { code: 'stale-test', message: 'It was last tried 100d ago' },
    ])
  })
})

describe('the figures', () => {
  it('count what alerts have', () => {
    const rows = auditRules(
      [alertRule('RequestsFail'), alertRule('Other'), alertRule('Bare', { annotations: {} })],
      { ...ground, ...found, plans: planBook(whole) },
    )
    const coverage = coverageOf(rows)
    expect(coverage).toEqual({
      alerts: 3,
      plan: 1,
      owner: 1,
      escalation: 1,
      runbook: 2,
      broken: 0,
      unchecked: 0,
      covered: 1,
    })
    expect(coveredPercent(coverage)).toBe(33.3)
    expect(coveredPercent({ ...coverage, alerts: 1_000, covered: 999 })).toBe(99.9)
    expect(coveredPercent({ ...coverage, alerts: 100_000, covered: 99_999 })).toBe(99.9)
    expect(coveredPercent({ ...coverage, alerts: 0, covered: 0 })).toBeNull()
  })

  it('take 100,000 rules against 500 plans', () => {
    const plans = planBook(
      ...Array.from({ length: 500 }, (_, number) => ({
        ...whole,
        plan: `plan-${String(number)}`,
        match: [`alertname="Alert${String(number)}"`, 'severity="critical"'],
      })),
    )
    const rules = Array.from({ length: 100_000 }, (_, number) =>
      alertRule(`Alert${String(number % 1_000)}`),
    )
    expect(coverageOf(auditRules(rules, { ...ground, plans })).plan).toBe(50_000)
  })
})
