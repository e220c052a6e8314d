import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { isOfTheBrowser, openPage, type WatchedPage } from './browser.ts'
import { startDesk, type Desk } from './desk.ts'
import { NowPage } from './pages/now-page.ts'
import { WalkthroughPage } from './pages/walkthrough-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }

const runbook = (folder: string, lines: number, server: string) => `# Disk full

## Diagnosis
1. How many lines does it have?

   \`\`\`sh {"name":"lines","risk":"read","expect":"output contains line ${String(lines)}"}
   for n in $(seq ${String(lines)}); do echo "line $n"; done
   \`\`\`

## Resolution
1. Make a note of it.

   \`\`\`sh
   touch ${folder}/note
   \`\`\`

2. See that alerts are heard again.

   \`\`\`http {"name":"healthy","expect":"status=200"}
   GET ${server}/-/healthy
   \`\`\`

3. Delete what is old.

   \`\`\`sh
   rm -rf ${folder}/old
   \`\`\`
`

/** One story, told in order: each step stands on the one before it. */
describeWith(['chromium', 'alertmanager'], 'commands of a runbook', () => {
  let desk: Desk
  let folder: string
  let context: BrowserContext

  const write = (lines: number) => {
    mkdirSync(join(folder, 'runbooks'), { recursive: true })
    writeFileSync(join(folder, 'runbooks/disk.md'), runbook(folder, lines, desk.alertmanager.url))
  }

  const alert = (alertname: string, summary: string) => ({
    labels: { alertname, severity: 'critical', service: alertname },
    annotations: { summary, runbook_url: 'disk.md' },
    startsAt: new Date(Date.now() - 60_000).toISOString(),
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
  })

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    desk = await startDesk({ alerts: [] })
    folder = dirname(desk.home.config)
    write(30)
    mkdirSync(join(folder, 'old'))
    await desk.alertmanager.postAlerts([alert('DiskFull', 'Disk is full')])
  })
  afterEach(async () => {
    await context.close()
  })
  afterAll(async () => {
    await desk.stop()
  })

  async function open(): Promise<{
    watched: WatchedPage
    page: Page
    now: NowPage
    walk: WalkthroughPage
  }> {
    context = await desk.browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'dark',
      reducedMotion: 'reduce',
    })
    const watched = await openPage(context, desk.deckwatch.url, isOfTheBrowser)
    const { page } = watched
    const now = new NowPage(page)
    await now.row('Disk is full').click(PATIENCE)
    await page.getByRole('button', { name: 'Runbook', exact: true }).waitFor(PATIENCE)
    await page.keyboard.press('b')
    return { watched, page, now, walk: new WalkthroughPage(page) }
  }

  it('are read and trusted once, run by a key, confirmed before they change, and typed before they destroy', async () => {
    const { watched, page, now, walk } = await open()
    await walk.focused(/^Step 1/).waitFor(PATIENCE)
    await walk.button('Review and trust').waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/run-untrusted.png` })
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('touch').waitFor(PATIENCE)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/run-trust.png` })
    await dialog.getByRole('button', { name: 'Trust this text' }).click()
    await dialog.waitFor({ state: 'hidden' })

    await walk.button('Run').waitFor(PATIENCE)
    await walk.focusStep()
    await page.keyboard.press('Enter')
    await page.getByText('line 30', { exact: false }).waitFor(PATIENCE)
    await page.getByText('as expected').waitFor(PATIENCE)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/run-done.png` })

    await walk.focusStep()
    await page.keyboard.press('Space')
    await walk.focused(/^Step 2/).waitFor(PATIENCE)
    await walk.button('Run').waitFor(PATIENCE)
    await page.keyboard.press('Enter')
    await dialog.getByText(`touch ${folder}/note`).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/run-change.png` })
    await dialog.getByRole('button', { name: 'Run' }).click()
    await page.getByText('It printed nothing.').waitFor(PATIENCE)

    await walk.focusStep()
    await page.keyboard.press('Space')
    await walk.focused(/^Step 3/).waitFor(PATIENCE)
    await page.getByText('HTTP check', { exact: true }).waitFor(PATIENCE)
    await walk.button('Run').waitFor(PATIENCE)
    await page.keyboard.press('Enter')
    await page.getByText('200 OK', { exact: false }).waitFor(PATIENCE)
    await page.getByText('as expected').waitFor(PATIENCE)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/run-check.png` })

    await walk.focusStep()
    await page.keyboard.press('Space')
    await walk.focused(/^Step 4/).waitFor(PATIENCE)
    await walk.button('Run').waitFor(PATIENCE)
    await page.keyboard.press('Enter')
    const field = dialog.getByRole('textbox')
    await field.waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/run-destroy.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    // It closed the question, and not the runbook behind it.
    await walk.button('Run').waitFor(PATIENCE)
    await page.keyboard.press('Escape')
    await now.timeline.filter({ hasText: 'You ran for “lines”' }).first().waitFor(PATIENCE)
    await now.timeline.filter({ hasText: 'lines: as expected: line 30 (exit 0' }).waitFor(PATIENCE)
    await now.timeline.filter({ hasText: 'healthy: as expected: 200 OK' }).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/run-timeline.png` })
    expect(watched.complaints).toEqual([])
  })

  it('that read and are trusted have run before anybody has sat down', async () => {
    write(30)
    mkdirSync(join(folder, 'plans'), { recursive: true })
    writeFileSync(
      join(folder, 'plans/inodes.yaml'),
      `plan: inodes-gone
title: No inodes left
match: ['alertname="InodesGone"']
runbook: disk.md
diagnostics: [lines]
phases:
  - name: Immediate
    steps: [{ text: How many lines are there?, run: lines }]
fixedWhen: ['Files can be made again']
`,
    )
    const { watched, page, now } = await open()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await desk.alertmanager.postAlerts([alert('InodesGone', 'No inodes left on files-1')])
    await now.row('No inodes left').click(PATIENCE)
    const diagnostics = page.getByRole('region', { name: /^Diagnostics/ })
    await diagnostics.getByText('as expected').waitFor(PATIENCE)
    await diagnostics.getByText('line 30').waitFor(PATIENCE)
    await page.keyboard.press('p')
    await page.locator('[role=checkbox]:focus').waitFor(PATIENCE)
    await page.keyboard.press('Enter')
    await now.timeline.filter({ hasText: 'You ran for “lines”' }).first().waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/run-diagnostics.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    expect(watched.complaints).toEqual([])
  })

  it('of a changed text show the difference and ask for trust again', async () => {
    write(31)
    const { watched, page, walk } = await open()
    const dialog = page.getByRole('dialog')
    await walk.button('Review and trust').click(PATIENCE)
    await dialog.getByText('seq 31').waitFor(PATIENCE)
    await dialog.getByText('seq 30').waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/run-changed.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    expect(watched.complaints).toEqual([])
  })
})
