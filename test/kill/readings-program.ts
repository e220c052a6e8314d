import { createNodeClock } from '#electron/host/node/clock.ts'
import { startReadings } from '#electron/journal/readings/readings.ts'
import { openJournal } from '#electron/journal/sqlite.ts'
import { anyPastIncident, pastIncident } from '#test/fixtures/past-incidents.ts'

/**
 * The process that is killed: a journal that one incident after the other is appended to, and its
 * readings, which follow it and are asked all the while. It says `opening` before it
 * opens anything, and `ready` with the first answer.
 */
const [, , directory, first] = process.argv
if (directory === undefined || first === undefined) {
  throw new Error('Usage: readings-program.ts <data directory> <number of the first incident>')
}
/** Between two incidents, ms: the journal shall grow, and be read within the time of a test. */
const PAUSE_MS = 4

process.send?.('opening')
const clock = createNodeClock()
const logger = { info: () => undefined, warn: () => undefined, error: console.error }
const journal = openJournal({ directory, clock, logger, isNewAllowed: false })
if (!journal.ok) throw new Error(journal.error.message)
const readings = startReadings({ journalPath: journal.value.path, directory, clock, logger })
const never = new AbortController().signal
let number = Number(first)
let isReady = false

function appendNext(): void {
  if (!journal.ok) return
  const written = journal.value.append(pastIncident(number), [])
  if (!written.ok) throw new Error(written.error.message)
  number += 1
  readings.recorded()
  setTimeout(appendNext, PAUSE_MS)
}

async function ask(): Promise<void> {
  for (;;) {
    await readings.incidents({ ...anyPastIncident, text: 'the', limit: 20 }, never)
    if (!isReady) process.send?.('ready')
    isReady = true
  }
}

appendNext()
void ask()
