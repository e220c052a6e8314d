import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright'
import { newcomer } from './alertmanager-body.ts'
import { measurePage, type PageMemory } from './page-memory.ts'
import { cpuSeconds, processMemory, type ProcessMemory } from './process-figures.ts'
import { inScene, inTwoHours, openCockpit, type Scene } from './scene.ts'
import { watchQueue } from './screen-watch.ts'
import { median } from './stopwatch.ts'
import type { Poll, WatchedEngine } from './watched-engine.ts'

const SAMPLES = 10
/** Polls over which the engine's CPU time is counted, while nothing changes. */
const QUIET_POLLS = 40

/** From a change at the server until the screen shows it, ms, and what it was made of. */
export interface Latency {
  readonly totalMs: number
  /** Until the poll that brought it was asked. */
  readonly waitedMs: number
  /** Until the last byte of its answer. */
  readonly answerMs: number
  /** In the engine, on the bridge and on the screen. */
  readonly restMs: number
}

/** What one number of active alerts costs; ms and seconds as named, medians where there are many. */
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
  const { figures, serverMs } = await inScene(alerts, async (scene) => {
    const { engine } = scene
    const first = await openCockpit(scene)
    await first.page.context().close()
    const { page, openedAt, paintedAt } = await openCockpit(scene)
    const quiet = await measureQuiet(engine)
    return {
      startedMs: first.paintedAt - engine.startedAt,
      openedMs: paintedAt - openedAt,
      ...quiet,
      ...(await measureChanges(scene, page, quiet.cycleMs)),
      page: await measurePage(page),
    }
  })
  return { alerts, serverMs, ...figures }
}

async function measureQuiet(engine: WatchedEngine) {
  // What the start left to do, such as the first snapshot, is no cost of a poll.
  await nextPolls(engine, 5)
  const from = engine.polls().length
  const cpuBefore = cpuSeconds(engine.pid)
  await nextPolls(engine, QUIET_POLLS)
  const cpu = cpuSeconds(engine.pid) - cpuBefore
  const polls = engine.polls().slice(from)
  return {
    cycleMs: cycleOf(polls),
    cpuSecondsAPoll: cpu / QUIET_POLLS,
    serverBusyMs: median(polls.map(({ askedAt, answeredAt }) => answeredAt - askedAt)),
    engine: processMemory(engine.pid),
  }
}

function cycleOf(polls: readonly Poll[]): number {
  const asks = polls.map(({ askedAt }) => askedAt)
  return median(asks.slice(1).map((at, index) => at - (asks[index] ?? NaN)))
}

/**
 * Posts one new critical alert after the other, each resolved before the next. When in the time
 * between two questions is spread evenly, so that the median is not luck.
 */
async function measureChanges({ alertmanager, engine }: Scene, page: Page, cycleMs: number) {
  const phaseMs = (of: number) => (cycleMs * (of + 0.5)) / SAMPLES
  const posted: Latency[] = []
  const resolved: Latency[] = []
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const { title, ...alert } = newcomer(sample)
    const change = { page, engine, title }
    posted.push(
      await timeChange({ ...change, isThere: true, phaseMs: phaseMs(sample) }, () =>
        alertmanager.postAlerts([{ ...alert, endsAt: inTwoHours() }]),
      ),
    )
    // Another order, so that not each pair meets the same weather.
    resolved.push(
      await timeChange(
        { ...change, isThere: false, phaseMs: phaseMs((sample * 3) % SAMPLES) },
        () => alertmanager.resolveAlerts([alert]),
      ),
    )
  }
  return { posted, resolved }
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

async function nextPolls(engine: WatchedEngine, count: number): Promise<void> {
  for (let poll = 0; poll < count; poll += 1) await engine.nextAsk()
}
