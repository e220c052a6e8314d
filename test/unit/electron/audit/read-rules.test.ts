import { describe, expect, it } from 'vitest'
import { MAX_RULES } from '#electron/audit/rules/found-rules.ts'
import { readRules } from '#electron/audit/rules/read-rules.ts'
import { testedAlerts } from '#electron/audit/rules/rule-tests.ts'

const FILE = 'rules.yaml'
const names = (text: string) => readRules(text, FILE).rules.map(({ name }) => name)
const messages = (text: string) =>
  readRules(text, FILE).problems.map(({ place, message }) => `${String(place.line)}: ${message}`)

const rule = (name: string) => `    - alert: ${name}\n      expr: up == 0\n`
const group = (...rules: string[]) => `groups:\n  - name: a\n    rules:\n${rules.join('')}`

describe('rules of Prometheus', () => {
  it('are read with their place, their labels, their texts and what is written beside them', () => {
    const text = `groups:
  - name: app
    rules:
      - record: job:up
        expr: up
      # Half of the fleet: below it requests fail.
      - alert: FleetDown
        expr: sum(up) < 5 # of ten
        for: 1h30m
        labels: { severity: critical, tier: 1 }
        annotations:
          summary: The fleet is down
`
    expect(readRules(text, FILE)).toEqual({
      problems: [],
      rules: [
        {
          name: 'FleetDown',
          kind: 'prometheus',
          labels: { alertname: 'FleetDown', severity: 'critical', tier: '1' },
          annotations: { summary: 'The fleet is down' },
          expression: 'sum(up) < 5',
          forMs: 5_400_000,
          comment: 'Half of the fleet: below it requests fail.\nof ten',
          place: { file: FILE, line: 7, column: 9 },
        },
      ],
    })
  })

  it('are read from manifests, many documents and lists of them', () => {
    const manifest = (name: string) =>
      `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  groups:\n    - name: a\n      rules:\n        - { alert: ${name}, expr: up == 0 }\n`
    expect(names(`${manifest('A')}---\nkind: Service\n---\n${manifest('B')}`)).toEqual(['A', 'B'])
    const item = (name: string) => ({
      spec: { groups: [{ rules: [{ alert: name, expr: 'up' }] }] },
    })
    const list = JSON.stringify({ kind: 'List', items: [item('C'), item('D')] }, null, 2)
    expect(readRules(list, FILE).rules.map(({ name, place }) => [name, place?.line])).toEqual([
      ['C', 10],
      ['D', 24],
    ])
  })

  it('are read from the answer of a server, without recording rules', () => {
    const rules = [
      {
        type: 'alerting',
        name: 'A',
        query: 'up == 0',
        duration: 300,
        labels: { severity: 'page' },
        annotations: { summary: 'Down' },
        alerts: [],
      },
      { type: 'recording', name: 'job:up', query: 'up' },
      { type: 'alerting' },
    ]
    const data = { groups: [{ name: 'g', file: '/etc/rules.yml', rules }, null] }
    const found = readRules(JSON.stringify({ status: 'success', data }), 'prometheus:9090')
    expect(found.rules).toMatchObject([
      { name: 'A', forMs: 300_000, place: { file: '/etc/rules.yml', line: null } },
    ])
    expect(found.problems).toMatchObject([{ message: /^1 rule cannot be read/ }])
  })

  it.each([
    [
      'a rule without a condition',
      group('    - alert: A\n'),
      '4: This rule cannot be read: "expr"',
    ],
    [
      'a time that is none',
      group('    - { alert: A, expr: up, for: soon }\n'),
      '4: This rule cannot be read: "for" must be a duration',
    ],
    ['a tab', 'groups:\n\t- name: a\n', '2: This is not valid YAML: Tabs'],
    ['a template', '{{ if .x }}\ngroups: []\n', ': This is not valid YAML'],
  ])('are told what is wrong: %s', (_what, text, message) => {
    expect(messages(text)).toEqual([expect.stringContaining(message)])
  })

  it('go on after one that cannot be read', () => {
    const text = group(rule('A'), '    - alert: [1]\n      expr: up\n', rule('B'))
    expect(names(text)).toEqual(['A', 'B'])
    expect(messages(text)).toHaveLength(1)
  })

  it('cannot fill the memory by aliases', () => {
    const nine = (from: string) => Array(9).fill(`*${from}`).join(', ')
    const bomb = `x: &a { k: v }\ny: &b [${nine('a')}]\nz: &c [${nine('b')}]\nw: &d [${nine('c')}]\n`
    const text = `${bomb}groups:\n  - rules:\n      - alert: A\n        expr: up\n        annotations: { a: *d }\n      - { alert: B, expr: up }\n`
    expect(names(text)).toEqual(['B'])
    expect(messages(text)[0]).toContain('its aliases unfold into far too many values')
  })

  it('may be shared by aliases and merge keys', () => {
    const text = group(
      '    - &base { alert: A, expr: up, labels: { severity: page } }\n',
      '    - { <<: *base, alert: B }\n',
    )
    expect(readRules(text, FILE).rules.map(({ labels }) => labels)).toEqual([
      { alertname: 'A', severity: 'page' },
      { alertname: 'B', severity: 'page' },
    ])
  })

  it('beyond the most that are taken are told of', () => {
    const rules = Array.from({ length: MAX_RULES + 1 }, () => ({ name: 'A', type: 'alerting' }))
    const text = JSON.stringify({ status: 'success', data: { groups: [{ rules }] } })
    const found = readRules(text, FILE)
    expect(found.rules).toHaveLength(MAX_RULES)
    expect(found.problems).toMatchObject([{ message: /are left out$/ }])
  })

  it('show nothing that moves a cursor', () => {
    const [read] = readRules(
      group(
        '    - alert: "A\\e[2J"\n      expr: up\n      annotations: { "a\\u202e": "b\\u202e" }\n',
      ),
      FILE,
    ).rules
    expect([read?.name, read?.annotations]).toEqual(['A⟨U+001B⟩[2J', { 'a⟨U+202E⟩': 'b⟨U+202E⟩' }])
  })
})

