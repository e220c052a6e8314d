import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest'
import { startDeckwatch } from '#test/fixtures/deckwatch-process.ts'
import { starterFolder } from '#test/fixtures/starter-playbook.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects, layouts } from './accessibility.ts'
import { isOfTheBrowser, openPage, type WatchedPage } from './browser.ts'
import { startDesk, type Desk } from './desk.ts'
import { NowPage } from './pages/now-page.ts'
import { WalkthroughPage } from './pages/walkthrough-page.ts'
import { untilInPage } from './until-in-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }

const plan = `plan: payment-failure
title: Card payments fail
match: ['alertname="CardPaymentsFailing"']
runbook: payments/payment-failure.md
phases:
  - name: Immediate
    steps: ['Look at the status page']
options:
  - name: Switch processor
    runbook: payments/payment-failure.md#switch-processor
fixedWhen:
  - No customer reports within 15 minutes
`

const short = `# Disk full

Expected duration: 5 minutes

## Diagnosis
1. If the journal is large, vacuum it. Otherwise extend the volume.
2. Look at it again.
`

/** One story, told in order: each step stands on the one before it. */
describeWith(['chromium', 'alertmanager'], 'the walkthrough of a runbook', () => {
  let desk: Desk
  let context: BrowserContext

  const write = (path: string, text: string) => {
    const file = join(dirname(desk.home.config), path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const alert = (alertname: string, annotations: Record<string, string>) => ({
    labels: { alertname, severity: 'critical', service: alertname },
    annotations,
    startsAt: new Date(Date.now() - 60_000).toISOString(),
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
  })

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    desk = await startDesk({ alerts: [] })
    write('plans/payment-failure.yaml', plan)
    write(
      'runbooks/payments/payment-failure.md',
      readFileSync(join(starterFolder, 'runbooks/payments/payment-failure.md'), 'utf8'),
    )
    write('runbooks/disk.md', short)
    await desk.alertmanager.postAlerts([
      alert('CardPaymentsFailing', { summary: 'Cards are declined' }),
      alert('DiskFull', { summary: 'Disk is full', runbook_url: 'disk.md' }),
    ])
  })
  afterEach(async () => {
    await context.close()
  })
  afterAll(async () => {
    await desk.stop()
  })

  async function open(
    size = { width: 1280, height: 800 },
    colorScheme: 'dark' | 'light' = 'dark',
  ): Promise<{ watched: WatchedPage; page: Page; now: NowPage; walk: WalkthroughPage }> {
    context = await desk.browser.newContext({
      viewport: size,
      colorScheme,
      reducedMotion: 'reduce',
    })
    const watched = await openPage(context, desk.deckwatch.url, isOfTheBrowser)
    const { page } = watched
    const now = new NowPage(page)
    await now.row('Cards are declined').waitFor(PATIENCE)
    await now.row('Disk is full').waitFor(PATIENCE)
    return { watched, page, now, walk: new WalkthroughPage(page) }
  }

  it.each(layouts)('is legible and accessible in %s at %i by %i', async (scheme, width, height) => {
    const { watched, page, now, walk } = await open({ width, height }, scheme)
    await now.row('Cards are declined').click()
    // The plan, which names the runbook, is read within a moment.
    await page.getByRole('button', { name: 'Runbook', exact: true }).waitFor(PATIENCE)
    await page.keyboard.press('b')
    await walk.focused(/^Step 1 Failures by processor/).waitFor(PATIENCE)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/walkthrough-${scheme}-${String(width)}.png` })
    await page.keyboard.press('t')
    await page.getByRole('heading', { name: 'First response' }).waitFor(PATIENCE)
    await page.keyboard.press('t')
    await walk.focused(/^Step 1 Failures/).waitFor(PATIENCE)
    expect(watched.complaints).toEqual([])
  })

  it('is left for another place by its key, and is still there on the way back', async () => {
    const { watched, page, now, walk } = await open()
    await now.row('Disk is full').click()
    await page.keyboard.press('b')
    await walk.focused(/^Step 1 If the journal is large/).waitFor(PATIENCE)
    await page.keyboard.press('2')
    await page.getByRole('main', { name: 'Alerts' }).waitFor(PATIENCE)
    await page.keyboard.press('4')
    await walk.focused(/^Step 1 If the journal is large/).waitFor(PATIENCE)
    await page.keyboard.press('4')
    await page.getByText('Select a runbook to read it.').waitFor(PATIENCE)
    await page.keyboard.press('1')
    await now.row('Disk is full').waitFor(PATIENCE)
    expect(watched.complaints).toEqual([])
  })

  it('is followed by keyboard to its end, and another responder goes on where the first stopped', async () => {
    const { watched, page, now, walk } = await open()
    await now.row('Disk is full').click()
    await page.keyboard.press('b')
    await walk.focused(/^Step 1 If the journal is large/).waitFor(PATIENCE)
    await page.keyboard.press('x')
    await walk.answer('No extend the volume').and(page.locator('[aria-pressed=true]')).waitFor()
    await page.screenshot({ path: `${shots}/walkthrough-question.png` })
    await page.keyboard.press('n')
    await page.keyboard.type('Journal is small')
    await page.keyboard.press('Enter')
    await page.getByText('“Journal is small”').waitFor(PATIENCE)
    await page.keyboard.press('Space')
    await walk.focused(/^Step 2 Look at it again/).waitFor(PATIENCE)

    await context.close()
    const again = await open()
    await again.now.row('Disk is full').click()
    await again.page.keyboard.press('b')
    await again.walk.focused(/^Step 2 Look at it again/).waitFor(PATIENCE)
    await again.page.keyboard.press('f')
    await again.walk.focused('No open step').waitFor(PATIENCE)
    await again.page.getByText('1 done, 1 failed.').waitFor(PATIENCE)
    await again.page.screenshot({ path: `${shots}/walkthrough-end.png` })
    expect(await accessibilityDefects(again.page)).toEqual([])
    await again.page.keyboard.press('Escape')
    await again.now.title.filter({ hasText: 'Disk is full' }).waitFor(PATIENCE)
    for (const line of [
      'You started the runbook Disk full',
      'You answered no: the journal is large',
      'You did: If the journal is large, vacuum it',
      'You marked as failed: Look at it again',
    ]) {
      await again.now.timeline.filter({ hasText: line }).first().waitFor(PATIENCE)
    }
    expect(again.watched.complaints).toEqual([])
    expect(watched.complaints).toEqual([])
  })

  it('goes on with the engine gone and the page reloaded, and delivers what was done', async () => {
    const { page, now, walk } = await open()
    await untilInPage(page, () => navigator.serviceWorker.ready.then(() => true))
    await now.row('Cards are declined').click()
    await page.getByRole('button', { name: 'Runbook', exact: true }).waitFor(PATIENCE)
    await page.keyboard.press('b')
    await walk.focused(/^Step 1 Failures/).waitFor(PATIENCE)
    await desk.deckwatch.kill()
    await now.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    await context.setOffline(true)
    await page.reload()
    await now.row('Cards are declined').click(PATIENCE)
    await page.keyboard.press('b')
    await walk.focused(/^Step 1 Failures/).waitFor(PATIENCE)
    await page.keyboard.press('Space')
    await walk.focused(/^Step 2 Does the processor/).waitFor(PATIENCE)
    await page.keyboard.press('f')
    await walk.focused(/^Step 3/).waitFor(PATIENCE)
    await page.keyboard.press('ArrowUp')
    await page.getByText('Failed, queued', { exact: true }).waitFor(PATIENCE)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/walkthrough-offline.png` })

    await context.setOffline(false)
    const port = Number(new URL(desk.deckwatch.url).port)
    const returned = await startDeckwatch(desk.home, { port })
    onTestFinished(() => returned.stop())
    await page.getByText(/Failed by you/).waitFor(PATIENCE)
    await page.keyboard.press('Escape')
    await now.timeline
      .filter({ hasText: 'You did: Failures by processor and reason' })
      .waitFor(PATIENCE)
  })
})
