import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { startAlertmanager, type Alertmanager } from '#test/integration/servers/alertmanager.ts'
import { hasModes } from '#test/fixtures/owner-only.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects, layouts } from './accessibility.ts'
import { launchChromium, openPage, type WatchedPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'
import { SettingsPage } from './pages/settings-page.ts'

const PATIENCE = { timeout: 30_000 }
const SECRET = 'correct-horse-battery-staple'
const shots = 'test-results/screenshots'

describeWith(['chromium', 'alertmanager'], 'the settings in the cockpit', () => {
  let home: Home
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let watched: WatchedPage
  let settings: SettingsPage
  let now: NowPage

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
  })
  beforeEach(() => {
    home = makeHome()
  })
  const ends: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
    home.remove()
  })

  async function open(options: Parameters<Browser['newContext']>[0] = {}) {
    deckwatch = await startDeckwatch(home)
    ends.push(() => deckwatch.stop())
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'dark',
      reducedMotion: 'reduce',
      ...options,
    })
    ends.push(() => context.close())
    watched = await openPage(context, deckwatch.url)
    settings = new SettingsPage(watched.page)
    now = new NowPage(watched.page)
  }
  const file = () => readFileSync(home.config, 'utf8')

  describe('from the drill to a real source', () => {
    let alertmanager: Alertmanager
    beforeAll(async () => {
      alertmanager = await startAlertmanager()
      await alertmanager.postAlerts([
        {
          labels: { alertname: 'PaymentsDown', severity: 'critical', service: 'payments' },
          annotations: { summary: 'Payments are down' },
        },
      ])
    })
    afterAll(async () => {
      await alertmanager.stop()
    })

    it('leads there by the guide and the keyboard alone', async () => {
      await open()
      const { keyboard } = settings.page
      await settings.guide.waitFor(PATIENCE)
      await now.queue.first().waitFor(PATIENCE)
      expect(await accessibilityDefects(watched.page)).toEqual([])

      // The guide takes no key: the first one acknowledges.
      await keyboard.press('a')
      await settings.guide.getByText('1 of 4').waitFor(PATIENCE)
      // An incident waits, so only the next step takes room.
      expect(await settings.guide.getByRole('listitem').count()).toBe(1)
      await settings.tabTo(settings.guide.getByRole('button', { name: 'All steps' }))
      await keyboard.press('Enter')
      await settings.done('Try the drill').waitFor(PATIENCE)
      await settings.tabTo(settings.guide.getByRole('button', { name: 'Connect a source…' }))
      await keyboard.press('Enter')
      await settings.field('Address').waitFor(PATIENCE)
      await expect
        .poll(() => settings.field('Address').evaluate((field) => field === document.activeElement))
        .toBe(true)

      await keyboard.type('local host')
      await settings.tabTo(settings.button('Test connection').last())
      await keyboard.press('Enter')
      await settings.main.getByText(/invalid address/i).waitFor(PATIENCE)
      expect(await settings.field('Address').getAttribute('aria-invalid')).toBe('true')
      await expect
        .poll(() => settings.field('Address').evaluate((field) => field === document.activeElement))
        .toBe(true)
      await keyboard.press('Control+a')
      await keyboard.type(alertmanager.url.replace('http://', ''))
      await settings.tabTo(settings.button('Test connection').last())
      await keyboard.press('Enter')
      await settings.main.getByText('Connection OK').waitFor(PATIENCE)
      expect(await settings.field('Address').inputValue()).toBe(alertmanager.url)
      await settings.main
        .getByText(/1 alert/)
        .first()
        .waitFor(PATIENCE)
      await watched.page.screenshot({ path: `${shots}/settings-add-source.png` })

      await keyboard.press('Shift+Tab')
      await settings.tabTo(settings.button('Save and poll'))
      await keyboard.press('Enter')
      await settings.done('Connect your alerts').waitFor(PATIENCE)
      await settings.done('Go live').waitFor(PATIENCE)
      await watched.page.getByRole('region', { name: 'Drill' }).waitFor({ state: 'hidden' })
      expect(file()).toBe(`# Deckwatch reads this file again whenever it changes.

sources:
  - type: alertmanager
    name: alertmanager
    url: ${alertmanager.url}
`)
      if (hasModes) expect(statSync(home.config).mode & 0o777).toBe(0o600)
      await settings.tabTo(settings.guide.getByRole('button', { name: 'Finish' }))
      await keyboard.press('Enter')
      await now.row('Payments are down').waitFor(PATIENCE)
      expect(await settings.guide.count()).toBe(0)
      expect(watched.complaints).toEqual([])
    })

    it('keeps a typed secret out of the page, the file, the log and the journal', async () => {
      await open()
      await now.queue.first().waitFor(PATIENCE)
      await settings.command('add a source', 'Add a source…')
      await settings.field('Address').fill(alertmanager.url)
      await settings.main.getByLabel('Bearer token').check()
      await settings.main.getByLabel('Token', { exact: true }).fill(SECRET)
      await settings.main.getByText(/only your account can read/).waitFor()
      await settings.button('Test connection').last().click()
      await settings.main.getByText('Connection OK').waitFor(PATIENCE)
      await settings.button('Save and poll').click()
      await settings.main
        .getByText(/is now polled/)
        .first()
        .waitFor(PATIENCE)
      expect(file()).toContain('bearer: keychain:alertmanager-token')

      await settings.main
        .getByRole('group', { name: 'Source alertmanager' })
        .getByText('Edit…')
        .click()
      await settings.main.getByText(/Leave empty to keep the stored one/).waitFor()
      const held = await watched.page.evaluate(() => [
        document.documentElement.outerHTML,
        JSON.stringify(Object.entries(localStorage)),
        ...[...document.querySelectorAll('input')].map(({ value }) => value),
      ])
      expect(held.join('\n')).not.toContain(SECRET)

      const secrets = join(home.data, 'secrets')
      if (hasModes) expect(statSync(secrets).mode & 0o777).toBe(0o700)
      const kept = ['.for-alertmanager-token', 'alertmanager-token']
      expect(readdirSync(secrets).sort()).toEqual(kept)
      if (hasModes) expect(statSync(join(secrets, 'alertmanager-token')).mode & 0o777).toBe(0o600)
      expect(readFileSync(join(secrets, 'alertmanager-token'), 'utf8')).toBe(SECRET)
      for (const name of readdirSync(home.data)) {
        const path = join(home.data, name)
        if (statSync(path).isFile()) expect(readFileSync(path).includes(SECRET), name).toBe(false)
      }
      expect(file()).not.toContain(SECRET)

      // One that was only tried leaves nothing behind either, and takes nothing along.
      await settings.main.getByLabel('New token').fill('another')
      await settings.button('Test connection').last().click()
      await settings.main.getByText('Connection OK').waitFor(PATIENCE)
      expect(readdirSync(secrets)).toHaveLength(4)
      await settings.button('Cancel').click()
      await expect.poll(() => readdirSync(secrets).sort()).toEqual(kept)
      await settings.main
        .getByRole('group', { name: 'Source alertmanager' })
        .getByText('Edit…')
        .click()

      // A source without the secret leaves nothing of it behind.
      await settings.main.getByLabel('None', { exact: true }).check()
      await settings.button(/^Save$/).click()
      await settings.main
        .getByText(/Saved\. \S+ updated/)
        .first()
        .waitFor(PATIENCE)
      await expect.poll(() => readdirSync(secrets)).toEqual([])
      expect(watched.complaints).toEqual([])
    })
  })

  it('keeps comments, follows a link, and says when the file changed meanwhile', async () => {
    const real = join(home.data, '..', 'managed.yaml')
    writeFileSync(
      real,
      'me: ada   # the author\nsources:\n  - type: drill # practice\n    seed: 7\n',
      { mode: 0o640 },
    )
    symlinkSync('managed.yaml', home.config)
    await open()
    await now.queue.first().waitFor(PATIENCE)
    await now.page.keyboard.press('9')
    await settings.open('Severities')
    await settings.button('Add a rule').click()
    await settings.button(/^Save$/).click()
    await settings.main.getByText('rule 1 is invalid').waitFor()
    await settings.field(/Rule 1: alerts/).fill('service=')
    await settings.main.getByText(/Invalid condition/).waitFor()
    await settings.field(/Rule 1: alerts/).fill('service="search"')
    await settings.main.getByLabel('Severity', { exact: true }).selectOption('P0')
    await settings.button(/^Save$/).click()
    await settings.main.getByText(/Severities applied/).waitFor(PATIENCE)
    expect(file()).toBe(
      'me: ada   # the author\nsources:\n  - type: drill # practice\n    seed: 7\nseverity:\n  - when: service="search"\n    is: P0\n',
    )
    if (hasModes) expect(statSync(real).mode & 0o777).toBe(0o640)

    // What cannot be a label is not saved; what no alert has is said.
    await settings.open('Grouping')
    await settings.field(/Labels/).fill('alert name, \u{1f921},,')
    await settings.button(/^Save$/).click()
    await settings.main.getByText(/Not saved: Invalid label name “alert name”/).waitFor()
    expect(await settings.main.getByText(/would make/).count()).toBe(0)
    await settings.field(/Labels/).fill('alertnmae')
    await settings.main.getByText(/did you mean alertname/).waitFor()
    await settings.main.getByText(/would become 1|would form 1 incident/).waitFor()
    await watched.page.screenshot({ path: `${shots}/settings-grouping-warned.png` })
    expect(file()).not.toContain('groupBy')

    // A comment that somebody adds elsewhere is no conflict; another value of the same part is.
    await settings.open('Grouping')
    await settings.field(/Labels/).fill('service')
    writeFileSync(real, `# managed\n${file()}`)
    await settings.button(/^Save$/).click()
    await settings.main.getByText(/grouped by these labels/).waitFor(PATIENCE)
    expect(file()).toMatch(/^# managed\n[^]*groupBy:\n {2}- service\n$/)

    await settings.field(/Labels/).fill('service, region')
    writeFileSync(real, file().replace('- service\n', '- cluster\n'))
    await settings.main.getByText('The file has changed since.').waitFor(PATIENCE)
    expect(await settings.button(/^Save$/).getAttribute('aria-disabled')).toBe('true')
    expect(await accessibilityDefects(watched.page)).toEqual([])
    await settings.main.getByRole('button', { name: 'Keep mine' }).click()
    await settings.button(/^Save$/).click()
    await settings.main.getByText(/grouped by these labels/).waitFor(PATIENCE)
    expect(file()).toContain('- region')
    expect(watched.complaints).toEqual([])
  })

  it('changes nothing in a broken file, and keeps what is written while the engine is gone', async () => {
    home.configure('sources:\n  - type: drill\n')
    await open()
    await now.queue.first().waitFor(PATIENCE)
    await now.page.keyboard.press('9')
    await settings.open('About')
    await settings.field('Name').fill('grace')
    const broken = 'sources:\n  - type: drill\n    sped: 2\n'
    home.configure(broken)
    await settings.main
      .getByText(/Invalid configuration; using the last valid version/)
      .waitFor(PATIENCE)
    await settings.main.getByText(/:3:5/).waitFor(PATIENCE)
    expect(await settings.button(/^Save$/).getAttribute('title')).toContain('fix it first')
    expect(file()).toBe(broken)

    home.configure('sources:\n  - type: drill # mended\n')
    await settings.main
      .getByText(/Invalid configuration; using the last valid version/)
      .waitFor({ state: 'hidden', ...PATIENCE })
    const { port } = deckwatch
    await deckwatch.kill()
    await settings.main.getByText(/Saving is unavailable/).waitFor(PATIENCE)
    expect(await settings.button(/^Save$/).getAttribute('aria-disabled')).toBe('true')
    expect(await settings.field('Name').inputValue()).toBe('grace')
    deckwatch = await startDeckwatch(home, { port })
    await settings.main.getByText(/Saving is unavailable/).waitFor({ state: 'hidden', ...PATIENCE })
    await settings.button(/^Save$/).click()
    await settings.main
      .getByText(/Saved. Your actions are recorded/)
      .first()
      .waitFor(PATIENCE)
    expect(file()).toBe('sources:\n  - type: drill # mended\nme: grace\n')
  })

  it('removes a source after a question, tries one that does not answer, and sets quiet hours', async () => {
    home.configure(
      'sources:\n  - type: drill\n  - type: prometheus\n    name: gone\n    url: http://127.0.0.1:9\n',
    )
    await open()
    await now.queue.first().waitFor(PATIENCE)
    await now.page.keyboard.press('9')
    const gone = settings.main.getByRole('group', { name: 'Source gone' })
    await gone.getByRole('button', { name: 'Test connection' }).click()
    await settings.main.getByText(/Connection failed/).waitFor(PATIENCE)
    await gone.getByRole('button', { name: 'Remove…' }).click()
    await gone.getByRole('button', { name: 'Cancel' }).click()
    await gone.getByRole('button', { name: 'Remove…' }).click()
    await gone.getByRole('button', { name: /Remove gone/ }).click()
    await settings.main.getByText(/gone is no longer polled/).waitFor(PATIENCE)
    expect(file()).toBe('sources:\n  - type: drill\n')
    const drill = settings.main.getByRole('group', { name: 'Source drill' })
    expect(await drill.getByRole('button', { name: 'Remove…' }).getAttribute('aria-disabled')).toBe(
      'true',
    )

    await settings.button('Add a source…').click()
    await settings.field('Address').fill('http://127.0.0.1:9')
    await settings.button('Save and poll').click()
    const anyway = settings.main.getByRole('button', { name: 'Save anyway' })
    await anyway.waitFor(PATIENCE)
    await settings.main.locator('button:focus', { hasText: 'Keep editing' }).waitFor(PATIENCE)
    // Nothing that stays in sight lies over it.
    const isOnTop = await anyway.evaluate((element) => {
      const { left, right, bottom } = element.getBoundingClientRect()
      return element.contains(document.elementFromPoint((left + right) / 2, bottom - 2))
    })
    await now.page.screenshot({ path: `${shots}/settings-save-anyway.png` })
    expect(isOnTop).toBe(true)
    await settings.button('Keep editing').click()
    await settings.button('Cancel').click()

    await settings.open('Notifications')
    await settings.button('Send a test notification').click()
    await settings.main.getByText(/Did you see it|Test notification failed/).waitFor(PATIENCE)
    await settings.button('Add quiet hours').click()
    await settings.field('Time zone').fill('Mars/Olympus')
    await settings.main.getByText(/unknown time zone/i).waitFor()
    await settings.field(/one summary/).fill('1')
    await settings.main.getByText('Minimum 2').waitFor()
    await settings.field(/one summary/).fill('4')
    await settings.field('Time zone').fill('Europe/Berlin')
    await settings.button('Sun').click()
    await settings.button(/^Save$/).click()
    await settings.main.getByText(/Notification settings applied/).waitFor(PATIENCE)
    expect(file()).toContain('timeZone: Europe/Berlin')
    expect(file()).not.toContain('- sun')
    expect(watched.complaints).toEqual([])
  })

  for (const [scheme, width, height] of layouts) {
    it(`has no accessibility defect in ${scheme} at ${String(width)}×${String(height)}`, async () => {
      await open({ viewport: { width, height }, colorScheme: scheme })
      await now.queue.first().waitFor(PATIENCE)
      const shot = (name: string) =>
        watched.page.screenshot({
          path: `${shots}/settings-${name}-${scheme}-${String(width)}.png`,
        })
      await now.page.keyboard.press('9')
      for (const section of ['Sources', 'Severities', 'Grouping', 'Notifications']) {
        await settings.open(section)
        if (section === 'Sources') {
          await settings.button('Add a source…').click()
          await settings.main.getByLabel('User name and password').check()
          await settings.main.getByText('Heartbeats, filters').click()
          await settings.button('Add a header').click()
        }
        if (section === 'Severities') await settings.button('Add a rule').click()
        if (section === 'Notifications') await settings.button('Add quiet hours').click()
        await shot(section.toLowerCase())
        expect(await accessibilityDefects(watched.page), section).toEqual([])
      }
      for (const section of ['Appearance', 'About']) {
        await settings.open(section)
        await shot(section.toLowerCase())
        expect(await accessibilityDefects(watched.page), section).toEqual([])
      }
      await settings.open('Appearance')
      await settings.main.getByLabel('125 %').check()
      await watched.page.reload()
      await now.queue.first().waitFor(PATIENCE)
      expect(
        await watched.page.evaluate(() => getComputedStyle(document.documentElement).fontSize),
      ).toBe('20px')
      expect(watched.complaints).toEqual([])
    })
  }
})
