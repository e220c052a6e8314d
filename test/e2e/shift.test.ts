import { mkdirSync, readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signInLink } from '#electron/host/browser/door/sign-in-page.ts'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { markdownProblems } from '#test/fixtures/markdown-problems.ts'
import { inviteCode } from '#test/fixtures/sign-in.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { isOfTheBrowser, launchChromium, openPage, type WatchedPage } from './browser.ts'
import { HandoffPage } from './pages/handoff-page.ts'
import { IncidentPage } from './pages/incident-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }
const TITLE = 'Refunds are late for customers in Europe'
const STILL_OPEN = 'The search answers slowly'
const SECTION = { name: 'Lessons learned', exact: true }

interface Visitor extends WatchedPage {
  readonly incident: IncidentPage
  readonly handoff: HandoffPage
}

/**
 * One shift by keyboard, its steps in their order: an incident from its declaration to its review and
 * its end, the handoff to a colleague in another browser, and from them to another desktop by file.
 */
describeWith(['chromium'], 'a shift from the declared incident to the accepted handoff', () => {
  let home: Home
  let elsewhere: Home
  let deckwatch: DeckwatchProcess
  let other: DeckwatchProcess | undefined
  let browser: Browser
  let ada: Visitor
  let bo: Visitor
  const contexts: BrowserContext[] = []

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    home = makeHome()
    // Asked once: it does not answer, and that is no news while the story lasts.
    home.configure(`me: ada
people:
  - { id: ada, name: Ada Lovelace }
  - { id: bo, name: Bo Andersen }
notifications: { desktop: false }
sources:
  - type: alertmanager
    name: am-eu
    url: http://127.0.0.1:9
    interval: 1h
`)
    elsewhere = makeHome()
    elsewhere.configure(
      'me: cy\npeople:\n  - { id: cy, name: Cy }\nsources:\n  - { type: drill }\n',
    )
    deckwatch = await startDeckwatch(home)
    browser = await launchChromium()
    ada = await visit(deckwatch.url)
  })
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser.close()
    await deckwatch.stop()
    await other?.stop()
    home.remove()
    elsewhere.remove()
  })

  /** Another browser, signed in as the owner or by a link. */
  async function visit(url: string, colorScheme: 'dark' | 'light' = 'dark'): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme,
      reducedMotion: 'reduce',
    })
    contexts.push(context)
    const watched = await openPage(context, url, isOfTheBrowser)
    await watched.page.getByRole('main').waitFor(PATIENCE)
    return {
      ...watched,
      incident: new IncidentPage(watched.page),
      handoff: new HandoffPage(watched.page),
    }
  }

  function linkOfBo(): string {
    const person = { kind: 'invited', id: 'bo', name: 'Bo Andersen' } as const
    return signInLink(deckwatch.port, inviteCode(home.data, { person, rights: ['read', 'act'] }))
  }

  /** Goes to a control and presses it, as Tab and Enter do. */
  async function press(control: Locator): Promise<void> {
    await control.focus(PATIENCE)
    await control.press('Enter')
  }

  /** Presses what saves a file; gives what is in it. */
  async function saved(page: Page, control: Locator): Promise<string> {
    const download = page.waitForEvent('download')
    await press(control)
    return (await download).path()
  }

  it('declares an incident, shares the work, mitigates and resolves it', async () => {
    const { page, incident } = ada
    await page.keyboard.press('3')
    await page.getByText('No incidents yet').waitFor(PATIENCE)
    await incident.fill('+', TITLE)
    await incident.title.filter({ hasText: TITLE }).waitFor(PATIENCE)
    await incident.says('Acknowledged by you')
    await incident.says('Nobody is incident commander yet')
    await page.screenshot({ path: `${shots}/incident-declared-1280.png` })

    await page.keyboard.press('i')
    await incident.row('Roles', 'Incident commander').filter({ hasText: 'you' }).waitFor(PATIENCE)

    await incident.fill('p', 'The release of 03:00 broke the job')
    await incident.fill('p', 'The database is slow')
    await incident.fill('p', 'The bank is down')
    await incident.press('Hypotheses', 'The release', 'Confirm…')
    await incident.send('Errors stopped with the rollback')
    await incident.press('Hypotheses', 'The database', 'Rule out…')
    // A hypothesis is never ruled out without a reason.
    await incident.dialog.locator('[data-autofocus]:focus').waitFor(PATIENCE)
    await page.keyboard.press('Enter')
    await page.getByText('Required').waitFor(PATIENCE)
    await incident.send('No slow queries')
    await incident.press('Hypotheses', 'The bank', 'Rule out…')
    await incident.send('Its status page is green')
    await incident.row('Hypotheses', 'The bank').filter({ hasText: 'Ruled out' }).waitFor(PATIENCE)

    await incident.fill('d', 'Roll back', 'A fix takes longer than an hour')
    await incident.fill('m', 'Refunds are switched off')
    await incident.fill('k', 'Ask the bank for the list of failed refunds')
    await incident
      .row('Tasks', 'Ask the bank')
      .filter({ hasText: 'no owner yet' })
      .waitFor(PATIENCE)
    await incident.press('Tasks', 'Ask the bank', 'Change…')
    await incident.dialog.locator('[data-autofocus]:focus').waitFor(PATIENCE)
    await page.getByRole('combobox', { name: 'Owner' }).selectOption('bo')
    await page.getByRole('textbox', { name: 'Due in' }).fill('45m')
    await page.keyboard.press('Enter')
    await incident.row('Tasks', 'Due in 4').filter({ hasText: 'for Bo Andersen' }).waitFor(PATIENCE)
    await incident.fill('b', 'Refunds come back within the hour', '30m')
    await incident.row('Updates', 'Next in ').waitFor(PATIENCE)
    await page.keyboard.press('!')
    await incident.dialog.locator('[data-autofocus]:focus').waitFor(PATIENCE)
    await page.keyboard.type('Only Europe')
    await page.keyboard.press('Enter')
    // What the engine refuses is said in the form, which keeps what was typed.
    await incident.says('This incident is P1 already.')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await incident.says('P2 medium, set by you: “Only Europe”')

    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/incident-war-room-1280.png` })

    await incident.fill('=', 'Rolled back to v2')
    await incident.says(/Mitigated by you, not resolved yet: “Rolled back to v2”/)
    await page.keyboard.press('r')
    await incident.says('Resolved by you')
    await page.keyboard.press('v')
    await incident.says('Judged a real incident by you')
  })

  it('writes the review of it, with action items', async () => {
    const { page, incident } = ada
    await press(page.getByRole('button', { name: 'Review', exact: true }))
    await page.getByRole('textbox', { name: 'Root cause' }).waitFor(PATIENCE)
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Summary' }).inputValue())
      .toContain('Rolled back to v2')
    await page.getByRole('textbox', SECTION).focus()
    await page.keyboard.type('- Refunds need a test against the bank')
    await page.getByRole('heading', { level: 2 }).first().focus()
    await page.keyboard.press('a')
    await page.keyboard.type('Test refunds before each release')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Bo Andersen')
    await page.keyboard.press('Control+s')
    await page.getByText('Saved.', { exact: true }).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/shift-review-1280.png` })
    const markdown = readFileSync(
      await saved(page, page.getByRole('button', { name: 'Markdown', exact: true })),
      'utf8',
    )
    expect(markdownProblems(markdown)).toEqual([])
    expect(markdown).toContain('Test refunds before each release')
    expect(markdown).toContain('Refunds need a test against the bank')
    await page.getByRole('heading', { level: 2 }).first().focus()
    await page.keyboard.press('Escape')
    await incident.title.filter({ hasText: TITLE }).waitFor(PATIENCE)
  })

  it('is closed once nothing temporary is left', async () => {
    const { page, incident } = ada
    await page.keyboard.press('c')

    await incident.says('Temporary measures are still in place: Refunds are switched off.')
    await page.screenshot({ path: `${shots}/incident-close-refused-1280.png` })
    await incident.press('Temporary measures', 'Refunds', 'Removed…')
    await incident.send('Switched on again')
    await page.keyboard.press('c')
    await incident.says(/^Still open: 1 task, a promised update/)
    await page.keyboard.press('c')
    await incident.says('Closed by you')
    // What its timeline says goes on; what people do together is over.
    const adding = { name: /^Add/ }
    const timeline = page.getByRole('region', { name: 'Timeline' })
    expect(await page.getByRole('button', adding).count()).toBe(
      await timeline.getByRole('button', adding).count(),
    )
    await page.screenshot({ path: `${shots}/incident-closed-1280.png` })
    await page.keyboard.press('Escape')
    await incident.fill('+', STILL_OPEN)
    await incident.title.filter({ hasText: STILL_OPEN }).waitFor(PATIENCE)
  })

  it('is handed over: drafted, written on without the engine, delivered, accepted', async () => {
    const { page, handoff, complaints } = ada
    await handoff.open()
    await handoff.line(TITLE).waitFor(PATIENCE)
    await handoff.line(STILL_OPEN).focus()
    await page.keyboard.press('e')
    await page.getByLabel('Next step', { exact: true }).fill('Look at the index of the products')
    await page.keyboard.press('Enter')
    await handoff.saved()
    await page.evaluate(() => navigator.serviceWorker.ready)
    const { port } = deckwatch
    await deckwatch.kill()
    await page.reload()
    await handoff.open()
    await press(page.getByRole('button', { name: 'Add a line to Notes' }))
    await page.getByLabel('Text', { exact: true }).fill('The bank calls back at noon')
    await page.keyboard.press('Enter')
    await page.getByLabel('To', { exact: true }).focus()
    await page.keyboard.type('Bo')
    await page.getByRole('button', { name: 'Send to Bo Andersen' }).waitFor(PATIENCE)
    await page.keyboard.press('Control+Enter')
    await page.getByText('Queued:', { exact: true }).waitFor(PATIENCE)
    deckwatch = await startDeckwatch(home, { port })
    await page.getByText('not accepted yet').first().waitFor(PATIENCE)

    bo = await visit(linkOfBo(), 'light')
    // It is told on whatever screen, and its key leads to it.
    await bo.page.getByText('Ada Lovelace handed the shift over to you').waitFor(PATIENCE)
    await bo.page.screenshot({ path: `${shots}/shift-handoff-notice-light.png` })
    expect(await accessibilityDefects(bo.page)).toEqual([])
    await bo.handoff.open()
    await bo.handoff.paper.getByText('Look at the index of the products').waitFor(PATIENCE)
    await bo.handoff.paper.getByText('The bank calls back at noon').waitFor(PATIENCE)
    await bo.page.screenshot({ path: `${shots}/shift-handoff-light.png` })
    expect(await accessibilityDefects(bo.page)).toEqual([])
    await press(bo.page.getByRole('button', { name: /^Accept/ }))
    await bo.page.getByText(/Accepted by Bo/).waitFor(PATIENCE)
    await page.getByText(/Accepted by Bo/).waitFor(PATIENCE)
    expect(complaints).toEqual([])
  })

  it('goes from there to another desktop as a file, and its acceptance comes back as one', async () => {
    other = await startDeckwatch(elsewhere)
    const cy = await visit(other.url)
    await press(bo.handoff.tab('My shift'))
    await bo.handoff.line(STILL_OPEN).waitFor(PATIENCE)
    await bo.page.getByLabel('To', { exact: true }).focus()
    await bo.page.keyboard.type('Somebody')
    await bo.page.getByLabel('Name', { exact: true }).fill('Cy')
    const file = await saved(bo.page, bo.page.getByRole('button', { name: 'Give to Cy as a file' }))
    await bo.page.getByText('Given as a file').waitFor(PATIENCE)
    const again = await saved(bo.page, bo.page.getByRole('button', { name: 'Save the file' }))
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(file, 'utf8'))

    await cy.handoff.open()
    await press(cy.handoff.tab('Import'))
    await cy.page.getByLabel('File', { exact: true }).setInputFiles(file)
    await cy.page.getByText('A handoff from Bo Andersen to Cy').waitFor(PATIENCE)
    await press(cy.page.getByRole('button', { name: 'Take it in' }))
    await press(cy.page.getByRole('button', { name: /^Accept/ }))
    const acceptance = await saved(cy.page, cy.page.getByRole('button', { name: 'Save as a file' }))

    await press(bo.handoff.tab('Import'))
    await bo.page.getByLabel('File', { exact: true }).setInputFiles(acceptance)
    await bo.page.getByText(/It is the text that you sent/).waitFor(PATIENCE)
    await press(bo.page.getByRole('button', { name: 'Record the acceptance' }))
    await bo.page.getByText(/Accepted by Cy/).waitFor(PATIENCE)
    await bo.page.screenshot({ path: `${shots}/shift-accepted-by-file-light.png` })
    expect(bo.complaints).toEqual([])
    expect(cy.complaints).toEqual([])
  })
})
