import { Worker } from 'node:worker_threads'
import { z } from 'zod'

/** What the whole check of a journal found; `interrupted` when it was ended before it was done. */
export type CheckOutcome =
  | { readonly kind: 'intact' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'damaged'; readonly reason: string }

/** A check that runs beside the engine. */
export interface BackgroundCheck {
  readonly outcome: Promise<CheckOutcome>
  stop(): void
}

const messageSchema = z.object({ damage: z.string().nullable() })

/**
 * The worker's program. It is text because a bundler would have to be told of a worker's file, and
 * it is small so that text is bearable. It must compute checksums as `event-row.ts` does. Events
 * are read in slices: one long read would keep the write-ahead log from being cut back.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads')
const { DatabaseSync } = require('node:sqlite')
const { crc32 } = require('node:zlib')

function findDamage(database) {
  const finding = database.prepare('PRAGMA quick_check(1)').get().quick_check
  if (finding !== 'ok') return 'its structure is broken (' + finding.replace(/\\s+/g, ' ') + ')'
  const last = database.prepare('SELECT max(seq) AS seq FROM events').get().seq
  const slice = database.prepare(
    'SELECT seq, id, at, body, checksum FROM events WHERE seq > ? ORDER BY seq LIMIT 1000')
  for (let seq = 0; seq < last;) {
    const rows = slice.all(seq)
    if (rows.length === 0) return 'event ' + (seq + 1) + ' is missing'
    for (const row of rows) {
      if (row.seq !== seq + 1) return 'event ' + (seq + 1) + ' is missing'
      const checksum = crc32(row.body, crc32(row.seq + ' ' + row.id + ' ' + row.at))
      if (checksum !== row.checksum) return 'event ' + row.seq + ' does not match its checksum'
      seq = row.seq
    }
  }
  return null
}

let damage
try {
  const database = new DatabaseSync(workerData.path, { readOnly: true, timeout: 5000 })
  try {
    damage = findDamage(database)
  } finally {
    database.close()
  }
} catch (error) {
  const code = (error.errcode ?? 0) & 0xff
  // 11: corrupt, 26: not a database. Anything else is no finding about the journal.
  if (code !== 11 && code !== 26) throw error
  damage = error.message
}
parentPort.postMessage({ damage })
`

/**
 * Checks the whole journal, structure and every event's checksum, in a thread of its own. The
 * process may end before it is done.
 */
export function checkInBackground(path: string): BackgroundCheck {
  const worker = new Worker(program, { eval: true, workerData: { path } })
  worker.unref()
  const outcome = new Promise<CheckOutcome>((resolve, reject) => {
    worker.once('message', (message: unknown) => {
      const { damage } = messageSchema.parse(message)
      resolve(damage === null ? { kind: 'intact' } : { kind: 'damaged', reason: damage })
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      resolve({ kind: 'interrupted' })
    })
  })
  return {
    outcome,
    stop() {
      void worker.terminate()
    },
  }
}
