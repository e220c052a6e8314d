import { measureColdStart } from './cold-start.ts'
import { count, mib, ms, times } from './figures.ts'
import { measureHandedOver } from './handed-over.ts'
import { measureIngest } from './ingest.ts'
import { measureOneChange } from './one-change.ts'
import { measureMemory } from './memory.ts'
import { measurePastIncidents } from './past-incidents.ts'
import { measurePlans } from './plans.ts'
import type { Line } from './table.ts'
import { measureTriggers } from './triggers.ts'

const POLL_RATIO = 1.5
const NEW_RATIO = 8
const COLD_START_MS = 1_500
const MEMORY_MIB = 250
/** Of an answer about the past, at 95 %, ms. */
const PAST_INCIDENTS_MS = 50
/** From an answer to its notification, at the median, ms. */
const HANDED_OVER_MS: Readonly<Record<number, number>> = { 1_000: 100, 10_000: 300 }
/** Of 10,000 new alerts against 500 plans, by the parse of their body. */
const PLANS_RATIO = 2
const PLANS = 500
const TRIGGERS = 200
/** Most questions to one server in a minute. */
const QUERIES_PER_MINUTE = 240
/** The other targets are for bodies of this size. */
const TARGET_ALERTS = 10_000

const sizes = [
  { alerts: 100, rounds: { unchanged: 41, fresh: 21 } },
  { alerts: 1_000, rounds: { unchanged: 31, fresh: 15 } },
  { alerts: TARGET_ALERTS, rounds: { unchanged: 21, fresh: 9 } },
] as const

/** What a poll costs the engine, by `JSON.parse` of the same body. */
export async function ingestLines(say: (text: string) => void): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (const { alerts, rounds } of sizes) {
    say(`${alerts} alerts, unchanged and new`)
    const figures = await measureIngest(alerts, rounds)
    const { megabytes, parseMs, pollMs, pollRatio, newMs, newRatio, incidents } = figures
    const { groupsRatio, groupsMs, mutedRatio, mutedMs } = figures
    const size = `${count(alerts)} alerts`
    const against = (value: number, most: number) =>
      alerts === TARGET_ALERTS ? { target: `≤ ${most} ×`, isMet: value <= most } : {}
    lines.push(
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
        what: `${size}: nothing new, groups asked as well / JSON.parse of both`,
        figure: `${times(groupsRatio)} (${ms(groupsMs)})`,
        ...against(groupsRatio, POLL_RATIO),
      },
      {
        what: `${size}: the same, one group muted / JSON.parse of both`,
        figure: `${times(mutedRatio)} (${ms(mutedMs)})`,
        ...against(mutedRatio, POLL_RATIO),
      },
      {
        what: `${size}: all new, durable, ${incidents} incidents / JSON.parse`,
        figure: `${times(newRatio)} (${ms(newMs)})`,
        ...against(newRatio, NEW_RATIO),
      },
    )
  }
  return lines
}

/** From the last byte of an answer to the notification of what is new in it. */
export async function handedOverLines(say: (text: string) => void): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (const { alerts } of sizes) {
    say(`${alerts} alerts, one new critical one, to the channel`)
    const { medianMs, worstMs, ratio } = await measureHandedOver(alerts)
    const most = HANDED_OVER_MS[alerts]
    lines.push({
      what: `${count(alerts)} active: answer received → notification handed over`,
      figure: `${ms(medianMs)}, worst ${ms(worstMs)}, ${times(ratio)} JSON.parse`,
      ...(most === undefined ? {} : { target: `≤ ${most} ms`, isMet: medianMs <= most }),
    })
  }
  return lines
}

