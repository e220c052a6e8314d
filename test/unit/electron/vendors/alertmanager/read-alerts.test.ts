import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readAlerts } from '#electron/vendors/alertmanager/read-alerts.ts'
import { emptyListing, goneLabels, type Listing } from '#electron/polling/listing.ts'
import { MAX_REJECTIONS } from '#shared/domain/source/schema.ts'
import { derive } from '../../http/world.ts'

const T0 = Date.parse('2026-11-21T04:00:00Z')
const fixture = readFileSync(
  new URL('../../../../fixtures/alertmanager/alerts.json', import.meta.url),
  'utf8',
)

type Sent = Record<string, unknown>

function alert(fingerprint: string, labels: Record<string, string>, more: Sent = {}): Sent {
  return {
    fingerprint,
    labels,
    annotations: {},
    startsAt: '2026-11-21T03:00:00.000Z',
    endsAt: '2026-11-21T04:05:00.000Z',
    updatedAt: '2026-11-21T04:00:00.000Z',
    generatorURL: 'http://prometheus/graph',
    receivers: [{ name: 'oncall' }],
    status: { state: 'active', silencedBy: [], inhibitedBy: [] },
    ...more,
  }
}

function read(items: unknown, basis: Listing = emptyListing, receivedAt = T0) {
  const text = typeof items === 'string' ? items : JSON.stringify(items)
  const silences = new Map()
  return readAlerts(text, basis, { host: 'am:9093', receivedAt, silences, derive })
}

function compare(items: unknown, basis?: Listing, receivedAt?: number) {
  const result = read(items, basis, receivedAt)
  if (!result.ok) throw new Error(result.error.problem.message)
  const { listing, changed, gone, rejections, moreRejections } = result.value
  return {
    listing,
    signals: [...listing.entries.values()].map(({ signal }) => signal),
    changed: [...changed].map((place) => listing.entries.get(place)?.signal),
    gone: goneLabels(gone),
    rejections,
    moreRejections,
  }
}

describe('a recorded answer of Alertmanager', () => {
  it('becomes signals, inhibition with the name of what inhibits', () => {
    const { signals, rejections } = compare(fixture)
    expect(rejections).toEqual([])
    const byName = new Map(signals.map((signal) => [signal.labels['alertname'], signal]))
    expect([...byName.keys()].sort()).toEqual(['DiskFull', 'HighLatency', 'NodeDown', 'Watchdog'])
    expect(byName.get('NodeDown')).toMatchObject({ suppression: [], receivers: ['oncall'] })
    expect(byName.get('DiskFull')?.suppression).toMatchObject([{ kind: 'silence' }])
    expect(byName.get('HighLatency')?.suppression).toMatchObject([
      { kind: 'inhibition', by: 'NodeDown' },
    ])
  })

  it('is no change when only updatedAt and endsAt moved', () => {
    const first = compare(fixture)
    const items = (JSON.parse(fixture) as Sent[]).map((item) => ({
      ...item,
      updatedAt: '2030-01-01T00:00:00Z',
      endsAt: '2030-01-01T00:05:00Z',
    }))
    const second = compare(items, first.listing)
    expect(second).toMatchObject({ changed: [], gone: [] })
    expect(second.listing.entries).toBe(first.listing.entries)
    const shuffled = compare([...items].reverse(), first.listing)
    expect(shuffled).toMatchObject({ changed: [], gone: [] })
    expect(shuffled.listing.entries.size).toBe(items.length)
  })
})

