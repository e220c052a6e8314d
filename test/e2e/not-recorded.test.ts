import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { startStandIn, type StandInServer } from '#test/unit/electron/http/stand-in-server.ts'
import { accessibilityDefects } from './accessibility.ts'
import { launchChromium, openPage, type WatchedPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'

const PATIENCE = { timeout: 60_000 }
const shots = 'test-results/screenshots'

const host = (number: number) => ({
  labels: { alertname: 'HostDown', service: `db-${String(number)}`, severity: 'critical' },
  annotations: { summary: `Host db-${String(number)} is down` },
  fingerprint: `f${String(number)}`,
  receivers: [{ name: 'oncall' }],
  startsAt: '2026-11-28T02:58:00.000Z',
  endsAt: '2036-12-31T00:00:00.000Z',
  updatedAt: '2026-11-28T02:58:00.000Z',
  generatorURL: '',
  status: { state: 'active', silencedBy: [], inhibitedBy: [], mutedBy: [] },
})

const status = {
  uptime: '2026-01-15T00:00:00.000Z',
  versionInfo: { version: '0.28.1' },
  cluster: { status: 'disabled', peers: [] },
  config: { original: '' },
}

describeWith('chromium', 'alerts that the journal cannot take', () => {
  let home: Home
  let alertmanager: StandInServer
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let watched: WatchedPage
  let now: NowPage
  let hosts: readonly ReturnType<typeof host>[] = []

  beforeAll(async () => {
    alertmanager = await startStandIn((request, response) => {
      response.setHeader('content-type', 'application/json')
      const isStatus = request.url?.startsWith('/api/v2/status')
      response.end(JSON.stringify(isStatus ? status : hosts))
    })
    home = makeHome()
    home.configure(
      `sources:\n  - { type: alertmanager, name: am-eu, url: "${alertmanager.url}", interval: 1s }\n`,
    )
    deckwatch = await startDeckwatch(home)
    browser = await launchChromium()
    watched = await openPage(
      await browser.newContext({ viewport: { width: 1280, height: 800 } }),
      deckwatch.url,
    )
    now = new NowPage(watched.page)
    await now.source('am-eu').and(now.page.locator('[data-health=healthy]')).waitFor(PATIENCE)
  })
  afterAll(async () => {
    await browser.close()
    await deckwatch.stop()
    await alertmanager.close()
    home.remove()
  })

  it('stand on top with why, are counted at their source, and become incidents when it can', async () => {
    // Another program holds the journal: nothing can be written, as on a disk that is full.
    const holder = new DatabaseSync(join(home.data, 'journal.sqlite'), { timeout: 30_000 })
    holder.exec('BEGIN IMMEDIATE')
    hosts = Array.from({ length: 9 }, (_, index) => host(index + 1))
    const notice = now.notice(/9 alerts are not recorded: the journal cannot be written/)
    await notice.waitFor(PATIENCE)
    expect(await notice.textContent()).toContain(
      'They cannot be acknowledged until the journal can be written.',
    )
    expect(await notice.getByRole('listitem').count()).toBe(3)
    await now.source('am-eu').filter({ hasText: '9 not recorded' }).waitFor(PATIENCE)
    await now.page.getByText('No triggered incidents recorded').first().waitFor(PATIENCE)
    expect(await now.page.title()).toContain('(9)')
    await watched.page.screenshot({ path: `${shots}/not-recorded-1280.png` })
    expect(await accessibilityDefects(watched.page)).toEqual([])
    await notice.getByRole('button', { name: 'Show all' }).click()
    expect(await notice.getByRole('listitem').count()).toBe(9)
    expect(await accessibilityDefects(watched.page)).toEqual([])
    await watched.page.screenshot({ path: `${shots}/not-recorded-all-1280.png` })

    holder.exec('ROLLBACK')
    holder.close()
    await now.row('Host db-9 is down').waitFor(PATIENCE)
    await notice.waitFor({ ...PATIENCE, state: 'detached' })
    expect(await now.queue.count()).toBe(9)
    expect(watched.complaints).toEqual([])
  })
})
