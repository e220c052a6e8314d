import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { launchChromium, openPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'

const accessMain = fileURLToPath(new URL('../../out/main/access.js', import.meta.url))
const run = promisify(execFile)
const PATIENCE = { timeout: 30_000 }

describeWith('chromium', 'a confidential incident', () => {
  let home: Home
  let deckwatch: DeckwatchProcess
  let browser: Browser
  const contexts: BrowserContext[] = []

  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
  })
  beforeEach(async () => {
    home = makeHome()
    home.configure(
      [
        'me: ada',
        'people:',
        '  - { id: ada, name: Ada }',
        '  - { id: bo, name: Bo }',
        '  - { id: cy, name: Cy }',
        'sources:',
        '  - type: drill',
        '    seed: 7',
      ].join('\n'),
    )
    deckwatch = await startDeckwatch(home)
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    await deckwatch.stop()
    home.remove()
  })

  async function visit(url: string): Promise<NowPage> {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    contexts.push(context)
    const { page } = await openPage(context, url, () => true)
    return new NowPage(page)
  }

  async function invited(name: string): Promise<NowPage> {
    const { stdout } = await run(process.execPath, [
      accessMain,
      'invite',
      name,
      '--data',
      home.data,
    ])
    return visit(/http:\S+/.exec(stdout)?.[0] ?? '')
  }

  it('leaves the cockpit of who is not named, and comes back to it, by keyboard alone', async () => {
    const bo = await invited('Bo')
    const cy = await invited('Cy')
    await bo.row('Checkout').first().click(PATIENCE)
    await cy.row('Checkout').first().click(PATIENCE)
    await cy.title.filter({ hasText: 'Checkout' }).waitFor(PATIENCE)

    const palette = async (words: string) => {
      await bo.page.keyboard.press('Control+k')
      await bo.page.getByRole('combobox').fill(words)
      await bo.page.keyboard.press('Enter')
      await bo.page.getByRole('dialog', { name: 'Who can see this incident?' }).waitFor(PATIENCE)
    }
    await palette('make confidential')
    expect(await accessibilityDefects(bo.page)).toEqual([])
    // Ada owns it and always sees it; nobody else is selected.
    await bo.page.getByText('You and Ada, who owns this Deckwatch and its disk').waitFor(PATIENCE)
    await bo.page.keyboard.press('Tab')
    await bo.page.keyboard.type('Names in it')
    await bo.page.keyboard.press('Enter')
    await bo.page.getByText('visible to Bo and the owner (“Names in it”)').waitFor(PATIENCE)
    expect(await accessibilityDefects(bo.page)).toEqual([])

    await expect.poll(() => cy.row('Checkout').count(), PATIENCE).toBe(0)
    expect(await cy.title.filter({ hasText: 'Checkout' }).count()).toBe(0)
    await cy.page.reload()
    await cy.queue.first().waitFor(PATIENCE)
    expect(await cy.row('Checkout').count()).toBe(0)

    await palette('who can see it')
    await bo.page.getByRole('button', { name: 'Make visible to everybody' }).press('Enter')
    await cy.row('Checkout').first().waitFor(PATIENCE)
  })
})
