/* eslint-disable no-template-curly-in-string -- the templates are Go's */
import { describe, expect, it } from 'vitest'
import { alertRelabellingOf } from '#electron/vendors/prometheus/alerting-config.ts'
import { outgoingLabels } from '#electron/vendors/prometheus/outgoing-labels.ts'
import { relabel } from '#electron/vendors/prometheus/relabel.ts'
import { expandTemplate } from '#electron/vendors/prometheus/relabel-template.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import { compileGroupedExpression } from '#shared/domain/matcher/expression.ts'

/** A configuration with these rules, in JSON, which is YAML too. */
const configOf = (...rules: readonly unknown[]) =>
  `global: {}\nalerting:\n  alert_relabel_configs: ${JSON.stringify(rules)}\nrule_files: []\n`

function after(labels: Labels, ...rules: readonly unknown[]) {
  const { rules: read, problems } = alertRelabellingOf(configOf(...rules))
  expect(problems).toEqual([])
  const result = relabel(labels, read)
  return 'labels' in result ? result.labels : `dropped by ${result.droppedBy.place}`
}

const labels = { alertname: 'DiskFull', instance: 'db-1:9100', replica: 'a', team: 'Ops' }

describe('a rule of alert_relabel_configs', () => {
  it('drops and keeps labels by the whole of their names', () => {
    expect(after(labels, { action: 'labeldrop', regex: 'repl' })).toEqual(labels)
    expect(after(labels, { action: 'labeldrop', regex: 'repl.*|team' })).toEqual({
      alertname: 'DiskFull',
      instance: 'db-1:9100',
    })
    expect(after(labels, { action: 'LabelKeep', regex: 'alertname|team' })).toEqual({
      alertname: 'DiskFull',
      team: 'Ops',
    })
  })

  it('replaces by what a label or several hold', () => {
    expect(
      after(labels, {
        source_labels: ['instance'],
        regex: '([^:]+):.*',
        target_label: 'host',
        replacement: '$1',
        separator: ';',
        action: 'replace',
      }),
    ).toEqual({ ...labels, host: 'db-1' })
    expect(after(labels, { source_labels: ['team', 'replica'], target_label: 'both' })).toEqual({
      ...labels,
      both: 'Ops;a',
    })
    expect(
      after(labels, {
        source_labels: ['team', 'replica'],
        separator: '-',
        target_label: '${1}_${2}',
        regex: '(.*)-(.*)',
        replacement: 'x',
      }),
    ).toEqual({ ...labels, Ops_a: 'x' })
    expect(after(labels, { source_labels: ['team'], regex: 'ops', target_label: 'x' })).toEqual(
      labels,
    )
  })

  it('takes a label away by an empty replacement, which Prometheus does not print', () => {
    expect(
      after(labels, {
        separator: ';',
        regex: '(.*)',
        target_label: 'replica',
        action: 'replace',
      }),
    ).not.toHaveProperty('replica')
    expect(
      after(labels, {
        source_labels: ['team'],
        separator: ';',
        target_label: 'replica',
        action: 'replace',
      }),
    ).not.toHaveProperty('replica')
    expect(after(labels, { target_label: 'cluster', replacement: 'eu' })).toMatchObject({
      cluster: 'eu',
    })
  })

  it('drops and keeps alerts', () => {
    const rule = { source_labels: ['alertname'], regex: 'Disk.*' }
    expect(after(labels, { ...rule, action: 'drop' })).toBe('dropped by alert_relabel_configs[0]')
    expect(after(labels, { ...rule, action: 'keep' })).toEqual(labels)
    expect(after(labels, {}, { ...rule, regex: 'Disk', action: 'keep' })).toBe(
      'dropped by alert_relabel_configs[1]',
    )
    const equal = { source_labels: ['team'], target_label: 'owner' }
    expect(after(labels, { ...equal, action: 'keepequal' })).toContain('dropped')
    expect(after(labels, { ...equal, action: 'dropequal' })).toEqual(labels)
    expect(after({ ...labels, owner: 'Ops' }, { ...equal, action: 'dropequal' })).toContain(
      'dropped',
    )
  })

  it('changes the case letter by letter', () => {
    const rule = { source_labels: ['team'], target_label: 'team' }
    expect(after(labels, { ...rule, action: 'lowercase' })).toMatchObject({ team: 'ops' })
    expect(after(labels, { ...rule, action: 'uppercase' })).toMatchObject({ team: 'OPS' })
    expect(after({ team: 'ΑΣ' }, { ...rule, action: 'lowercase' })).toEqual({
      team: 'ας'.replace('ς', 'σ'),
    })
    expect(after({ team: 'Straße' }, { ...rule, action: 'uppercase' })).toEqual({ team: 'STRAßE' })
  })

  it('hashes as Prometheus does', () => {
    // The values are of Prometheus's own tests.
    expect(
      after(
        { a: 'foo', b: 'bar', c: 'baz' },
        { source_labels: ['c'], target_label: 'd', action: 'hashmod', modulus: '1000' },
      ),
    ).toEqual({ a: 'foo', b: 'bar', c: 'baz', d: '976' })
  })

  it('copies labels to other names', () => {
    expect(
      after(
        { a: '1', meta_x: '2', meta_y: '3' },
        { action: 'labelmap', regex: 'meta_(.+)', replacement: '$1' },
      ),
    ).toEqual({ a: '1', meta_x: '2', meta_y: '3', x: '2', y: '3' })
  })
})

