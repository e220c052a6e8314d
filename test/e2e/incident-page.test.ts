import { mkdirSync } from 'node:fs'
import type { Browser, BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { signInLink } from '#electron/host/browser/door/sign-in-page.ts'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { inviteCode } from '#test/fixtures/sign-in.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects, layouts } from './accessibility.ts'
import { isOfTheBrowser, launchChromium, openPage } from './browser.ts'
import { IncidentPage } from './pages/incident-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }
const TITLE = 'Refunds are late for customers in Europe'

describeWith(['chromium'], 'an incident from its declaration to its end', () => {
  let home: Home
  let deckwatch: DeckwatchProcess
  let browser: Browser
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
    deckwatch = await startDeckwatch(home)
    browser = await launchChromium()
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
  })
  afterAll(async () => {
    await browser.close()
    await deckwatch.stop()
    home.remove()
  })

  /** Another browser, signed in as the owner or by a link. */
  async function visit(
    url = deckwatch.url,
    viewport = { width: 1280, height: 800 },
    colorScheme: 'dark' | 'light' = 'dark',
  ) {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
    contexts.push(context)
    const watched = await openPage(context, url, isOfTheBrowser)
    await watched.page.getByRole('main').waitFor(PATIENCE)
    return { ...watched, incident: new IncidentPage(watched.page) }
  }

  function linkOfBo(): string {
    const guest = {
      person: { kind: 'invited', id: 'bo', name: 'Bo Andersen' },
      rights: ['read', 'act'],
    } as const
    return signInLink(
      deckwatch.port,
      inviteCode(home.data, { ...guest, rights: [...guest.rights] }),
    )
  }

  async function openFirst(page: IncidentPage): Promise<void> {
    await page.page.keyboard.press('3')
    await page.page.getByRole('row').filter({ hasText: TITLE }).first().waitFor(PATIENCE)
    await page.page.keyboard.press('j')
    await page.page.locator('[data-incident]:focus').waitFor(PATIENCE)
    await page.page.keyboard.press('Enter')
    await page.title.filter({ hasText: TITLE }).waitFor(PATIENCE)
  }

  it('lets one of two people have a role, and tells the other one who and when', async () => {
    const ada = await visit()
    const bo = await visit(linkOfBo())
    await ada.page.keyboard.press('3')
    await ada.incident.fill('+', `${TITLE} again`)
    await ada.incident.title.filter({ hasText: `${TITLE} again` }).waitFor(PATIENCE)
    await openFirst(bo.incident)
    const roleOf = ({ incident }: typeof ada) => incident.row('Roles', 'Incident commander')
    await roleOf(bo).filter({ hasText: 'nobody' }).waitFor(PATIENCE)
    // What one of them takes has not reached the other one yet.
    await Promise.all([ada.page.keyboard.press('i'), bo.page.keyboard.press('i')])
    await roleOf(ada)
      .filter({ hasText: /you since|since/ })
      .waitFor(PATIENCE)
    await roleOf(bo)
      .filter({ hasText: /you since|since/ })
      .waitFor(PATIENCE)
    const texts = await Promise.all([roleOf(ada).innerText(), roleOf(bo).innerText()])
    const winners = texts.filter((text) => text.includes('you since'))
    expect(winners).toHaveLength(1)
    const [lost = ''] = texts.filter((text) => !text.includes('you since'))
    expect(lost).toMatch(/(Ada Lovelace|Bo Andersen) became incident commander/)

    // The same with the acknowledgement: one is first, the other one is told.
    await ada.page.keyboard.press('u')
    await ada.incident.says(/unacknowledged/)
    await bo.incident.says(/unacknowledged/)
    await Promise.all([ada.page.keyboard.press('a'), bo.page.keyboard.press('a')])
    await ada.incident.says(/Acknowledged by (you|Bo Andersen)/)
    await bo.incident.says(/Acknowledged by (you|Ada Lovelace)/)
    const first = (await ada.page.getByText('Acknowledged by you').count()) > 0 ? ada : bo
    const second = first === ada ? bo : ada
    await second.incident.says(
      first === ada
        ? /^Ada Lovelace (already )?acknowledged it/
        : /^Bo Andersen (already )?acknowledged it/,
    )

    // An approval is answered by whoever is asked, and by nobody else.
    await ada.page.keyboard.press('q')
    await ada.incident.dialog.locator('[data-autofocus]:focus').waitFor(PATIENCE)
    await ada.page.keyboard.type('Emergency release')
    await ada.page.getByRole('combobox', { name: 'Whose approval' }).selectOption('bo')
    await ada.page.keyboard.press('Enter')
    await ada.incident.row('Approvals', 'Waits for Bo Andersen').waitFor(PATIENCE)
    expect(await ada.page.getByRole('button', { name: 'Approve…' }).count()).toBe(0)
    await bo.incident.press('Approvals', 'Waits for you', 'Approve…')
    await bo.incident.send('Only with a second pair of eyes')
    await ada.incident.row('Approvals', 'Approved').filter({ hasText: 'Bo' }).waitFor(PATIENCE)
  })

  it('tells whoever comes back what is new since they looked', async () => {
    const ada = await visit()
    const bo = await visit(linkOfBo())
    await openFirst(ada.incident)
    await openFirst(bo.incident)
    await bo.page.keyboard.press('Escape')
    await ada.incident.fill('p', 'The queue is full')
    await ada.incident.fill('d', 'Drain the queue')
    await bo.page.keyboard.press('Enter')
    await bo.incident.says(/^2 new since you last looked/)
    await bo.incident.says('Ada Lovelace decided: Drain the queue')
    await bo.page.screenshot({ path: `${shots}/incident-new-since-1280.png` })
    // Whoever did it themselves has nothing new.
    await ada.page.keyboard.press('Escape')
    await ada.page.keyboard.press('Enter')
    await ada.incident.title.filter({ hasText: TITLE }).waitFor(PATIENCE)
    expect(await ada.page.getByText(/new since you last looked/).count()).toBe(0)
  })

  it('can be used in small windows and large ones, in dark and in light', async () => {
    for (const [colorScheme, width, height] of layouts) {
      const { page, incident } = await visit(deckwatch.url, { width, height }, colorScheme)
      await openFirst(incident)
      await incident.section('Catch up').waitFor(PATIENCE)
      expect(await accessibilityDefects(page)).toEqual([])
      const isTooWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      )
      expect(isTooWide).toBe(false)
      const name = `${shots}/incident-${colorScheme}-${String(width)}`
      await page.screenshot({ path: `${name}.png` })
    }
    const { page, incident } = await visit(deckwatch.url, { width: 1920, height: 1080 })
    await openFirst(incident)
    await incident.section('Catch up').waitFor(PATIENCE)
    await page.screenshot({ path: `${shots}/incident-1920.png` })
  })
})
