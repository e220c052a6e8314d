import type { Browser } from 'playwright'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import {
  startAlertmanager,
  type Alertmanager,
  type PostedAlert,
} from '#test/integration/servers/alertmanager.ts'
import { launchChromium } from './browser.ts'

/** A built Deckwatch that watches a real Alertmanager, and a browser to look at it. */
export interface Desk {
  readonly home: Home
  readonly alertmanager: Alertmanager
  readonly deckwatch: DeckwatchProcess
  readonly browser: Browser
  stop(): Promise<void>
}

interface DeskOptions {
  /** What the source is called. */
  readonly source?: string
  /** Fire when Deckwatch is started. */
  readonly alerts: readonly PostedAlert[]
  /** More of the configuration, as the file has it. */
  readonly configuration?: string
}

/** How many alerts are posted in one request. */
const BATCH = 2_500

/** Starts the desk of `ada`, whose desktop shows no notifications; polled every second. */
export async function startDesk({
  source = 'am-eu',
  alerts,
  configuration = '',
}: DeskOptions): Promise<Desk> {
  const alertmanager = await startAlertmanager()
  for (let start = 0; start < alerts.length; start += BATCH) {
    await alertmanager.postAlerts(alerts.slice(start, start + BATCH))
  }
  const home = makeHome()
  home.configure(`me: ada
notifications: { desktop: false }
sources:
  - type: alertmanager
    name: ${source}
    url: ${alertmanager.url}
    interval: 1s
${configuration}`)
  const deckwatch = await startDeckwatch(home)
  const browser = await launchChromium()
  return {
    home,
    alertmanager,
    deckwatch,
    browser,
    async stop() {
      await browser.close()
      await deckwatch.stop()
      await alertmanager.stop()
      home.remove()
    },
  }
}
