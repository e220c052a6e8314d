// Started by cold-start.ts: one cold start, timed from the start of the process.
import { DatabaseSync } from 'node:sqlite'
import { startStand } from './stand.ts'

const [directory = '', journalFile = ''] = process.argv.slice(2)

const importedMs = performance.now()
const stand = await startStand(directory, null)
const cockpit = JSON.stringify(stand.engine.greeting())
const readyMs = performance.now()
const state = stand.engine.state()

// The base: what any program would need to read the same state back.
const bases: number[] = []
for (let round = 0; round < 5; round += 1) {
  const began = performance.now()
  const database = new DatabaseSync(journalFile, { readOnly: true })
  const row = database.prepare('SELECT body FROM snapshots ORDER BY seq DESC LIMIT 1').get()
  JSON.parse(String(row?.['body']))
  database.close()
  bases.push(performance.now() - began)
}

process.stdout.write(
  JSON.stringify({
    importedMs,
    readyMs,
    baseMs: bases.sort((a, b) => a - b)[2],
    seq: state.seq,
    active: [...state.alerts.values()].filter(({ status }) => status === 'firing').length,
    cockpitBytes: cockpit.length,
  }),
)
// Without stopping: a start from a journal that was left in a crash is the slower one.
process.exit(0)
