import { describe, expect, it } from 'vitest'
import { describeCounts } from '#renderer/text/counts.ts'
import {
  contrastLabels,
  distinguishingLabels,
  formatLabels,
  nameBesideGroup,
  placeOf,
  sortedLabels,
} from '#renderer/text/labels.ts'
import { plural } from '#renderer/text/plural.ts'
import { sampleConfiguration } from '#renderer/screens/settings/sample-configuration.ts'
import { whoIs } from '#renderer/text/who.ts'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import { parse } from 'yaml'
import { ada, readBy } from '#test/fixtures/persons.ts'

describe('placeOf', () => {
  it.each([
    [{ alertname: 'X', service: 'pay', cluster: 'eu' }, 'pay · eu'],
    [{ alertname: 'X', cluster: 'eu' }, 'eu'],
    [{ alertname: 'X', namespace: 'shop', team: '' }, 'shop'],
    [{ alertname: 'X' }, ''],
  ])('%j is at %j', (group, place) => {
    expect(placeOf(group)).toBe(place)
  })
})

describe('labels of an alert', () => {
  const alert = { labels: { alertname: 'Down', severity: 'critical', service: 'pay', pod: 'p-1' } }

  it('leave out what the group says already', () => {
    const contrast = contrastLabels([alert], { alertname: 'Down', service: 'pay' })
    expect(contrast.shared).toEqual([])
    expect(distinguishingLabels(alert, contrast)).toEqual([['pod', 'p-1']])
    expect(nameBesideGroup(alert, { alertname: 'Down' })).toBeNull()
    expect(nameBesideGroup(alert, { service: 'pay' })).toBe('Down')
  })

  it('are said once where all alerts have them, and the most telling come first', () => {
    const alerts = ['p-1', 'p-2', 'p-3'].map((pod, index) => ({
      labels: {
        alertname: 'Down',
        region: 'us',
        zone: index === 0 ? 'a' : 'b',
        pod,
        ...(index === 2 ? { extra: 'x' } : {}),
      },
    }))
    const contrast = contrastLabels(alerts, { alertname: 'Down' })
    expect(contrast).toEqual({ shared: [['region', 'us']], differing: ['pod', 'zone', 'extra'] })
    expect(alerts.map((each) => distinguishingLabels(each, contrast))).toEqual([
      [
        ['pod', 'p-1'],
        ['zone', 'a'],
      ],
      [
        ['pod', 'p-2'],
        ['zone', 'b'],
      ],
      [
        ['pod', 'p-3'],
        ['zone', 'b'],
        ['extra', 'x'],
      ],
    ])
  })

  it('are sorted as people count', () => {
    const names = sortedLabels({ label_10: '', label_2: '', app: '' }).map(([name]) => name)
    expect(names).toEqual(['app', 'label_2', 'label_10'])
  })

  it('are copied in the form of matchers', () => {
    expect(formatLabels({ a: 'x', b: 'say "hi"' })).toBe('{a="x", b="say \\"hi\\""}')
  })
})

describe('describeCounts', () => {
  it.each([
    [{}, 'no alerts'],
    [{ resolved: 3 }, '0 firing'],
    [{ firing: 1 }, '1 alert'],
    [{ firing: 13, unconfirmed: 1, suppressed: 3 }, '14 alerts, 3 suppressed'],
    [{ firing: 2, suppressed: 2 }, '2 alerts, all suppressed'],
    [{ firing: 1, suppressed: 1 }, '1 alert, suppressed'],
    [{ firing: 12_000 }, '12,000 alerts'],
  ])('%j is "%s"', (counts, text) => {
    expect(describeCounts({ ...noAlerts, ...counts })).toBe(text)
  })
})

describe('words', () => {
  it('counts things', () => {
    expect([plural(1, 'entry', 'entries'), plural(2, 'entry', 'entries')]).toEqual([
      '1 entry',
      '2 entries',
    ])
  })

  it('says you to who reads', () => {
    expect(whoIs({ kind: 'person', id: 'ada', name: 'ada' }, readBy(ada))).toBe('you')
    expect(whoIs({ kind: 'person', id: 'bo', name: 'bo' }, readBy(ada))).toBe('bo')
    expect(whoIs({ kind: 'source', id: 'ada' }, readBy(ada))).toBe('ada')
    expect(whoIs({ kind: 'deckwatch' }, undefined)).toBe('Deckwatch')
  })
})

describe('sampleConfiguration', () => {
  it('is a configuration that is understood as it is', () => {
    const { sources } = configurationSchema.parse(parse(sampleConfiguration))
    expect(sources).toMatchObject([{ type: 'alertmanager', url: 'http://localhost:9093' }])
  })

  it('is still understood with its comments taken at their word', () => {
    const uncommented = sampleConfiguration.replace(
      /^ {4}# (auth:| {2}basic|heartbeats)/gm,
      '    $1',
    )
    const [source] = configurationSchema.parse(parse(uncommented)).sources
    expect(source).toMatchObject({ auth: { basic: { username: 'me' } } })
    expect(source && 'heartbeats' in source ? source.heartbeats : []).toHaveLength(1)
  })
})
