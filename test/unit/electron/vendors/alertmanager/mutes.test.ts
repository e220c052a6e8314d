import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Source, SourceReport } from '#electron/engine/ports/source.ts'
import { reply } from '../../http/stand-in-server.ts'
import {
  listed,
  poll,
  startStandInAlertmanager,
  statusOf,
  type StandInAlertmanager,
} from './stand-in.ts'

const GROUPS = '/api/v2/alerts/groups'
/** A configuration with a route that is always muted, and one that never is. */
const configured = `route:
  receiver: oncall
  routes:
  - receiver: oncall
    matchers:
    - team="quiet"
    mute_time_intervals:
    - always
  group_interval: 2m
receivers:
- name: oncall
time_intervals:
- name: always
  time_intervals:
  - times:
    - start_time: "00:00"
      end_time: "24:00"
`
const withoutIntervals = 'route:\n  receiver: oncall\nreceivers:\n- name: oncall\n'

const muted = { state: 'suppressed', mutedBy: ['nights'] }
const group = (...alerts: object[]) => ({ labels: {}, receiver: { name: 'oncall' }, alerts })
const suppressionOf = ({ signals }: SourceReport, name: string) =>
  signals.find(({ labels }) => labels['alertname'] === name)?.suppression
const codes = ({ remarks }: SourceReport) => remarks?.map(({ code }) => code)

let am: StandInAlertmanager
let source: Source

beforeEach(async () => {
  am = await startStandInAlertmanager()
  am.answers['/api/v2/status'] = statusOf(configured)
  am.answers['/api/v2/alerts'] = [listed('A'), listed('B')]
  am.answers[GROUPS] = [group(listed('A', {}, muted), listed('B'))]
  source = am.source()
})
afterEach(() => am.close())

describe('alerts in a mute time interval', () => {
  it('are suppressed by it from the first answer on, and are no change after that', async () => {
    const report = await poll(source)
    expect(suppressionOf(report, 'A')).toEqual([{ kind: 'mute', id: 'nights' }])
    expect(suppressionOf(report, 'B')).toEqual([])
    expect(codes(report)).toEqual([])
    expect((await poll(source)).signals).toEqual([])
    am.answers['/api/v2/alerts'] = [
      { ...listed('A'), updatedAt: '2026-11-21T05:00:00.000Z' },
      listed('B'),
    ]
    expect((await poll(source)).signals).toEqual([])
  })

  it('are active again with the answer that no longer mutes them', async () => {
    await poll(source)
    am.answers[GROUPS] = [group(listed('A'), listed('B'))]
    const report = await poll(source)
    expect(report.signals).toHaveLength(1)
    expect(suppressionOf(report, 'A')).toEqual([])
    expect((await poll(source)).signals).toEqual([])
  })

  it('stay muted when something else of them changes', async () => {
    await poll(source)
    am.answers['/api/v2/alerts'] = [
      { ...listed('A'), annotations: { summary: 'worse' } },
      listed('B'),
    ]
    expect((await poll(source)).signals).toMatchObject([
      { annotations: { summary: 'worse' }, suppression: [{ kind: 'mute', id: 'nights' }] },
    ])
  })

  it('are shown with what else suppresses them', async () => {
    const silenced = { state: 'suppressed', silencedBy: ['s1'] }
    am.answers['/api/v2/alerts'] = [listed('A', {}, silenced)]
    am.answers[GROUPS] = [group(listed('A', {}, { ...silenced, mutedBy: ['nights'] }))]
    expect(suppressionOf(await poll(source), 'A')).toMatchObject([
      { kind: 'silence', id: 's1' },
      { kind: 'mute', id: 'nights' },
    ])
  })

  it('that are suppressed for no reason that is given get the reason once it is known', async () => {
    am.answers['/api/v2/alerts'] = [listed('A', {}, { state: 'suppressed' })]
    am.answers[GROUPS] = []
    expect(suppressionOf(await poll(source), 'A')).toEqual([
      { kind: 'mute', id: 'reason not given' },
    ])
    am.answers[GROUPS] = [group(listed('A', {}, muted))]
    expect(suppressionOf(await poll(source), 'A')).toEqual([{ kind: 'mute', id: 'nights' }])
  })

  it('are asked for with the same receiver and filter as the alerts', async () => {
    await poll(am.source({ receiver: 'on.*', filter: ['team="payments"'] }))
    const asked = am.server.requests.filter(({ path }) => path.startsWith(GROUPS))
    const query = new URL(asked[0]?.path ?? '', am.server.url).searchParams
    expect(query.get('receiver')).toBe('on.*')
    expect(query.getAll('filter')).toEqual(['team="payments"'])
  })
})

