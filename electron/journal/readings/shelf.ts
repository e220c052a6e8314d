import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { ShelvedRunbook, ShelvedText } from '#electron/engine/ports/readings.ts'
import { openWordIndex } from './word-index.ts'

const KIND = 'runbook'

const rowSchema = z.object({ number: z.number(), id: z.string(), hash: z.string() })

/**
 * Runbooks beside the history, so that one search finds both. Their texts are no part of the journal:
 * whoever has them says which there are, and brings those that are missing.
 */
export interface Shelf {
  /** Lets go of all but these, and says of which the text is missing. */
  shelve(runbooks: readonly ShelvedRunbook[]): readonly string[]
  keep(texts: readonly ShelvedText[]): void
  /** How many there are with their texts. */
  count(): number
}

/** Opens the shelf of a database with the tables of `schema.ts`. */
export function openShelf(database: DatabaseSync): Shelf {
  const index = openWordIndex(database)
  const all = database.prepare(`SELECT number, id, hash FROM documents WHERE kind = '${KIND}'`)
  const remove = database.prepare('DELETE FROM documents WHERE number = ?')
  const find = database.prepare('SELECT number FROM documents WHERE kind = ? AND id = ?')
  const lowest = database.prepare('SELECT min(number) AS number FROM documents')
  const put = database.prepare('INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?)')
  const count = database.prepare(`SELECT count(*) AS n FROM documents WHERE kind = '${KIND}'`)

  function inOneGo(work: () => void): void {
    database.exec('BEGIN IMMEDIATE')
    try {
      work()
      database.exec('COMMIT')
    } catch (error) {
      index.forget()
      // A full disk makes SQLite roll back by itself.
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  return {
    shelve(runbooks) {
      const wanted = new Map(runbooks.map(({ id, hash }) => [id, hash]))
      const rows = all.all().map((row) => rowSchema.parse(row))
      const isKept = new Set<string>()
      inOneGo(() => {
        for (const { number, id, hash } of rows) {
          if (wanted.get(id) === hash) isKept.add(id)
          // An older text is found until the new one is here.
          if (wanted.has(id)) continue
          remove.run(number)
          index.remove(number)
        }
      })
      return runbooks.flatMap(({ id }) => (isKept.has(id) ? [] : [id]))
    },
    keep(texts) {
      inOneGo(() => {
        for (const { id, hash, title, names, text } of texts) {
          const before = find.get(KIND, id)?.['number']
          const number = Number(before ?? Math.min(0, Number(lowest.get()?.['number'] ?? 0)) - 1)
          put.run(number, KIND, id, title, text, hash)
          index.put(number, { title, names, text })
        }
      })
    },
    count: () => Number(count.get()?.['n'] ?? 0),
  }
}
