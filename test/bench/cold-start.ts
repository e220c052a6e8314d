import { statSync } from 'node:fs'
import { z } from 'zod'
import { alertmanagerBody } from './alertmanager-body.ts'
import { appendHistory, EVENTS_AN_INCIDENT, snapshotHistory } from './history.ts'
import { inChild } from './in-child.ts'
import { createDataDirectory, openBenchJournal, startStand } from './stand.ts'
import { median } from './stopwatch.ts'

/** A year of journal. */
const EVENTS = 1_000_000
/** Events after the newest snapshot: the engine writes the next one at 5,000. */
const TAIL = 4_992
const STARTS = 5

const figuresSchema = z.object({
  importedMs: z.number(),
  readyMs: z.number(),
  baseMs: z.number(),
  seq: z.number(),
  active: z.number(),
  cockpitBytes: z.number(),
})

/** What a cold start costs, medians in ms. */
export interface ColdStartFigures {
  readonly events: number
  readonly active: number
  readonly buildMs: number
  readonly journalMegabytes: number
  /** Node's own start and the loading of modules. */
  readonly importedMs: number
  /** From the start of the process until the cockpit's first message is there. */
  readonly readyMs: number
  /** Opening the database and `JSON.parse` of the snapshot, in the same process. */
  readonly baseMs: number
  /** Of the part that depends on the journal: from imported to ready, by the base. */
  readonly ratio: number
}

/**
 * Builds a journal of a million events, of which so many alerts are active, and starts the engine on
 * it in processes of their own. The files are in the system's cache, as after a restart.
 */
export async function measureColdStart(active: number): Promise<ColdStartFigures> {
  const directory = createDataDirectory()
  const began = performance.now()
  const past = Math.ceil((EVENTS - TAIL - active) / EVENTS_AN_INCIDENT)
  const journal = openBenchJournal(directory.path)
  appendHistory(journal, { from: 0, count: past })
  snapshotHistory(journal, past)
  journal.close()
  const stand = await startStand(directory.path, alertmanagerBody(active))
  await stand.stop()
  const again = openBenchJournal(directory.path)
  appendHistory(again, { from: past, count: TAIL / EVENTS_AN_INCIDENT })
  const file = again.path
  again.close()
  const buildMs = performance.now() - began

  const starts: z.output<typeof figuresSchema>[] = []
  for (let start = 0; start < STARTS; start += 1) {
    starts.push(await inChild('cold-start', [directory.path, file], figuresSchema))
  }
  const journalMegabytes = statSync(file).size / 1e6
  directory.remove()
  const [first] = starts
  if (!first || first.seq < EVENTS || first.active !== active) {
    throw new Error(`The journal is not as it was meant: ${JSON.stringify(first)}`)
  }
  const middle = (of: (start: z.output<typeof figuresSchema>) => number) => median(starts.map(of))
  return {
    events: first.seq,
    active: first.active,
    buildMs,
    journalMegabytes,
    importedMs: middle(({ importedMs }) => importedMs),
    readyMs: middle(({ readyMs }) => readyMs),
    baseMs: middle(({ baseMs }) => baseMs),
    ratio: middle(({ readyMs, importedMs, baseMs }) => (readyMs - importedMs) / baseMs),
  }
}
