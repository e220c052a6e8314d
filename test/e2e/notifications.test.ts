import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { incidentOf } from '#shared/domain/watch/event.ts'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { readJournal } from '#test/fixtures/read-journal.ts'
import { startAlertmanager, type Alertmanager } from '#test/integration/servers/alertmanager.ts'
import {
  desktopRequirements,
  startDesktopSession,
  type DesktopSession,
} from '#test/integration/servers/desktop-session.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { launchChromium, openPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'

const PATIENCE = { timeout: 30_000 }

const alert = (name: string, severity: string, summary = `${name} is wrong`) => ({
  labels: { alertname: name, severity, service: 'checkout' },
  annotations: { summary },
})

/** One story on a real desktop, told in order: each step stands on the one before it. */
describeWith(
  [...desktopRequirements, 'chromium', 'alertmanager'],
  'real alerts on a real desktop',
  () => {
    let desktop: DesktopSession
    let home: Home
    let alertmanager: Alertmanager
    let deckwatch: DeckwatchProcess
    let browser: Browser
    let now: NowPage

    const configure = (notifications = '') => {
      home.configure(`me: ada
sources:
  - type: alertmanager
    name: am-lab
    url: ${alertmanager.url}
    interval: 1s
${notifications}`)
    }
    const waitForEvent = (type: string, incident: string) =>
      expect
        .poll(
          () => {
            const events = readJournal(home.data)
            const opened = events.find(
              ({ body }) => body.type === 'incident.triggered' && body.title.startsWith(incident),
            )?.body
            const id = opened && incidentOf(opened)
            return events.some(
              ({ body }) => body.type === type && id !== undefined && incidentOf(body) === id,
            )
          },
          { ...PATIENCE, message: `${type} of ${incident}` },
        )
        .toBe(true)

    beforeAll(async () => {
      desktop = await startDesktopSession()
      alertmanager = await startAlertmanager()
      home = makeHome()
      configure()
      deckwatch = await startDeckwatch(home, { env: desktop.env })
      browser = await launchChromium()
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        colorScheme: 'dark',
      })
      const opened = await openPage(context, deckwatch.url, () => true)
      now = new NowPage(opened.page)
    })

    afterAll(async () => {
      await browser.close()
      await deckwatch.stop()
      await alertmanager.stop()
      await desktop.stop()
      home.remove()
    })

    it('a critical alert is a notification that insists, and the incident says that it was told', async () => {
      await alertmanager.postAlerts([
        alert('CheckoutDown', 'critical', 'Checkout is failing for card payments'),
      ])
      const [shown] = await desktop.waitForShown((all) => all.length === 1)
      expect(shown).toMatchObject({
        title: 'P0 critical: Checkout is failing for card payments',
        urgency: 'critical',
      })
      await desktop.screenshot('test-results/notification.png')
      await waitForEvent('page.sent', 'Checkout')
      await now.row('Checkout is failing').click()
      await expect
        .poll(() => now.page.getByText(/Paged on the desktop at/).count(), PATIENCE)
        .toBe(1)
    })

    it('a click on it shows the incident in the cockpit that is open', async () => {
      await alertmanager.postAlerts([alert('DiskFull', 'high', 'The disk of db-1 is full')])
      await desktop.waitForShown((all) => all.length === 2)
      await now.row('Checkout is failing').click()
      await desktop.press('Open')
      await waitForEvent('page.seen', 'The disk')
      await expect.poll(() => now.title.textContent(), PATIENCE).toContain('The disk of db-1')
    })

    it('Acknowledge on it acknowledges in the journal, as the person of this machine', async () => {
      await desktop.press('Acknowledge')
      await waitForEvent('incident.acknowledged', 'Checkout')
      const acknowledged = readJournal(home.data).find(
        ({ body }) => body.type === 'incident.acknowledged',
      )
      expect(acknowledged?.actor).toEqual({
        kind: 'person',
        id: 'me',
        name: 'ada',
        via: 'notification',
      })
      const closed = await desktop.history()
      expect(closed.map(({ title }) => title)).toContain(
        'P0 critical: Checkout is failing for card payments',
      )
      await now.row('Checkout is failing').click()
      await expect
        .poll(() => now.page.getByText('Acknowledge pressed on the notification').count(), PATIENCE)
        .toBe(1)
    })

    it('one that resolves disappears', async () => {
      await alertmanager.postAlerts([alert('Latency', 'high', 'Answers are slow')])
      await desktop.waitForShown((all) => all.some(({ title }) => title.includes('slow')))
      await alertmanager.resolveAlerts([alert('Latency', 'high', 'Answers are slow')])
      await desktop.waitForShown((all) => !all.some(({ title }) => title.includes('slow')))
    })

    it('three hundred alerts make one summary', async () => {
      const before = await desktop.shown()
      const storm = Array.from({ length: 300 }, (_, n) => alert(`Node${String(n)}`, 'high'))
      await alertmanager.postAlerts(storm)
      const shown = await desktop.waitForShown((all) =>
        all.some(({ title }) => title.includes('incidents triggered')),
      )
      expect(shown.length).toBe(before.length + 1)
      await desktop.screenshot('test-results/notification-summary.png')
      const requests = readJournal(home.data).flatMap(({ body }) =>
        body.type === 'page.requested' && body.incidentId === null ? [body] : [],
      )
      expect(requests.reduce((sum, { incidentIds }) => sum + incidentIds.length, 0)).toBe(300)
      await alertmanager.resolveAlerts(storm)
      await desktop.waitForShown(
        (all) => !all.some(({ title }) => title.includes('incidents triggered')),
      )
    })

    it('quiet hours hold P1 and let P0 through', async () => {
      configure(`notifications:
  quietHours:
    - { from: "00:00", to: "12:00", timeZone: UTC }
    - { from: "12:00", to: "00:00", timeZone: UTC }
`)
      await expect
        .poll(() => now.page.getByRole('button', { name: /Quiet hours until/ }).count(), PATIENCE)
        .toBe(1)
      await alertmanager.postAlerts([
        alert('Queue', 'high', 'The queue grows'),
        alert('Database', 'critical', 'The database is gone'),
      ])
      const shown = await desktop.waitForShown((all) =>
        all.some(({ title }) => title.includes('database')),
      )
      expect(shown.some(({ title }) => title.includes('queue'))).toBe(false)
      await now.row('The queue grows').click()
      await expect
        .poll(() => now.page.getByText(/Not notified until .*: quiet hours/).count(), PATIENCE)
        .toBeGreaterThan(0)
      await waitForEvent('page.held', 'The queue')
      configure()
      await desktop.waitForShown((all) => all.some(({ title }) => title.includes('queue')))
    })

    it('with the notification service dead the failure is on the screen, and then it is told', async () => {
      await desktop.killDaemon()
      await alertmanager.postAlerts([alert('Backup', 'critical', 'The backup failed')])
      const notice = now.page.getByText(/Notifications cannot be shown/)
      await expect.poll(() => notice.count(), PATIENCE).toBeGreaterThan(0)
      await now.row('The backup failed').click()
      await expect
        .poll(() => now.page.getByText('Desktop notification failed').count(), PATIENCE)
        .toBe(1)
      await now.page.screenshot({ path: 'test-results/notification-failing.png' })
      expect(await accessibilityDefects(now.page)).toEqual([])

      await desktop.startDaemon()
      await desktop.waitForShown((all) => all.some(({ title }) => title.includes('backup')))
      await expect.poll(() => notice.count(), PATIENCE).toBe(0)
    })
  },
)