/** What the engine's process holds. */
export async function memoryLines(say: (text: string) => void): Promise<readonly Line[]> {
  say(`memory with ${TARGET_ALERTS} active alerts`)
  const { rss, peak, heapUsed, emptyRss } = await measureMemory(TARGET_ALERTS)
  const size = `${count(TARGET_ALERTS)} active`
  return [
    {
      what: `${size}: resident memory of the engine after 20 polls`,
      figure: `${mib(rss)}, peak ${mib(peak)}`,
      target: `≤ ${MEMORY_MIB} MiB`,
      isMet: rss <= MEMORY_MIB * 1024 ** 2,
    },
    {
      what: `${size}: heap after a collection; Node with modules alone`,
      figure: `${mib(heapUsed)}; ${mib(emptyRss)} resident`,
    },
  ]
}

/** How long a start takes with a year of journal. */
export async function coldStartLines(say: (text: string) => void): Promise<readonly Line[]> {
  say('a journal of a million events, and cold starts on it')
  const figures = await measureColdStart(TARGET_ALERTS)
  const { events, active, journalMegabytes, importedMs, readyMs, baseMs, ratio } = figures
  const size = `${count(events)} events, ${count(active)} active`
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

/** Listing, filtering and searching past incidents. */
export async function pastIncidentLines(say: (text: string) => void): Promise<readonly Line[]> {
  say('ten thousand past incidents, read anew and searched')
  const { incidents, events, builtMs, answers } = await measurePastIncidents()
  const size = `${count(incidents)} past incidents`
  return [
    { what: `${size}: ${count(events)} events read anew`, figure: ms(builtMs) },
    ...answers.map(({ what, p95 }) => ({
      what: `${size}: ${what}, 95 % of answers`,
      figure: ms(p95),
      target: `≤ ${PAST_INCIDENTS_MS} ms`,
      isMet: p95 <= PAST_INCIDENTS_MS,
    })),
  ]
}

/** What one change costs the cockpit's mirror, and what it cost when every list was copied. */
export async function oneChangeLines(say: (text: string) => void): Promise<readonly Line[]> {
  say(`one change after the other in a cockpit with ${TARGET_ALERTS} active alerts`)
  return (await measureOneChange(TARGET_ALERTS)).map(({ type, ms: costMs, copiedMs }) => ({
    what: `${count(TARGET_ALERTS)} active: one ${type} in the cockpit`,
    figure: `${ms(costMs)}; ${ms(copiedMs)} when every list was copied (${times(costMs / copiedMs)})`,
  }))
}

/** What finding the plans of new alerts costs, by `JSON.parse` of the same body. */
export async function planLines(say: (text: string) => void): Promise<readonly Line[]> {
  say(`${TARGET_ALERTS} new alerts against ${PLANS} plans`)
  const figures = await measurePlans(TARGET_ALERTS, PLANS)
  const { ratio, chooseMs, planned, bookMs } = figures
  return [
    {
      what: `${count(TARGET_ALERTS)} new alerts against ${PLANS} plans / JSON.parse`,
      figure: `${times(ratio)} (${ms(chooseMs)}), ${count(planned)} have one`,
      target: `≤ ${PLANS_RATIO} ×`,
      isMet: ratio <= PLANS_RATIO,
    },
    { what: `${PLANS} plans brought together`, figure: ms(bookMs) },
  ]
}

/** What watching triggers costs the server that is asked, and the engine. */
export async function triggerLines(say: (text: string) => void): Promise<readonly Line[]> {
  say(`${TRIGGERS} triggers, each with an expression of its own`)
  const { perMinute, cpuMs, idleMs, sentBytes } = await measureTriggers(TRIGGERS)
  return [
    {
      what: `${TRIGGERS} triggers: questions in a minute`,
      figure: perMinute.toFixed(0),
      target: `≤ ${QUERIES_PER_MINUTE}`,
      isMet: perMinute <= QUERIES_PER_MINUTE,
    },
    {
      what: `${TRIGGERS} triggers: CPU of the engine in a minute, without its connections`,
      figure: `${ms(cpuMs)} (without triggers ${ms(idleMs)})`,
    },
    {
      what: `${TRIGGERS} triggers: sent to a cockpit in a minute`,
      figure: `${(sentBytes / 1_024).toFixed(0)} KiB`,
    },
  ]
}