describe('alarms of CloudWatch', () => {
  const alarms = {
    CompositeAlarms: [
      { AlarmName: 'shop-down', AlarmDescription: 'All of it', AlarmRule: 'ALARM("db-cpu")' },
    ],
    MetricAlarms: [
      {
        AlarmName: 'db-cpu',
        AlarmDescription:
          'See https://wiki.example/runbooks/db-cpu and https://grafana.example/d/1.',
        Namespace: 'AWS/RDS',
        MetricName: 'CPUUtilization',
        Statistic: 'Average',
        Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'orders' }],
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 80,
        Period: 60,
        EvaluationPeriods: 5,
      },
      { AlarmDescription: 'no name' },
    ],
  }

  it('are read with what their one text links to', () => {
    const text = JSON.stringify(alarms, null, 2)
    const { rules, problems } = readRules(text, 'alarms.json')
    expect(rules).toEqual([
      {
        name: 'db-cpu',
        kind: 'cloudwatch',
        labels: { alertname: 'db-cpu', DBInstanceIdentifier: 'orders' },
        annotations: {
          description: alarms.MetricAlarms[0]?.AlarmDescription,
          runbook_url: 'https://wiki.example/runbooks/db-cpu',
          dashboard_url: 'https://grafana.example/d/1.',
        },
        expression: 'Average AWS/RDS/CPUUtilization > 80',
        forMs: 300_000,
        comment: null,
        place: { file: 'alarms.json', line: 11, column: 20 },
      },
      expect.objectContaining({
        name: 'shop-down',
        expression: 'ALARM("db-cpu")',
        place: { file: 'alarms.json', line: 4, column: 20 },
      }),
    ])
    expect(problems).toMatchObject([{ message: '1 rule cannot be read: they have no name' }])
  })

  it('that are not all of them are told of', () => {
    const text = JSON.stringify({ ...alarms, NextToken: 'x' })
    expect(readRules(text, 'a.json').problems).toMatchObject([{}, { message: /NextToken/ }])
  })
})

describe('unit tests of rules', () => {
  it('name the alerts that they make fire', () => {
    const text = `rule_files: [a.yaml]
tests:
  - alert_rule_test:
      - { alertname: A, eval_time: 5m, exp_alerts: [{ exp_labels: {} }] }
      - { alertname: B, eval_time: 5m, exp_alerts: [] }
  - promql_expr_test: []
`
    expect(testedAlerts(text)).toEqual(['A'])
    expect(testedAlerts(group(rule('A')))).toBeNull()
    expect(testedAlerts('a: [')).toBeNull()
  })
})
