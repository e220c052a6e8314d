import { mkdirSync } from 'node:fs'
import type { BrowserContext } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { kubePrometheusAlerts } from '#test/fixtures/kube-prometheus-alerts.ts'
import type { PostedAlert } from '#test/integration/servers/alertmanager.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects, layouts } from './accessibility.ts'
import { openPage, type WatchedPage } from './browser.ts'
import { startDesk, type Desk } from './desk.ts'
import { AlertsPage } from './pages/alerts-page.ts'
import { NowPage } from './pages/now-page.ts'
import { SettingsPage } from './pages/settings-page.ts'
import { SilenceDialogPage } from './pages/silence-dialog.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }
const HOUR = 3_600_000

/** The alerts of a Kubernetes cluster with a shop on it, as they would fire now. */
function clusterAlerts(): readonly PostedAlert[] {
  const now = Date.now()
  return kubePrometheusAlerts.map((alert) => ({
    ...alert,
    startsAt: new Date(now - HOUR).toISOString(),
    endsAt: new Date(now + HOUR).toISOString(),
  }))
}

/** One story, told in order: each step stands on the one before it. */
describeWith(['chromium', 'alertmanager'], 'silences', () => {
  let desk: Desk
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    desk = await startDesk({ alerts: clusterAlerts() })
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
  ): Promise<{
    watched: WatchedPage
    now: NowPage
    list: AlertsPage
    silence: SilenceDialogPage
  }> {
    context = await desk.browser.newContext({ viewport: size, colorScheme })
    const watched = await openPage(context, desk.deckwatch.url)
    return {
      watched,
      now: new NowPage(watched.page),
      list: new AlertsPage(watched.page),
      silence: new SilenceDialogPage(watched.page),
    }
  }

  const stored = async () =>
    (
      JSON.parse(await desk.alertmanager.get('/api/v2/silences')) as {
        id: string
        status: { state: string }
        createdBy: string
        comment: string
        matchers: { name: string; value: string }[]
      }[]
    ).filter(({ status }) => status.state === 'active')

  /** Goes to an incident by the palette: of a long queue only what is in view is in the page. */
  const goTo = async ({ page, queue, title }: NowPage, incident: string) => {
    await queue.first().waitFor(PATIENCE)
    await new SettingsPage(page).command(incident.toLowerCase(), incident)
    await title.filter({ hasText: incident }).waitFor(PATIENCE)
  }

  const watchedEnd = async ({ complaints }: WatchedPage) => {
    expect(complaints).toEqual([])
    await context.close()
  }

  it('are previewed and created by keyboard from an incident, and show on it', async () => {
    const { watched, now, silence } = await open()
    await goTo(now, 'Pod is crash looping')
    await now.goToQueue()
    await now.page.keyboard.press('m')
    await silence.comment.waitFor(PATIENCE)
    expect(await silence.comment.evaluate((each) => each === document.activeElement)).toBe(true)
    expect(await silence.matchers()).toEqual([
      'alertname="KubePodCrashLooping"',
      'cluster="prod-eu1"',
      'severity="warning"',
    ])
    expect(await silence.sum.textContent()).toBe('Hides 6 alerts of 1 incident: 6 P2')
    expect(await silence.warning(/./).count()).toBe(0)
    await now.page.screenshot({ path: `${shots}/silence-incident.png` })

    // Without a reason nothing is sent.
    await now.page.keyboard.press('Enter')
    await silence.dialog.getByText('Enter a comment.').waitFor(PATIENCE)
    expect(await stored()).toEqual([])
    await now.page.keyboard.type('INC-7 image is being rolled back')
    await now.page.keyboard.press('Enter')
    await silence.dialog.waitFor({ state: 'hidden', ...PATIENCE })
    expect(await stored()).toMatchObject([
      { createdBy: 'ada', comment: 'INC-7 image is being rolled back' },
    ])
    await now.timeline.filter({ hasText: 'You silenced until' }).waitFor(PATIENCE)
    await now.alerts
      .filter({ hasText: /silence until .* by ada/ })
      .first()
      .waitFor(PATIENCE)
    // The focus is back where the key was pressed.
    expect(
      await now.page.evaluate(() => document.activeElement?.closest('[data-incident]') !== null),
    ).toBe(true)
    await watchedEnd(watched)
  })

  it('are extended and expired where they are seen', async () => {
    const { watched, now, silence } = await open()
    await goTo(now, 'Pod is crash looping')
    await now.page.keyboard.press('m')
    await silence.existing.waitFor(PATIENCE)
    await silence.warning(/Already silenced by ada/).waitFor(PATIENCE)
    await now.page.screenshot({ path: `${shots}/silence-existing.png` })
    await silence.existing.getByRole('button', { name: 'Extend' }).click()
    await silence.existing.getByRole('button', { name: '4 hours longer' }).click()
    await silence.dialog.getByText(/^Silence extended until/).waitFor(PATIENCE)
    expect(await stored()).toHaveLength(1)
    await silence.existing.getByRole('button', { name: 'Expire' }).click()
    const question = silence.existing.getByRole('alertdialog')
    await question.filter({ hasText: '6 alerts fire again: 6 P2.' }).waitFor(PATIENCE)
    await now.page.screenshot({ path: `${shots}/silence-expire.png` })
    await question.getByRole('button', { name: 'Expire now' }).click()
    await silence.existing.waitFor({ state: 'hidden', ...PATIENCE })
    expect(await stored()).toEqual([])
    await silence.dialog.getByText('Silence expired in').waitFor(PATIENCE)
    expect(await now.page.evaluate(() => document.activeElement?.textContent)).toBe('Done')
    await now.page.keyboard.press('Escape')
    await now.timeline.filter({ hasText: 'You extended the silence until' }).waitFor(PATIENCE)
    await now.timeline.filter({ hasText: 'You expired the silence' }).waitFor(PATIENCE)
    await now.alerts
      .filter({ hasText: /silence until .* by ada/ })
      .first()
      .waitFor({ state: 'hidden' })
    await watchedEnd(watched)
  })

  it('ask a second time before they hide a P0', async () => {
    const { watched, now, silence } = await open()
    await goTo(now, 'etcd cluster members are down')
    await now.page.keyboard.press('m')
    await silence.warning('1 P0 alert hidden').waitFor(PATIENCE)
    await silence.comment.fill('planned move of etcd')
    await now.page.keyboard.press('Enter')
    const question = silence.dialog.getByRole('alertdialog')
    await question.waitFor(PATIENCE)
    await now.page.screenshot({ path: `${shots}/silence-p0.png` })
    expect(await stored()).toEqual([])
    // The key that led here leads back, not on.
    await now.page.keyboard.press('Enter')
    await question.waitFor({ state: 'hidden', ...PATIENCE })
    expect(await stored()).toEqual([])
    await silence.comment.focus()
    await now.page.keyboard.press('Enter')
    await silence.button('Silence P0 anyway').click()
    await silence.dialog.waitFor({ state: 'hidden', ...PATIENCE })
    const [made] = await stored()
    expect(made?.matchers).toContainEqual(
      expect.objectContaining({ name: 'alertname', value: 'etcdMembersDown' }),
    )
    await desk.alertmanager.expireSilence(made?.id ?? '')
    await watchedEnd(watched)
  })

  it('warn of what they hide beside what was selected, live as the matchers are written', async () => {
    const { watched, list, silence } = await open()
    await list.open()
    await list.type('pod=~"cart-.*-(k1tln|mkuos)"')
    await list.count('2 of 39 alerts').waitFor(PATIENCE)
    await list.lines.first().focus()
    await list.page.keyboard.press('ControlOrMeta+a')
    await list.bar.getByRole('button', { name: 'Silence' }).waitFor(PATIENCE)
    await list.page.keyboard.press('m')
    await silence.sum.waitFor(PATIENCE)
    expect(await silence.sum.textContent()).toBe('Hides 2 alerts of 1 incident: 2 P2')
    expect(await silence.warning(/./).count()).toBe(0)
    const matchers = await silence.matchers()
    const pod = matchers.findIndex((each) => each.startsWith('pod=~')) + 1
    expect(matchers[pod - 1]).toBe('pod=~"cart-6c9f7d8b4c-k1tln|cart-6c9f7d8b4c-mkuos"')

    await silence.value(pod).fill('cart.*')
    await silence.warning('Also hides 1 alert that you did not select').waitFor(PATIENCE)
    await silence.value(pod).fill('cart-(')
    await silence.dialog.getByText(/Invalid regular expression/).waitFor(PATIENCE)
    await silence.value(pod).fill('nothing')
    await silence.warning('Matches nothing').waitFor(PATIENCE)
    for (let left = matchers.length; left > 1; left -= 1) {
      await silence.button('Remove matcher 1').click()
    }
    await silence.dialog.getByRole('combobox', { name: 'Label of matcher 1' }).fill('alertname')
    await silence.dialog.getByRole('combobox', { name: 'Operator of matcher 1' }).selectOption('=~')
    await silence.value(1).fill('.+')
    await silence.warning('Hides every alert').waitFor(PATIENCE)
    await silence.dialog.getByRole('radio', { name: 'Until…' }).check()
    await silence.dialog.getByLabel('End of the silence').fill('2099-01-01T00:00')
    await silence.warning('Longer than 24 hours').waitFor(PATIENCE)
    await list.page.screenshot({ path: `${shots}/silence-warnings.png` })
    expect(await stored()).toEqual([])
    await list.page.keyboard.press('Escape')
    await silence.dialog.waitFor({ state: 'hidden', ...PATIENCE })
    await watchedEnd(watched)
  })

  it('are offered for the alert that is open, and by the palette', async () => {
    const { watched, list, silence } = await open()
    await list.open()
    await list.type('KafkaConsumerLag')
    await list.line('KafkaConsumerLag').click()
    await list.panel.getByRole('button', { name: 'Silence…' }).click()
    await silence.sum.waitFor(PATIENCE)
    await list.page.keyboard.press('Escape')
    await list.page.keyboard.press('Control+k')
    await list.page.keyboard.type('silence the alerts')
    await list.page.keyboard.press('Enter')
    await silence.sum.waitFor(PATIENCE)
    await watchedEnd(watched)
  })

  it.each(layouts)('are usable and accessible in %s at %i × %i', async (scheme, width, height) => {
    const { watched, now, silence } = await open({ width, height }, scheme)
    await desk.alertmanager.postSilence({
      matchers: { alertname: 'KubeletDown', cluster: 'prod-eu1' },
      createdBy: 'alice@example.com',
      comment: 'nodes are being replaced',
      forMs: 10 * 60_000,
    })
    await goTo(now, 'Target disappeared')
    await now.alerts
      .filter({ hasText: /silence until .* by alice/ })
      .first()
      .waitFor(PATIENCE)
    await now.page.keyboard.press('m')
    await silence.existing.first().waitFor(PATIENCE)
    await silence.warning(/Extend it instead/).waitFor(PATIENCE)
    expect(await accessibilityDefects(now.page)).toEqual([])
    await now.page.screenshot({ path: `${shots}/silence-${scheme}-${String(width)}.png` })
    const box = await silence.button(/^Silence$/).boundingBox()
    expect(box && box.y + box.height <= height && box.x + box.width <= width).toBe(true)
    await silence.comment.fill('x')
    await now.page.keyboard.press('Enter')
    await silence.dialog.getByRole('alertdialog').waitFor(PATIENCE)
    expect(await accessibilityDefects(now.page)).toEqual([])
    await now.page.screenshot({ path: `${shots}/silence-question-${scheme}-${String(width)}.png` })
    for (const { id } of await stored()) await desk.alertmanager.expireSilence(id)
    await watchedEnd(watched)
  })
})