describe('what an alert is known by in Alertmanager', () => {
  const outgoing = (externalLabels: Labels, ...rules: readonly unknown[]) => ({
    externalLabels,
    relabelling: alertRelabellingOf(configOf(...rules)),
  })

  it('has the external labels where it has none of that name, and no empty one', () => {
    expect(outgoingLabels({ a: '1' }, outgoing({ a: '2', b: '3' }))).toEqual({
      labels: { a: '1', b: '3' },
      droppedBy: null,
      before: null,
    })
    expect(outgoingLabels({ a: '1' }, outgoing({ region: '' }))).toEqual({
      labels: { a: '1' },
      droppedBy: null,
      before: { a: '1', region: '' },
    })
  })

  it('is relabelled after that', () => {
    const { labels: sent, before } = outgoingLabels(
      { a: '1' },
      outgoing({ replica: 'x' }, { action: 'labeldrop', regex: 'replica' }),
    )
    expect(sent).toEqual({ a: '1' })
    expect(before).toEqual({ a: '1', replica: 'x' })
  })

  it('is shown with its labels when it is dropped, and says by what', () => {
    expect(
      outgoingLabels(
        { a: '1' },
        outgoing(
          { replica: 'x', region: '' },
          { action: 'labeldrop', regex: 'replica' },
          { action: 'drop', source_labels: ['a'], regex: '1' },
        ),
      ),
    ).toEqual({
      labels: { a: '1', replica: 'x' },
      droppedBy: 'alert_relabel_configs[1] (drop)',
      before: { a: '1', replica: 'x', region: '' },
    })
  })
})