describe('the question for groups', () => {
  it('is not asked where no route has time intervals', async () => {
    am.answers['/api/v2/status'] = statusOf(withoutIntervals)
    expect(suppressionOf(await poll(source), 'A')).toEqual([])
    expect(am.asked(GROUPS)).toBe(0)
  })

  it('ends with the time intervals of the configuration, and the mutes with it', async () => {
    await poll(source)
    am.answers['/api/v2/status'] = statusOf(withoutIntervals)
    const suppressions: unknown[] = []
    for (let polls = 0; polls < 25; polls += 1) {
      suppressions.push(...(await poll(source)).signals.map(({ suppression }) => suppression))
    }
    expect(suppressions).toEqual([[]])
  })

  it('is asked where the configuration is not shown whole', async () => {
    am.answers['/api/v2/status'] = statusOf('route:\n  receiver: oncall\n')
    expect(suppressionOf(await poll(source), 'A')).toEqual([{ kind: 'mute', id: 'nights' }])
  })

  it.each([404, 403])(
    'is said to be refused with %i, and not repeated at each poll',
    async (status) => {
      am.answers[GROUPS] = reply(status)
      const report = await poll(source)
      expect(suppressionOf(report, 'A')).toEqual([])
      expect(codes(report)).toEqual(['mutes-unknown'])
      expect(report.remarks?.[0]?.text).toMatch(
        new RegExp(`^Mutes are not known: .*${String(status)}`),
      )
      expect(codes(await poll(source))).toEqual(['mutes-unknown'])
      expect(am.asked(GROUPS)).toBe(1)
    },
  )

  it('is said to be in vain where the version does not tell mutes', async () => {
    const { mutedBy: _, ...status } = { state: 'active', mutedBy: undefined }
    am.answers[GROUPS] = [group({ ...listed('A'), status }, { ...listed('B'), status })]
    const report = await poll(source)
    expect(codes(report)).toEqual(['mutes-unknown'])
    expect(report.remarks?.[0]?.text).toContain('0.28')
  })

  it('is said to be in vain where Grafana leaves the mutes empty', async () => {
    const routes = [{ receiver: 'mail', mute_time_intervals: ['nights'] }]
    const config = { route: { receiver: 'mail', routes }, receivers: [] }
    am.answers['/api/v2/status'] = statusOf(undefined, { config, uptime: null })
    am.answers[GROUPS] = [group(listed('A'), listed('B'))]
    expect((await poll(source)).remarks).toContainEqual(
      expect.objectContaining({ code: 'mutes-unknown', text: expect.stringContaining('Grafana') }),
    )
    am.answers[GROUPS] = [group(listed('A', {}, muted), listed('B'))]
    const report = await poll(source)
    expect(suppressionOf(report, 'A')).toEqual([{ kind: 'mute', id: 'nights' }])
    expect(codes(report)).not.toContain('mutes-unknown')
  })

  it('keeps what was told through a hiccup, and then nothing is known', async () => {
    await poll(source)
    am.answers[GROUPS] = reply(500)
    const first = await poll(source)
    expect(first.signals).toEqual([])
    expect(codes(first)).toEqual([])
    await poll(source)
    const third = await poll(source)
    expect(suppressionOf(third, 'A')).toEqual([])
    expect(codes(third)).toEqual(['mutes-unknown'])
    am.answers[GROUPS] = [group(listed('A', {}, muted), listed('B'))]
    const later: unknown[] = []
    for (let polls = 0; polls < 4; polls += 1) {
      later.push(...(await poll(source)).signals.map(({ suppression }) => suppression))
    }
    expect(later).toEqual([[{ kind: 'mute', id: 'nights' }]])
  })

  it('does not hold the alerts back for long when it hangs', async () => {
    am.answers[GROUPS] = () => undefined
    const report = await poll(am.source({ timeout: '900ms' }))
    expect(report.total).toBe(2)
    expect(codes(report)).toEqual(['mutes-unknown'])
  })

  it('is asked by a test of the connection as well', async () => {
    am.answers[GROUPS] = reply(403)
    const { findings } = await source.test(new AbortController().signal)
    expect(findings.filter((text) => text.startsWith('Mutes are not known'))).toHaveLength(1)
  })
})

describe('a new alert that Alertmanager has not looked at yet', () => {
  const quiet = listed('Q', { team: 'quiet' })
  const always = [{ kind: 'mute', id: 'always' }]
  const TWO_MINUTES = 120_000

  beforeEach(() => {
    am.answers['/api/v2/alerts'] = [quiet]
    am.answers[GROUPS] = [group(quiet)]
  })

  it('counts as muted where the configuration says that it will be', async () => {
    expect(suppressionOf(await poll(source), 'Q')).toEqual(always)
    am.answers[GROUPS] = [group(listed('Q', {}, { state: 'suppressed', mutedBy: ['always'] }))]
    expect((await poll(source)).signals).toEqual([])
    am.answers[GROUPS] = [group(quiet)]
    expect(suppressionOf(await poll(source), 'Q')).toEqual([])
  })

  it('is active once Alertmanager must have looked, and does not say that it is muted', async () => {
    await poll(source)
    am.clock.advance(TWO_MINUTES)
    expect((await poll(source)).signals).toEqual([])
    am.clock.advance(20_000)
    const report = await poll(source)
    expect(suppressionOf(report, 'Q')).toEqual([])
    // As of servers that have the field and never fill it in.
    expect(codes(report)).toEqual(['mutes-unknown'])
    expect((await poll(source)).signals).toEqual([])
  })

  it('is active at once where any of its routes is not muted', async () => {
    const original = configured.replace(
      '  group_interval',
      '  - receiver: oncall\n  group_interval',
    )
    am.answers['/api/v2/status'] = statusOf(
      original.replace('    mute_time', '    continue: true\n    mute_time'),
    )
    expect(suppressionOf(await poll(source), 'Q')).toEqual([])
  })

  it('is active at once where the server tells nothing of mutes', async () => {
    const { mutedBy: _, ...status } = { state: 'active', mutedBy: undefined }
    am.answers[GROUPS] = [group({ ...quiet, status })]
    expect(suppressionOf(await poll(source), 'Q')).toEqual([])
  })

  it('is not expected to be muted later on, when it was active before', async () => {
    am.answers['/api/v2/status'] = statusOf(withoutIntervals)
    expect(suppressionOf(await poll(source), 'Q')).toEqual([])
    am.answers['/api/v2/status'] = statusOf(configured)
    while (am.asked(GROUPS) === 0) expect((await poll(source)).signals).toEqual([])
    am.answers['/api/v2/alerts'] = [{ ...quiet, annotations: { summary: 'worse' } }]
    expect(suppressionOf(await poll(source), 'Q')).toEqual([])
  })
})
