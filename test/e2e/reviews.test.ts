import { mkdirSync, readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { signInLink } from '#electron/host/browser/door/sign-in-page.ts'
import { opened, valueOf } from '#test/contract/journal-fixtures.ts'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { markdownProblems } from '#test/fixtures/markdown-problems.ts'
import { reviewStoryFrom } from '#test/fixtures/review-story.ts'
import { inviteCode } from '#test/fixtures/sign-in.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { launchChromium, openPage } from './browser.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }

/** The steps of one review, in their order: each goes on where the one before ended. */
describeWith(['chromium'], 'the review of an incident', () => {
  let home: Home
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    home = makeHome()
    home.configure(`me: Ada Lovelace
notifications: { desktop: false }
sources:
  - type: alertmanager
    name: am-eu
    url: http://127.0.0.1:9
    interval: 1h
`)
    const journal = opened(home.data)
    // Resolved more than a day ago: its first deadline has passed.
    valueOf(journal.append(reviewStoryFrom(Date.now() - 26 * 3_600_000), []))
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
    context = await browser.newContext({ viewport: size, colorScheme, timezoneId: 'Europe/Berlin' })
    const watched = await openPage(context, deckwatch.url, (text) =>
      /WebSocket|net::ERR_(?:CONNECTION_(?:REFUSED|RESET)|EMPTY_RESPONSE)/.test(text),
    )
    await watched.page.getByRole('main').waitFor(PATIENCE)
    return watched
  }

  /** From wherever one is, by the palette. */
  async function goToReview(page: Page) {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('reviews')
    await page.keyboard.press('Enter')
    await page.locator('main li button:focus').waitFor(PATIENCE)
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Root cause' }).waitFor(PATIENCE)
  }

  const section = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

  it('is recalled by a notice once a deadline is overdue, and drafted from the journal', async () => {
    const { page, complaints } = await open()
    await page.getByText('1 review overdue').waitFor(PATIENCE)
    await goToReview(page)
    await expect
      .poll(() => section(page, 'Root cause').inputValue())
      .toMatch(/retries without a limit/)
    await page.getByText('Drafted from the journal, not saved yet').waitFor()
    await page.locator('[data-citation]').first().waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/review-draft-dark.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('is edited, cited in, given action items, saved and published by keyboard', async () => {
    const { page, complaints } = await open()
    await goToReview(page)
    await section(page, 'Lessons learned').focus()
    await page.keyboard.type('- Retries need a limit. Bo should have known.')
    await page.getByText('“should have”').waitFor()
    // The entry that has the focus is cited where one wrote last.
    await page.getByRole('list').filter({ hasText: 'decided' }).first().waitFor()
    await page.locator('[data-citation*="decided"]').focus()
    await page.keyboard.press('c')
    await page.getByRole('list', { name: 'Cited in Lessons learned' }).waitFor()
    await page.keyboard.press('a')
    await page.keyboard.type('Alert on the length of the queue')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Bo Andersen')
    await page.getByText('Draft kept on this computer').waitFor()
    // Nothing is lost with the page.
    await page.reload()
    await page.getByRole('main').waitFor(PATIENCE)
    await goToReview(page)
    expect(await section(page, 'Lessons learned').inputValue()).toContain('Retries need a limit')
    await page.keyboard.press('Control+s')
    await page.getByText('Saved.', { exact: true }).waitFor(PATIENCE)
    await page.getByRole('button', { name: 'Publish revision 1' }).waitFor(PATIENCE)
    await page.getByRole('button', { name: 'Schedule' }).press('Enter')
    await page.keyboard.press('Enter')
    await page.getByText('Scheduled.', { exact: true }).waitFor(PATIENCE)
    await page.getByRole('button', { name: 'Mark as held' }).press('Enter')
    await page.getByText('Marked as held.').waitFor(PATIENCE)
    await page.getByRole('heading', { level: 2 }).first().focus()
    await page.keyboard.press('t')
    await page.getByRole('button', { name: /Pause/ }).waitFor()
    await page.keyboard.press('n')
    await page.getByText('2 of 6').waitFor()
    await page.keyboard.press('p')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Published: revision 1.').waitFor(PATIENCE)
    await page.getByRole('button', { name: 'Revision 1 is published' }).waitFor(PATIENCE)
    await page.locator('[data-citation]').first().waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/review-published-dark.png` })
    expect(await accessibilityDefects(page)).toEqual([])

    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Markdown' }).press('Enter')
    const file = await (await download).path()
    const markdown = readFileSync(file, 'utf8')
    expect(markdownProblems(markdown)).toEqual([])
    expect(markdown).toContain('Alert on the length of the queue')
    expect(markdown).not.toMatch(/Andersen|Lovelace/)
    const html = page.waitForEvent('download')
    await page.getByRole('button', { name: 'HTML' }).press('Enter')
    const path = await (await html).path()
    await printed(path)
    expect(complaints).toEqual([])
  })

  /** The file as pages of paper: opened with nothing of Deckwatch around it. */
  async function printed(path: string) {
    const page = await context.newPage()
    await page.setContent(readFileSync(path, 'utf8'))
    const pdf = await page.pdf({ path: 'test-results/review.pdf', format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await page.close()
  }

  it('prints the review alone, on paper in the colours of paper', async () => {
    const { page } = await open()
    await page.addInitScript(() => {
      window.print = () => undefined
    })
    await page.reload()
    await page.getByRole('main').waitFor(PATIENCE)
    await goToReview(page)
    await page.getByRole('button', { name: 'PDF' }).press('Enter')
    await page.emulateMedia({ media: 'print' })
    await page.getByRole('heading', { name: /^Post-incident review: Card payments fail/ }).waitFor()
    expect(await page.getByRole('main').isVisible()).toBe(false)
    await page.pdf({ path: 'test-results/review-page.pdf', format: 'A4' })
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await page.emulateMedia({ media: 'screen' })
    expect(await page.getByRole('main').isVisible()).toBe(true)
  })

  it('says who saved meanwhile, and puts both texts together', async () => {
    const { page } = await open()
    await goToReview(page)
    const person = { kind: 'invited', id: 'bo', name: 'Bo Andersen' } as const
    const code = inviteCode(home.data, { person, rights: ['read', 'act'] })
    const elsewhere = await browser.newContext()
    const { page: other } = await openPage(elsewhere, signInLink(deckwatch.port, code))
    await other.getByRole('main').waitFor(PATIENCE)
    await goToReview(other)
    await section(other, 'SLO impact').fill('- 12 % of the error budget')
    await section(page, 'Root cause').fill('- The retry had no limit')
    await other.keyboard.press('Control+s')
    await other.getByText('Saved.', { exact: true }).waitFor(PATIENCE)
    await page.getByText(/Bo Andersen saved revision \d+.*while you were editing/).waitFor(PATIENCE)
    await elsewhere.close()
    await page.screenshot({ path: `${shots}/review-conflict-dark.png` })
    await page.getByRole('button', { name: 'Put both together' }).press('Enter')
    expect(await section(page, 'SLO impact').inputValue()).toBe('- 12 % of the error budget')
    expect(await section(page, 'Root cause').inputValue()).toBe('- The retry had no limit')
    await page.keyboard.press('Control+s')
    await page.getByText('Saved.', { exact: true }).waitFor(PATIENCE)
  })

  it('is edited with Deckwatch gone, and saved when it is back', async () => {
    const { page } = await open()
    await goToReview(page)
    const { port } = deckwatch
    await deckwatch.stop()
    await page
      .getByText(/unreachable/)
      .first()
      .waitFor(PATIENCE)
    await section(page, 'Impact').fill('- Nobody could pay by card')
    await page.keyboard.press('Control+s')
    await page.getByText(/Kept on this computer/).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/review-offline-dark.png` })
    deckwatch = await startDeckwatch(home, { port })
    await page.getByText(/^Saved, revision \d+$/).waitFor(PATIENCE)
  })

  it('is laid out in both themes, on large and zoomed windows', async () => {
    for (const [name, size, theme] of [
      ['large-light', { width: 1920, height: 1080 }, 'light'],
      ['small-light', { width: 1280, height: 800 }, 'light'],
      // 200 % of 1280 × 800.
      ['zoomed-dark', { width: 640, height: 400 }, 'dark'],
    ] as const) {
      const { page } = await open(size, theme)
      await page.keyboard.press('Control+k')
      await page.keyboard.type('reviews')
      await page.keyboard.press('Enter')
      await page.locator('main li button:focus').waitFor(PATIENCE)
      await page.screenshot({ path: `${shots}/reviews-${name}.png` })
      expect(await accessibilityDefects(page)).toEqual([])
      await page.keyboard.press('Enter')
      await section(page, 'Root cause').waitFor(PATIENCE)
      await page.locator('[data-citation]').first().waitFor(PATIENCE)
      await page.screenshot({ path: `${shots}/review-${name}.png` })
      expect(await accessibilityDefects(page)).toEqual([])
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow).toBe(0)
      await context.close()
    }
    context = await browser.newContext()
  })
})
