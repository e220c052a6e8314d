import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, Page } from 'playwright'
import { launchChromium } from '#test/e2e/browser.ts'
import { startAlertmanager, type Alertmanager } from '#test/integration/servers/alertmanager.ts'
import { benchAlert, newcomer } from './alertmanager-body.ts'
import { measurePage, type PageMemory } from './page-memory.ts'
import { cpuSeconds, processMemory, type ProcessMemory } from './process-figures.ts'
import { watchQueue } from './screen-watch.ts'
import { median } from './stopwatch.ts'
import { startWatchedEngine, type WatchedEngine } from './watched-engine.ts'

/** How often the engine polls, ms. */
export const INTERVAL_MS = 1_000
const SAMPLES = 10
/** Polls over which the engine's CPU time is counted, while nothing changes. */
const QUIET_POLLS = 40
/** So many alerts go into one request. */
const BATCH = 1_000
const PATIENCE_MS = 60_000

/** From a post until the screen shows it, ms, and what it was made of. */
export interface Latency {
  readonly totalMs: number
  /** Until the poll that brought it was asked. */
  readonly waitedMs: number
  /** Until the last byte of its answer. */
  readonly answerMs: number
  /** In the engine, on the bridge and on the screen. */
  readonly restMs: number
}

/** What one number of active alerts costs. Medians; ms and seconds as named. */
export interface PaintedFigures {
  readonly alerts: number
  /** The server's own time for the answer, body included, asked by this process alone. */
  readonly serverMs: number
  /** The same for the engine, while all of this runs. */
  readonly serverBusyMs: number
  /** From one question to the next. */
  readonly cycleMs: number
  /** From the start of the engine's process, without a journal, to the first rows. */
  readonly startedMs: number
  /** From opening the page of an engine that runs to the first rows. */
  readonly openedMs: number
  readonly posted: readonly Latency[]
  readonly resolved: readonly Latency[]
  readonly cpuSecondsAPoll: number
  readonly engine: ProcessMemory
  readonly page: PageMemory
}

/** Measures Deckwatch and Chromium against a real Alertmanager with so many active alerts. */
export async function measurePainted(alerts: number): Promise<PaintedFigures> {
  const alertmanager = await startAlertmanager()
  const browser = await launchChromium()
  try {
    await postAll(alertmanager, alerts)
    const serverMs = await answerTime(alertmanager)
    const engine = await startWatchedEngine(alertmanager.url, INTERVAL_MS)
    try {
      return { alerts, serverMs, ...(await measureScreen(alertmanager, browser, engine)) }
    } finally {
      await engine.stop()
    }
  } finally {
    await browser.close()
    await alertmanager.stop()
  }
}

async function measureScreen(alertmanager: Alertmanager, browser: Browser, engine: WatchedEngine) {
  const first = await openCockpit(browser, engine)
  const startedMs = first.paintedAt - engine.startedAt
  await first.page.context().close()
  const { page, openedAt, paintedAt } = await openCockpit(browser, engine)

  await nextPolls(engine, 3)
  const quietFrom = engine.polls().length
  const cpuBefore = cpuSeconds(engine.pid)
  await nextPolls(engine, QUIET_POLLS)
  const cpu = cpuSeconds(engine.pid) - cpuBefore
  const quiet = engine.polls().slice(quietFrom)
  const memory = processMemory(engine.pid)
  const asks = quiet.map(({ askedAt }) => askedAt)
  const cycleMs = median(asks.slice(1).map((at, index) => at - (asks[index] ?? NaN)))

  const posted: Latency[] = []
  const resolved: Latency[] = []
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const { title, ...alert } = newcomer(sample)
    // Spread evenly over the time between two questions, so that the median is not luck.
    const phaseMs = (of: number) => (cycleMs * (of + 0.5)) / SAMPLES
    const change = { page, engine, title }
    posted.push(
      await timeChange({ ...change, isThere: true, phaseMs: phaseMs(sample) }, () =>
        alertmanager.postAlerts([{ ...alert, endsAt: inTwoHours() }]),
      ),
    )
    // Another order, so that not each pair meets the same weather.
    resolved.push(
      await timeChange({ ...change, isThere: false, phaseMs: phaseMs((sample * 3) % SAMPLES) }, () =>
        alertmanager.resolveAlerts([alert]),
      ),
    )
  }
  return {
    startedMs,
    openedMs: paintedAt - openedAt,
    cycleMs,
    cpuSecondsAPoll: cpu / quiet.length,
    serverBusyMs: median(quiet.map(({ askedAt, answeredAt }) => answeredAt - askedAt)),
    posted,
    resolved,
    engine: memory,
    page: await measurePage(page),
  }
}

interface Change {
  readonly page: Page
  readonly engine: WatchedEngine
  readonly title: string
  readonly isThere: boolean
  /** So long after a question, ms. */
  readonly phaseMs: number
}

async function timeChange(
  { page, engine, title, isThere, phaseMs }: Change,
  change: () => Promise<void>,
): Promise<Latency> {
  const seen = await watchQueue(page, { title, isThere })
  await engine.nextAsk()
  await delay(phaseMs)
  const changedAt = Date.now()
  await change()
  const seenAt = await seen()
  const poll = engine.polls().findLast(({ answeredAt }) => answeredAt <= seenAt)
  if (!poll) throw new Error(`${title} was painted before anything was asked`)
  return {
    totalMs: seenAt - changedAt,
    waitedMs: poll.askedAt - changedAt,
    answerMs: poll.answeredAt - poll.askedAt,
    restMs: seenAt - poll.answeredAt,
  }
}

async function openCockpit(browser: Browser, engine: WatchedEngine) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const openedAt = Date.now()
  await page.goto(engine.url, { waitUntil: 'commit' })
  const seen = await watchQueue(page, { title: null, isThere: true })
  return { page, openedAt, paintedAt: await seen() }
}

async function postAll(alertmanager: Alertmanager, count: number): Promise<void> {
  const endsAt = inTwoHours()
  const alerts = Array.from({ length: count }, (_, index) => ({ ...benchAlert(index), endsAt }))
  for (let start = 0; start < count; start += BATCH) {
    await alertmanager.postAlerts(alerts.slice(start, start + BATCH))
  }
}

async function answerTime(alertmanager: Alertmanager): Promise<number> {
  const times: number[] = []
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const began = performance.now()
    await alertmanager.get('/api/v2/alerts')
    times.push(performance.now() - began)
  }
  return median(times)
}

async function nextPolls(engine: WatchedEngine, count: number): Promise<void> {
  for (let poll = 0; poll < count; poll += 1) await engine.nextAsk()
}

const inTwoHours = () => new Date(Date.now() + 2 * 3_600_000).toISOString()