describe('a configuration', () => {
  it('is read as Prometheus prints it', () => {
    const { rules, problems } = alertRelabellingOf(`global:
  scrape_interval: 30s
alerting:
  alert_relabel_configs:
  - separator: ;
    regex: prometheus_replica
    replacement: $1
    action: labeldrop
  alertmanagers:
  - follow_redirects: true
    scheme: http
    alert_relabel_configs:
    - source_labels: [severity]
      separator: ;
      regex: info
      action: drop
    static_configs:
    - targets:
      - localhost:9093
rule_files:
- /etc/rules.yml
`)
    expect(problems).toEqual([])
    expect(rules.map(({ place, action }) => [place, action])).toEqual([
      ['alert_relabel_configs[0]', 'labeldrop'],
      ['alertmanagers alert_relabel_configs[0]', 'drop'],
    ])
  })

  it('whose Alertmanagers are sent different labels is said to be one', () => {
    const { rules, problems } = alertRelabellingOf(
      `alerting: ${JSON.stringify({
        alertmanagers: [
          { alert_relabel_configs: [{ action: 'labeldrop', regex: 'a' }] },
          { static_configs: [] },
        ],
      })}\n`,
    )
    expect(rules).toEqual([])
    expect(problems).toEqual([expect.stringMatching(/sent different labels/)])
  })

  it('with rules that cannot be applied is applied without them, and says which', () => {
    const { rules, problems } = alertRelabellingOf(
      configOf(
        { action: 'labeldrop', regex: '(' },
        { action: 'conjure' },
        'nonsense',
        { action: 'hashmod', modulus: '0' },
        { action: 'labeldrop', regex: 'ok' },
      ),
    )
    expect(rules).toHaveLength(1)
    expect(problems).toHaveLength(4)
    expect(problems[0]).toMatch(/^alert_relabel_configs\[0\] is not applied.*missing closing \)/)
  })

  it('with a rule that cannot be applied keeps no alert back by the rules after it', () => {
    const drop = { action: 'drop', source_labels: ['team'], regex: 'Ops' }
    const filters = [
      drop,
      { action: 'keep', source_labels: ['team'], regex: 'Dev' },
      { action: 'dropequal', source_labels: ['team'], target_label: 'team' },
      { action: 'keepequal', source_labels: ['team'], target_label: 'replica' },
    ]
    const { rules, problems } = alertRelabellingOf(
      configOf(
        { source_labels: ['team'], regex: '(', target_label: 'team', replacement: 'Dev' },
        ...filters,
        { action: 'labeldrop', regex: 'replica' },
      ),
    )
    const { replica: _dropped, ...sent } = labels
    expect(relabel(labels, rules)).toEqual({ labels: sent })
    expect(problems).toHaveLength(5)
    expect(problems[1]).toMatch(/^alert_relabel_configs\[1\] \(drop\) is not applied/)
    const before = alertRelabellingOf(configOf(drop, { action: 'conjure' }))
    expect(relabel(labels, before.rules)).toMatchObject({ droppedBy: { action: 'drop' } })
  })

  it.each([
    '',
    'alerting:',
    'alerting: [',
    'alerting: text',
    'alerting:\n  alert_relabel_configs: text\n  alertmanagers: text\n',
    'alerting:\n  alertmanagers:\n  - text\n',
    'alerting: {alert_relabel_configs: [*a]}',
  ])('that says nothing of it relabels nothing: %j', (yaml) => {
    expect(alertRelabellingOf(yaml)).toEqual({ rules: [], problems: [] })
  })

  it('of many rules is read up to a bound', () => {
    const { rules, problems } = alertRelabellingOf(
      configOf(...Array.from({ length: 205 }, () => ({ action: 'labeldrop', regex: 'a' }))),
    )
    expect(rules).toHaveLength(200)
    expect(problems).toEqual(['5 more rules of alert_relabel_configs are not applied'])
  })
})

describe('a template', () => {
  const groups = (pattern: string, text: string) => {
    const compiled = compileGroupedExpression(pattern)
    if (!compiled.ok) throw new Error(compiled.error)
    const match = compiled.value.match(text)
    if (!match) throw new Error('no match')
    return match
  }

  it.each([
    ['$1-$2', 'a-b'],
    ['${1}x', 'ax'],
    ['$1x', ''],
    ['$$1', '$1'],
    ['$', '$'],
    ['${', '${'],
    ['${1', '${1'],
    ['$name', 'b'],
    ['${name}', 'b'],
    ['$0', 'ab'],
    ['$01', ''],
    ['$9', ''],
    ['$constructor', ''],
  ])('%s is filled as Go does it', (template, filled) => {
    expect(expandTemplate(template, groups('(a)(?P<name>b)', 'ab'))).toBe(filled)
  })
})
