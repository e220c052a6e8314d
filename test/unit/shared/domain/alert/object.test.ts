import { describe, expect, it } from 'vitest'
import { alertObject, isInternalLabel, labelRank } from '#shared/domain/alert/object.ts'
import { kubePrometheusAlerts } from '#test/fixtures/kube-prometheus-alerts.ts'

describe('what an alert is about', () => {
  it.each([
    ['a pod', { namespace: 'shop', pod: 'cart-1', instance: '10.4.3.12:8443' }, 'shop/cart-1'],
    ['a node', { node: 'ip-10-4-3-12', namespace: 'kube-system', job: 'kubelet' }, 'ip-10-4-3-12'],
    ['a service', { namespace: 'shop', service: 'cart', job: 'cart' }, 'shop/cart'],
    ['a service without a namespace', { service: 'checkout-api', team: 'a' }, 'checkout-api'],
    ['a job', { namespace: 'kube-system', job: 'etcd' }, 'job kube-system/etcd'],
    ['a host', { host: 'db7', namespace: 'legacy' }, 'db7'],
    [
      'a file system of a node, and not the pod of the exporter that measured it',
      {
        job: 'node-exporter',
        namespace: 'monitoring',
        pod: 'node-exporter-x7k',
        instance: '10.4.9.1:9100',
        mountpoint: '/var',
        device: 'sda1',
      },
      '10.4.9.1:9100 /var',
    ],
    [
      'what was exported, where the labels of the scrape stand beside it',
      { namespace: 'monitoring', pod: 'ksm-1', exported_namespace: 'shop', exported_pod: 'cart-1' },
      'shop/cart-1',
    ],
    [
      'a consumer group and its topic',
      { namespace: 'kafka', service: 'order-events', consumergroup: 'mail', topic: 'orders' },
      'kafka/mail orders',
    ],
    [
      'the rule of Grafana that has no data',
      { rulename: 'A', grafana_folder: 'Shop', __alert_rule_uid__: 'ab12' },
      'A',
    ],
    ['what else sets it apart', { path: '/a', code: '5', job: '' }, 'code=5 path=/a'],
    [
      'the windows of a burn rate',
      { long: '1h', short: '5m', severity: 'critical' },
      'over 1h and 5m',
    ],
    ['its namespace', { namespace: 'shop', severity: 'none' }, 'shop'],
    ['all there is', { cluster: 'prod', prometheus: 'k8s', severity: 'none' }, null],
    ['nothing that a hostile name stands for', { ['__proto__']: 'x', constructor: '' }, null],
  ])('is %s', (_what, labels, object) => {
    expect(alertObject({ alertname: 'X', ...labels })).toBe(object)
  })

  it('tells the alerts of one rule of kube-prometheus apart', () => {
    const byRule = Map.groupBy(kubePrometheusAlerts, ({ labels }) => labels['alertname'])
    for (const [rule, alerts] of byRule) {
      const objects = alerts.map(({ labels }) => alertObject(labels))
      expect(new Set(objects).size, `${String(rule)}: ${objects.join(', ')}`).toBe(alerts.length)
    }
    const nameless = kubePrometheusAlerts.filter(({ labels }) => alertObject(labels) === null)
    // It is about the whole pipeline.
    expect(nameless.map(({ labels }) => labels['alertname'])).toEqual(['Watchdog'])
  })

  it('is worked out once for the same labels', () => {
    const labels = { alertname: 'X', namespace: 'shop', pod: 'a' }
    expect(alertObject(labels)).toBe('shop/a')
    labels.pod = 'b'
    expect(alertObject(labels)).toBe('shop/a')
  })
})

describe('the order of labels where there is little room', () => {
  it('begins with what the alert is about and ends with what only systems read', () => {
    const names = [
      '__alert_rule_uid__',
      'cluster',
      'long',
      'mountpoint',
      'namespace',
      'pod',
      'prometheus',
      'severity',
      'uid',
    ]
    expect(names.toSorted((a, b) => labelRank(a) - labelRank(b))).toEqual([
      'namespace',
      'pod',
      'mountpoint',
      'long',
      'cluster',
      'severity',
      'prometheus',
      'uid',
      '__alert_rule_uid__',
    ])
    expect(isInternalLabel('__alert_rule_uid__')).toBe(true)
    expect(isInternalLabel('_private')).toBe(false)
  })
})
