import { mkdirSync, readFileSync } from 'node:fs'
import type { Browser, BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { launchChromium, openPage, type WatchedPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'
import { SettingsPage } from './pages/settings-page.ts'

const PATIENCE = { timeout: 30_000 }
const shots = 'test-results/screenshots'

describeWith('chromium', 'the command palette, the keys and the first steps', () => {
  let home: Home
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let context: BrowserContext
  let watched: WatchedPage
  let settings: SettingsPage
  let now: NowPage

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    home = makeHome()
    deckwatch = await startDeckwatch(home)
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await deckwatch.stop()
    home.remove()
  })
  beforeEach(async () => {
    context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
    })
    watched = await openPage(context, deckwatch.url)
    settings = new SettingsPage(watched.page)
    now = new NowPage(watched.page)
    await now.queue.first().waitFor(PATIENCE)
  })
  afterEach(async () => {
    expect(watched.complaints).toEqual([])
    await context.close()
  })

  const focused = () => watched.page.evaluate(() => document.activeElement?.id ?? '')

  it('opens from a text field, is read out as a combobox, and gives the focus back', async () => {
    const { keyboard } = watched.page
    await keyboard.press('n')
    await keyboard.type('half a note')
    expect(await focused()).toBe('note')
    await keyboard.press('Control+k')
    await settings.search.waitFor()
    expect(await accessibilityDefects(watched.page)).toEqual([])
    await watched.page.screenshot({ path: `${shots}/palette-light-1280.png` })
    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowDown')
    const active = await settings.search.getAttribute('aria-activedescendant')
    expect(
      await settings.palette.locator('[role=option][aria-selected=true]').getAttribute('id'),
    ).toBe(active)
    await keyboard.press('Escape')
    await settings.palette.waitFor({ state: 'hidden' })
    expect(await focused()).toBe('note')
    expect(await now.note.inputValue()).toBe('half a note')

    await keyboard.press('Control+k')
    await settings.search.waitFor()
    await keyboard.press('Control+k')
    await settings.palette.waitFor({ state: 'hidden' })
    expect(await focused()).toBe('note')
  })

  it('acknowledges, finds an incident by a label, and goes to it from another screen', async () => {
    await settings.command('acknowl', 'Acknowledge')
    await watched.page
      .getByText(/acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
    await settings.command('filter', /^Filter: /)
    await watched.page.getByRole('main', { name: 'Alerts' }).waitFor()
    await settings.command('settings notif', 'Settings: Notifications')
    await settings.main.getByRole('heading', { name: 'Notifications' }).waitFor()
    const title = 'A search disk will be full'
    await settings.command('service=search disk', title)
    await now.title.filter({ hasText: title }).waitFor(PATIENCE)
  })

  it('copies an incident as text for a chat, and exports its timeline, saying that it is a drill', async () => {
    const { page } = watched
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await now.queue.first().click()
    await settings.command('slack', 'Copy text for a chat')
    const timeline = page.getByRole('region', { name: 'Timeline' })
    await timeline.getByText('Copied as text').waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/copied-light-1280.png` })
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toMatch(/^DRILL, not a real incident\. P\d \w+: .+\nSince \d{4}-/)
    expect(copied).toMatch(/\nIn Deckwatch: deckwatch:\/\/incident\/\S+$/)

    const [download] = await Promise.all([
      page.waitForEvent('download', PATIENCE),
      page.keyboard.press('z'),
    ])
    expect(download.suggestedFilename()).toMatch(
      /^deckwatch-drill-\d{4}-\d\d-\d\d-[a-z0-9-]+\.json$/,
    )
    await timeline.getByText(/^Download started: deckwatch-drill-/).waitFor(PATIENCE)
    expect(await accessibilityDefects(page)).toEqual([])
    const exported: unknown = JSON.parse(readFileSync(await download.path(), 'utf8'))
    expect(exported).toMatchObject({
      format: 'deckwatch-incident',
      version: 1,
      incident: { isDrill: true },
      timeline: { isComplete: true },
    })
  })

  it('says why something cannot be done, and stays open', async () => {
    await watched.page.keyboard.press('Control+k')
    await settings.search.fill('end do not disturb')
    await settings.option('End do not disturb').getByText('Do not disturb is off').waitFor()
    expect(await settings.option('End do not disturb').first().getAttribute('aria-disabled')).toBe(
      'true',
    )
    await watched.page.keyboard.press('Enter')
    await watched.page.getByText('Not now: Do not disturb is off').waitFor({ state: 'attached' })
    expect(await settings.palette.count()).toBe(1)
    await settings.search.fill('no such thing anywhere')
    await settings.palette.getByText(/No results/).waitFor()
    await watched.page.keyboard.press('Escape')

    await settings.command('disturb 1 hour', 'Do not disturb: For 1 hour')
    await watched.page.keyboard.press('Control+k')
    await settings.search.fill('end disturb')
    await settings.palette.locator('[role=option][aria-disabled=false]').first().waitFor(PATIENCE)
    await watched.page.keyboard.press('Enter')
    await settings.palette.waitFor({ state: 'hidden' })
    await watched.page.keyboard.press('Control+k')
    await settings.search.fill('end disturb')
    await settings.option('Do not disturb is off').waitFor(PATIENCE)
  })

  it('opens the keys, grouped by screen, and the focus returns from there', async () => {
    const incident = () =>
      watched.page.evaluate(() => document.activeElement?.getAttribute('data-incident'))
    await now.queue.first().click()
    const before = await incident()
    expect(before).toBeTruthy()
    await settings.command('keyboard shortcuts')
    const sheet = watched.page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    for (const group of ['On Now', 'On Alerts', 'Everywhere']) {
      await sheet.getByRole('region', { name: group }).waitFor()
    }
    expect(await accessibilityDefects(watched.page)).toEqual([])
    await watched.page.screenshot({ path: `${shots}/shortcuts-light-1280.png` })
    await watched.page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
    await expect.poll(incident).toBe(before)
  })

  it('changes the theme, steers the drill, and brings the closed guide back', async () => {
    await settings.command('dark', 'Dark theme')
    await watched.page.locator(':root[data-mantine-color-scheme=dark]').waitFor()
    await settings.command('pause drill', 'Pause the drill')
    await watched.page.getByRole('button', { name: 'Resume the drill' }).waitFor(PATIENCE)
    await settings.command('resume drill', 'Resume the drill')
    await watched.page.getByRole('button', { name: 'Pause the drill' }).waitFor(PATIENCE)

    await settings.guide.getByRole('button', { name: 'Close the first steps' }).click()
    await settings.guide.waitFor({ state: 'hidden' })
    await watched.page.reload()
    await now.queue.first().waitFor(PATIENCE)
    expect(await settings.guide.count()).toBe(0)
    await settings.command('first steps')
    await settings.guide.waitFor()
    await settings.guide.getByRole('button', { name: 'Send a test notification' }).click()
    await settings.guide.getByText(/Did you see it|Test notification failed/i).waitFor(PATIENCE)
  })
})
