import { mkdirSync, readFileSync } from 'node:fs'
import type { BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { alertObject } from '#shared/domain/alert/object.ts'
import { kubePrometheusAlerts } from '#test/fixtures/kube-prometheus-alerts.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { openPage, type WatchedPage } from './browser.ts'
import { startDesk, type Desk } from './desk.ts'
import { NowPage } from './pages/now-page.ts'
import { SettingsPage } from './pages/settings-page.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }
/** Highest that a line of the queue may be, px. */
const MAX_LINE = 56

/** The window, by what it stands for; the last is 1280 by 800 at 200 % zoom. */
const windows = [
  ['light', 1440, 900],
  ['dark', 1280, 800],
  ['light', 1280, 800],
  ['dark', 640, 400],
] as const

/** One story, told in order: each step stands on the one before it. */
describeWith(['chromium', 'alertmanager'], 'the alerts of a kube-prometheus cluster', () => {
  let desk: Desk
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    const at = Date.now()
    desk = await startDesk({
      alerts: kubePrometheusAlerts.map((alert, index) => ({
        ...alert,
        startsAt: new Date(at - (index * 7 + 2) * 60_000).toISOString(),
        endsAt: new Date(at + 3_600_000).toISOString(),
      })),
    })
  })
  afterEach(async () => {
    await context.close()
  })
  afterAll(async () => {
    await desk.stop()
  })

  async function open(
    width = 1440,
    height = 900,
    colorScheme: 'light' | 'dark' = 'light',
  ): Promise<{ watched: WatchedPage; now: NowPage }> {
    context = await desk.browser.newContext({
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
    })
    // What links lead to is not there.
    await context.route(/^https?:\/\/(?!127\.0\.0\.1|localhost)/, (route) =>
      route.fulfill({ body: 'elsewhere', contentType: 'text/plain' }),
    )
    const watched = await openPage(context, desk.deckwatch.url)
    const now = new NowPage(watched.page)
    await now.row('Payment success rate').waitFor(PATIENCE)
    return { watched, now }
  }

  it('has lines that each tell what they are about, none of it cut, in little height', async () => {
    const { watched, now } = await open()
    await now.unfold('Informational')
    const told: string[] = []
    const cut: string[] = []
    const line = now.page.locator('[data-incident][aria-current="true"]')
    /** Presses a key that selects another line, and waits until it is. */
    const step = async (key: string, from: string) => {
      await now.page.keyboard.press(key)
      await now.page
        .locator(`[data-incident][aria-current="true"]:not([data-incident="${from}"])`)
        .waitFor(PATIENCE)
      return (await line.getAttribute('data-incident')) ?? ''
    }
    const last = await step('End', (await line.getAttribute('data-incident')) ?? '')
    for (let id = await step('Home', last); ; id = await step('j', id)) {
      const look = await line.evaluate((element) => {
        const object = element.querySelector<HTMLElement>('[data-object]')
        const box = element.getBoundingClientRect()
        const list = element.closest('[role="group"]')?.getBoundingClientRect()
        const inner = object?.getBoundingClientRect()
        return {
          height: box.height,
          isInView: list !== undefined && box.top >= list.top && box.bottom <= list.bottom + 1,
          text: element.textContent,
          isWithin: !inner || (inner.left >= box.left && inner.right <= box.right),
          isCut: [...(object?.querySelectorAll('span') ?? [])].some(
            (part) => part.scrollWidth > part.clientWidth,
          ),
          object: object?.textContent ?? '',
        }
      })
      expect(look.height, look.text).toBeLessThanOrEqual(MAX_LINE)
      expect(look.isInView, look.text).toBe(true)
      expect(look.isWithin, look.text).toBe(true)
      if (look.isCut) cut.push(look.object)
      told.push(look.text)
      if (id === last) break
    }
    const byRule = Map.groupBy(kubePrometheusAlerts, ({ labels }) => labels['alertname'] ?? '')
    for (const [rule, alerts] of byRule) {
      const objects = alerts.map(({ labels }) => alertObject(labels) ?? '')
      const line = told.find((text) => text.includes(rule) && objects.some((o) => text.includes(o)))
      expect(line, `${rule}: ${objects.join(', ')}`).toBeDefined()
    }
    // Only what is longer than a line is, and that in its middle.
    for (const object of cut) expect(object.length, object).toBeGreaterThan(36)
    // However many alerts have one title, no two lines look alike.
    expect(new Set(told).size).toBe(told.length)
    expect(watched.complaints).toEqual([])
  })

  it('keeps the heading of what is looked at, with its total, above its lines', async () => {
    const { now } = await open(1280, 800)
    await now.page.keyboard.press('End')
    const list = now.page.getByRole('group', { name: 'Queue' })
    const heading = list.getByRole('heading', { name: /^Triggered \d+/ })
    await heading.waitFor(PATIENCE)
    const [box, view] = await Promise.all([heading.boundingBox(), list.boundingBox()])
    expect(Math.abs((box?.y ?? 0) - (view?.y ?? 0))).toBeLessThan(2)
    expect(await list.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0)
  })

  it('says which line is selected while a scroll hides it, and leads back to it', async () => {
    const { now } = await open(1280, 800)
    await now.row('etcd cluster members').click()
    const list = now.page.getByRole('group', { name: 'Queue' })
    await list.evaluate((element) => {
      element.scrollTop = element.scrollHeight
    })
    const back = now.page.getByRole('button', { name: /Selected, above: etcd cluster members/ })
    await back.waitFor(PATIENCE)
    await back.click()
    await back.waitFor({ state: 'hidden', ...PATIENCE })
    const line = now.page.locator('[data-incident]:focus')
    await line.filter({ hasText: 'etcd cluster members' }).waitFor(PATIENCE)
    const [box, view] = await Promise.all([line.boundingBox(), list.boundingBox()])
    // Not behind the heading that stays either.
    expect((box?.y ?? 0) - (view?.y ?? 0)).toBeGreaterThanOrEqual(31)
  })

  it('lists what informs apart, folded, and never among what waits', async () => {
    const { now } = await open()
    const triggered = await now.page.getByRole('heading', { name: /^Triggered \d+/ }).textContent()
    await now.page.getByRole('button', { name: /^Informational 3/ }).waitFor(PATIENCE)
    expect(await now.row('CPU throttling').count()).toBe(0)
    expect(await now.row('certify that Alertmanager').count()).toBe(0)
    expect(Number(/\d+/.exec(triggered ?? '')?.[0])).toBeGreaterThan(15)
    await now.unfold('Informational')
    await now.row('certify that Alertmanager').waitFor(PATIENCE)
    await now.row('CPU throttling').waitFor(PATIENCE)
  })

  it('shows the first steps that an alert brings whole, and opens its runbook and dashboard by key', async () => {
    const { watched, now } = await open(1280, 800)
    await now.row('Payment success rate').click()
    const step = now.page.getByText('3. Fail over to secondary PSP').first()
    await step.waitFor(PATIENCE)
    const [box, acknowledge] = await Promise.all([
      step.boundingBox(),
      now.action('Acknowledge').boundingBox(),
    ])
    // In sight above the buttons, with nothing to press first.
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((acknowledge?.y ?? 0) + 1)
    const actions = now.page.getByRole('group', { name: 'Actions' })
    await actions.getByRole('link', { name: 'Runbook' }).waitFor(PATIENCE)
    const [runbook] = await Promise.all([
      context.waitForEvent('page'),
      now.page.keyboard.press('b'),
    ])
    expect(runbook.url()).toMatch(/^https:\/\/runbooks\.prometheus-operator\.dev\//)
    expect(await runbook.evaluate(() => window.opener === null)).toBe(true)
    const [dashboard] = await Promise.all([
      context.waitForEvent('page'),
      now.page.keyboard.press('d'),
    ])
    expect(dashboard.url()).toBe('https://grafana.example.com/d/abc?var-ns=billing')
    // One without a runbook has no button for it, and says so.
    await now.row('Consumer group fulfilment lags').click()
    await actions.getByRole('link', { name: 'Dashboard' }).waitFor(PATIENCE)
    expect(await actions.getByRole('link', { name: 'Runbook' }).count()).toBe(0)
    expect(watched.complaints).toEqual([])
  })

  for (const [scheme, width, height] of windows) {
    it(`has no accessibility defect in ${scheme} at ${String(width)}×${String(height)}`, async () => {
      const { watched, now } = await open(width, height, scheme)
      await now.row('Payment success rate').click()
      await now.timeline.first().waitFor(PATIENCE)
      await now.page.screenshot({ path: `${shots}/kube-${scheme}-${String(width)}.png` })
      expect(await accessibilityDefects(now.page)).toEqual([])
      expect(watched.complaints).toEqual([])
    })
  }

  it('stays as low once somebody has it, or has put it away', async () => {
    const { watched, now } = await open()
    await now.row('Node is not ready').click()
    await now.page.keyboard.press('a')
    await now.row('Node is not ready').getByText('acknowledged by you').waitFor(PATIENCE)
    await now.row('Payment success rate').click()
    await now.page.keyboard.press('s')
    await now.page.keyboard.press('2')
    await now.unfold('Snoozed')
    const away = now.row('Payment success rate')
    await away.getByText(/^until (\d+ \w+ )?\d\d:\d\d$/).waitFor(PATIENCE)
    for (const row of [now.row('Node is not ready'), away]) {
      expect((await row.boundingBox())?.height).toBeLessThanOrEqual(MAX_LINE)
    }
    await now.page.screenshot({ path: `${shots}/kube-acknowledged.png` })
    expect(await accessibilityDefects(now.page)).toEqual([])
    // For the story that follows.
    await now.page.keyboard.press('s')
    await now.timeline.filter({ hasText: 'unsnoozed' }).waitFor(PATIENCE)
    expect(watched.complaints).toEqual([])
  })

  it('offers a Watchdog as a heartbeat, which leads to its source and leaves the queue', async () => {
    const { watched, now } = await open()
    await now.unfold('Informational')
    await now.row('certify that Alertmanager').click()
    await now.page.screenshot({ path: `${shots}/kube-watchdog.png` })
    await now.page.getByRole('button', { name: 'Use as heartbeat…' }).click()
    const settings = new SettingsPage(now.page)
    const field = settings.field('Heartbeats')
    await field.waitFor(PATIENCE)
    expect(await field.inputValue()).toBe('alertname="Watchdog"')
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    await settings.main.getByRole('button', { name: 'Save', exact: true }).click()
    await settings.main.getByText('Saved. am-eu updated.').first().waitFor(PATIENCE)
    expect(readFileSync(desk.home.config, 'utf8')).toContain('Watchdog')
    await now.page.keyboard.press('1')
    await now.unfold('Suppressed')
    await now.row('certify that Alertmanager').waitFor(PATIENCE)
    await now.page.getByRole('button', { name: /^Informational 2/ }).waitFor(PATIENCE)
    expect(watched.complaints).toEqual([])
  })

  it('tells in front what a line is about, also beside how many are suppressed', async () => {
    const looping = kubePrometheusAlerts.find(
      ({ labels }) => labels['alertname'] === 'KubePodCrashLooping',
    )
    await desk.alertmanager.postSilence({ matchers: looping?.labels ?? {} })
    const { watched, now } = await open(1280, 800)
    const line = now.row('Pod is crash looping')
    await line.getByText('1 suppressed').waitFor(PATIENCE)
    await line.scrollIntoViewIfNeeded()
    const look = await line.evaluate((element) => {
      const object = element.querySelector<HTMLElement>('[data-object]')
      const parts = [...(object?.querySelectorAll(':scope > span > span') ?? [])]
      const [head, tail] = parts.map((part) => part.getBoundingClientRect())
      const after = object?.nextElementSibling?.getBoundingClientRect()
      return {
        parts: parts.length,
        head: head?.width ?? 0,
        isApart: (tail?.right ?? Infinity) <= (after?.left ?? 0),
        height: element.getBoundingClientRect().height,
      }
    })
    await now.page.screenshot({ path: `${shots}/kube-suppressed.png` })
    expect(look.parts).toBe(2)
    // Enough for its namespace.
    expect(look.head).toBeGreaterThan(30)
    expect(look.isApart).toBe(true)
    expect(look.height).toBeLessThanOrEqual(MAX_LINE)
    expect(watched.complaints).toEqual([])
  })
})
