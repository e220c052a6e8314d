import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { startAlertmanager, type Alertmanager } from '#test/integration/servers/alertmanager.ts'
import { startPrometheus, type Prometheus } from '#test/integration/servers/prometheus.ts'
import { writePast } from '#test/integration/servers/time-series.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects, layouts } from './accessibility.ts'
import { isOfTheBrowser, launchChromium, openPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'
import { WalkthroughPage } from './pages/walkthrough-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const rules = `
groups:
  - name: payments
    rules:
      - alert: PaymentFailureRateHigh
        expr: payment_failures_ratio > 0.05
        labels: { severity: critical, service: payments }
        annotations: { summary: Card payments fail, runbook_url: payments.md }
`

const plan = `
plan: payment-failure
match: ['alertname="PaymentFailureRateHigh"']
title: Card payments fail
impact:
  says: '{failing} of the payments fail'
  values:
    failing: { promql: payment_failures_ratio, as: percent }
phases:
  - name: First response
    until: 15m
    steps: [Does the processor say that it is down?, Switch to the other processor]
`

const runbook = `# Card payments fail

## Diagnosis
1. Which processor is it?

   \`\`\`promql {"name":"by-processor"}
   label_replace(payment_failures_ratio, "processor", "north", "", "")
     or label_replace(payment_failures_ratio * 0.4, "processor", "south", "", "")
   \`\`\`
`

/**
 * Two hours that go up and down around a value, and rise to another one in the last half hour; the
 * last one holds for five minutes more, as Prometheus looks back.
 */
function* hours(end: number, usual: number, last: number): Iterable<readonly [number, number]> {
  for (let at = end - 125 * MINUTE; at <= end; at += 15_000) {
    const wave = usual * (1 + 0.3 * Math.sin(at / (7 * MINUTE)))
    const share = Math.min(1, Math.max(0, (at - end + 30 * MINUTE) / (10 * MINUTE)))
    yield [at, wave + share * (last - wave)]
  }
}

describeWith(['chromium', 'prometheus', 'alertmanager'], 'the chart of an alert', () => {
  let home: Home
  let alertmanager: Alertmanager
  let prometheus: Prometheus
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let removePast: () => Promise<void>

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    const now = Date.now()
    const past = await writePast([
      {
        metric: 'payment_failures_ratio',
        samples: [
          ...hours(now - 7 * DAY, 0.03, 0.03),
          ...hours(now - DAY, 0.02, 0.02),
          ...hours(now, 0.025, 0.36),
        ],
      },
    ])
    removePast = () => past.remove()
    alertmanager = await startAlertmanager()
    prometheus = await startPrometheus({
      rules,
      dataDir: past.dataDir,
      retention: '60d',
      alertmanagers: [`127.0.0.1:${String(alertmanager.port)}`],
    })
    home = makeHome()
    home.configure(`me: ada
notifications: { desktop: false }
sources:
  - type: alertmanager
    name: am-lab
    url: ${alertmanager.url}
    interval: 1s
  - type: prometheus
    name: prom-lab
    url: ${prometheus.url}
    interval: 1s
`)
    mkdirSync(join(dirname(home.config), 'plans'))
    writeFileSync(join(dirname(home.config), 'plans', 'payment-failure.yaml'), plan)
    mkdirSync(join(dirname(home.config), 'runbooks'))
    writeFileSync(join(dirname(home.config), 'runbooks', 'payments.md'), runbook)
    deckwatch = await startDeckwatch(home)
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await deckwatch.stop()
    await prometheus.stop()
    await alertmanager.stop()
    await removePast()
    home.remove()
  })

  it('shows what it judges beside yesterday and last week, in each layout', async () => {
    for (const [colorScheme, width, height] of layouts) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        reducedMotion: 'reduce',
      })
      const { page, complaints } = await openPage(context, deckwatch.url, isOfTheBrowser)
      await new NowPage(page).row('Card payments fail').click(PATIENCE)
      const drawing = page.getByRole('img', { name: /now.*yesterday.*last week; threshold > 5 %/ })
      await drawing.waitFor(PATIENCE)
      expect(await drawing.getAttribute('aria-label')).toMatch(
        /^36 % now, 2 % at this time yesterday, 3 % at this time last week; threshold > 5 %$/,
      )
      expect(await accessibilityDefects(page)).toEqual([])
      await drawing.scrollIntoViewIfNeeded()
      await page.screenshot({ path: `${shots}/alert-chart-${colorScheme}.png` })
      const chart = page.getByRole('region', { name: /Alert metric/ })
      await chart.getByText('Expression').click()
      await chart.getByText('payment_failures_ratio').waitFor()
      await chart.screenshot({ path: `${shots}/alert-chart-${colorScheme}-part.png` })
      expect(complaints).toEqual([])
      await context.close()
    }
  })

  it('is beside that of a query of the runbook, which has a line for each series', async () => {
    for (const [colorScheme, width, height] of layouts) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        reducedMotion: 'reduce',
      })
      const { page, complaints } = await openPage(context, deckwatch.url, isOfTheBrowser)
      await new NowPage(page).row('Card payments fail').click(PATIENCE)
      await page.getByRole('button', { name: 'Runbook', exact: true }).waitFor(PATIENCE)
      await page.keyboard.press('b')
      const walk = new WalkthroughPage(page)
      await walk.focused(/^Step 1/).waitFor(PATIENCE)
      await walk.button(/^Run( again)?$/).waitFor(PATIENCE)
      await page.keyboard.press('Enter')
      const drawing = page.getByRole('img', { name: /^The two hours before: processor="north"/ })
      await drawing.waitFor(PATIENCE)
      expect(await drawing.getAttribute('aria-label')).toMatch(
        /^The two hours before: processor="north" 0\.36, processor="south" 0\.144$/,
      )
      expect(await accessibilityDefects(page)).toEqual([])
      await drawing.scrollIntoViewIfNeeded()
      await page.screenshot({ path: `${shots}/query-chart-${colorScheme}.png` })
      expect(complaints).toEqual([])
      await context.close()
    }
  })
})
