/**
 * Measures the ingest and start lines of the numbers that Deckwatch lives by, and says which are
 * met. Ratios are taken within one run, so that they hold on any machine; ms are for orientation.
 */
import { availableParallelism, cpus, loadavg } from 'node:os'
import { measureColdStart, type ColdStartFigures } from './cold-start.ts'
import { bundlePrograms } from './in-child.ts'
import { measureIngest, type IngestFigures } from './ingest.ts'
import { measureMemory, type MemoryFigures } from './memory.ts'
import { formatTable, type Line } from './table.ts'

const POLL_RATIO = 1.5
const NEW_RATIO = 8
const COLD_START_MS = 1_500
const MEMORY_MIB = 250
/** The targets are for bodies of this size. */
const TARGET_ALERTS = 10_000

const sizes = [
  { alerts: 100, rounds: { unchanged: 41, fresh: 21 } },
  { alerts: 1_000, rounds: { unchanged: 31, fresh: 15 } },
  { alerts: TARGET_ALERTS, rounds: { unchanged: 21, fresh: 9 } },
] as const

const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`
const times = (value: number) => `${value.toFixed(2)} ×`
const mib = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(0)} MiB`

function ingestLines(figures: IngestFigures): readonly Line[] {
  const { alerts, megabytes, parseMs, pollMs, pollRatio, newMs, newRatio, incidents } = figures
  const hasTarget = alerts === TARGET_ALERTS
  const size = `${alerts.toLocaleString('en')} alerts`
  const against = (value: number, most: number) =>
    hasTarget ? { target: `≤ ${most} ×`, isMet: value <= most } : {}
  return [
    {
      what: `${size}: JSON.parse of the body`,
      figure: `${ms(parseMs)}, ${megabytes.toFixed(2)} MB`,
    },
    {
      what: `${size}: a poll with nothing new / JSON.parse`,
      figure: `${times(pollRatio)} (${ms(pollMs)})`,
      ...against(pollRatio, POLL_RATIO),
    },
    {
      what: `${size}: all new, durable, ${incidents} incidents / JSON.parse`,
      figure: `${times(newRatio)} (${ms(newMs)})`,
      ...against(newRatio, NEW_RATIO),
    },
  ]
}

function coldStartLines(figures: ColdStartFigures): readonly Line[] {
  const { events, active, journalMegabytes, importedMs, readyMs, baseMs, ratio } = figures
  const size = `${events.toLocaleString('en')} events, ${active.toLocaleString('en')} active`
  return [
    {
      what: `${size}: process start → first message to the cockpit`,
      figure: `${ms(readyMs)}, of it ${ms(importedMs)} to load modules`,
      target: `≤ ${COLD_START_MS} ms`,
      isMet: readyMs <= COLD_START_MS,
    },
    {
      what: `${size}: journal → engine / opening it and JSON.parse of the snapshot`,
      figure: `${times(ratio)} (base ${ms(baseMs)}, journal ${journalMegabytes.toFixed(0)} MB)`,
    },
  ]
}

function memoryLines(alerts: number, figures: MemoryFigures): readonly Line[] {
  const { rss, peak, heapUsed, emptyRss } = figures
  return [
    {
      what: `${alerts.toLocaleString('en')} active: resident memory of the engine after 20 polls`,
      figure: `${mib(rss)}, peak ${mib(peak)}`,
      target: `≤ ${MEMORY_MIB} MiB`,
      isMet: rss <= MEMORY_MIB * 1024 ** 2,
    },
    {
      what: `${alerts.toLocaleString('en')} active: heap after a collection; Node with modules alone`,
      figure: `${mib(heapUsed)}; ${mib(emptyRss)} resident`,
    },
  ]
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.version}`
say(`Measuring on ${machine}, load ${loadavg()[0]?.toFixed(1) ?? '?'}. It takes about two minutes.`)
const lines: Line[] = []
for (const { alerts, rounds } of sizes) {
  say(`… ${alerts} alerts, unchanged and new`)
  lines.push(...ingestLines(await measureIngest(alerts, rounds)))
}
say('… bundling the programs that are measured from their start')
await bundlePrograms()
say(`… memory with ${TARGET_ALERTS} active alerts`)
lines.push(...memoryLines(TARGET_ALERTS, measureMemory(TARGET_ALERTS)))
say('… a journal of a million events, and cold starts on it')
lines.push(...coldStartLines(await measureColdStart(TARGET_ALERTS)))
console.log(`\n${formatTable(lines)}\n\n${machine}, load ${loadavg()[0]?.toFixed(1) ?? '?'}`)
if ((loadavg()[0] ?? 0) > availableParallelism() + 1) {
  console.log('Other programs kept this machine busy: measure again before you believe a miss.')
}
const missed = lines.filter(({ isMet }) => isMet === false)
console.log(missed.length === 0 ? 'All targets met.' : `${missed.length} of the targets missed.`)
