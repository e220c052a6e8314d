import type { Browser, Page } from 'playwright'
import { launchChromium } from '#test/e2e/browser.ts'
import { startAlertmanager, type Alertmanager } from '#test/integration/servers/alertmanager.ts'
import { benchAlert } from './alertmanager-body.ts'
import { watchQueue } from './screen-watch.ts'
import { median } from './stopwatch.ts'
import { startWatchedEngine, type WatchedEngine } from './watched-engine.ts'

/** How often the engine polls, ms. */
export const INTERVAL_MS = 1_000
/** So many alerts go into one request. */
const BATCH = 1_000
const PATIENCE_MS = 60_000
/** So often the server's own answer is timed. */
const ANSWERS = 10

/** All that is real: an Alertmanager with its alerts, the engine as users run it, Chromium. */
export interface Scene {
  readonly alertmanager: Alertmanager
  readonly engine: WatchedEngine
  readonly browser: Browser
}

/** What was measured in a scene. */
export interface Played<Figures> {
  readonly figures: Figures
  /** The server's own time for the answer, body included, asked by this process alone, ms. */
  readonly serverMs: number
}

/**
 * Sets the scene with so many active alerts, lets `play` measure in it and clears everything away.
 * The server's answer is timed before and after, so that it is judged in the same weather.
 */
export async function inScene<Figures>(
  alerts: number,
  play: (scene: Scene) => Promise<Figures>,
): Promise<Played<Figures>> {
  const alertmanager = await startAlertmanager()
  const browser = await launchChromium()
  try {
    await postAll(alertmanager, alerts)
    const before = await answerTimes(alertmanager)
    const engine = await startWatchedEngine(alertmanager.url, INTERVAL_MS)
    let figures: Figures
    try {
      figures = await play({ alertmanager, engine, browser })
    } finally {
      await engine.stop()
    }
    const after = await answerTimes(alertmanager)
    return { figures, serverMs: median([...before, ...after]) }
  } finally {
    await browser.close()
    await alertmanager.stop()
  }
}

/** Opens the cockpit in a profile of its own, and says when (ms since the epoch) rows were painted. */
export async function openCockpit({ browser, engine }: Scene): Promise<{
  readonly page: Page
  readonly openedAt: number
  readonly paintedAt: number
}> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const openedAt = Date.now()
  await page.goto(engine.url, { waitUntil: 'commit' })
  const seen = await watchQueue(page, { title: null, isThere: true })
  return { page, openedAt, paintedAt: await seen() }
}

/** Two hours from now: what is posted until then fires as long as the bench runs. */
export const inTwoHours = () => new Date(Date.now() + 2 * 3_600_000).toISOString()

async function postAll(alertmanager: Alertmanager, count: number): Promise<void> {
  const endsAt = inTwoHours()
  const alerts = Array.from({ length: count }, (_, index) => ({ ...benchAlert(index), endsAt }))
  for (let start = 0; start < count; start += BATCH) {
    await alertmanager.postAlerts(alerts.slice(start, start + BATCH))
  }
}

async function answerTimes(alertmanager: Alertmanager): Promise<readonly number[]> {
  const times: number[] = []
  for (let answer = 0; answer < ANSWERS; answer += 1) {
    const began = performance.now()
    await alertmanager.get('/api/v2/alerts')
    times.push(performance.now() - began)
  }
  return times
}
