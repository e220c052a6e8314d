import { describe, expect, it } from 'vitest'
import { externalLabelsOf } from '#electron/vendors/prometheus/external-labels.ts'

describe('external labels in the configuration that Prometheus shows', () => {
  it.each<[string, string, object]>([
    [
      'are texts, whatever they look like',
      'global:\n  scrape_interval: 15s\n  external_labels:\n    cluster: lab\n    replica: 0\n    on: true\n\n    z: "a: b"\nalerting:\n  x: 1\n',
      { cluster: 'lab', replica: '0', on: 'true', z: 'a: b' },
    ],
    ['may be missing', 'global:\n  scrape_interval: 15s\n', {}],
    ['may be empty', 'global:\n  external_labels: {}\n', {}],
    ['need a global block', 'rule_files:\n- "global:"\n', {}],
    ['are none when the block cannot be read', 'global:\n  external_labels: [\n', {}],
    ['are none when they are a list', 'global:\n  external_labels:\n  - a\n', {}],
    [
      'of another kind than text are left out',
      'global:\n  external_labels:\n    a: [b]\n    c: d\n',
      { c: 'd' },
    ],
    ['may be written in one line', 'global: {external_labels: {a: b}}\n', { a: 'b' }],
    ['are no aliases', 'global:\n  x: &a {b: c}\n  external_labels: *a\n', {}],
  ])('%s', (_name, yaml, labels) => {
    expect(externalLabelsOf(yaml)).toEqual(labels)
  })
})
