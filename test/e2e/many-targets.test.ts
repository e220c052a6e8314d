import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { isOfTheBrowser, openPage } from './browser.ts'
import { startDesk, type Desk } from './desk.ts'
import { NowPage } from './pages/now-page.ts'
import { WalkthroughPage } from './pages/walkthrough-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }

const runbook = (folder: string) => `# Pods are down

## Diagnosis
1. Are they ready?

   \`\`\`sh {"name":"pods","risk":"read","expect":"output contains ready"}
   printf '%s is ready\\n' <pod> | grep -v card-2
   \`\`\`

## Resolution
1. Make a note of each.

   \`\`\`sh {"name":"note"}
   cp ${folder}/runbooks/pods.md <pod>
   \`\`\`
`

/** One story, told in order. */
describeWith(['chromium', 'alertmanager'], 'a command on all that the alerts name', () => {
  let desk: Desk
  let folder: string
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    desk = await startDesk({ alerts: [] })
    folder = dirname(desk.home.config)
    mkdirSync(join(folder, 'runbooks'), { recursive: true })
    writeFileSync(join(folder, 'runbooks/pods.md'), runbook(folder))
    await desk.alertmanager.postAlerts(
      ['card-1', 'card-2', 'card-3', 'card-4', 'card-10'].map((pod) => ({
        labels: { alertname: 'PodDown', severity: 'critical', service: 'card', pod },
        annotations: { summary: 'Pods are down', runbook_url: 'pods.md' },
        startsAt: new Date(Date.now() - 60_000).toISOString(),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      })),
    )
  })
  afterEach(async () => {
    await context.close()
  })
  afterAll(async () => {
    await desk.stop()
  })

  it('runs on all by a press, shows what differs first, and changes one before the rest', async () => {
    context = await desk.browser.newContext({
      viewport: { width: 1280, height: 900 },
      colorScheme: 'dark',
      reducedMotion: 'reduce',
    })
    const { page, complaints } = await openPage(context, desk.deckwatch.url, isOfTheBrowser)
    const now = new NowPage(page)
    const walk = new WalkthroughPage(page)
    await now.row('Pods are down').click(PATIENCE)
    await page.getByRole('button', { name: 'Runbook', exact: true }).waitFor(PATIENCE)
    await page.keyboard.press('b')
    await walk.focused(/^Step 1/).waitFor(PATIENCE)
    await walk.button('Review and trust').click(PATIENCE)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Trust this text' }).click(PATIENCE)
    await dialog.waitFor({ state: 'hidden' })

    await walk.button('Run on all 5 pods').waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/many-offer.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    await walk.button('Run on all 5 pods').press('Enter')
    await page.getByText('4 as expected, 1 failed').waitFor(PATIENCE)
    const firstRow = page.getByRole('row').nth(1)
    expect(await firstRow.textContent()).toContain('card-2')
    await firstRow.getByRole('button', { name: 'card-2' }).press('Enter')
    await page.getByText('It printed nothing.').waitFor(PATIENCE)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/many-matrix.png` })
    await walk.button('Retry failed (1)').press('Enter')

    await walk.focusStep()
    await page.keyboard.press('Space')
    await walk.focused(/^Step 2/).waitFor(PATIENCE)
    await walk.button('Run on all 5 pods, one first').press('Enter', PATIENCE)
    await dialog.getByText('card-1').first().waitFor(PATIENCE)
    await dialog.getByRole('button', { name: 'Run on 1 pod' }).click(PATIENCE)
    await walk.button('Run on the other 4 pods').press('Enter', PATIENCE)
    await dialog.getByText('card-10').first().waitFor(PATIENCE)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/many-rest.png` })
    await dialog.getByRole('button', { name: 'Run on 4 pods' }).press('Enter')
    await page.getByText('5 finished').waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/many-changed.png` })

    await page.keyboard.press('Escape')
    await now.timeline.filter({ hasText: 'You ran “pods” on 5 pods' }).waitFor(PATIENCE)
    await now.timeline
      .filter({ hasText: 'pods on 5 pods: 4 as expected, 1 failed: card-2' })
      .waitFor(PATIENCE)
    await now.timeline.filter({ hasText: 'note on 4 pods: 4 finished' }).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/many-timeline.png` })
    expect(complaints).toEqual([])
  })
})
