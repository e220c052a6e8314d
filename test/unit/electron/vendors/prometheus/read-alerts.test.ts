import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { emptyListing, goneLabels, type Listing } from '#electron/polling/listing.ts'
import { toOutgoing } from '#electron/vendors/prometheus/external-labels.ts'
import { readAlerts } from '#electron/vendors/prometheus/read-alerts.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import { derive } from '../../http/world.ts'

const fixture = readFileSync(
  new URL('../../../../fixtures/prometheus/alerts.json', import.meta.url),
  'utf8',
)

function alert(labels: object, more: object = {}): object {
  return {
    labels,
    annotations: {},
    state: 'firing',
    activeAt: '2026-11-21T04:31:49.843608746Z',
    value: '1e+00',
    ...more,
  }
}

function read(body: unknown, basis: Listing = emptyListing, externalLabels: Labels = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return readAlerts(text, basis, {
    host: 'prometheus:9090',
    receivedAt: 1_000,
    outgoing: toOutgoing(externalLabels),
    derive,
  })
}

function compare(alerts: readonly unknown[], basis?: Listing, externalLabels?: Labels) {
  const result = read({ status: 'success', data: { alerts } }, basis, externalLabels)
  if (!result.ok) throw new Error(result.error.problem.message)
  const { comparison, pending } = result.value
  return {
    ...comparison,
    pending,
    signals: [...comparison.listing.entries.values()].map(({ signal }) => signal),
    gone: goneLabels(comparison.gone),
  }
}

describe('a recorded answer of Prometheus', () => {
  it('becomes signals of what fires; what is pending is counted', () => {
    const result = read(fixture, emptyListing, { cluster: 'lab', alertname: 'never' })
    if (!result.ok) throw new Error('unreadable')
    const { comparison, pending } = result.value
    const signals = [...comparison.listing.entries.values()].map(({ signal }) => signal)
    expect(pending).toBe(1)
    expect(signals.map(({ labels }) => labels['alertname']).sort()).toEqual([
      'ServiceDown',
      'Watchdog',
    ])
    for (const { labels, suppression, isStartEstimated } of signals) {
      expect(labels['cluster']).toBe('lab')
      expect(suppression).toBeNull()
      expect(isStartEstimated).toBe(false)
    }
  })
})

describe('the states of alerts', () => {
  it.each([
    ['firing', 1, 0],
    ['pending', 0, 1],
    ['inactive', 0, 0],
    ['Alerting', 1, 0],
    ['Alerting (Error)', 1, 0],
    ['Normal', 0, 0],
    ['Normal (NoData)', 0, 0],
    ['Pending', 0, 1],
    ['Recovering', 1, 0],
    ['NoData', 1, 0],
    ['something new', 1, 0],
    [null, 1, 0],
    [{}, 1, 0],
  ])('%j', (state, firing, pending) => {
    const found = compare([alert({ alertname: 'A' }, { state })])
    expect([found.signals.length, found.pending]).toEqual([firing, pending])
  })
})

describe('the list of alerts', () => {
  it('of Thanos Rule has a capital, and may be null', () => {
    const one = read({ status: 'success', data: { Alerts: [alert({ alertname: 'A' })] } })
    expect(one.ok && one.value.comparison.listing.entries.size).toBe(1)
    const none = read({ status: 'success', data: { Alerts: null } })
    expect(none.ok && none.value.comparison.listing.entries.size).toBe(0)
  })

  it('that is null or missing with everybody else is no empty one', () => {
    for (const data of [{ alerts: null }, {}, { alerts: null, Alerts: [] }]) {
      expect(read({ status: 'success', data })).toMatchObject({ ok: false })
    }
  })
})

describe('comparing', () => {
  const a = alert({ alertname: 'A', instance: '1' })
  const b = alert({ alertname: 'A', instance: '2' })

  it('the value is no change; order neither', () => {
    const first = compare([a, b])
    const again = compare([b, { ...a, value: '7' }], first.listing)
    expect(again.changed.size).toBe(0)
    expect(again.gone).toEqual([])
  })

  it('an annotation is a change; what no longer fires is gone', () => {
    const first = compare([a, b])
    const second = compare(
      [
        { ...a, annotations: { s: 'x' } },
        { ...b, state: 'pending' },
      ],
      first.listing,
    )
    expect(second.changed.size).toBe(1)
    expect(second.gone).toEqual([{ alertname: 'A', instance: '2' }])
    expect(second.pending).toBe(1)
  })

  it('the same values under other names are another alert, and no fault', () => {
    const twins = [alert({ x: '1', y: '2' }), alert({ x: '1', z: '2' }), alert({ x: '1\u00022' })]
    const first = compare(twins)
    expect(first.signals).toHaveLength(3)
    expect(first.rejections).toEqual([])
    const second = compare([twins[1], twins[2], twins[0]], first.listing)
    expect(second.changed.size).toBe(0)
    expect(second.gone).toEqual([])
    expect(compare([twins[1]], first.listing).gone).toHaveLength(2)
  })

  it('other external labels make other alerts', () => {
    const first = compare([a], undefined, { cluster: 'x' })
    const second = compare([a], first.listing, { cluster: 'y' })
    expect(second.signals).toMatchObject([{ labels: { cluster: 'y' } }])
    expect(second.gone).toMatchObject([{ cluster: 'x' }])
  })

  it('what cannot be read is rejected while others go on', () => {
    const bad = [alert({ a: 1 }), alert({ a: { toString: 1 } }), null, {}, alert([])]
    const { signals, rejections } = compare([...bad, a])
    expect(signals).toHaveLength(1)
    expect(rejections).toHaveLength(5)
  })

  it('without a usable start the time of receipt stands in and stays', () => {
    const first = compare([{ ...a, activeAt: '0001-01-01T00:00:00Z' }])
    expect(first.signals).toMatchObject([{ startsAt: 1_000, isStartEstimated: true }])
  })
})

describe('an answer that is no list of alerts', () => {
  it.each([
    ['<html>', 'not-json', 'web page'],
    ['[]', 'unexpected-shape', '"status"'],
    ['{"status":"success","data":7}', 'unexpected-shape', '"alerts" is missing'],
    ['{"status":"success","data":{"alerts":{}}}', 'unexpected-shape', 'an object'],
    ['{"status":"error","errorType":"bad_data","error":"no\\u202e"}', 'server-error', 'no⟨U+202E⟩'],
  ])('%s is %s', (text, code, words) => {
    const result = read(text)
    if (result.ok) throw new Error('was taken for alerts')
    expect(result.error.problem.code).toBe(code)
    expect(result.error.problem.message).toContain(words)
  })
})
