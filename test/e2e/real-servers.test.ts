import type { Browser, BrowserContext } from 'playwright'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { startAlertmanager, type Alertmanager } from '#test/integration/servers/alertmanager.ts'
import { startPrometheus, type Prometheus } from '#test/integration/servers/prometheus.ts'
import { startScrapeTarget, type ScrapeTarget } from '#test/integration/servers/scrape-target.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { launchChromium, openPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'

const PATIENCE = { timeout: 30_000 }

const rules = `
groups:
  - name: availability
    rules:
      - alert: ServiceDown
        # One scrape that a busy machine lets time out is no outage.
        expr: max_over_time(up[3s]) == 0
        labels: { severity: critical, service: checkout }
        annotations:
          summary: 'Checkout on {{ $labels.instance }} is down'
          runbook_url: https://runbooks.example.com/ServiceDown
      - alert: Watchdog
        expr: vector(1)
        labels: { severity: none }
`

/** One story, told in order: each step stands on the one before it. */
describeWith(['chromium', 'prometheus', 'alertmanager'], 'real alerts in the cockpit', () => {
  let home: Home
  let target: ScrapeTarget
  let alertmanager: Alertmanager
  let prometheus: Prometheus
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let context: BrowserContext
  let now: NowPage
  let silence = ''

  beforeAll(async () => {
    target = await startScrapeTarget()
    alertmanager = await startAlertmanager()
    prometheus = await startPrometheus({
      rules,
      targets: { checkout: [target.address] },
      alertmanagers: [`127.0.0.1:${String(alertmanager.port)}`],
      externalLabels: { cluster: 'lab' },
    })
    await prometheus.waitFor('/api/v1/query?query=up', (body) => body.includes('"1"]'))
    await vi.waitFor(async () => {
      expect(await alertmanager.get('/api/v2/alerts')).toContain('Watchdog')
    }, PATIENCE)
    home = makeHome()
    home.configure(`me: ada
sources:
  - type: alertmanager
    name: am-lab
    url: ${alertmanager.url}
    interval: 1s
    timeout: 2s
    heartbeats: ['alertname="Watchdog"']
`)
    deckwatch = await startDeckwatch(home)
    browser = await launchChromium()
    context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'dark',
    })
    const opened = await openPage(context, deckwatch.url, () => true)
    now = new NowPage(opened.page)
  })

  afterAll(async () => {
    await browser.close()
    await deckwatch.stop()
    await prometheus.stop()
    await alertmanager.stop()
    await target.down()
    home.remove()
  })

  it('shows an incident when a scraped service goes down', async () => {
    await now.source('am-lab').and(now.page.locator('[data-health=healthy]')).waitFor(PATIENCE)
    expect(await now.queue.count()).toBe(0)
    await target.down()
    await now.row('Checkout on').waitFor(PATIENCE)
    expect(await now.row('Checkout on').textContent()).toContain('P0')
    await now.row('Checkout on').click()
    const runbook = now.page.getByRole('link', { name: 'runbook' }).first()
    expect(await runbook.getAttribute('href')).toBe('https://runbooks.example.com/ServiceDown')
    expect(await runbook.getAttribute('rel')).toContain('noopener')
  })

  it('keeps the acknowledgement over kill -9 of the engine; the open page finds back', async () => {
    await now.page.keyboard.press('a')
    await now.page
      .getByText(/acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
    const { port } = deckwatch
    await deckwatch.kill()
    await now.notice(/Connection to Deckwatch lost/).waitFor(PATIENCE)
    deckwatch = await startDeckwatch(home, { port })
    await now.notice(/Connection to Deckwatch lost/).waitFor({ state: 'hidden', ...PATIENCE })
    await now.page
      .getByText(/acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
    await now.page.reload()
    await now.row('Checkout on').click()
    await now.page
      .getByText(/acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
  })

  it('shows a silence made in Alertmanager with its author', async () => {
    silence = await alertmanager.postSilence({
      matchers: { alertname: 'ServiceDown' },
      createdBy: 'alice@example.com',
      comment: 'INC-1234 moving the rack',
    })
    await now.alerts.filter({ hasText: 'alice@example.com' }).first().waitFor(PATIENCE)
    await now.page.keyboard.press('w')
    await now.dialog
      .getByText(/suppressed/)
      .first()
      .waitFor(PATIENCE)
    await now.page.keyboard.press('Escape')
    await alertmanager.expireSilence(silence)
    await now.alerts
      .filter({ hasText: 'alice@example.com' })
      .first()
      .waitFor({ state: 'hidden', ...PATIENCE })
  })

  it('turns the source red when Alertmanager stops, and raises an alert of its own', async () => {
    await prometheus.kill()
    await alertmanager.kill()
    await now.source('am-lab').and(now.page.locator('[data-health=failing]')).waitFor(PATIENCE)
    await now.row('am-lab is unreachable').waitFor(PATIENCE)
    expect(await now.row('Checkout on').count()).toBe(1)
    await now.source('am-lab').click()
    await now.page
      .getByText(/Nothing answers|refused|cannot be reached/i)
      .first()
      .waitFor(PATIENCE)
    await now.page.keyboard.press('Escape')
  })

  it('calls nothing resolved when Alertmanager comes back with an empty memory', async () => {
    await alertmanager.restart({ withoutData: true })
    expect(JSON.parse(await alertmanager.get('/api/v2/alerts'))).toEqual([])
    // It answers, and is not green before what it forgot is confirmed.
    await now.source('am-lab').and(now.page.locator('[data-health=unconfirmed]')).waitFor(PATIENCE)
    await now.row('Checkout on').click()
    await now.timeline.filter({ hasText: 'unconfirmed' }).first().waitFor(PATIENCE)
    expect(await now.row('Checkout on').textContent()).toMatch(/unconfirmed/i)
    await now.page
      .getByText(/acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
  })

  it('raises the missing heartbeat beside it', async () => {
    await now.row('Watchdog').filter({ hasText: 'missing' }).waitFor(PATIENCE)
  })

  it('closes the loop: Prometheus repeats the alert, the service recovers, the incident clears', async () => {
    await prometheus.restart()
    await now.timeline
      .filter({ hasText: 'Alert reported by am-lab, not suppressed' })
      .first()
      .waitFor(PATIENCE)
    await now
      .row('Checkout on')
      .filter({ hasNotText: /unconfirmed/i })
      .waitFor(PATIENCE)
    await target.up()
    await now.timeline
      .filter({ hasText: /resolved/ })
      .first()
      .waitFor({ timeout: 90_000 })
    await now.unfold('Resolved')
    await now.row('Checkout on').and(now.page.locator('[data-section=resolved]')).waitFor(PATIENCE)
  })
})
