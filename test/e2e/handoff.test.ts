import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { readJournal } from '#test/fixtures/read-journal.ts'
import { recordBusyShift } from '#test/fixtures/shifts/busy.ts'
import { seedJournal } from '#test/fixtures/shifts/seed-journal.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { isOfTheBrowser, launchChromium, openPage } from './browser.ts'
import { HandoffPage } from './pages/handoff-page.ts'

const accessMain = fileURLToPath(new URL('../../out/main/access.js', import.meta.url))
const run = promisify(execFile)
const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }
const HOUR = 3_600_000

/** Nothing answers there: what fired goes on. */
const configuration = (me: string) => `me: ${me}
people:
  - { id: ada, name: Ada }
  - { id: bo, name: Bo }
  - { id: long, name: Wolfeschlegelsteinhausenbergerdorff-Hohenlohe-Langenburg }
notifications: { desktop: false }
sources:
  - { type: alertmanager, name: am, url: "http://127.0.0.1:9" }
`

describeWith('chromium', 'a shift that is handed over', () => {
  let browser: Browser
  const homes: Home[] = []
  const running: DeckwatchProcess[] = []
  const contexts: BrowserContext[] = []

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    for (const deckwatch of running.splice(0)) await deckwatch.stop()
    for (const home of homes.splice(0)) home.remove()
  })

  async function start(yaml: string, withShift: boolean): Promise<[Home, DeckwatchProcess]> {
    const home = makeHome()
    homes.push(home)
    home.configure(yaml)
    if (withShift) {
      const to = Date.now() - 60_000
      seedJournal(home.data, (await recordBusyShift({ from: to - 11 * HOUR, to })).journal.events)
    }
    const deckwatch = await startDeckwatch(home)
    running.push(deckwatch)
    return [home, deckwatch]
  }

  async function visit(url: string, colorScheme: 'dark' | 'light' = 'dark') {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      colorScheme,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    contexts.push(context)
    const { page, complaints } = await openPage(context, url, isOfTheBrowser)
    const handoff = new HandoffPage(page)
    await handoff.open()
    return { handoff, page, context, complaints }
  }

  async function inviteBo(home: Home): Promise<string> {
    const { stdout } = await run(process.execPath, [
      accessMain,
      'invite',
      'Bo',
      '--data',
      home.data,
    ])
    const link = /http:\S+/.exec(stdout)?.[0]
    if (link === undefined) throw new Error('No link was printed')
    return link
  }

  const types = (home: Home) =>
    readJournal(home.data).flatMap(({ body }) =>
      body.type.startsWith('handoff.') ? [body.type] : [],
    )

  it('is drafted from the journal, edited without the engine, delivered, and accepted by the other', async () => {
    const [home, deckwatch] = await start(configuration('ada'), true)
    const { handoff, page, context, complaints } = await visit(deckwatch.url)

    // It is drafted by itself, and each line says where it comes from.
    await handoff.line('CheckoutSlow').waitFor(PATIENCE)
    await handoff.line('CheckoutSlow').focus()
    await handoff.sources.getByText(/acknowledged the incident/).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/handoff-draft.png` })
    await page.setViewportSize({ width: 1920, height: 1080 })
    await page.screenshot({ path: `${shots}/handoff-draft-wide.png` })
    await page.setViewportSize({ width: 640, height: 400 })
    await handoff.to('long')
    await page.screenshot({ path: `${shots}/handoff-draft-zoomed.png` })
    expect(
      await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ),
    ).toBe(0)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.screenshot({ path: `${shots}/handoff-draft-long-name.png` })
    expect(await accessibilityDefects(page)).toEqual([])

    // By keyboard: the noise is struck out, and the next step of the open incident is another one.
    await handoff.line('HighCpu: fired').focus()
    await page.keyboard.press('x')
    await handoff.paper.getByText('HighCpu: fired').waitFor({ state: 'detached', ...PATIENCE })
    await handoff.line('CheckoutSlow').focus()
    await page.keyboard.press('e')
    await page.getByLabel('Next step', { exact: true }).fill('Watch p95 until noon')
    await page.keyboard.press('Enter')
    await handoff.paper.getByText('Watch p95 until noon').waitFor(PATIENCE)

    // The engine is gone, and the page is loaded anew: nothing is lost, and writing goes on.
    await handoff.saved()
    await page.evaluate(() => navigator.serviceWorker.ready)
    const { port } = deckwatch
    await deckwatch.kill()
    running.splice(0)
    await page.reload()
    await handoff.open()
    await handoff.paper.getByText('Watch p95 until noon').waitFor(PATIENCE)
    await page.getByRole('button', { name: 'Add a line to Notes' }).click()
    await page.getByLabel('Text', { exact: true }).fill('The new dashboard is called Cart')
    await page.keyboard.press('Enter')
    await handoff.to('bo')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Queued:', { exact: true }).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/handoff-queued.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    expect(types(home)).toEqual([])

    // It is back: what was queued is delivered, and waits for Bo.
    const again = await startDeckwatch(home, { port })
    running.push(again)
    await page.getByText('not accepted yet').first().waitFor(PATIENCE)
    expect(types(home)).toEqual(['handoff.sent'])

    const bo = await visit(await inviteBo(home), 'light')
    await bo.handoff.tab(/From Ada/).click()
    await bo.handoff.paper.getByText('Watch p95 until noon').waitFor(PATIENCE)
    await bo.handoff.paper.getByText('The new dashboard is called Cart').waitFor(PATIENCE)
    await page.getByText(/Bo opened it/).waitFor(PATIENCE)
    await bo.page
      .getByLabel('Which deployments are planned for your shift?')
      .fill('payments v2.1.4 at 10:00')
    await bo.page.screenshot({ path: `${shots}/handoff-accept-light.png` })
    expect(await accessibilityDefects(bo.page)).toEqual([])
    await bo.page.getByRole('button', { name: /^Accept/ }).click()
    await bo.page.getByText(/Accepted by Bo/).waitFor(PATIENCE)

    // Ada sees who accepted it, and the answer.
    await page.getByText(/Accepted by Bo/).waitFor(PATIENCE)
    await handoff.paper.getByText('payments v2.1.4 at 10:00').waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/handoff-accepted.png` })
    expect(types(home)).toEqual([
      'handoff.sent',
      'handoff.opened',
      'handoff.answered',
      'handoff.accepted',
    ])

    // Bo's shift begins where Ada's ended.
    await bo.handoff.tab('My shift').click()
    await bo.page.getByText('since you took over').waitFor(PATIENCE)
    await handoff.tab('History').click()
    await page.getByRole('cell', { name: /Accepted by Bo/ }).waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/handoff-history.png` })
    expect(await accessibilityDefects(page)).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  })

  it('goes to another desktop as a text, and its acceptance comes back the same way', async () => {
    const [home, deckwatch] = await start(configuration('ada'), true)
    const [there, other] = await start(
      'me: cy\npeople:\n  - { id: cy, name: Cy }\nsources:\n  - { type: drill }\n',
      false,
    )
    const ada = await visit(deckwatch.url)
    await ada.handoff.line('CheckoutSlow').waitFor(PATIENCE)
    await ada.page
      .getByLabel('To', { exact: true })
      .selectOption({ label: 'Somebody with another Deckwatch…' })
    await ada.page.getByLabel('Name', { exact: true }).fill('Cy')
    const download = ada.page.waitForEvent('download')
    await ada.page.getByRole('button', { name: 'Give to Cy as a file' }).click()
    const given = (await download).suggestedFilename()
    await ada.page.getByText(`Saved ${given}: send it to Cy.`).first().waitFor(PATIENCE)
    await ada.page.getByText('Given as a file').waitFor(PATIENCE)
    await ada.page.getByRole('button', { name: 'Copy for another Deckwatch' }).click()
    await ada.page.getByText('Copied the text for Deckwatch').first().waitFor(PATIENCE)
    const text = await ada.page.evaluate(() => navigator.clipboard.readText())

    const cy = await visit(other.url)
    await cy.handoff.tab('Import').click()
    const paste = cy.page.getByLabel('Text', { exact: true })
    await paste.fill(text.slice(0, text.length - 400))
    await cy.page.getByText(/This text is damaged/).waitFor(PATIENCE)
    await paste.fill(`Hi Cy!\n${text.replaceAll(/^/gm, '> ')}`)
    await cy.page.getByText('A handoff from Ada to Cy').waitFor(PATIENCE)
    await cy.page.screenshot({ path: `${shots}/handoff-import.png` })
    expect(await accessibilityDefects(cy.page)).toEqual([])
    await cy.page.getByRole('button', { name: 'Take it in' }).click()
    await cy.page.getByLabel('Which known problems do you keep an eye on?').fill('The cart queue')
    await cy.page.getByRole('button', { name: /^Accept/ }).click()
    const acceptance = await cy.page.getByLabel('The acceptance as text').inputValue(PATIENCE)
    await cy.page.screenshot({ path: `${shots}/handoff-acceptance-text.png`, fullPage: true })
    expect(types(there)).toContain('handoff.accepted')

    await ada.handoff.tab('Import').click()
    await ada.page.getByLabel('Text', { exact: true }).fill(acceptance)
    await ada.page.getByText(/It is the text that you sent/).waitFor(PATIENCE)
    await ada.page.screenshot({ path: `${shots}/handoff-acceptance-import.png` })
    await ada.page.getByRole('button', { name: 'Record the acceptance' }).click()
    await ada.page.getByText(/Accepted by Cy/).waitFor(PATIENCE)
    await ada.handoff.paper.getByText('The cart queue').waitFor(PATIENCE)
    expect(types(home)).toEqual(['handoff.sent', 'handoff.acceptance-received'])
  })
})
