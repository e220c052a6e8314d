import { mkdirSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { eventSchema } from '#shared/domain/watch/event.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { isOfTheBrowser, launchChromium, openPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'
import { untilInPage } from './until-in-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }
/** What a reload could come between is tried this often in a run. */
const ROUNDS = 5

describeWith('chromium', 'the cockpit with its engine gone', () => {
  let home: Home
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    browser = await launchChromium()
  })
  beforeEach(async () => {
    home = makeHome()
    home.configure('me: ada\nsources:\n  - type: drill\n    seed: 7\n')
    deckwatch = await startDeckwatch(home)
    context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    })
  })
  afterEach(async () => {
    await context.close()
    await deckwatch.stop()
    home.remove()
  })
  afterAll(async () => {
    await browser.close()
  })

  async function open(): Promise<NowPage> {
    const { page } = await openPage(context, deckwatch.url, isOfTheBrowser)
    const now = new NowPage(page)
    await now.row('disk will be full').first().waitFor(PATIENCE)
    return now
  }

  /** Waits until this page can be read without its host: the worker is there, the state is kept. */
  async function untilKept({ page }: NowPage): Promise<void> {
    await untilInPage(page, () => navigator.serviceWorker.ready.then(() => true))
    await untilInPage(page, async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('deckwatch')
        opening.onsuccess = () => {
          resolve(opening.result)
        }
      })
      const rows = await new Promise<unknown>((resolve) => {
        const reading = database.transaction('entities').objectStore('entities').getAll()
        reading.onsuccess = () => {
          resolve(reading.result)
        }
      })
      database.close()
      return JSON.stringify(rows).includes('disk will be full')
    })
  }

  /** How often the journal holds events of these types of the incident with this title. */
  function journaled(type: string): number {
    const database = new DatabaseSync(join(home.data, 'journal.sqlite'), { readOnly: true })
    try {
      const row = database.prepare(`SELECT count(*) AS count FROM events WHERE type = ?`).get(type)
      return Number(row?.['count'])
    } finally {
      database.close()
    }
  }

  /** When each event of this type was recorded and, where the journal knows it, said. */
  function timesOf(type: string): { readonly at: number; readonly saidAt: number | undefined }[] {
    const database = new DatabaseSync(join(home.data, 'journal.sqlite'), { readOnly: true })
    try {
      const rows = database.prepare(`SELECT at, body FROM events WHERE type = ?`).all(type)
      return rows.map(({ at, body }) => {
        const { actor } = eventSchema.pick({ actor: true }).parse(JSON.parse(String(body)))
        return { at: Number(at), saidAt: actor.kind === 'person' ? actor.saidAt : undefined }
      })
    } finally {
      database.close()
    }
  }

  it('is read after a reload, takes commands, and delivers each once when the engine is back', async () => {
    const now = await open()
    const { page } = now
    await now.row('disk will be full').first().click()
    await now.timeline.first().waitFor(PATIENCE)
    await now.note.fill('asked the payment provider, no ans')
    await untilKept(now)
    const { port } = deckwatch
    await deckwatch.kill()
    await now.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    // Only now: the drill may have shown another incident up to its end.
    const rows = await now.queue.count()

    await page.reload()
    await now.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    expect(page.url()).not.toContain('sign-in=')
    await now.row('disk will be full').first().waitFor(PATIENCE)
    expect(await now.queue.count()).toBe(rows)
    await now.row('disk will be full').first().click()
    await page.getByText(/as of \d\d:\d\d \(\d+s ago\)/).waitFor(PATIENCE)
    await now.timeline.first().waitFor(PATIENCE)
    await expect
      .poll(() => now.note.inputValue(), PATIENCE)
      .toBe('asked the payment provider, no ans')

    const beforeKey = Date.now()
    await page.keyboard.press('a')
    const waiting = page.getByRole('list', { name: 'Queued for this incident' })
    await waiting.getByText(/Acknowledge queued \d\d:\d\d/).waitFor(PATIENCE)
    const afterKey = Date.now()
    await now.row('disk will be full').first().getByText('queued').waitFor(PATIENCE)
    await page.keyboard.press('n')
    await page.keyboard.type('wer')
    await page.keyboard.press('Enter')
    await waiting.getByText('asked the payment provider, no answer').waitFor(PATIENCE)
    // Still not acknowledged: what waits is shown as waiting.
    await page.getByText(/unacknowledged/).waitFor(PATIENCE)
    await page.keyboard.press('Escape')
    await page.keyboard.press('a')
    await page.getByText('Already queued.').first().waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/offline-waiting.png` })
    expect(await accessibilityDefects(page)).toEqual([])

    // A second reload loses nothing of it.
    await page.reload()
    await page.getByRole('list', { name: '2 queued commands' }).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/offline-reloaded.png` })

    deckwatch = await startDeckwatch(home, { port })
    await now.notice(/Connection to Deckwatch lost at/).waitFor({ state: 'hidden', ...PATIENCE })
    // It moves among the acknowledged ones as it is delivered: a press before that may hit another.
    await now
      .row('disk will be full')
      .filter({ hasText: /acknowledged by you/i })
      .first()
      .waitFor(PATIENCE)
    await now.row('disk will be full').first().click()
    await now.title.filter({ hasText: 'disk will be full' }).waitFor(PATIENCE)
    await page
      .getByText(/Acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
    await now.timeline.filter({ hasText: 'no answer' }).waitFor(PATIENCE)
    await waiting.waitFor({ state: 'hidden', ...PATIENCE })
    expect(journaled('incident.acknowledged')).toBe(1)
    expect(journaled('incident.noted')).toBe(1)
    expect(await now.queue.filter({ hasText: 'queued' }).count()).toBe(0)

    // Recorded now, and said then.
    const [acknowledged] = timesOf('incident.acknowledged')
    expect(acknowledged?.saidAt).toBeGreaterThanOrEqual(beforeKey)
    expect(acknowledged?.saidAt).toBeLessThanOrEqual(afterKey)
    expect(acknowledged?.at).toBeGreaterThan(afterKey)
    const line = now.timeline.filter({ hasText: /You acknowledged/ })
    await line.getByText(/delivered \d\d:\d\d:\d\d/).waitFor(PATIENCE)
    const shown = await line
      .locator('time')
      .evaluateAll((times) => times.map((time) => Date.parse(time.getAttribute('datetime') ?? '')))
    expect(shown).toEqual([acknowledged?.saidAt, acknowledged?.at])
    await page.screenshot({ path: `${shots}/offline-delivered.png` })
  })

  it('survives a connection that freezes without closing: what was on its way is recorded once', async () => {
    const now = await open()
    const { page } = now
    await untilKept(now)
    await now.row('disk will be full').first().click()
    await context.setOffline(true)
    // The socket is frozen and nobody knows yet.
    await page.keyboard.press('a')
    await now.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    const waiting = page.getByRole('list', { name: 'Queued for this incident' })
    await waiting.getByText(/Acknowledge queued/).waitFor(PATIENCE)
    await waiting.getByText(/may be recorded already/).waitFor(PATIENCE)
    await page.keyboard.press('s')
    await page.keyboard.press('1')
    await waiting.getByText(/Snooze until .*\d\d:\d\d queued/).waitFor(PATIENCE)
    await waiting.getByRole('button', { name: /^Cancel: Snooze/ }).click()
    await waiting.getByText(/Snooze until/).waitFor({ state: 'hidden', ...PATIENCE })
    await page.reload()
    await now.row('disk will be full').first().click()
    await waiting.getByText(/Acknowledge queued/).waitFor(PATIENCE)

    await context.setOffline(false)
    await page
      .getByText(/Acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
    await waiting.waitFor({ state: 'hidden', ...PATIENCE })
    // What is being sent is no longer shown as waiting, though it is not recorded yet.
    await expect.poll(() => journaled('incident.acknowledged'), PATIENCE).toBe(1)
    expect(journaled('incident.snoozed')).toBe(0)
  })

  it('shows after a reload what it showed before, however soon that comes', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      // Each in a profile that has never heard of the engine.
      const fresh = await browser.newContext({ reducedMotion: 'reduce' })
      const { page } = await openPage(fresh, deckwatch.url, isOfTheBrowser)
      const now = new NowPage(page)
      await now.row('disk will be full').first().waitFor(PATIENCE)
      await untilInPage(page, () => navigator.serviceWorker.ready.then(() => true))
      // Selected by hand: a new P0 of the drill must not change which incident the draft is of.
      await now.row('disk will be full').first().click()
      await now.note.fill(`round ${String(round)}`)
      await fresh.setOffline(true)
      const shown = await now.queue.count()
      await page.reload()
      await now.row('disk will be full').first().waitFor(PATIENCE)
      expect(await now.queue.count()).toBe(shown)
      await now.row('disk will be full').first().click()
      // The draft is read back beside the state, not before it.
      await expect.poll(() => now.note.inputValue(), PATIENCE).toBe(`round ${String(round)}`)
      // Again, before this page has kept anything of it.
      await page.reload()
      await now.row('disk will be full').first().waitFor(PATIENCE)
      await fresh.close()
    }
  })

  it('shows a command as waiting, and as taken back, only when a reload says the same', async () => {
    const now = await open()
    const { page } = now
    await untilKept(now)
    await now.row('disk will be full').first().click()
    await context.setOffline(true)
    await page.keyboard.press('a')
    const waiting = page.getByRole('list', { name: 'Queued for this incident' })
    const acknowledge = waiting.getByText(/Acknowledge queued/)
    await acknowledge.waitFor(PATIENCE)
    const snooze = waiting.getByText(/Snooze until .* queued/)
    const reload = async () => {
      await page.reload()
      await now.row('disk will be full').first().click()
      await acknowledge.waitFor(PATIENCE)
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.keyboard.press('s')
      await page.keyboard.press('1')
      await snooze.waitFor(PATIENCE)
      await reload()
      await snooze.waitFor(PATIENCE)
      await waiting.getByRole('button', { name: /^Cancel: Snooze/ }).click()
      await snooze.waitFor({ state: 'hidden', ...PATIENCE })
      await reload()
      expect(await snooze.count()).toBe(0)
    }
    await context.setOffline(false)
    await waiting.waitFor({ state: 'hidden', ...PATIENCE })
    // While it is on its way it is queued no longer, and not recorded yet.
    await expect.poll(() => journaled('incident.acknowledged'), PATIENCE).toBe(1)
    expect(journaled('incident.snoozed')).toBe(0)
  })

  it('shows in all tabs what was rejected and why, until a person has seen it', async () => {
    const now = await open()
    const other = await open()
    await now.row('disk will be full').first().click()
    await context.setOffline(true)
    await now.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    await now.page.keyboard.press('a')
    await other
      .notice(/Connection to Deckwatch lost at/)
      .getByRole('list', { name: '1 queued command' })
      .waitFor(PATIENCE)

    // Meanwhile a colleague with a connection resolves it.
    const elsewhere = await browser.newContext()
    const colleague = new NowPage((await openPage(elsewhere, deckwatch.url)).page)
    await colleague.row('disk will be full').first().click()
    await colleague.page.keyboard.press('r')
    await colleague.dialog.getByRole('button', { name: 'Resolve anyway' }).click()
    await colleague.timeline.filter({ hasText: 'resolved the incident; ' }).waitFor(PATIENCE)
    await elsewhere.close()

    await context.setOffline(false)
    const refused = /1 queued command refused/
    await now
      .notice(refused)
      .getByText(/This incident is resolved/)
      .waitFor(PATIENCE)
    await other.notice(refused).waitFor(PATIENCE)
    await now.page.screenshot({ path: `${shots}/offline-rejected.png` })
    expect(await accessibilityDefects(now.page)).toEqual([])
    await now.page.reload()
    await now
      .notice(refused)
      .getByRole('button', { name: /^Dismiss: Acknowledge/ })
      .click()
    await now.notice(refused).waitFor({ state: 'hidden', ...PATIENCE })
    await other.notice(refused).waitFor({ state: 'hidden', ...PATIENCE })
    expect(journaled('incident.acknowledged')).toBe(0)
  })

  it('delivers what two tabs gave once each, and outlives a tab of a newer version', async () => {
    const now = await open()
    const other = await open()
    await untilKept(now)
    const { port } = deckwatch
    await deckwatch.kill()
    await now.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    await now.row('disk will be full').first().click()
    await now.page.keyboard.press('a')
    await other.row('disk will be full').first().click()
    const waiting = other.page.getByRole('list', { name: 'Queued for this incident' })
    await waiting.getByText(/Acknowledge queued/).waitFor(PATIENCE)
    await other.note.fill('seen from the second tab')
    await other.note.press('Enter')
    await now.page.getByText('seen from the second tab').first().waitFor(PATIENCE)

    deckwatch = await startDeckwatch(home, { port })
    for (const { page } of [now, other]) {
      await page
        .getByText(/Acknowledged by you/i)
        .first()
        .waitFor(PATIENCE)
      await page
        .getByRole('list', { name: 'Queued for this incident' })
        .waitFor({ state: 'hidden', ...PATIENCE })
    }
    expect(journaled('incident.acknowledged')).toBe(1)
    expect(journaled('incident.noted')).toBe(1)

    await other.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('deckwatch', 999)
          opening.onsuccess = () => {
            opening.result.close()
            resolve()
          }
        }),
    )
    const words = now.page.getByText('A newer Deckwatch is open in another tab')
    await words.waitFor({ state: 'attached', ...PATIENCE })
    await now.showNotices()
    await words.waitFor(PATIENCE)
    await now.page.keyboard.press('u')
    await now.timeline.filter({ hasText: 'unacknowledged' }).waitFor(PATIENCE)
  })

  it('tells nothing to another Deckwatch in the place of its own, and goes on when signed in anew', async () => {
    const now = await open()
    await untilKept(now)
    const { port } = deckwatch
    await deckwatch.kill()
    rmSync(join(home.data, 'sign-in'), { recursive: true })
    deckwatch = await startDeckwatch(home, { port })
    await now.notice('Another program answers at this address').waitFor(PATIENCE)
    await now.row('disk will be full').first().click()
    await now.page.keyboard.press('a')
    await now.page.screenshot({ path: `${shots}/offline-key.png` })
    await now.page.goto(deckwatch.url.replace('&optional=1', ''))
    await now.page.getByRole('button', { name: 'Use the link' }).click()
    await now.row('disk will be full').first().click()
    await now.page
      .getByText(/Acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
    expect(journaled('incident.acknowledged')).toBe(1)
  })

  it('says that nothing is known where nothing was kept', async () => {
    const now = await open()
    await untilKept(now)
    await deckwatch.kill()
    await now.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    await now.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          indexedDB.deleteDatabase('deckwatch').onsuccess = () => {
            resolve()
          }
        }),
    )
    await now.page.reload()
    await now.notice('Deckwatch unreachable').waitFor(PATIENCE)
    await now.page.getByText('No data yet').first().waitFor(PATIENCE)
    expect(await now.queue.count()).toBe(0)
    await now.page.screenshot({ path: `${shots}/offline-empty.png` })
    expect(await accessibilityDefects(now.page)).toEqual([])
  })

  it('works where the browser keeps nothing, and says so', async () => {
    await context.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', { value: undefined })
    })
    const now = await open()
    // It may stand behind another one: on a machine without a desktop notifications fail, too.
    const storage = now.page.getByRole('region', {
      name: 'Browser storage unavailable',
      includeHidden: true,
    })
    await storage.waitFor({ ...PATIENCE, state: 'attached' })
    if (!(await storage.isVisible())) {
      await now.page.getByRole('button', { name: /more notice/ }).click()
    }
    await storage.waitFor(PATIENCE)
    await now.row('disk will be full').first().click()
    await context.setOffline(true)
    await now.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    await now.page.keyboard.press('a')
    const waiting = now.page.getByRole('list', { name: 'Queued for this incident' })
    await waiting.waitFor(PATIENCE)
    await context.setOffline(false)
    await now.page
      .getByText(/Acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
    expect(journaled('incident.acknowledged')).toBe(1)
  })
})