describe('changes', () => {
  const a = alert('a', { alertname: 'A' })
  const b = alert('b', { alertname: 'B' })

  it.each<[string, Sent]>([
    ['an annotation', { annotations: { summary: 'worse' } }],
    ['the start', { startsAt: '2026-11-21T03:30:00.000Z' }],
    ['the state', { status: { state: 'suppressed', silencedBy: ['s'], inhibitedBy: [] } }],
    ['the receivers', { receivers: [{ name: 'other' }] }],
    ['one more receiver', { receivers: [{ name: 'oncall' }, { name: 'other' }] }],
    ['the generator', { generatorURL: 'http://prometheus/other' }],
    ['a mute', { status: { state: 'suppressed', mutedBy: ['night'] } }],
  ])('%s is reported, and nothing else', (_name, change) => {
    const first = compare([a, b])
    const second = compare([{ ...a, ...change }, b], first.listing)
    expect(second.changed).toHaveLength(1)
    expect(second.changed[0]?.labels).toEqual({ alertname: 'A' })
    expect(second.gone).toEqual([])
  })

  it('new and gone ones are told apart by labels', () => {
    const first = compare([a, b])
    const second = compare([b, alert('c', { alertname: 'C' })], first.listing)
    expect(second.changed.map((signal) => signal?.labels)).toEqual([{ alertname: 'C' }])
    expect(second.gone).toEqual([{ alertname: 'A' }])
  })

  it('the same labels under another fingerprint are not gone', () => {
    const first = compare([a])
    const second = compare([alert('other', { alertname: 'A' })], first.listing)
    expect(second.gone).toEqual([])
    expect(second.signals).toHaveLength(1)
  })

  it('a listed twice alert is one', () => {
    const { signals, rejections } = compare([a, a, { ...a, updatedAt: 'later' }])
    expect(signals).toHaveLength(1)
    expect(rejections).toEqual([])
  })

  it('[A, A] after [A, B] means that B is gone', () => {
    const first = compare([a, b])
    expect(compare([a, a], first.listing).gone).toEqual([{ alertname: 'B' }])
  })

  it('applied one after the other, comparisons agree with reading everything anew', () => {
    const name = fc.constantFrom('A', 'B', 'C', 'D')
    const arbitraryAlert = fc.record({
      fingerprint: fc.constantFrom('1', '2', '3', '4'),
      name,
      summary: fc.constantFrom('x', 'y'),
    })
    fc.assert(
      fc.property(
        fc.array(fc.array(arbitraryAlert, { maxLength: 6 }), { maxLength: 6 }),
        (polls) => {
          let basis = emptyListing
          const known = new Map<string, unknown>()
          for (const poll of polls) {
            // The first of those with the same fingerprint and labels counts: keep only that.
            const unique = new Map(
              [...poll].reverse().map((item) => [`${item.fingerprint} ${item.name}`, item]),
            )
            const items = [...unique.values()].map((item) =>
              alert(
                item.fingerprint,
                { alertname: item.name },
                { annotations: { s: item.summary } },
              ),
            )
            const step = compare(items, basis)
            for (const labels of step.gone) known.delete(JSON.stringify(labels))
            for (const signal of step.changed) known.set(JSON.stringify(signal?.labels), signal)
            const labelsNow = new Set(step.signals.map(({ labels }) => JSON.stringify(labels)))
            expect(new Set(known.keys())).toEqual(labelsNow)
            basis = step.listing
          }
        },
      ),
    )
  })
})

describe('times', () => {
  const unknownStart = (more: Sent) => alert('a', { alertname: 'A' }, more)

  it.each([
    ['year 1', '0001-01-01T00:00:00.000Z'],
    ['no date', 'yesterday'],
    ['null', null],
    ['absent', undefined],
  ])('%s: the update stands in for the start', (_name, startsAt) => {
    const [signal] = compare([unknownStart({ startsAt })]).signals
    expect(signal).toMatchObject({ startsAt: T0, isStartEstimated: true })
  })

  it('without an update either, the time of receipt does, and stays over changes', () => {
    const times = { startsAt: '0001-01-01T00:00:00Z', updatedAt: '0001-01-01T00:00:00Z' }
    const first = compare([unknownStart(times)], undefined, 5_000_000)
    const changed = unknownStart({ ...times, annotations: { summary: 'worse' } })
    const second = compare([changed], first.listing, 9_000_000)
    expect(second.changed).toMatchObject([{ startsAt: 5_000_000, isStartEstimated: true }])
  })

  it('a start that becomes known replaces the estimate', () => {
    const first = compare([unknownStart({ startsAt: 'soon' })])
    const second = compare([unknownStart({ startsAt: '2026-11-21T03:59:00Z' })], first.listing)
    expect(second.changed).toMatchObject([{ startsAt: T0 - 60_000, isStartEstimated: false }])
  })

  it('the far future is taken as it is', () => {
    const [signal] = compare([unknownStart({ startsAt: '9999-12-31T00:00:00.123456789Z' })]).signals
    expect(signal).toMatchObject({ isStartEstimated: false })
    expect(new Date(signal?.startsAt ?? 0).getUTCFullYear()).toBe(9999)
  })
})

