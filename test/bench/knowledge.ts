import { createNodeClock } from '#electron/host/node/clock.ts'
import type { ShelvedText } from '#electron/engine/ports/readings.ts'
import { startReadings } from '#electron/journal/readings/readings.ts'
import { runbookTitle } from '#shared/domain/runbook/title.ts'
import { appendPastIncidents, pastIncidentId } from '#test/fixtures/past-incidents.ts'
import { allPages } from './runbooks.ts'
import { createDataDirectory, openBenchJournal } from './stand.ts'
import { median } from './stopwatch.ts'

const INCIDENTS = 10_000
const RUNBOOKS = 2_000
const ROUNDS = 12
/** Runbooks that are brought in one go, as the engine does. */
const AT_ONCE = 20

const silent = () => undefined
const logger = { info: silent, warn: silent, error: console.error }
const never = new AbortController().signal

const searches = [
  ...['kubelet down', 'disk full', 'card payments', 'certificate expires', 'etcd', 'checkout'],
  ...['persistent volume', 'pod restarts', 'rolled back release 42', 'error budget burns', 'the'],
  ...['queue grows mail', 'eu', 'alertname CardPaymentsFailing', 'replication lag', 'a'],
  // As they are typed at night.
  ...['kubelt', 'certifcate', 'paymnts checkuot', 'replicaton', 'namespce', 'webhok'],
]

/** What it costs to search all that is known, ms. */
export interface KnowledgeFigures {
  readonly incidents: number
  readonly runbooks: number
  readonly megabytes: number
  /** Reading the journal anew, and taking up the runbooks. */
  readonly builtMs: number
  readonly shelvedMs: number
  readonly search: { readonly median: number; readonly at95: number; readonly worst: string }
  /** What happened before an incident, with those that are alike. */
  readonly similar: { readonly median: number; readonly at95: number }
}

function runbooks(): readonly ShelvedText[] {
  const pages = allPages().flatMap(({ texts }) => texts)
  return Array.from({ length: RUNBOOKS }, (_, number) => {
    const page = pages[number % pages.length]
    if (!page) throw new Error('There are no runbooks to search')
    const path = `${String(number)}/${page.path}`
    return {
      id: `playbook:${path}`,
      hash: String(number),
      title: runbookTitle(page.text, 'markdown', path),
      names: path,
      text: page.text,
    }
  })
}

function shares(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b)
  return { median: median(times), at95: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? NaN }
}

/** Builds a journal and a shelf of runbooks, and searches both many times through the thread. */
export async function measureKnowledge(): Promise<KnowledgeFigures> {
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
  const search = async (text: string) => {
    const answer = await readings.knowledge({ text, limit: 20, drills: false, without: [] }, never)
    if (!answer.ok) throw new Error(answer.error.message)
    return answer.value
  }
  const began = performance.now()
  while ((await search('nothing')).read < events);
  const builtMs = performance.now() - began

  const texts = runbooks()
  const shelving = performance.now()
  await readings.shelve(
    texts.map(({ id, hash }) => ({ id, hash })),
    never,
  )
  for (let at = 0; at < texts.length; at += AT_ONCE) {
    const kept = await readings.keepRunbooks(texts.slice(at, at + AT_ONCE), never)
    if (!kept.ok) throw new Error(kept.error.message)
  }
  const shelvedMs = performance.now() - shelving
  if ((await search('nothing')).runbooks !== RUNBOOKS) throw new Error('Runbooks are missing')

  const times: { readonly text: string; readonly ms: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const text of searches) {
      const asked = performance.now()
      await search(text)
      times.push({ text, ms: performance.now() - asked })
    }
  }
  const befores: number[] = []
  for (let number = INCIDENTS - 60; number < INCIDENTS; number += 1) {
    const asked = performance.now()
    const found = await readings.before(pastIncidentId(number), [], never)
    if (!found.ok) throw new Error(found.error.message)
    befores.push(performance.now() - asked)
  }
  const slowest = [...Map.groupBy(times, ({ text }) => text)]
    .map(([text, all]) => ({ text, middle: median(all.map(({ ms }) => ms)) }))
    .toSorted((a, b) => b.middle - a.middle)[0]
  await readings.close()
  journal.close()
  directory.remove()
  return {
    incidents: INCIDENTS,
    runbooks: RUNBOOKS,
    megabytes: texts.reduce((sum, { text }) => sum + text.length, 0) / 1e6,
    builtMs,
    shelvedMs,
    search: { ...shares(times.map(({ ms }) => ms)), worst: slowest?.text ?? '' },
    similar: shares(befores),
  }
}
