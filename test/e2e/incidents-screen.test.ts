import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import type { Browser, BrowserContext, Locator } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { opened, valueOf } from '#test/contract/journal-fixtures.ts'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { appendPastIncidents } from '#test/fixtures/past-incidents.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects, layouts } from './accessibility.ts'
import { launchChromium, openPage, type WatchedPage } from './browser.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }
const COUNT = 10_000
/** Of drills: every fiftieth. */
const DRILLS = COUNT / 50

/** The steps of a story about ten thousand past incidents, each on a page of its own. */
describeWith(['chromium'], 'past incidents', () => {
  let home: Home
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    home = makeHome()
    // Asked once: it does not answer, and that is no news while the story lasts.
    home.configure(`me: Ada
notifications: { desktop: false }
sources:
  - type: alertmanager
    name: am-eu
    url: http://127.0.0.1:9
    interval: 1h
`)
    const journal = opened(home.data)
    appendPastIncidents((events) => {
      valueOf(journal.append(events, []))
    }, COUNT)
    journal.close()
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
  ) {
    // Days are days of the reader.
    context = await browser.newContext({ viewport: size, colorScheme, timezoneId: 'UTC' })
    const watched = await openPage(
      context,
      deckwatch.url,
      // The engine is stopped and started: what is under way then fails in one way or another.
      (text) => /WebSocket|net::ERR_(?:CONNECTION_(?:REFUSED|RESET)|EMPTY_RESPONSE)/.test(text),
    )
    const { page } = watched
    await page.getByRole('main').waitFor(PATIENCE)
    await page.keyboard.press('3')
    const screen = {
      count: page.getByText(/^[\d,]+ incidents?$/),
      lines: page.locator('[data-incident]'),
      filter: page.getByRole('textbox', { name: 'Words and labels' }),
      title: page.getByRole('heading', { level: 2 }),
    }
    return { watched, page, screen }
  }
  const caughtUp = (screen: { readonly count: Locator }) =>
    screen.count
      .filter({ hasText: new RegExp(`^${(COUNT - DRILLS).toLocaleString('en-GB')} `) })
      .waitFor(PATIENCE)
  const finished = ({ complaints }: WatchedPage) => {
    expect(complaints).toEqual([])
  }

  it('lists them newest first, and goes to the last one by keyboard', async () => {
    const { watched, page, screen } = await open()
    await caughtUp(screen)
    expect(await screen.lines.first().getAttribute('data-incident')).toBe('past-9999')
    expect(await screen.lines.count()).toBeLessThan(60)
    await page.screenshot({ path: `${shots}/incidents-1280.png` })

    await page.keyboard.press('j')
    await page.locator('[data-incident="past-9999"]:focus').waitFor(PATIENCE)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('PageDown')
    await page.keyboard.press('Home')
    await page.keyboard.press('End')
    await page.locator('[data-incident="past-0"]:focus').waitFor(PATIENCE)
    await page.keyboard.press('Home')
    await page.locator('[data-incident="past-9999"]:focus').waitFor(PATIENCE)
    finished(watched)
  })

  it('filters and opens one by keyboard, with its facts and its timeline, and comes back', async () => {
    const { watched, page, screen } = await open()
    await caughtUp(screen)
    await page.keyboard.press('/')
    await page.keyboard.type('release 4242, service=checkout')
    await page.getByText('1 incident', { exact: true }).waitFor(PATIENCE)
    await page.keyboard.press('Enter')
    await page.locator('[data-incident="past-4242"]:focus').waitFor(PATIENCE)
    await page.keyboard.press('Enter')

    await screen.title
      .filter({ hasText: 'A disk is full in four hours: checkout' })
      .waitFor(PATIENCE)
    const facts = page.getByRole('region', { name: 'Facts' })
    expect(await facts.textContent()).toContain('Closed')
    await page.getByText('Rolled back release 4242, latency is normal again').waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/incident-page-1280.png` })
    expect(await accessibilityDefects(page)).toEqual([])

    const [download] = await Promise.all([
      page.waitForEvent('download', PATIENCE),
      page.keyboard.press('x'),
    ])
    expect(download.suggestedFilename()).toMatch(/-a-disk-is-full-in-four-hours-checkout\.md$/)
    const exported = readFileSync(await download.path(), 'utf8')
    expect(exported).toMatch(/^# A disk is full in four hours: checkout\n/)
    expect(exported).toContain('noted: Rolled back release 4242, latency is normal again\n')

    await page.keyboard.press('Escape')
    await page.locator('[data-incident="past-4242"]:focus').waitFor(PATIENCE)
    expect(await screen.filter.inputValue()).toBe('release 4242, service=checkout')
    finished(watched)
  })

  it('filters by severity, status, labels and days, and says what it does not understand', async () => {
    const { watched, page, screen } = await open()
    await caughtUp(screen)
    const says = (text: string) => page.getByText(text, { exact: true }).waitFor(PATIENCE)
    await page.getByRole('button', { name: 'P0 critical' }).press('Space')
    await says('2,000 incidents')
    await page.getByRole('button', { name: 'Resolved' }).press('Space')
    await says('No matching incidents')
    await page.screenshot({ path: `${shots}/incidents-none-1280.png` })
    await page.getByRole('button', { name: 'Clear filter' }).first().press('Enter')
    await caughtUp(screen)

    await screen.filter.fill('alertname="DiskWillFill", cluster!~"eu-[12]"')
    await says('599 incidents')
    await screen.filter.fill('cluster=~"("')
    await page.getByText('Not a valid regular expression').waitFor(PATIENCE)
    await screen.filter.fill('')
    await page.getByRole('combobox', { name: 'Opened' }).selectOption('Between two days')
    await page.getByLabel('From', { exact: true }).fill('2026-03-02')
    await page.getByLabel('To', { exact: true }).fill('2026-03-02')
    await says('35 incidents')
    finished(watched)
  })

  it('hides drills until they are asked for, and marks them', async () => {
    const { watched, page, screen } = await open()
    await caughtUp(screen)
    await page.getByRole('button', { name: 'Show drills' }).press('Enter')
    await page
      .getByText(`${COUNT.toLocaleString('en-GB')} incidents`, { exact: true })
      .waitFor(PATIENCE)
    const drill = page.locator('[data-incident="past-9957"]')
    await screen.filter.fill('')
    await page.getByRole('grid').evaluate((grid) => {
      grid.scrollTop = 42 * 52
    })
    await drill.waitFor(PATIENCE)
    expect(await drill.textContent()).toContain('Drill')
    finished(watched)
  })

  it.each(layouts)('is usable and accessible in %s at %i × %i', async (scheme, width, height) => {
    const { watched, page, screen } = await open({ width, height }, scheme)
    await caughtUp(screen)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/incidents-${scheme}-${String(width)}.png` })
    await screen.lines.first().press('Enter')
    await page.getByRole('region', { name: 'Facts' }).waitFor(PATIENCE)
    await page.getByText('incident opened').first().waitFor(PATIENCE)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/incident-page-${scheme}-${String(width)}.png` })
    finished(watched)
  })

  it('has room for more on a large screen', async () => {
    const { watched, page, screen } = await open({ width: 1920, height: 1080 }, 'light')
    await caughtUp(screen)
    await page.screenshot({ path: `${shots}/incidents-1920.png` })
    finished(watched)
  })

  it('says how far it is while it is built anew, and keeps what was loaded without its engine', async () => {
    const { watched, page, screen } = await open()
    await caughtUp(screen)
    const { port } = deckwatch
    await deckwatch.stop()
    await page.getByText('Deckwatch is unreachable').waitFor(PATIENCE)
    expect(await screen.lines.count()).toBeGreaterThan(5)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/incidents-offline-1280.png` })

    for (const suffix of ['', '-wal', '-shm']) {
      rmSync(`${home.data}/readings.sqlite${suffix}`, { force: true })
    }
    deckwatch = await startDeckwatch(home, { port })
    await page.getByText('Deckwatch is unreachable').waitFor({ state: 'hidden', ...PATIENCE })
    await caughtUp(screen)
    await page.getByText(/^Catching up/).waitFor({ state: 'hidden', ...PATIENCE })
    finished(watched)
  })
})
