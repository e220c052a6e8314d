import type { DatabaseSync } from 'node:sqlite'
import { withWordsOfNames, wordsIn } from '#shared/domain/text/words.ts'

/** What one thing is found by. */
export interface IndexedTexts {
  readonly title: string
  /** Labels, names of alerts, places. */
  readonly names: string
  readonly text: string
}

/** Words that are taken for what a mistyped one may mean: in letters alone, of this many. */
const TERM = /^\p{L}{4,30}$/u
/** Terms that are known to be there, so that they are not looked up; forgotten when they are more. */
const MAX_KNOWN = 20_000

/** The index that knowledge is searched in. Everything inside a transaction of the caller. */
export interface WordIndex {
  /** In place of what is there under the number: of an incident its `seq`, else one below zero. */
  put(number: number, texts: IndexedTexts): void
  remove(number: number): void
  /** What was put since the last commit was rolled back. */
  forget(): void
}

/** Opens the index of a database with the tables of `schema.ts`. */
export function openWordIndex(database: DatabaseSync): WordIndex {
  const put = database.prepare(
    'INSERT OR REPLACE INTO knowledge (rowid, title, names, text) VALUES (?, ?, ?, ?)',
  )
  const remove = database.prepare('DELETE FROM knowledge WHERE rowid = ?')
  const putTerm = database.prepare('INSERT OR IGNORE INTO terms (term) VALUES (?)')
  const putParts = database.prepare('INSERT INTO term_parts (rowid, term) VALUES (?, ?)')
  const known = new Set<string>()

  function keepTerm(term: string): void {
    if (!TERM.test(term) || known.has(term)) return
    if (known.size >= MAX_KNOWN) known.clear()
    const { changes, lastInsertRowid } = putTerm.run(term)
    if (changes > 0) putParts.run(lastInsertRowid, term)
    known.add(term)
  }

  return {
    put(number, texts) {
      const [title, names, text] = [texts.title, texts.names, texts.text].map(withWordsOfNames)
      put.run(number, title ?? '', names ?? '', text ?? '')
      for (const each of [title, names, text])
        for (const word of wordsIn(each ?? '')) keepTerm(word)
    },
    remove(number) {
      remove.run(number)
    },
    forget() {
      known.clear()
    },
  }
}
