import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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

const runbook = (folder: string) => `# Disk full

## Diagnosis
1. How full is it?

   \`\`\`sh {"name":"usage","risk":"read"}
   echo "disk 97 percent"
   \`\`\`

## Resolution
1. Make room.

   \`\`\`sh {"name":"clear"}
   touch ${folder}/cleared
   \`\`\`
`

const plan = `plan: disk-full
title: Disk full
match: ['alertname="DiskFull"']
runbook: disk.md
`

const remediation = (mode: string) => `remediations:
  - name: clear-disk
    title: Clear the disk
    when: { plan: disk-full, alerts: 1, text: the disk is full }
    do: { runbook: disk.md, step: clear }
    evidence: [usage]
    atMost: { times: 1, within: 1h }
    mode: ${mode}
`

/** One story, told in order: each step stands on the one before it. */
describeWith(['chromium', 'alertmanager'], 'a remediation of the playbook', () => {
  let desk: Desk
  let folder: string
  let context: BrowserContext

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const alert = (service: string, isOver = false) => ({
    labels: { alertname: 'DiskFull', severity: 'critical', service },
    annotations: { summary: `Disk of ${service} is full`, runbook_url: 'disk.md' },
    startsAt: new Date(Date.now() - 60_000).toISOString(),
    endsAt: new Date(Date.now() + (isOver ? -1_000 : 3_600_000)).toISOString(),
  })

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    desk = await startDesk({ alerts: [] })
    folder = dirname(desk.home.config)
    write('runbooks/disk.md', runbook(folder))
    write('plans/disk.yaml', plan)
    write('remediation.yaml', remediation('propose'))
    desk.home.configure(`${readFileSync(desk.home.config, 'utf8')}
runbooks: { remediation: true }
`)
    await desk.alertmanager.postAlerts([alert('files')])
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
  }> {
    context = await desk.browser.newContext({
      viewport: { width: 1280, height: 900 },
      colorScheme: 'dark',
      reducedMotion: 'reduce',
    })
    const watched = await openPage(context, desk.deckwatch.url, isOfTheBrowser)
    const { page } = watched
    return { watched, page, now: new NowPage(page) }
  }

  it('is proposed with what it would run, and run once its runbook is trusted and it is confirmed', async () => {
    const { watched, page, now } = await open()
    await now.row('Disk of files is full').click(PATIENCE)
    const card = page.getByRole('list', { name: 'Remediations' })
    await card.getByText('Remediation proposed: Clear the disk').waitFor(PATIENCE)
    await card.getByText(`touch ${folder}/cleared`).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/remediation-untrusted.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    await card.getByRole('button', { name: 'Open the runbook to trust it' }).click()
    const walk = new WalkthroughPage(page)
    await walk.button('Review and trust').first().click(PATIENCE)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Trust this text' }).click(PATIENCE)
    await dialog.waitFor({ state: 'hidden' })
    await page.keyboard.press('Escape')

    await card.getByText('Evidence: usage (gathered)').waitFor(PATIENCE)
    await card.getByRole('button', { name: 'Run' }).click(PATIENCE)
    await dialog.getByText(`touch ${folder}/cleared`).waitFor(PATIENCE)
    expect(existsSync(join(folder, 'cleared'))).toBe(false)
    await dialog.getByRole('button', { name: 'Run' }).click()
    await card.getByText('Remediation done, and watched: Clear the disk').waitFor(PATIENCE)
    expect(existsSync(join(folder, 'cleared'))).toBe(true)
    await desk.alertmanager.postAlerts([alert('files', true)])
    await card.getByText('Remediation finished: Clear the disk').waitFor(PATIENCE)
    await now.timeline.filter({ hasText: 'Remediation proposed: Clear the disk' }).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/remediation-finished.png` })
    expect(watched.complaints).toEqual([])
  })

  it('stops itself where it is due more often than it may be done, and is re-armed by a person', async () => {
    const { watched, page, now } = await open()
    // Only a page that was there hears of a change.
    await page.getByText('am-eu').first().waitFor(PATIENCE)
    write('remediation.yaml', remediation('act'))
    await page.getByText('Playbook reloaded: remediation.yaml changed').waitFor(PATIENCE)
    await desk.alertmanager.postAlerts([alert('mail')])
    await now.row('Disk of mail is full').click(PATIENCE)
    const card = page.getByRole('list', { name: 'Remediations' })
    await card.getByText('Remediation stopped: Clear the disk').waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/remediation-stopped.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    await card.getByRole('button', { name: 'Re-arm' }).click()
    await card.getByText('Remediation done, and watched: Clear the disk').waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/remediation-acted.png` })
    await now.timeline.filter({ hasText: 'usage: disk 97 percent' }).waitFor(PATIENCE)
    expect(watched.complaints).toEqual([])
  })
})
