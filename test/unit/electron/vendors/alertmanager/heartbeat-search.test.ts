import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reply } from '../../http/stand-in-server.ts'
import {
  listed,
  poll,
  startStandInAlertmanager,
  statusOf,
  type StandInAlertmanager,
} from './stand-in.ts'

const ALERTS = '/api/v2/alerts'
const SEARCH = `${ALERTS}?filter=alertname%3D%22Watchdog%22`
const options = { receiver: 'oncall', heartbeats: ['alertname="Watchdog"'] }
const watchdog = listed('Watchdog', { severity: 'none' })

let am: StandInAlertmanager

beforeEach(async () => {
  am = await startStandInAlertmanager()
  am.answers['/api/v2/status'] = statusOf('route:\n  receiver: oncall\nreceivers: []\n')
  am.answers[`${ALERTS}?receiver=oncall`] = [listed('A')]
  am.answers[ALERTS] = [listed('A'), listed('B'), watchdog]
  am.answers[SEARCH] = [watchdog]
})
afterEach(() => am.close())

const namesIn = ({ signals }: Awaited<ReturnType<typeof poll>>) =>
  signals.map(({ labels }) => labels['alertname'])

describe('heartbeats', () => {
  it('are looked for without receiver and filter', async () => {
    const source = am.source(options)
    expect(namesIn(await poll(source))).toEqual(['A', 'Watchdog'])
    expect(await poll(source)).toMatchObject({ signals: [], gone: [], total: 2 })
    am.answers[SEARCH] = []
    expect((await poll(source)).gone).toMatchObject([{ alertname: 'Watchdog' }])
  })

  it('are not asked for by themselves where nothing is left out', async () => {
    expect(namesIn(await poll(am.source({ heartbeats: options.heartbeats })))).toEqual([
      'A',
      'B',
      'Watchdog',
    ])
    await poll(am.source({ receiver: 'oncall' }))
    expect(am.server.requests.filter(({ path }) => path === SEARCH)).toEqual([])
  })

  it('bring nothing but themselves, though the filter gets lost on the way', async () => {
    am.answers[SEARCH] = [listed('A'), listed('B'), null, { labels: { alertname: 7 } }, watchdog]
    expect(namesIn(await poll(am.source(options)))).toEqual(['A', 'Watchdog'])
  })

  it('that the receiver does not leave out are listed once', async () => {
    am.answers[`${ALERTS}?receiver=oncall`] = [listed('A'), watchdog]
    expect(namesIn(await poll(am.source(options)))).toEqual(['A', 'Watchdog'])
  })

  it('are one question each', async () => {
    const two = ['alertname="Watchdog", severity="none"', 'alertname="Other"']
    await poll(am.source({ ...options, heartbeats: two }))
    const searched = am.server.requests.filter(
      ({ path }) => path.startsWith(`${ALERTS}?`) && !path.includes('receiver'),
    )
    expect(
      searched.map(({ path }) => new URL(path, am.server.url).searchParams.getAll('filter')),
    ).toEqual([['alertname="Watchdog"', 'severity="none"'], ['alertname="Other"']])
  })

  it('stay listed through a hiccup of their question, and then count as missing', async () => {
    const source = am.source(options)
    await poll(source)
    am.answers[SEARCH] = reply(500)
    for (const gone of [[], [], [{ alertname: 'Watchdog' }]]) {
      const report = await poll(source)
      expect(report.gone).toMatchObject(gone)
      expect(report.remarks).toMatchObject([{ code: 'heartbeats-unknown' }])
    }
    am.answers[SEARCH] = [watchdog]
    const report = await poll(source)
    expect(namesIn(report)).toEqual(['Watchdog'])
    expect(report.remarks).toEqual([])
  })

  it('are found by a test of the connection', async () => {
    const { findings } = await am.source(options).test(new AbortController().signal)
    expect(findings).toContain('heartbeat alertname="Watchdog" is present')
  })
})
