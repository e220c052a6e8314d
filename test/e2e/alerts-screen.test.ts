import { mkdirSync } from 'node:fs'
import type { BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { PostedAlert } from '#test/integration/servers/alertmanager.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects, layouts } from './accessibility.ts'
import { openPage, type WatchedPage } from './browser.ts'
import { startDesk, type Desk } from './desk.ts'
import { AlertsPage } from './pages/alerts-page.ts'
import { NowPage } from './pages/now-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }

const alert = (
  alertname: string,
  labels: Readonly<Record<string, string>>,
  summary?: string,
): PostedAlert => ({
  labels: { alertname, ...labels },
  annotations: summary === undefined ? {} : { summary },
})

/** Five incidents by the default grouping: three of one alert, one of four, one with long names. */
const alerts = [
  alert('CheckoutDown', { severity: 'critical', service: 'checkout' }, 'Checkout is down'),
  ...['a', 'b', 'c', 'd'].map((pod) =>
    alert('PodRestarts', { severity: 'warning', service: 'search', pod: `search-${pod}` }),
  ),
  alert('DiskFull', { severity: 'warning', service: 'orders', device: 'sda1' }),
  alert('DeployNoise', { severity: 'info', service: 'deploys' }),
  alert(
    `${'AVeryLongNameOfAnAlert'.repeat(8)}Whose<b>End</b>NobodySees`,
    { severity: 'page', service: 'x'.repeat(200), path: '/var/lib/'.repeat(40) },
    'A summary that does not want to end. '.repeat(20),
  ),
]

/** The steps of a story about one cockpit, each on a page of its own. */
describeWith(['chromium', 'alertmanager'], 'all alerts', () => {
  let desk: Desk
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    desk = await startDesk({ source: 'am-lab', alerts })
    await desk.alertmanager.postSilence({
      matchers: { alertname: 'DeployNoise' },
      createdBy: 'alice@example.com',
      comment: 'INC-1234 moving the rack',
    })
  })
  afterEach(async () => {
    await context.close()
  })
  afterAll(async () => {
    await desk.stop()
  })

  async function open(
    size: { width: number; height: number } = { width: 1280, height: 800 },
    colorScheme: 'dark' | 'light' = 'dark',
  ): Promise<{ watched: WatchedPage; list: AlertsPage; now: NowPage }> {
    context = await desk.browser.newContext({
      viewport: size,
      colorScheme,
      reducedMotion: 'reduce',
    })
    const watched = await openPage(context, desk.deckwatch.url)
    const list = new AlertsPage(watched.page)
    const now = new NowPage(watched.page)
    await list.open()
    await list.line('CheckoutDown').waitFor(PATIENCE)
    return { watched, list, now }
  }

  it('lists all of them, the silenced one with who silenced it, why and until when', async () => {
    const { watched, list } = await open()
    await list.line(/silenced until .* by alice@example\.com/).waitFor(PATIENCE)
    expect(await list.size()).toBe(alerts.length)
    expect(await list.line('DeployNoise').textContent()).toContain('INC-1234 moving the rack')
    expect(await list.lines.first().textContent()).toContain('P0')
    expect(watched.complaints).toEqual([])
  })

  it('filters as it is typed, with suggestions, and says what is wrong with a mistake', async () => {
    const { watched, list } = await open()
    const { keyboard } = list.page
    await keyboard.press('/')
    await keyboard.type('seve')
    await list.suggestions.first().waitFor(PATIENCE)
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await list.suggestions.filter({ hasText: 'warning' }).waitFor(PATIENCE)
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    expect(await list.filter.inputValue()).toBe('severity="warning" ')
    await list.count('5 of 8 alerts').waitFor(PATIENCE)

    await keyboard.type('pod=~"search-[ab]"')
    await list.count('2 of 8 alerts').waitFor(PATIENCE)
    await keyboard.type(' pod=~"(a"')
    await list.page.getByText('missing closing )').waitFor(PATIENCE)
    // What was valid last holds meanwhile, and it is said.
    expect(await list.size()).toBe(2)
    await list.page.getByText('still applied: severity="warning"').waitFor(PATIENCE)
    await list.type('')
    await list.count('8 alerts').waitFor(PATIENCE)
    await keyboard.insertText('severity="warn')
    await list.suggestions.filter({ hasText: 'warning' }).waitFor(PATIENCE)
    const notes = list.page.getByText('not applied, all alerts are listed')
    await notes.waitFor(PATIENCE)
    await list.count('8 alerts').waitFor(PATIENCE)
    // The suggestions stand below what is said, not over it.
    const said = await notes.boundingBox()
    const offered = await list.suggestions.first().boundingBox()
    expect(offered?.y ?? 0).toBeGreaterThan((said?.y ?? 0) + (said?.height ?? 0) - 1)

    await list.type('severity="warnin"')
    await list.count('0 of 8 alerts').waitFor(PATIENCE)
    await list.page.getByText('No alert’s severity is "warnin".').waitFor(PATIENCE)
    await list.page.getByRole('button', { name: 'warning', exact: true }).click()
    await list.count('5 of 8 alerts').waitFor(PATIENCE)
    expect(await list.filter.inputValue()).toBe('severity="warning"')

    await list.type('@state=suppressed')
    await list.count('1 of 8 alerts').waitFor(PATIENCE)
    expect(list.page.url()).toContain('#/alerts?filter=%40state%3Dsuppressed')
    await list.page.reload()
    await list.count('1 of 8 alerts').waitFor(PATIENCE)
    expect(watched.complaints).toEqual([])
  })

  it('is ordered and laid out as one likes, also after a reload', async () => {
    const { list } = await open()
    await list.page.getByRole('button', { name: 'Alert', exact: true }).click()
    await list.lines.first().getByText('AVeryLong').waitFor(PATIENCE)
    await list.page.getByRole('button', { name: 'Columns' }).click()
    await list.page.getByRole('checkbox', { name: 'Labels' }).click()
    await list.page.keyboard.press('Escape')
    await list.page.reload()
    await list.lines.first().getByText('AVeryLong').waitFor(PATIENCE)
    const heading = list.page.getByRole('columnheader', { name: 'Alert', exact: true })
    expect(await heading.getAttribute('aria-sort')).toBe('ascending')
    expect(await list.page.getByRole('columnheader', { name: 'Labels' }).count()).toBe(0)
  })

  it('shows an alert in full, and leads to its incident, by keyboard alone', async () => {
    const { watched, list, now } = await open()
    const { keyboard } = list.page
    await keyboard.press('/')
    await keyboard.type('DiskFull')
    await list.count('1 of 8 alerts').waitFor(PATIENCE)
    await keyboard.press('Enter')
    await list.focused.waitFor(PATIENCE)
    await keyboard.press('Enter')
    await list.panel.getByText('sda1').waitFor(PATIENCE)
    await keyboard.press('w')
    await now.dialog.getByText(/fires as P2/).waitFor(PATIENCE)
    await keyboard.press('Escape')
    await now.dialog.waitFor({ state: 'hidden' })
    await list.panel.getByRole('button', { name: 'DiskFull', exact: true }).focus()
    await keyboard.press('Enter')
    await now.title.getByText('DiskFull').waitFor(PATIENCE)
    expect(watched.complaints).toEqual([])
  })

  it('holds the lines still while the keyboard is on them, and shows the news on a key', async () => {
    const { list } = await open()
    await list.page.keyboard.press('j')
    await list.focused.waitFor(PATIENCE)
    const before = await list.lines.allTextContents()
    await desk.alertmanager.postAlerts([
      alert('AnotherDown', { severity: 'critical', service: 'payments' }),
    ])
    await list.news(/1 new, worst P0 critical/).waitFor(PATIENCE)
    expect(await list.lines.count()).toBe(before.length)
    expect(await list.line('AnotherDown').count()).toBe(0)
    await list.page.keyboard.press('.')
    await list.line('AnotherDown').waitFor(PATIENCE)
    expect(await list.focused.count()).toBe(1)

    await desk.alertmanager.resolveAlerts([
      alert('AnotherDown', { severity: 'critical', service: 'payments' }),
    ])
    // What is over changes in place; its line stays where it is.
    await list.line('AnotherDown').getByText('resolved', { exact: true }).waitFor(PATIENCE)
    await list.news(/order changed/).waitFor(PATIENCE)
  })

  it('acknowledges the incidents of what was chosen, and asks where that is more', async () => {
    const { watched, list } = await open()
    const { keyboard } = list.page
    await list.type('pod="search-a"')
    await list.count('1 of').waitFor(PATIENCE)
    await keyboard.press('Enter')
    await list.focused.waitFor(PATIENCE)
    await keyboard.press('Space')
    await list.bar.getByText('1 alert of 1 incident selected').waitFor(PATIENCE)
    await keyboard.press('a')
    await list.bar.getByText('This incident also has 3 other alerts.').waitFor(PATIENCE)
    expect(await list.line('acknowledged by you').count()).toBe(0)
    await list.bar.getByRole('button', { name: 'Acknowledge 1 incident (of 1 alert)' }).waitFor()
    await keyboard.press('Enter')
    await list.bar.getByText('Acknowledged 1 incident.').waitFor(PATIENCE)
    await list.line('acknowledged by you').waitFor(PATIENCE)
    // The focus is back on its line, and nothing is left but to put the outcome away.
    expect(await list.focused.count()).toBe(1)
    // It can be given back, by its button or its key.
    await list.bar.getByRole('button', { name: 'Unacknowledge it' }).waitFor(PATIENCE)
    await keyboard.press('u')
    await list.bar.getByText('Unacknowledged 1 incident.').waitFor(PATIENCE)
    await list.line('triggered').waitFor(PATIENCE)
    // A new choice takes the place of the outcome.
    await keyboard.press('Space')
    await list.bar.getByText('1 alert of 1 incident selected').waitFor(PATIENCE)
    expect(await list.bar.getByText('Unacknowledged').count()).toBe(0)
    await keyboard.press('Escape')
    await list.bar.waitFor({ state: 'hidden' })

    await list.type('')
    await keyboard.press('Enter')
    await list.focused.waitFor(PATIENCE)
    await keyboard.press('ControlOrMeta+a')
    await keyboard.press('s')
    await keyboard.press('1')
    await list.bar.getByText(/^Snoozed \d incidents\./).waitFor(PATIENCE)
    await list
      .line(/snoozed until .* by you/)
      .first()
      .waitFor(PATIENCE)
    expect(watched.complaints).toEqual([])
  })

  it('keeps the queue still under a pointer, and names a new P0 all the same', async () => {
    const { list, now } = await open()
    await desk.alertmanager.postAlerts([
      alert('LatencyHigh', { severity: 'warning', service: 'maps' }),
    ])
    await list.page.keyboard.press('1')
    const first = now.row('LatencyHigh')
    await first.waitFor(PATIENCE)
    const box = await first.boundingBox()
    await first.hover()
    await desk.alertmanager.postAlerts([
      alert('MapsDown', { severity: 'critical', service: 'maps' }),
    ])
    // One that rests lets the lines go after a while: this one moves.
    let x = 10
    await expect
      .poll(async () => {
        x = 30 - x
        await first.hover({ position: { x, y: 20 } })
        return list.news('New P0: MapsDown').isVisible()
      }, PATIENCE)
      .toBe(true)
    expect(await first.boundingBox()).toEqual(box)
    await list.pressNews('New P0: MapsDown')
    await now.title.getByText('MapsDown').waitFor(PATIENCE)
    await now.row('MapsDown').waitFor(PATIENCE)
    const lines = await now.queue.allTextContents()
    const place = (title: string) => lines.findIndex((line) => line.includes(title))
    expect(place('MapsDown')).toBeLessThan(place('LatencyHigh'))
  })

  it('holds the lines still under a pointer, and shows the news on a press', async () => {
    const { list } = await open()
    await list.lines.first().hover()
    await desk.alertmanager.postAlerts([
      alert('TilesDown', { severity: 'critical', service: 'maps' }),
    ])
    await list.news(/1 new, worst P0 critical/).waitFor(PATIENCE)
    await list.pressNews(/1 new, worst P0 critical/)
    await list.line('TilesDown').waitFor(PATIENCE)
    // The press was for the news: it opened no line that lies below it.
    expect(await list.panel.count()).toBe(0)
  })

  it('says what happened while nobody looked', async () => {
    const { list } = await open()
    await list.page.close()
    // As if the page had last been looked at an hour ago.
    await context.addInitScript(() => {
      localStorage.setItem('deckwatch.seen', JSON.stringify({ at: Date.now() - 3_600_000 }))
    })
    const { page, complaints } = await openPage(context, desk.deckwatch.url)
    const card = page.getByRole('region', { name: 'While you were away' })
    await card.waitFor(PATIENCE)
    await card.getByRole('button', { name: /triggered and resolved by itself/ }).click()
    await card.getByRole('button', { name: /AnotherDown/ }).click()
    await new NowPage(page).title.getByText('AnotherDown').waitFor(PATIENCE)
    await card.getByRole('button', { name: 'Dismiss' }).click()
    await card.waitFor({ state: 'hidden' })
    expect(complaints).toEqual([])
  })

  for (const [scheme, width, height] of layouts) {
    it(`has no accessibility defect in ${scheme} at ${String(width)}×${String(height)}`, async () => {
      const { watched, list, now } = await open({ width, height }, scheme)
      const check = async (name: string) => {
        const path = `${shots}/alerts-${name}-${scheme}-${String(width)}.png`
        await list.page.screenshot({ path })
        expect(await accessibilityDefects(list.page)).toEqual([])
        // Nothing of the screen is wider than the window.
        expect(await list.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      }
      await check('list')
      await list.type('AVery')
      await check('suggestions')
      await list.page.keyboard.press('Enter')
      await list.focused.waitFor(PATIENCE)
      await list.page.keyboard.press('Space')
      await check('selected')
      await list.page.keyboard.press('Space')
      await list.page.keyboard.press('Enter')
      await list.panel.waitFor(PATIENCE)
      await check('panel')
      // The same long names where an incident is dealt with.
      await list.panel.getByRole('button', { name: /^A summary that does/ }).click()
      await now.title.getByText('A summary that does not want to end').waitFor(PATIENCE)
      await now.timeline.first().waitFor(PATIENCE)
      await check('incident')
      await list.page.keyboard.press('w')
      await now.dialog.getByRole('list').or(now.dialog.getByRole('table')).first().waitFor(PATIENCE)
      await check('why')
      expect(watched.complaints).toEqual([])
    })
  }
})