describe('what cannot be read', () => {
  const good = alert('good', { alertname: 'Good' })

  it.each<[string, unknown, string]>([
    ['null', null, 'is null'],
    ['a text', 'alert', 'is a string'],
    ['a list', [], 'is a list'],
    ['no fingerprint', { ...good, fingerprint: undefined }, 'is missing'],
    ['an empty fingerprint', { ...good, fingerprint: '' }, 'is no fingerprint'],
    ['no labels', { ...good, fingerprint: 'x', labels: undefined }, 'is missing'],
    ['labels that are a list', { ...good, fingerprint: 'x', labels: ['a'] }, 'is a list'],
    ['a label that is a number', { ...good, fingerprint: 'x', labels: { a: 1 } }, 'is a number'],
  ])('%s is rejected while others go on', (_name, bad, reason) => {
    const first = compare([bad, good])
    expect(first.signals.map(({ labels }) => labels)).toEqual([{ alertname: 'Good' }])
    expect(first.rejections).toHaveLength(1)
    expect(first.rejections[0]?.reason).toContain(reason)
    expect(first.rejections[0]?.where).toMatch(/^\[0\]/)
    const second = compare([good, bad], first.listing)
    expect(second.rejections.map(({ key }) => key)).toEqual(first.rejections.map(({ key }) => key))
    expect(second).toMatchObject({ changed: [], gone: [] })
  })

  it('keeps its key while only its times move', () => {
    const bad = { ...good, fingerprint: undefined }
    const [a] = compare([bad]).rejections
    const [b] = compare([{ ...bad, updatedAt: 'later', endsAt: 'later' }]).rejections
    expect(a?.key).toBe(b?.key)
  })

  it('does not hide an alert whose labels are fine', () => {
    const { signals, rejections } = compare([
      { ...good, annotations: { summary: 7 }, receivers: 'oncall', status: 3 },
    ])
    expect(signals).toMatchObject([
      { labels: { alertname: 'Good' }, annotations: {}, receivers: [] },
    ])
    expect(rejections).toHaveLength(1)
    expect(rejections[0]?.where).toBe('[0].annotations.summary')
    expect(rejections[0]?.reason).toContain('shown without it')
  })

  it('is rejected again at each poll although the alert is unchanged', () => {
    const odd = { ...good, annotations: { summary: 7 } }
    const first = compare([odd])
    const second = compare([odd], first.listing)
    expect(second.changed).toEqual([])
    expect(second.rejections).toEqual(first.rejections)
  })

  it('is no recovery of an alert that was readable before', () => {
    const first = compare([good])
    const second = compare([{ ...good, labels: null }], first.listing)
    expect(second.gone).toEqual([])
    expect(second.signals).toHaveLength(1)
    expect(second.rejections).toHaveLength(1)
    expect(compare([], second.listing).gone).toEqual([{ alertname: 'Good' }])
  })

  it('is bounded in number and length', () => {
    const items = Array.from({ length: 80 }, (_, i) => ({ odd: i, long: 'x'.repeat(5_000) }))
    const { rejections, moreRejections } = compare(items)
    expect(rejections).toHaveLength(MAX_REJECTIONS)
    expect(moreRejections).toBe(30)
    for (const { excerpt } of rejections) expect(excerpt.length).toBeLessThanOrEqual(200)
  })

  it('survives thousands of nested lists', () => {
    const nested = '['.repeat(50_000) + ']'.repeat(50_000)
    const text = `[{"fingerprint":"x","labels":${nested}},${nested},${JSON.stringify(good)}]`
    const { signals, rejections } = compare(text)
    expect(signals).toHaveLength(1)
    expect(rejections).toHaveLength(2)
  })
})

