import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planKind } from '#electron/playbook/plan/kind.ts'
import { draftPlan } from '#shared/domain/audit/draft-plan.ts'
import type { AlertRule } from '#shared/domain/audit/rule.ts'
import { alertRule } from '#test/fixtures/alert-rule.ts'

function read(rule: AlertRule) {
  const { text, path } = draftPlan(rule)
  const parsed = planKind.parse(text, path)
  if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.error)}\n${text}`)
  return parsed.value
}

describe('a plan that is drafted', () => {
  it('says what the rule says, and leaves the rest to a person', () => {
    const rule = alertRule('RequestsFail', {
      labels: { severity: 'critical', team: 'web' },
      expression: 'sum(rate(fails[5m]))\n  > 0.05',
    })
    const { path, text } = draftPlan(rule)
    expect(path).toBe('plans/requests-fail.yaml')
    expect(text).toBe(`# Drafted from the alert RequestsFail (rules/app.yaml:12).
# Everything behind TODO is for a person to decide. What is left out comes from the plan that
# "extends" names.
plan: requests-fail
title: "Requests fail"
match:
  - "alertname=\\"RequestsFail\\""
# extends: default           # TODO: the plan that says what is the same for all
owner: "team:web"  # from its labels
# severity: P1               # TODO: else severity="critical" decides
# impact:                    # TODO: what it means for users, in a sentence
#   says: "…"
technical:
  error: "Requests of <service> fail"
phases:
  - name: Immediate
    until: 15m               # TODO: how long the first look may take
    steps:                   # TODO: what to do first, a line each
      - "Read the [runbook](https://runbooks.example/requests)"
  - name: Investigate
    steps: []                # TODO: what to look at
  - name: Resolve
    steps: []                # TODO: what ends it
# options:                   # TODO: ways out, each with its rollback
#   - name: Roll back the last release
#     rollback: Deploy it again
# fixedWhen:                 # TODO: what must hold for how long before it is over
#   - { promql: "…", for: 10m }
# It fires when this holds for 600 s:
#   sum(rate(fails[5m]))
#   > 0.05
# triggers:                  # TODO: when somebody else must come
#   - { unresolvedFor: 30m, then: escalate }
# escalation: my-team        # TODO: the path of escalation
runbook: "https://runbooks.example/requests"
links:
  - name: Dashboard
    href: "https://grafana.example/d/1"
# prevention:                # TODO: what would keep it from coming back
#   - Alert earlier, at half of the threshold
`)
    expect(read(rule)).toMatchObject({ plan: 'requests-fail', owner: 'team:web' })
  })

  it('stays valid when each comment that is an example is taken in', () => {
    const { text, path } = draftPlan(alertRule('RequestsFail'))
    const examples =
      /^# ( {2}|extends|owner|severity|impact|options|fixedWhen|triggers|escalation|prevention)/
    const taken = text
      .split('\n')
      .filter((line) => !/^# {3}(job:|sum|>)/.test(line))
      .map((line) => (examples.test(line) ? line.slice(2) : line))
      .join('\n')
    const parsed = planKind.parse(taken, path)
    expect(parsed).toMatchObject({
      ok: true,
      value: { extends: 'default', owner: 'team:my-team', severity: 'P1', escalation: 'my-team' },
    })
  })

  it.each([
    ['KubeAPIErrorBudgetBurn', 'kube-api-error-budget-burn'],
    ['etcdHighFsyncDurations', 'etcd-high-fsync-durations'],
    ['db-cpu (orders)', 'db-cpu-orders'],
    ['Größe', 'gr-e'],
    ['***', 'new-plan'],
    ['0', '0'],
    ['Null', 'null'],
    ['x'.repeat(80), 'x'.repeat(64)],
  ])('of %s is called %s', (name, id) => {
    expect(draftPlan(alertRule(name)).id).toBe(id)
    expect(read(alertRule(name)).plan).toBe(id)
  })

  it('takes no name that another plan has', () => {
    const rule = alertRule('x'.repeat(80))
    const first = 'x'.repeat(64)
    const second = `${'x'.repeat(62)}-2`
    expect(draftPlan(rule, new Set([first])).id).toBe(second)
    expect(draftPlan(rule, new Set([first, second])).id).toBe(`${'x'.repeat(62)}-3`)
  })

  it('is valid, and matches its alert, whatever a hostile rule says', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom(
        '\n: #',
        '{{ $labels.pod }}',
        '"\\',
        '\u2028x',
        '#'.repeat(5_000),
        "'",
        '---\n',
      ),
      fc.string({ minLength: 1_000, maxLength: 5_000 }),
    )
    const texts = fc.dictionary(
      fc.constantFrom(
        'summary',
        'description',
        'runbook_url',
        'dashboard',
        'action',
        'impact',
        'team',
        'severity',
      ),
      fc.oneof(text, fc.webUrl()),
    )
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        texts,
        texts,
        fc.option(text),
        (name, labels, annotations, expression) => {
          const rule = alertRule(name, { labels, annotations, expression })
          const plan = read(rule)
          expect(plan.match?.[0]?.matchers).toEqual([
            { name: 'alertname', operator: '=', value: name },
          ])
        },
      ),
      { numRuns: 300 },
    )
  })
})
