import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { isOfTheBrowser, openPage } from './browser.ts'
import { startDesk, type Desk } from './desk.ts'
import { NowPage } from './pages/now-page.ts'
import { WalkthroughPage } from './pages/walkthrough-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }

/** Would end a fence of Markdown and a `pre` of HTML. */
const PRINTED = '```\n</pre><script>document.title="owned"</script>\n1\n2\n3\n'

const runbook = (file: string) => `# Disk full

1. Who is there?

   \`\`\`sh {"name":"greet","risk":"read","expect":"exit=0"}
   cat ${file}
   \`\`\`
`

describeWith(['chromium', 'alertmanager'], 'evidence', () => {
  let desk: Desk
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    desk = await startDesk({ alerts: [] })
    const folder = join(dirname(desk.home.config), 'runbooks')
    mkdirSync(folder, { recursive: true })
    const printed = join(dirname(folder), 'printed.txt')
    writeFileSync(printed, PRINTED)
    writeFileSync(join(folder, 'disk.md'), runbook(printed))
    await desk.alertmanager.postAlerts([
      {
        labels: { alertname: 'DiskFull', severity: 'critical', service: 'files' },
        annotations: { summary: 'Disk is full', runbook_url: 'disk.md' },
        startsAt: new Date(Date.now() - 60_000).toISOString(),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      },
    ])
  })
  afterEach(async () => {
    await context.close()
  })
  afterAll(async () => {
    await desk.stop()
  })

  async function open() {
    context = await desk.browser.newContext({
      viewport: { width: 1280, height: 800 },
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    })
    return openPage(context, desk.deckwatch.url, isOfTheBrowser)
  }

  /** What is saved by an act: its name and its text. */
  async function saved(page: Page, act: () => Promise<void>) {
    const [download] = await Promise.all([page.waitForEvent('download', PATIENCE), act()])
    const text = readFileSync(await download.path(), 'utf8')
    return { name: download.suggestedFilename(), text }
  }

  it('of a run is exported as Markdown and as HTML, where its output stays text', async () => {
    const { page, complaints } = await open()
    const now = new NowPage(page)
    await now.row('Disk is full').click(PATIENCE)
    await page.getByRole('button', { name: 'Runbook', exact: true }).waitFor(PATIENCE)
    await page.keyboard.press('b')
    const walk = new WalkthroughPage(page)
    await walk.button('Review and trust').click(PATIENCE)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Trust this text' }).click(PATIENCE)
    await dialog.waitFor({ state: 'hidden' })
    await walk.button('Run').waitFor(PATIENCE)
    await walk.focusStep()
    await page.keyboard.press('Enter')
    await page.getByText('as expected').waitFor(PATIENCE)
    await walk.focusStep()
    await page.keyboard.press('Space')
    await page.keyboard.press('Escape')
    await now.timeline.filter({ hasText: 'greet: as expected' }).waitFor(PATIENCE)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/evidence-buttons.png` })

    const markdown = await saved(page, () => page.keyboard.press('g'))
    expect(markdown.name).toMatch(/^deckwatch-evidence-\d{4}-\d\d-\d\d-disk-is-full.*\.md$/)
    expect(markdown.text).toMatch(/^# Evidence: Disk is full/)
    expect(markdown.text).toMatch(/^- Requested: \S+ \S+ UTC \(.+ CET\) by ada$/m)
    expect(markdown.text).toMatch(/^- Outcome: exit 0$/m)
    expect(markdown.text).toContain(`\n\`\`\`\`text\n${PRINTED}\`\`\`\`\n`)

    const html = await saved(page, () =>
      page.getByRole('button', { name: 'Export evidence as HTML' }).click(PATIENCE),
    )
    expect(html.name).toMatch(/\.html$/)
    // As somebody who opens the file: with a browser's own reading of it, and nothing around it.
    const reader = await context.newPage()
    const file = join(dirname(desk.home.config), html.name)
    writeFileSync(file, html.text)
    await reader.goto(`file://${file}`)
    expect(await reader.title()).toMatch(/^Evidence: Disk is full/)
    expect(await reader.locator('pre').last().textContent()).toBe(PRINTED)
    // Its policy lets its own style through.
    expect(await reader.locator('main').count()).toBe(1)
    expect(
      await reader
        .locator('pre')
        .first()
        .evaluate((pre) => getComputedStyle(pre).whiteSpace),
    ).toBe('pre-wrap')
    await reader.emulateMedia({ colorScheme: 'dark' })
    await reader.screenshot({ path: `${shots}/evidence-html-dark.png`, fullPage: true })
    await reader.emulateMedia({ colorScheme: 'light' })
    await reader.screenshot({ path: `${shots}/evidence-html-light.png`, fullPage: true })
    expect(complaints).toEqual([])
  })
})
