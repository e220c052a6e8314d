/**
 * `npm run pictures` writes the pictures of the README anew: the cockpit with the starter playbook and
 * three alerts of a real Alertmanager, and a notification of a real desktop over it.
 */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'playwright'
import { launchChromium } from '#test/e2e/browser.ts'
import { NowPage } from '#test/e2e/pages/now-page.ts'
import { kubePrometheusAlerts } from '#test/fixtures/kube-prometheus-alerts.ts'
import { makeHome, startDeckwatch } from '#test/fixtures/deckwatch-process.ts'
import { starterFolder } from '#test/fixtures/starter-playbook.ts'
import { startAlertmanager } from '#test/integration/servers/alertmanager.ts'
import { startDesktopSession } from '#test/integration/servers/desktop-session.ts'

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const PATIENCE = { timeout: 30_000 }

const payments = {
  labels: { alertname: 'PaymentFailureRateHigh', severity: 'critical', service: 'payments' },
  annotations: {
    summary: 'Payments fail: 6.2 % in the last 5 minutes',
    description: 'Usual are 0.4 %. Customers fill a basket, try to pay, and cannot.',
    dashboard_url: 'https://grafana.example/d/payments',
  },
}

const others = [
  {
    labels: { alertname: 'LatencyHigh', severity: 'high', service: 'search', region: 'eu-west-1' },
    annotations: { summary: 'Search takes more than 2 seconds for 1 in 20 customers' },
  },
  {
    labels: {
      alertname: 'NodeDiskFillsUp',
      severity: 'warning',
      service: 'media',
      instance: 'node-7',
    },
    annotations: { summary: 'The disk of node-7 is full in four days' },
  },
]

/** Takes one picture of the cockpit at the place that `keys` lead to. */
async function picture(
  browser: Browser,
  url: string,
  {
    colorScheme,
    file,
    keys,
  }: { colorScheme: 'dark' | 'light'; file: string; keys: readonly string[] },
): Promise<void> {
  const viewport = { width: 1280, height: 800 }
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(url)
  const now = new NowPage(page)
  await now.row('Payments fail').click(PATIENCE)
  await now.timeline.first().waitFor(PATIENCE)
  await page.getByText('Response plan').first().waitFor(PATIENCE)
  // The steps for newcomers hide the upper part.
  const guide = page.getByRole('button', { name: /^Close the (guide|first steps)/ })
  if ((await guide.count()) > 0) await guide.click()
  for (const key of keys) await page.keyboard.press(key)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.waitForTimeout(1_000)
  await page.screenshot({ path: file })
  await context.close()
}

const scratch = mkdtempSync(join(tmpdir(), 'deckwatch-pictures-'))
const desktop = await startDesktopSession()
const alertmanager = await startAlertmanager()
const home = makeHome()
cpSync(starterFolder, dirname(home.config), { recursive: true })
home.configure(`me: ada
groupBy: [alertname, service]
sources:
  - type: alertmanager
    name: am-eu
    url: ${alertmanager.url}
    interval: 1s
`)
const deckwatch = await startDeckwatch(home, { env: desktop.env })
const browser = await launchChromium()
try {
  await alertmanager.postAlerts([payments])
  await desktop.waitForShown((shown) => shown.length > 0)
  const cockpit = join(scratch, 'cockpit.png')
  await picture(browser, deckwatch.url, { colorScheme: 'dark', file: cockpit, keys: [] })
  const onDesktop = { env: { ...process.env, ...desktop.env } }
  // It ends with 1 although it has drawn.
  await promisify(execFile)('display', ['-window', 'root', cockpit], onDesktop).catch(
    () => undefined,
  )
  await desktop.screenshot(join(images, 'desktop.png'))
  await alertmanager.postAlerts(others)
  const colorScheme = 'light'
  await picture(browser, deckwatch.url, {
    colorScheme,
    file: join(images, 'now-light.png'),
    keys: [],
  })
  await alertmanager.postAlerts(kubePrometheusAlerts)
  await picture(browser, deckwatch.url, {
    colorScheme,
    file: join(images, 'alerts-light.png'),
    keys: ['2'],
  })
} finally {
  await browser.close()
  await deckwatch.stop()
  await alertmanager.stop()
  await desktop.stop()
  home.remove()
  rmSync(scratch, { recursive: true, force: true })
}
