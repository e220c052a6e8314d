import { count, mib, ms, seconds } from './figures.ts'
import { measurePainted, type Latency, type PaintedFigures } from './painted.ts'
import { INTERVAL_MS } from './scene.ts'
import { median } from './stopwatch.ts'
import { measureStorm } from './storm.ts'
import { inColumns } from '#shared/domain/text/columns.ts'
import type { Line } from './table.ts'

const SIZES = [100, 1_000, 10_000] as const
/** The targets are for so many. */
const TARGET_ALERTS = 10_000
/** Of the server's own answer time; half an interval comes on top: nobody can know earlier. */
const ANSWER_SHARE = 1.3
const FILTER_MS = 50
const LONG_TASK_MS = 50
const ENGINE_MIB = 250
const PAGE_MIB = 300

/**
 * Nagstamon 3.10.1 on a machine like this one, the same way: an Alertmanager polled every second,
 * the framebuffer watched every 3 ms, median of 10. Measured once, by hand.
 */
const nagstamon: Readonly<Record<number, { readonly posted: string; readonly gone: string }>> = {
  100: { posted: '0.73 s', gone: '0.48 s' },
  1_000: { posted: '1.24 s', gone: '1.28 s' },
  10_000: { posted: '7.42 s', gone: '8.63 s' },
}

/** From a change at the server to the screen; prints a table of its own besides. */
export async function paintedLines(
  say: (text: string) => void,
  print: (text: string) => void,
): Promise<readonly Line[]> {
  const all: PaintedFigures[] = []
  for (const alerts of SIZES) {
    say(`${alerts} alerts in a real Alertmanager, posted → painted`)
    all.push(await measurePainted(alerts))
  }
  print(inColumns([heading, ...all.map(toRow)]))
  print(inColumns([partsHeading, ...all.flatMap(partsOf)]))
  return all.flatMap(toLines)
}

const heading = [
  'active alerts',
  'first rows',
  'reopened',
  'engine PSS / RSS',
  'page PSS / heap',
  'CPU a poll',
  'posted → painted',
  'Nagstamon',
  'resolved → gone',
  'Nagstamon',
]

function toRow(figures: PaintedFigures): readonly string[] {
  const { alerts, startedMs, openedMs, engine, page, cpuSecondsAPoll, posted, resolved } = figures
  return [
    count(alerts),
    seconds(startedMs),
    seconds(openedMs),
    `${mib(engine.pss)} / ${mib(engine.rss)}`,
    `${mib(page.pss)} / ${mib(page.heap)}`,
    `${cpuSecondsAPoll.toFixed(3)} s`,
    seconds(totalOf(posted)),
    nagstamon[alerts]?.posted ?? '',
    seconds(totalOf(resolved)),
    nagstamon[alerts]?.gone ?? '',
  ]
}

const partsHeading = ['', 'until asked', 'answer', 'engine and screen', 'from question to question']

function partsOf({ alerts, posted, resolved, cycleMs }: PaintedFigures): readonly string[][] {
  return [
    partsRow(`${count(alerts)}, posted`, posted, cycleMs),
    partsRow(`${count(alerts)}, resolved`, resolved, cycleMs),
  ]
}

function partsRow(name: string, latencies: readonly Latency[], cycleMs: number): string[] {
  const middle = (part: (latency: Latency) => number) => ms(median(latencies.map(part)))
  return [
    name,
    middle(({ waitedMs }) => waitedMs),
    middle(({ answerMs }) => answerMs),
    middle(({ restMs }) => restMs),
    ms(cycleMs),
  ]
}

function toLines(figures: PaintedFigures): readonly Line[] {
  return [
    toLine('posted → painted', figures.posted, figures),
    toLine('resolved → gone', figures.resolved, figures),
  ]
}

function toLine(
  what: string,
  latencies: readonly Latency[],
  { alerts, serverMs, serverBusyMs }: PaintedFigures,
): Line {
  const total = totalOf(latencies)
  const limit = ANSWER_SHARE * serverMs + INTERVAL_MS / 2
  const server = `the server's answer takes ${ms(serverMs)}, polled ${ms(serverBusyMs)}`
  return {
    what: `${count(alerts)} active: ${what}, polled every ${INTERVAL_MS / 1_000} s`,
    figure: `${ms(total)}; ${server}`,
    ...(alerts === TARGET_ALERTS
      ? {
          target: `≤ ${ANSWER_SHARE} × answer + half the interval = ${ms(limit)}`,
          isMet: total <= limit,
        }
      : { target: `(${ms(limit)})` }),
  }
}

function totalOf(latencies: readonly Latency[]): number {
  return median(latencies.map(({ totalMs }) => totalMs))
}

/** The screen of all alerts in a storm. */
export async function stormLines(say: (text: string) => void): Promise<readonly Line[]> {
  say(`${TARGET_ALERTS} alerts on the screen: filter, scroll, memory`)
  const figures = await measureStorm(TARGET_ALERTS)
  const { filteredMs, worstFilteredMs, paintedMs, filterTask, scrollTask } = figures
  const { page, collectedPage, engine } = figures
  const size = `${count(TARGET_ALERTS)} in the cockpit`
  const against = (value: number, most: number, unit: string) => ({
    target: `≤ ${most} ${unit}`,
    isMet: value <= most,
  })
  return [
    {
      what: `${size}: key pressed → list filtered`,
      figure: `${ms(filteredMs)}, worst ${ms(worstFilteredMs)}; painted ${ms(paintedMs)}`,
      ...against(filteredMs, FILTER_MS, 'ms'),
    },
    {
      what: `${size}: longest task while filtering`,
      figure: `worked ${ms(filterTask.cpu)}, by the clock ${ms(filterTask.wall)}`,
      ...against(filterTask.cpu, LONG_TASK_MS, 'ms'),
    },
    {
      what: `${size}: longest task while scrolling from end to end`,
      figure: `worked ${ms(scrollTask.cpu)}, by the clock ${ms(scrollTask.wall)}`,
      ...against(scrollTask.cpu, LONG_TASK_MS, 'ms'),
    },
    {
      what: `${size}: memory of the page`,
      figure: `${mib(page.pss)}, heap ${mib(page.heap)}; collected ${mib(collectedPage.pss)}, heap ${mib(collectedPage.heap)}`,
      ...against(page.pss / 1024 ** 2, PAGE_MIB, 'MiB'),
    },
    {
      what: `${size}: resident memory of the engine`,
      figure: `${mib(engine.rss)}, its share alone ${mib(engine.pss)}`,
      ...against(engine.rss / 1024 ** 2, ENGINE_MIB, 'MiB'),
    },
  ]
}
