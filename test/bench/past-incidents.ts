import { createNodeClock } from '#electron/host/node/clock.ts'
import { startReadings } from '#electron/journal/readings/readings.ts'
import type { PastIncidentQuery } from '#electron/engine/ports/readings.ts'
import { parseMatchers, type Matcher } from '#shared/domain/matcher/matcher.ts'
import { anyPastIncident, appendPastIncidents } from '#test/fixtures/past-incidents.ts'
import { createDataDirectory, openBenchJournal } from './stand.ts'

const INCIDENTS = 10_000
const ROUNDS = 40

const silent = () => undefined
const logger = { info: silent, warn: silent, error: console.error }

/** What it costs to look into the past, ms. */
export interface PastIncidentFigures {
  readonly incidents: number
  readonly events: number
  /** Reading the whole journal anew. */
  readonly builtMs: number
  /** By what was asked: 95 of 100 answers took no longer. */
  readonly answers: readonly { readonly what: string; readonly p95: number }[]
}

const everything = { ...anyPastIncident, drills: 'without', limit: 100 } as const

function labels(text: string): readonly Matcher[] {
  const parsed = parseMatchers(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return parsed.value
}

const questions: readonly (readonly [what: string, query: Partial<PastIncidentQuery>])[] = [
  ['list', {}],
  ['a page in the middle', { before: 30_000 }],
  ['a word that all have', { text: 'eu-' }],
  ['two letters', { text: 'of' }],
  ['words of a note', { text: 'rolled back release 42' }],
  ['a label', { labels: labels('cluster="eu-1"') }],
  ['an expression', { labels: labels('service=~"(check|sess).*", alertname!~"Disk.*"') }],
  ['severity and status', { severity: ['P0'], status: ['closed'] }],
]

/** Builds a journal with ten thousand incidents, reads it anew, and asks each question many times. */
export async function measurePastIncidents(): Promise<PastIncidentFigures> {
  const directory = createDataDirectory()
  const journal = openBenchJournal(directory.path)
  let events = 0
  appendPastIncidents((batch) => {
    const written = journal.append(batch, [])
    if (!written.ok) throw new Error(written.error.message)
    events += written.value.length
  }, INCIDENTS)
  const readings = startReadings({
    journalPath: journal.path,
    directory: directory.path,
    clock: createNodeClock(),
    logger,
  })
  const ask = async (query: Partial<PastIncidentQuery>) => {
    const signal = new AbortController().signal
    const answer = await readings.incidents({ ...everything, ...query }, signal)
    if (!answer.ok) throw new Error(answer.error.message)
    return answer.value
  }
  const began = performance.now()
  while ((await ask({ limit: 1 })).read < events);
  const builtMs = performance.now() - began
  const answers = []
  for (const [what, query] of questions) {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const asked = performance.now()
      await ask(query)
      times.push(performance.now() - asked)
    }
    times.sort((a, b) => a - b)
    answers.push({ what, p95: times[Math.ceil(ROUNDS * 0.95) - 1] ?? 0 })
  }
  await readings.close()
  journal.close()
  directory.remove()
  return { incidents: INCIDENTS, events, builtMs, answers }
}
