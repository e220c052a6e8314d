import type { DatabaseSync } from 'node:sqlite'
import { distance } from 'fastest-levenshtein'
import { z } from 'zod'

/** Shorter words are taken as they are written: with a letter changed they would be anything. */
const FUZZY_FROM = 4
/** From this length on two letters may be other ones. */
const LONG = 7
/** Words that one mistyped word is taken for at most. */
const MAX_MEANT = 4
/** Words with a part in common that are compared at most. */
const MAX_COMPARED = 3_000
/** Shorter words are looked for whole: so much begins with two letters that it says nothing. */
const PREFIX_FROM = 3

const termSchema = z.object({ term: z.string() })

/** A word of a search, and what is looked for in its place: itself, or what it may stand for. */
export interface SearchedWord {
  readonly word: string
  readonly meant: readonly string[]
}

/** Finds out what the words of a search may stand for, from the words that are known. */
export interface SearchSpeller {
  /** What a word may stand for where nothing begins so; the word itself where something does. */
  readonly meantBy: (word: string) => readonly string[]
}

/** Prepares the queries on a database with the tables of `schema.ts`. */
export function openSearchSpeller(database: DatabaseSync): SearchSpeller {
  const begins = database.prepare('SELECT 1 FROM terms WHERE term >= ? AND term < ? LIMIT 1')
  const alike = database.prepare(
    `SELECT term FROM terms WHERE length(term) BETWEEN ? AND ? AND number IN
       (SELECT rowid FROM term_parts WHERE term_parts MATCH ? LIMIT ${String(MAX_COMPARED)})`,
  )
  return {
    meantBy(word) {
      const { length } = word
      // With a digit in it, it is a number or a name, and means just that.
      if (length < FUZZY_FROM || !/^\p{L}+$/u.test(word)) return [word]
      if (begins.get(word, `${word}\u{10ffff}`)) return [word]
      const most = length < LONG ? 1 : 2
      const parts = Array.from({ length: length - 2 }, (_, at) => `"${word.slice(at, at + 3)}"`)
      const near = alike
        .all(length - most, length + most, parts.join(' OR '))
        .map((row) => termSchema.parse(row).term)
        .map((term) => ({ term, away: distance(word, term) }))
        .filter(({ away }) => away <= most)
        .toSorted((a, b) => a.away - b.away || (a.term < b.term ? -1 : 1))
        .slice(0, MAX_MEANT)
        .map(({ term }) => term)
      return near.length > 0 ? near : [word]
    },
  }
}

/** Searched words as a question of the index: all of them, or some. */
export function matchOf(words: readonly SearchedWord[], join: 'AND' | 'OR'): string {
  return words.map(({ meant }) => `(${meant.map(asBegin).join(' OR ')})`).join(` ${join} `)
}

/** In quotes nothing of it is syntax of the index; a star behind them is "begins with". */
function asBegin(word: string): string {
  return `"${word}"${word.length < PREFIX_FROM ? '' : '*'}`
}
