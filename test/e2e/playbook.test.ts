import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { startAlertmanager, type Alertmanager } from '#test/integration/servers/alertmanager.ts'
import { eventually } from '#test/setup/eventually.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects, layouts } from './accessibility.ts'
import { launchChromium, openPage, type WatchedPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'
import { PlaybookPage } from './pages/playbook-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }

const payments = `# Agreed with the payments team
plan: payment-failure
title: Card payments fail
match: ['alertname="CardPaymentsFailing"']
owner: team:payments
impact:
  description: Customers cannot pay by card
phases:
  - name: Immediate
    until: 15m
    steps:
      - Check the [status page](https://status.example/) of the processor
      - Are webhooks answering?
  - name: Resolve
    until: 4h
    steps:
      - Switch to the backup processor
options:
  - name: Backup processor
    rollback: Switch back.
fixedWhen:
  - No customer reports within 15 minutes
escalation: payments
`

const manySteps = `plan: many-steps
match: ['alertname="ManySteps"']
phases:
${Array.from(
  { length: 6 },
  (_, phase) => `  - name: Phase ${String(phase + 1)} of six with a name that is long
    steps: [${Array.from({ length: 10 }, (_step, step) => `Step ${String(phase + 1)}.${String(step + 1)} of many`).join(', ')}]`,
).join('\n')}
`

/** One story, told in order: each step stands on the one before it. */
describeWith(['chromium', 'alertmanager'], 'a playbook', () => {
  let home: Home
  let alertmanager: Alertmanager
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let context: BrowserContext

  const write = (path: string, text: string) => {
    const file = join(dirname(home.config), path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const fire = (alertname: string, summary: string, severity = 'critical') =>
    alertmanager.postAlerts([
      {
        labels: { alertname, severity, service: 'payments' },
        annotations: { summary, description: 'It has been so for some minutes.' },
        startsAt: new Date(Date.now() - 60_000).toISOString(),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      },
    ])

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    alertmanager = await startAlertmanager()
    home = makeHome()
    home.configure(`me: ada
notifications: { desktop: false }
sources:
  - type: alertmanager
    name: am-eu
    url: ${alertmanager.url}
    interval: 1s
`)
    write('plans/payment-failure.yaml', payments)
    write('plans/many-steps.yaml', manySteps)
    deckwatch = await startDeckwatch(home)
    browser = await launchChromium()
  })
  afterEach(async () => {
    await context.close()
  })
  afterAll(async () => {
    await browser.close()
    await deckwatch.stop()
    await alertmanager.stop()
    home.remove()
  })

  async function open(
    size: { width: number; height: number } = { width: 1280, height: 800 },
    colorScheme: 'dark' | 'light' = 'dark',
  ): Promise<{ watched: WatchedPage; now: NowPage; playbook: PlaybookPage }> {
    context = await browser.newContext({ viewport: size, colorScheme })
    const watched = await openPage(context, deckwatch.url)
    return {
      watched,
      now: new NowPage(watched.page),
      playbook: new PlaybookPage(watched.page),
    }
  }

  it('is followed by keyboard from the first step to “fixed when”', async () => {
    const { watched, now, playbook } = await open()
    await fire('CardPaymentsFailing', 'Cards are declined')
    await now.row('Cards are declined').waitFor(PATIENCE)
    await playbook.step(/Check the status page/).waitFor(PATIENCE)
    // In sight before anything was pressed or scrolled.
    const box = await playbook.step(/Check the status page/).boundingBox()
    expect(box && box.y + box.height).toBeLessThan(800)
    await now.page.screenshot({ path: `${shots}/plan.png` })

    const { keyboard } = now.page
    await keyboard.press('p')
    await playbook.focusedStep(/Check the status page .* open/).waitFor(PATIENCE)
    await keyboard.press('Space')
    await playbook.focusedStep(/Are webhooks answering/).waitFor(PATIENCE)
    await keyboard.press('n')
    await now.page.getByLabel('Note on this step').waitFor(PATIENCE)
    await keyboard.type('2 of 4 say 502')
    await keyboard.press('Enter')
    await playbook.focusedStep(/Are webhooks answering/).waitFor(PATIENCE)
    await keyboard.press('f')
    await playbook.focusedStep(/Switch to the backup/).waitFor(PATIENCE)
    await keyboard.press('Space')
    // What confirms that it is fixed is never the continuation of ticking.
    await now.page
      .getByText(/No open step/)
      .first()
      .waitFor(PATIENCE)
    await keyboard.press('p')
    await playbook.focusedStep(/No customer reports/).waitFor(PATIENCE)
    await keyboard.press('Space')
    await playbook.page.getByText('1 of 1 met').waitFor(PATIENCE)
    await now.timeline
      .filter({ hasText: 'You did: Check the status page of the processor' })
      .waitFor(PATIENCE)
    await now.timeline
      .filter({ hasText: 'marked as failed: Are webhooks answering' })
      .first()
      .waitFor(PATIENCE)
    await now.timeline.filter({ hasText: '2 of 4 say 502' }).first().waitFor(PATIENCE)
    await now.timeline
      .filter({ hasText: 'You confirmed: No customer reports within 15 minutes' })
      .waitFor(PATIENCE)
    expect(await accessibilityDefects(now.page)).toEqual([])
    await now.page.screenshot({ path: `${shots}/plan-followed.png` })
    expect(watched.complaints).toEqual([])
  })

  it.each(layouts)('is legible and accessible in %s at %i by %i', async (scheme, width, height) => {
    await fire('ManySteps', 'Everything is slow', 'warning')
    const { watched, now, playbook } = await open({ width, height }, scheme)
    await now.row('Everything is slow').click(PATIENCE)
    await now.page.keyboard.press('p')
    await playbook.focusedStep(/Step 1.1 of many/).waitFor(PATIENCE)
    expect(await accessibilityDefects(now.page)).toEqual([])
    await now.page.screenshot({ path: `${shots}/plan-of-sixty-${scheme}.png` })
    await playbook.open()
    await playbook.plan('Card payments fail').click()
    await playbook.text.waitFor(PATIENCE)
    expect(await accessibilityDefects(now.page)).toEqual([])
    await now.page.screenshot({ path: `${shots}/playbook-${scheme}.png` })
    expect(watched.complaints).toEqual([])
  })

  it('stays in effect when a broken file is saved, and the message leads to the line', async () => {
    const { watched, now, playbook } = await open()
    await now.row('Cards are declined').waitFor(PATIENCE)
    write('plans/payment-failure.yaml', payments.replace('phases:', 'phase:'))
    await now.notice(/Invalid playbook files/).waitFor(PATIENCE)
    // Who follows it still can.
    await now.row('Cards are declined').click()
    await playbook.step(/Switch to the backup/).waitFor(PATIENCE)
    await now.page.getByRole('button', { name: /payment-failure\.yaml:8:1$/ }).click()
    await playbook.text.waitFor(PATIENCE)
    expect(await playbook.selectedText()).toBe('phase:')
    await now.page.screenshot({ path: `${shots}/playbook-broken.png` })
    expect(await accessibilityDefects(now.page)).toEqual([])

    // What is mended there is in effect again, and its comment is still there.
    await playbook.text.fill((await playbook.text.inputValue()).replace('phase:', 'phases:'))
    await now.page.keyboard.press('ControlOrMeta+s')
    await playbook.page.getByText('Saved, in effect').first().waitFor(PATIENCE)
    expect(await playbook.text.inputValue()).toContain('# Agreed with the payments team')
    expect(watched.complaints).toEqual([])
  })

  it('gains a plan that is drafted from an alert without one, edited and in effect', async () => {
    await fire('DiskFillsUp', 'Disk fills up on node-7')
    const { watched, now, playbook } = await open()
    await now.row('Disk fills up').click(PATIENCE)
    await now.page.getByText('No response plan').waitFor(PATIENCE)
    await now.page.screenshot({ path: `${shots}/plan-none.png` })
    await now.page.getByRole('button', { name: 'Write a plan for this alert' }).click()
    await playbook.text.waitFor(PATIENCE)
    expect(await playbook.text.inputValue()).toContain('plan: disk-fills-up')
    await now.page.getByRole('button', { name: 'Add a step to phase 1' }).click()
    const step = now.page.getByRole('textbox', { name: 'Step 1 of phase 1' })
    await step.fill('Delete old logs')
    await step.blur()
    await eventually(async () => {
      expect(await playbook.text.inputValue()).toContain('Delete old logs')
    })
    await now.page.getByRole('button', { name: /^Save/ }).click()
    await playbook.page.getByText('Saved, in effect').first().waitFor(PATIENCE)
    await now.page.screenshot({ path: `${shots}/playbook-drafted.png` })

    await playbook.page.getByRole('button', { name: /^Now/ }).click()
    await now.row('Disk fills up').click(PATIENCE)
    await playbook.step(/Delete old logs/).waitFor(PATIENCE)
    expect(watched.complaints).toEqual([])
  })

  it('says which alerts it covers', async () => {
    const { watched, now, playbook } = await open()
    await now.queue.first().waitFor(PATIENCE)
    await playbook.open()
    await playbook.page.getByRole('button', { name: 'Coverage of alerts' }).click()
    await playbook.page.getByText(/% covered/).waitFor(PATIENCE)
    await playbook.page.screenshot({ path: `${shots}/playbook-coverage.png` })
    expect(await accessibilityDefects(playbook.page)).toEqual([])
    expect(watched.complaints).toEqual([])
  })
})
