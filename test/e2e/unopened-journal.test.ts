import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BrowserContext } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DesktopBridge } from '#shared/contract/desktop-bridge.ts'
import type { UnopenedJournal } from '#shared/contract/unopened-journal.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { isOfTheBrowser, openPage } from './browser.ts'
import { startDesk, type Desk } from './desk.ts'
import { NowPage } from './pages/now-page.ts'
import { RunbooksPage } from './pages/runbooks-page.ts'
import { WalkthroughPage } from './pages/walkthrough-page.ts'
import { untilInPage } from './until-in-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }

const disk = `# Disk full

## Diagnosis
1. Find the largest journal.
2. Delete what was rotated.
`

const journal: UnopenedJournal = {
  message: 'The journal /data/journal.sqlite is damaged.',
  hint: 'Put a backup in its place as journal.sqlite.',
  triedAt: Date.now(),
}

/** What the preload puts into the page of a program that cannot open its journal. */
function exposeProgramWithoutEngine(why: UnopenedJournal): void {
  let attempts = 0
  const bridge: DesktopBridge = {
    connect(listener) {
      queueMicrotask(() => {
        listener.closed({ ...why, triedAt: why.triedAt + attempts })
      })
    },
    send: () => undefined,
    disconnect: () => undefined,
    tryAgain() {
      attempts += 1
      document.documentElement.dataset['attempts'] = String(attempts)
    },
  }
  Object.assign(window, { deckwatch: bridge })
}

describeWith(['chromium', 'alertmanager'], 'the window of a program without its journal', () => {
  let desk: Desk
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    desk = await startDesk({ alerts: [] })
    const file = join(dirname(desk.home.config), 'runbooks/disk.md')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, disk)
    await desk.alertmanager.postAlerts([
      {
        labels: { alertname: 'DiskFull', severity: 'critical', service: 'db' },
        annotations: { summary: 'Disk is full', runbook_url: 'disk.md' },
        startsAt: new Date(Date.now() - 60_000).toISOString(),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      },
    ])
    context = await desk.browser.newContext({ viewport: { width: 1280, height: 800 } })
  })
  afterAll(async () => {
    await context.close()
    await desk.stop()
  })

  it('shows what was known last, opens runbooks and queues what is ticked off', async () => {
    const first = await openPage(context, desk.deckwatch.url, isOfTheBrowser)
    await new NowPage(first.page).row('Disk is full').waitFor(PATIENCE)
    await untilInPage(first.page, () => navigator.serviceWorker.ready.then(() => true))
    await untilInPage(first.page, async () => {
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
      return count === 1
    })
    await first.page.close()
    await desk.deckwatch.kill()

    // The same page with what it kept, in the window of a program that has no engine.
    await context.addInitScript(exposeProgramWithoutEngine, journal)
    const { page, complaints } = await openPage(context, desk.deckwatch.address, isOfTheBrowser)
    const now = new NowPage(page)
    const walk = new WalkthroughPage(page)
    const notice = now.notice(/Deckwatch cannot open its journal/)
    await notice.waitFor(PATIENCE)
    await page.getByText(`${journal.message} ${journal.hint}`).waitFor(PATIENCE)
    await now.row('Disk is full').waitFor(PATIENCE)
    expect(await page.getByText(/Connection to Deckwatch lost/).count()).toBe(0)
    expect(await page.title()).toBe('Journal not open · Deckwatch')
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/unopened-journal.png` })

    await now.row('Disk is full').click()
    await page.keyboard.press('b')
    await walk.focused(/^Step 1 Find the largest journal/).waitFor(PATIENCE)
    await page.keyboard.press('Space')
    await walk.focused(/^Step 2 Delete what was rotated/).waitFor(PATIENCE)
    await page.keyboard.press('ArrowUp')
    await page.getByText('Done, queued', { exact: true }).waitFor(PATIENCE)
    await page.keyboard.press('Escape')

    const runbooks = new RunbooksPage(page)
    await runbooks.open()
    await runbooks.search('rotated')
    await runbooks.row(/^Disk full/).click(PATIENCE)
    await page.getByText('Find the largest journal.', { exact: true }).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/unopened-journal-runbook.png` })

    await page.getByRole('button', { name: 'Try again' }).click()
    await untilInPage(page, () =>
      Promise.resolve(document.documentElement.dataset['attempts'] === '1'),
    )
    // The answer to this attempt is in vain as well, and the next one can be asked for.
    await page.getByRole('button', { name: 'Try again' }).waitFor(PATIENCE)
    expect(complaints).toEqual([])
  })
})
