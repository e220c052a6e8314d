import { mkdirSync } from 'node:fs'
import type { Browser, BrowserContext } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { answerCase, type AnsweredCase } from '#test/integration/servers/answered-case.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { launchChromium, openPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }

describeWith('chromium', 'an incident that grows behind its acknowledgement', () => {
  let server: AnsweredCase
  let home: Home
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    server = await answerCase('C14')
    home = makeHome()
    home.configure(
      `me: ada\nsources:\n  - { type: alertmanager, name: am, url: ${server.url}, interval: 1s }\n`,
    )
    deckwatch = await startDeckwatch(home)
    browser = await launchChromium()
    context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    })
  })
  afterAll(async () => {
    await browser.close()
    await deckwatch.stop()
    home.remove()
    await server.close()
  })

  it('is triggered again and says what is new; the rule stands in the settings', async () => {
    const { page, complaints } = await openPage(context, deckwatch.url)
    const now = new NowPage(page)
    await now.row('db-1 is down').click(PATIENCE)
    await now.action('Acknowledge').click(PATIENCE)
    await page.getByText(/^Acknowledged by you /).waitFor(PATIENCE)

    server.next()
    await page.getByText(/Triggered .* ago: 10 more hosts since you acknowledged/).waitFor(PATIENCE)
    await now.timeline.filter({ hasText: '10 more hosts since you acknowledged' }).waitFor(PATIENCE)
    expect(await now.row('db-1 is down').getAttribute('data-section')).toBe('triggered')
    expect(await now.row('db-1 is down').textContent()).toContain('+10')
    await page.screenshot({ path: `${shots}/growth-now.png` })

    await page.keyboard.press('9')
    await page.getByRole('navigation', { name: 'Settings' }).getByText('Grouping').click()
    const rule = page.getByRole('region', { name: 'Growth' })
    await rule.getByText(/P0: pages again at the first alert more/).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/growth-settings.png` })
    expect(complaints).toEqual([])
  })
})
