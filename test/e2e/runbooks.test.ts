import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { startAlertmanager, type Alertmanager } from '#test/integration/servers/alertmanager.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects, layouts } from './accessibility.ts'
import { isOfTheBrowser, launchChromium, openPage, type WatchedPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'
import { RunbooksPage } from './pages/runbooks-page.ts'
import { WalkthroughPage } from './pages/walkthrough-page.ts'
import { untilInPage } from './until-in-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }

const plan = `plan: payment-failure
title: Card payments fail
match: ['alertname="CardPaymentsFailing"']
owner: team:payments
runbook: payments/payment-failure.md#switch-the-processor
phases:
  - name: Immediate
    steps: ['Look at the [gateway](payments/gateway.md#logs)']
options:
  - name: Backup processor
    runbook: payments/payment-failure.md
    rollback: runbooks/payments/gateway.md#roll-back
`

const payments = `# Card payments fail

Service: **payments** · Owner: payments team

## Symptoms

- Customers see \`card declined\` at the checkout
- \`payment_errors_total\` rises above 5 % for five minutes

## Diagnosis

1. Look at the status page of the processor: https://status.example/
2. Count what the webhooks answer:

   \`\`\`sh
   kubectl -n payments logs deploy/webhooks --since=10m | grep -c 502
   \`\`\`

3. Compare with the [gateway](gateway.md#logs).

## Switch the processor

> Tell support first: receipts show another name.

1. Set the backup processor:

   \`\`\`sh
   kubectl -n payments set env deploy/checkout PROCESSOR=backup
   \`\`\`

2. Wait until the webhooks answer again.

| Region | Backup |
|--------|--------|
| eu     | north  |
| us     | west   |

## Escalation

Call the payments lead after 15 minutes.
`

const gateway = `# Gateway is slow

## Logs

Read \`/var/log/gateway\` for upstream timeouts.

## Roll back

Set the previous release.
`

const disk = `# Disk full

Delete rotated journals, then extend the volume.
`

/** One story, told in order: each step stands on the one before it. */
describeWith(['chromium', 'alertmanager'], 'runbooks', () => {
  let home: Home
  let alertmanager: Alertmanager
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let context: BrowserContext

  const write = (path: string, text: string) => {
    const file = join(dirname(home.config), path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const fire = (alertname: string, annotations: Record<string, string>) =>
    alertmanager.postAlerts([
      {
        labels: { alertname, severity: 'critical', service: 'payments' },
        annotations,
        startsAt: new Date(Date.now() - 60_000).toISOString(),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      },
    ])

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    alertmanager = await startAlertmanager()
    home = makeHome()
    home.configure(`me: ada
notifications: { desktop: false }
sources:
  - type: alertmanager
    name: am-eu
    url: ${alertmanager.url}
    interval: 1s
`)
    write('plans/payment-failure.yaml', plan)
    write('runbooks/payments/payment-failure.md', payments)
    write('runbooks/payments/gateway.md', gateway)
    write('runbooks/disk.md', disk)
    await fire('CardPaymentsFailing', { summary: 'Cards are declined' })
    await fire('PodRestarts', {
      summary: 'Pods restart',
      runbook_url: 'https://wiki.example/pods#fix',
    })
    deckwatch = await startDeckwatch(home)
    browser = await launchChromium()
  })
  afterEach(async () => {
    await context.close()
  })
  afterAll(async () => {
    await browser.close()
    await deckwatch.stop()
    await alertmanager.stop()
    home.remove()
  })

  async function open(
    size: { width: number; height: number } = { width: 1280, height: 800 },
    colorScheme: 'dark' | 'light' = 'dark',
  ): Promise<{
    watched: WatchedPage
    now: NowPage
    runbooks: RunbooksPage
    walk: WalkthroughPage
  }> {
    context = await browser.newContext({ viewport: size, colorScheme, reducedMotion: 'reduce' })
    const watched = await openPage(context, deckwatch.url, isOfTheBrowser)
    const now = new NowPage(watched.page)
    await now.row('Cards are declined').waitFor(PATIENCE)
    await now.row('Pods restart').waitFor(PATIENCE)
    const { page } = watched
    return { watched, now, runbooks: new RunbooksPage(page), walk: new WalkthroughPage(page) }
  }

  it.each(layouts)(
    'are legible and accessible in %s at %i by %i',
    async (scheme, width, height) => {
      const { watched, runbooks } = await open({ width, height }, scheme)
      const { page } = watched
      await runbooks.open()
      await runbooks.row('Disk full').waitFor(PATIENCE)
      await page.getByRole('button', { name: 'Fetch from wiki.example' }).first().waitFor(PATIENCE)
      expect(await accessibilityDefects(page)).toEqual([])
      await page.screenshot({ path: `${shots}/runbooks-${scheme}.png` })
      await runbooks.search('webhoks')
      await runbooks.row(/^Card payments fail/).waitFor(PATIENCE)
      expect(await accessibilityDefects(page)).toEqual([])
      await page.screenshot({ path: `${shots}/runbooks-search-${scheme}.png` })
      await page.keyboard.press('Enter')
      await runbooks.section('Diagnosis').waitFor(PATIENCE)
      expect(await accessibilityDefects(page)).toEqual([])
      await page.screenshot({ path: `${shots}/runbook-${scheme}.png` })
      expect(watched.complaints).toEqual([])
    },
  )

  it('are opened from an incident at their place, and lead back to it', async () => {
    const { watched, now, runbooks, walk } = await open()
    const { page } = watched
    await now.row('Cards are declined').click()
    await page.keyboard.press('b')
    await walk.focused(/^Step \d Set the backup processor/).waitFor(PATIENCE)
    await page.keyboard.press('t')
    await page.screenshot({ path: `${shots}/runbook-of-incident.png` })
    // On to another one, and from there back to the incident.
    await page.getByRole('button', { name: 'gateway', exact: true }).click()
    await runbooks.focused('Logs').waitFor(PATIENCE)
    await page.keyboard.press('Escape')
    await now.title.filter({ hasText: 'Cards are declined' }).waitFor(PATIENCE)

    await page.getByText('Backup processor').click()
    await page.getByRole('button', { name: 'runbooks/payments/gateway.md#roll-back' }).click()
    await runbooks.focused('Roll back').waitFor(PATIENCE)

    // A page of a host that nobody has named is offered, not fetched.
    await page.keyboard.press('1')
    await now.row('Pods restart').click()
    await page.getByRole('button', { name: 'Read it here…' }).click()
    await page.getByText(/Deckwatch has not asked/).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/runbook-needs-consent.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    expect(watched.complaints).toEqual([])
  })

  it('are found by the palette', async () => {
    const { watched, runbooks } = await open({ width: 1280, height: 800 }, 'light')
    const { page } = watched
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('disk full')
    await page.getByRole('option', { name: /Disk full/ }).click(PATIENCE)
    await page.getByText('Delete rotated journals').waitFor(PATIENCE)
    await runbooks.focused('Disk full').waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/runbook-light-wide.png` })
    expect(watched.complaints).toEqual([])
  })

  it('are listed, searched and read with the engine gone and the page reloaded', async () => {
    const { watched, now, runbooks, walk } = await open()
    const { page } = watched
    await untilInPage(page, () => navigator.serviceWorker.ready.then(() => true))
    await untilInPage(page, async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('deckwatch')
        opening.onsuccess = () => {
          resolve(opening.result)
        }
      })
      const count = await new Promise<number>((resolve) => {
        const counting = database.transaction('runbookTexts').objectStore('runbookTexts').count()
        counting.onsuccess = () => {
          resolve(counting.result)
        }
      })
      database.close()
      return count === 3
    })
    await deckwatch.kill()
    await now.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    await page.reload()
    await now.row('Cards are declined').waitFor(PATIENCE)
    await runbooks.open()
    await page.getByText(/List and texts as of/).waitFor(PATIENCE)
    await runbooks.search('webhoks')
    await runbooks.row(/^Card payments fail/).click(PATIENCE)
    await page.getByText('Count what the webhooks answer:', { exact: true }).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/runbooks-offline.png` })
    expect(await accessibilityDefects(page)).toEqual([])

    await page.keyboard.press('1')
    await now.row('Cards are declined').click()
    await page.keyboard.press('b')
    await walk.focused(/^Step \d Set the backup processor/).waitFor(PATIENCE)
    expect(watched.complaints).toEqual([])
  })
})