describe('hostile texts', () => {
  it('are made printable and marked', () => {
    const { signals } = compare([
      alert(
        'a',
        { alertname: 'A\u202eB', '\u200bx': 'y' },
        { annotations: { s: 'x'.repeat(10_000) } },
      ),
    ])
    expect(signals[0]?.isTextCleaned).toBe(true)
    expect(signals[0]?.labels).toEqual({ alertname: 'A⟨U+202E⟩B', '⟨U+200B⟩x': 'y' })
    expect(signals[0]?.annotations['s']?.length).toBeLessThan(8_300)
  })

  it('a script is no link', () => {
    const { signals } = compare([alert('a', {}, { generatorURL: 'javascript:alert(1)' })])
    expect(signals[0]?.generatorUrl).toBeNull()
  })

  it('two sets that look the same when printable are not gone while one is there', () => {
    const twins = [alert('a', { n: 'x\u202e' }), alert('b', { n: 'x⟨U+202E⟩' })]
    const first = compare(twins)
    expect(compare([twins[1]], first.listing).gone).toEqual([])
    expect(compare([], first.listing).gone).toEqual([{ n: 'x⟨U+202E⟩' }])
  })
})

describe('one fingerprint with two label sets', () => {
  const a = alert('same', { alertname: 'A' })
  const b = alert('same', { alertname: 'B' })

  it('shows both and says so, whichever comes first', () => {
    const first = compare([a, b])
    expect(first.signals.map(({ labels }) => labels['alertname'])).toEqual(['A', 'B'])
    expect(first.rejections).toHaveLength(1)
    expect(first.rejections[0]?.reason).toContain('two label sets have the fingerprint same')
    const second = compare([b, a], first.listing)
    expect(second).toMatchObject({ changed: [], gone: [] })
    expect(second.rejections.map(({ key }) => key)).toEqual(first.rejections.map(({ key }) => key))
  })

  it('notices the end of each', () => {
    const first = compare([a, b])
    expect(compare([a], first.listing).gone).toEqual([{ alertname: 'B' }])
    const onlyB = compare([b], first.listing)
    expect(onlyB.gone).toEqual([{ alertname: 'A' }])
    expect(onlyB.rejections).toEqual([])
    expect(compare([b], onlyB.listing)).toMatchObject({ changed: [], gone: [] })
  })

  it('loses neither when the other becomes unreadable', () => {
    const first = compare([a, b])
    const second = compare([{ ...a, labels: 7 }, b], first.listing)
    expect(second.gone).toEqual([])
    expect(second.signals).toHaveLength(2)
  })
})

describe('suppression', () => {
  it('that gives no reason is not shown as active', () => {
    const { signals } = compare([alert('a', {}, { status: { state: 'suppressed' } })])
    expect(signals[0]?.suppression).toMatchObject([{ kind: 'mute' }])
  })

  it('does not depend on the order of the ids', () => {
    const by = (ids: string[]) =>
      alert('a', {}, { status: { state: 'suppressed', silencedBy: ids } })
    expect(compare([by(['x', 'y'])]).signals).toEqual(compare([by(['y', 'x'])]).signals)
  })

  it('by an alert that is not listed names nobody', () => {
    const { signals } = compare([alert('a', {}, { status: { inhibitedBy: ['absent'] } })])
    expect(signals[0]?.suppression).toEqual([{ kind: 'inhibition', id: 'absent', by: null }])
  })
})

describe('an answer that is no list of alerts', () => {
  it.each([
    ['', 'not-json', 'empty body'],
    [' \n<!DOCTYPE html><title>Log in</title>', 'not-json', 'web page'],
    ['[{"labels":{"a":"b"', 'not-json', 'cut off'],
    ['OK\u202e', 'not-json', 'something else than JSON'],
    ['{}', 'unexpected-shape', 'an object, not a list'],
    ['null', 'unexpected-shape', 'null, not a list'],
    ['"text"', 'unexpected-shape', 'a string, not a list'],
  ])('%j is %s', (text, code, words) => {
    const result = read(text)
    if (result.ok) throw new Error('was taken for alerts')
    expect(result.error.problem.code).toBe(code)
    expect(result.error.problem.message).toContain(words)
  })
})
