import { mkdirSync } from 'node:fs'
import type { Browser, BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects, layouts } from './accessibility.ts'
import { launchChromium, openPage, type WatchedPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }

describeWith('chromium', 'the drill in the cockpit', () => {
  let home: Home
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    home = makeHome()
    home.configure('me: ada\nsources:\n  - type: drill\n    seed: 7\n')
    deckwatch = await startDeckwatch(home)
    browser = await launchChromium()
  })
  afterEach(async () => {
    await context.close()
  })
  afterAll(async () => {
    await browser.close()
    await deckwatch.stop()
    home.remove()
  })

  async function open(
    size: { width: number; height: number } = { width: 1280, height: 800 },
    colorScheme: 'dark' | 'light' = 'dark',
  ): Promise<{ watched: WatchedPage; now: NowPage }> {
    context = await browser.newContext({ viewport: size, colorScheme, reducedMotion: 'reduce' })
    const watched = await openPage(context, deckwatch.url)
    return { watched, now: new NowPage(watched.page) }
  }

  it('goes from page to resolve by keyboard alone', async () => {
    const { watched, now } = await open()
    const { keyboard } = now.page
    await now.row('Checkout').first().waitFor(PATIENCE)
    expect(now.page.url()).not.toContain('sign-in=')

    // The most urgent incident is in view without any key; j and k walk the queue.
    for (let steps = 0; steps < 10; steps += 1) await keyboard.press('k')
    for (let steps = 0; steps < 20; steps += 1) {
      if ((await now.title.textContent())?.includes('Checkout')) break
      await keyboard.press('j')
    }
    const title = (await now.title.textContent()) ?? ''
    expect(title).toContain('Checkout')

    await keyboard.press('a')
    await now.page
      .getByText(/acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)

    await keyboard.press('n')
    await keyboard.type('Rolling back checkout-api')
    await keyboard.press('Enter')
    await now.timeline.filter({ hasText: 'Rolling back checkout-api' }).waitFor(PATIENCE)
    await keyboard.press('Escape')

    await keyboard.press('w')
    await now.dialog.getByText('acknowledged the incident').waitFor(PATIENCE)
    await keyboard.press('Escape')
    await now.dialog.waitFor({ state: 'hidden' })

    await keyboard.press('u')
    await now.timeline.filter({ hasText: 'unacknowledged' }).waitFor(PATIENCE)
    await keyboard.press('a')
    await now.page
      .getByText(/acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)

    await keyboard.press('r')
    await now.dialog
      .getByText(/still fire/)
      .first()
      .waitFor(PATIENCE)
    await keyboard.press('Tab')
    await keyboard.press('Enter')
    await now.timeline.filter({ hasText: 'resolved the incident; ' }).waitFor(PATIENCE)
    await keyboard.press('o')
    await now.timeline.filter({ hasText: 'reopened' }).waitFor(PATIENCE)
    expect(await now.title.textContent()).toBe(title)
    expect(watched.complaints).toEqual([])
  })

  it('snoozes by keyboard and ends the snooze', async () => {
    const { watched, now } = await open()
    const { keyboard } = now.page
    await now.row('disk').first().waitFor(PATIENCE)
    await now.row('disk').first().click()
    await keyboard.press('s')
    await keyboard.press('1')
    await now.timeline.filter({ hasText: 'snoozed the incident until' }).waitFor(PATIENCE)
    await keyboard.press('s')
    await now.timeline.filter({ hasText: 'unsnoozed' }).waitFor(PATIENCE)
    expect(watched.complaints).toEqual([])
  })

  it('never takes the digits for a snooze menu that is out of sight', async () => {
    const { now } = await open({ width: 640, height: 400 })
    const { keyboard } = now.page
    await now.row('disk').first().click()
    await keyboard.press('q')
    await now.page.locator('[data-incident]:focus').waitFor()
    await keyboard.press('s')
    const choice = now.page.getByRole('menuitem').first()
    await choice.waitFor(PATIENCE)
    const box = await choice.boundingBox()
    expect(box?.y).toBeGreaterThanOrEqual(0)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(400)
    await keyboard.press('Escape')
    await choice.waitFor({ state: 'hidden' })
    await keyboard.press('2')
    await now.page.getByRole('grid').waitFor(PATIENCE)
  })

  for (const [scheme, width, height] of layouts) {
    it(`has no accessibility defect in ${scheme} at ${String(width)}×${String(height)}`, async () => {
      const { watched, now } = await open({ width, height }, scheme)
      await now.queue.first().waitFor(PATIENCE)
      await now.title.waitFor(PATIENCE)
      await now.timeline.first().waitFor(PATIENCE)
      const path = `${shots}/now-${scheme}-${String(width)}.png`
      await now.page.screenshot({ path })
      expect(await accessibilityDefects(now.page)).toEqual([])

      await now.page.getByRole('button', { name: /^Notifications:/ }).click()
      await now.page.getByRole('menuitem').first().waitFor(PATIENCE)
      expect(await accessibilityDefects(now.page)).toEqual([])
      await now.page.keyboard.press('Escape')
      await now.page.getByRole('menu').waitFor({ state: 'hidden' })

      await now.row(/./).first().click()
      await now.page.keyboard.press('w')
      await now.dialog.getByRole('list').or(now.dialog.getByRole('table')).first().waitFor(PATIENCE)
      expect(await accessibilityDefects(now.page)).toEqual([])
      expect(watched.complaints).toEqual([])
    })
  }

  it('shows the same to two cockpits, and an action of one to the other', async () => {
    const { now } = await open()
    const second = await openPage(context, deckwatch.url)
    const other = new NowPage(second.page)
    await now.row('Card payments').first().waitFor(PATIENCE)
    await now.row('Card payments').first().click()
    await other.row('Card payments').first().click()
    await now.page.keyboard.press('a')
    await other.page
      .getByText(/acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
  })

  it('says since when the engine is lost, asks it nothing meanwhile, and finds back', async () => {
    const { now } = await open()
    await now.queue.first().waitFor(PATIENCE)
    const { port } = deckwatch
    await deckwatch.kill()
    await now.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    await now.page.screenshot({ path: `${shots}/engine-lost.png` })
    const why = now.page.getByRole('button', { name: /^Decision log(?! of)/ })
    expect(await why.getAttribute('aria-disabled')).toBe('true')
    expect(await why.getAttribute('title')).toContain('Deckwatch unreachable')
    deckwatch = await startDeckwatch(home, { port })
    await now.notice(/Connection to Deckwatch lost at/).waitFor({ state: 'hidden', ...PATIENCE })
    await now.queue.first().waitFor(PATIENCE)
  })
})
