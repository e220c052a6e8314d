import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { launchChromium, openPage, type WatchedPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'

const PATIENCE = { timeout: 30_000 }

describeWith('chromium', 'a configuration that changes while it runs', () => {
  let home: Home
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let watched: WatchedPage
  let now: NowPage

  beforeAll(async () => {
    home = makeHome()
    home.configure('sorces:\n  - type: drill\n')
    deckwatch = await startDeckwatch(home)
    browser = await launchChromium()
    watched = await openPage(await browser.newContext(), deckwatch.url)
    now = new NowPage(watched.page)
  })
  afterAll(async () => {
    await browser.close()
    await deckwatch.stop()
    home.remove()
  })

  it('starts with a broken file, says where and what, and runs no drill in its place', async () => {
    await now.page
      .getByRole('region', { name: /^Notice/ })
      .first()
      .waitFor(PATIENCE)
    await now.showNotices()
    await now.page.getByText(/did you mean .?sources/i).waitFor(PATIENCE)
    await now.page.getByText(/:1:1/).first().waitFor(PATIENCE)
    expect(await now.queue.count()).toBe(0)
    expect(await now.page.getByText(/No triggered incidents/).count()).toBe(0)
  })

  it('takes the repaired file live, keeps it when it breaks again, and shows the mistake', async () => {
    home.configure('sources:\n  - type: drill\n    name: practice\n')
    await now.source('practice').and(now.page.locator('[data-health=healthy]')).waitFor(PATIENCE)
    await now.row('disk').waitFor(PATIENCE)
    home.configure('sources:\n  - type: drill\n    name: practice\n    inteval: 2s\n')
    await now.page.getByText(/did you mean .?interval/i).waitFor(PATIENCE)
    await now.page.getByText(/:4:5/).first().waitFor(PATIENCE)
    expect(await now.row('disk').count()).toBe(1)
    expect(watched.complaints).toEqual([])
  })
})
