import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { encodePng } from '#test/fixtures/png.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects, layouts } from './accessibility.ts'
import { isOfTheBrowser, openPage } from './browser.ts'
import { startDesk, type Desk } from './desk.ts'
import { NowPage } from './pages/now-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }
const HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>'

/** A picture with something in it. */
function picture(): Buffer {
  const [width, height] = [320, 120]
  const data = Buffer.alloc(width * height * 4, 0xff)
  for (let x = 0; x < width; x += 1) {
    const y = Math.round(height / 2 + (Math.sin(x / 15) * height) / 3)
    data.set([0xd0, 0x40, 0x20, 0xff], (y * width + x) * 4)
  }
  return encodePng({ width, height, data, notes: {} })
}

describeWith(['chromium', 'alertmanager'], 'the timeline', () => {
  let desk: Desk
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    desk = await startDesk({
      alerts: [
        {
          labels: { alertname: 'PaymentsFail', severity: 'critical', service: 'payments' },
          annotations: { summary: 'Payments fail' },
        },
        {
          labels: { alertname: 'SearchSlow', severity: 'high', service: 'search' },
          annotations: { summary: 'Search is slow' },
        },
      ],
    })
  })
  afterEach(async () => {
    await context.close()
  })
  afterAll(async () => {
    await desk.stop()
  })

  async function open(
    title: string,
    size = { width: 1280, height: 800 },
    colorScheme: 'dark' | 'light' = 'dark',
  ) {
    context = await desk.browser.newContext({
      viewport: size,
      colorScheme,
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    })
    const watched = await openPage(context, desk.deckwatch.url, isOfTheBrowser)
    const now = new NowPage(watched.page)
    await now.row(title).click(PATIENCE)
    await now.timeline.first().waitFor(PATIENCE)
    return { ...watched, now }
  }

  /** Pastes a file into what has the focus, as the system's clipboard would. */
  function paste(page: Page, { bytes, type }: { bytes: number | string; type: string }) {
    return page.evaluate(
      ({ content, kind }) => {
        const part =
          typeof content === 'number'
            ? new Uint8Array(content)
            : Uint8Array.from(atob(content), (char) => char.charCodeAt(0))
        const clipboardData = new DataTransfer()
        clipboardData.items.add(new File([part], 'image.png', { type: kind }))
        document.activeElement?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        )
      },
      { content: bytes, kind: type },
    )
  }

  it('is written, starred, corrected, searched and exported by keyboard', async () => {
    const { page, now, complaints } = await open('Payments fail')
    const line = (text: string | RegExp) => now.timeline.filter({ hasText: text })

    await page.keyboard.press('n')
    await page.keyboard.type(`Rolled back ${HOSTILE}`)
    await page.keyboard.press('Enter')
    await line('Rolled back').waitFor(PATIENCE)
    await page.keyboard.press('Escape')

    // What happened earlier stands where it happened, and says when it was added.
    await page.keyboard.press('e')
    await now.dialog.waitFor()
    await page.keyboard.type('Customers called the hotline')
    const when = now.dialog.getByLabel('When')
    const opened = await when.inputValue()
    const early = `${opened.slice(0, 11)}${opened.slice(11) > '00:30' ? '00:10' : opened.slice(11)}`
    await when.fill('2031-01-01T00:00')
    await page.keyboard.press('Enter')
    await now.dialog.getByText('This time lies in the future').waitFor()
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/timeline-future.png` })
    await when.fill(early)
    await page.keyboard.press('Enter')
    await now.dialog.waitFor({ state: 'hidden' })
    await line(/Customers called the hotline.*added \d\d:\d\d:\d\d$/).waitFor(PATIENCE)
    expect(await line('Customers called').textContent()).toMatch(
      new RegExp(`^${early.slice(11)}You noted`),
    )
    expect(await now.timeline.first().textContent()).toContain('Customers called')

    // Arrows lead from the newest entry to the note; it is starred and corrected.
    await page.keyboard.press('l')
    await page.getByRole('searchbox', { name: 'Words in the timeline' }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('[data-entry]:focus').waitFor()
    const focused = page.locator('[data-entry]:focus')
    await expect
      .poll(async () => {
        const text = await focused.textContent()
        if (text?.includes('You noted Rolled back') !== true) await page.keyboard.press('ArrowUp')
        return text
      }, PATIENCE)
      .toContain('You noted Rolled back')
    await page.keyboard.press('*')
    await line(/^.*Starred: You noted Rolled back/).waitFor(PATIENCE)
    await page.keyboard.press('Enter')
    await now.dialog.waitFor()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(`Rolled back to v2 ${HOSTILE}`)
    await page.keyboard.press('Enter')
    await line(/corrected by you/).waitFor(PATIENCE)
    expect(await line('Starred: ').locator('del').textContent()).toBe(`Rolled back ${HOSTILE}`)
    // The dialog gives the focus back to the entry.
    await page.locator('[data-entry]:focus').waitFor()
    await page.screenshot({ path: `${shots}/timeline-corrected.png` })
    expect(await accessibilityDefects(page)).toEqual([])

    await page.keyboard.press('l')
    await page.keyboard.type('HOTLINE')
    await page.getByText(/^1 of \d+ entries$/).waitFor()
    expect(await now.timeline.count()).toBe(1)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    await page.keyboard.press('S')
    await page.getByText(/^1 of \d+ entries$/).waitFor()
    expect(await now.timeline.allTextContents()).toEqual([expect.stringContaining('Starred: ')])
    await page.keyboard.press('Escape')
    await page.locator('[data-incident]:focus').waitFor()

    expect(await page.title()).not.toMatch(/^[12]$/)
    expect(complaints).toEqual([])
  })

  it('takes images: what is too large or none stays out, the rest is shown, kept and exported', async () => {
    const { page, now, complaints } = await open('Search is slow', undefined, 'light')
    const before = await now.timeline.count()
    await now.goToQueue()
    await paste(page, { bytes: 20 * 1024 * 1024, type: 'image/png' })
    await now.dialog
      .getByText('This image is 20 MiB; the limit is 10 MiB. Nothing was added.')
      .waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/timeline-20-mib.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    await page.keyboard.press('Escape')
    await now.dialog.waitFor({ state: 'hidden' })
    await now.goToQueue()
    const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=3"/>`)
    await paste(page, { bytes: svg.toString('base64'), type: 'image/svg+xml' })
    await now.dialog.getByText('Only PNG, JPEG, WebP and GIF images can be added').waitFor(PATIENCE)
    // What is pasted into the form is taken too.
    await paste(page, { bytes: picture().toString('base64'), type: 'image/png' })
    await now.dialog.getByLabel('Caption (optional)').waitFor(PATIENCE)
    await page.keyboard.type(`Latency ${HOSTILE}`)
    await page.screenshot({ path: `${shots}/timeline-image-form.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    await page.keyboard.press('Enter')
    await now.dialog.waitFor({ state: 'hidden' })
    const shown = now.timeline.filter({ hasText: 'added an image: Latency' })
    await shown.locator('img').waitFor(PATIENCE)
    expect(await now.timeline.count()).toBe(before + 1)
    await page.screenshot({ path: `${shots}/timeline-image.png` })

    // It opens large from its entry.
    await page.keyboard.press('l')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    const large = now.dialog.getByRole('img', { name: 'Latency' })
    await large.waitFor(PATIENCE)
    expect(
      await large.evaluate((image: HTMLImageElement) =>
        image.decode().then(() => image.naturalWidth),
      ),
    ).toBe(320)
    await page.screenshot({ path: `${shots}/timeline-image-large.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    await page.keyboard.press('Escape')
    await now.dialog.waitFor({ state: 'hidden' })

    // As somebody who opens the file: with nothing around it.
    const [download] = await Promise.all([
      page.waitForEvent('download', PATIENCE),
      page.keyboard.press(';'),
    ])
    expect(download.suggestedFilename()).toMatch(/-search-is-slow\.html$/)
    const file = join(dirname(desk.home.config), download.suggestedFilename())
    writeFileSync(file, readFileSync(await download.path()))
    const reader = await context.newPage()
    const asked: string[] = []
    reader.on('request', (request) => asked.push(new URL(request.url()).protocol))
    await reader.goto(`file://${file}`)
    const exported = reader.locator('img')
    expect(
      await exported.evaluate((image: HTMLImageElement) =>
        image.decode().then(() => image.naturalWidth),
      ),
    ).toBe(320)
    expect(await reader.title()).toBe('Search is slow')
    expect(asked).toEqual(['file:'])
    await reader.screenshot({ path: `${shots}/timeline-html.png`, fullPage: true })
    await reader.close()

    expect(await page.title()).not.toMatch(/^[123]$/)
    expect(complaints).toEqual([])
  })

  it('keeps an image in the form while the engine is away, and takes it afterwards', async () => {
    const { page, now } = await open('Search is slow')
    await now.goToQueue()
    await paste(page, { bytes: picture().toString('base64'), type: 'image/png' })
    await now.dialog.getByLabel('Caption (optional)').waitFor(PATIENCE)
    await page.keyboard.type('After the outage')
    await context.setOffline(true)
    await now.dialog.getByText(/images are not queued. The image stays here/).waitFor(PATIENCE)
    await page.keyboard.press('Enter')
    expect(await now.dialog.count()).toBe(1)
    await context.setOffline(false)
    await now.dialog.getByText(/images are not queued/).waitFor({ ...PATIENCE, state: 'hidden' })
    await page.keyboard.press('Enter')
    await now.dialog.waitFor({ ...PATIENCE, state: 'hidden' })
    await now.timeline.filter({ hasText: 'After the outage' }).locator('img').waitFor(PATIENCE)
  })

  it.each(layouts)(
    'has no defects of accessibility: %s, %i by %i',
    async (scheme, width, height) => {
      const { page, now } = await open('Search is slow', { width, height }, scheme)
      await page.keyboard.press('l')
      await page.getByRole('searchbox').press('Enter')
      await page.getByRole('group', { name: 'This entry' }).waitFor()
      expect(await accessibilityDefects(page)).toEqual([])
      await page.screenshot({ path: `${shots}/timeline-find-${String(width)}.png` })
      await page.keyboard.press('e')
      await now.dialog.waitFor()
      expect(await accessibilityDefects(page)).toEqual([])
    },
  )
})
