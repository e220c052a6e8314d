import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { PastIncidentQuery, PastIncidents } from '#electron/engine/ports/readings.ts'
import { compileExpression, type TextPredicate } from '#shared/domain/matcher/expression.ts'
import type { Matcher } from '#shared/domain/matcher/matcher.ts'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { openAgendaLibrary, type AgendaLibrary } from './agenda-library.ts'
import { openBeforeLibrary, type BeforeLibrary } from './before.ts'
import { openHandoffLibrary, type HandoffLibrary } from './handoff-library.ts'
import { openKnowledgeLibrary, type KnowledgeLibrary } from './knowledge.ts'
import { openShelf, type Shelf } from './shelf.ts'
import { readBody } from './sqlite-book.ts'

/** A part of a WHERE clause with its values. */
interface Condition {
  readonly sql: string
  readonly values: readonly SQLInputValue[]
}

/** The trigram index finds nothing shorter: such a word is looked for in the texts themselves. */
const SHORTEST_INDEXED = 3
/** Most words of a search that are looked for; a person does not type more. */
const MAX_WORDS = 20
/** Values of labels whose answer is kept: they are few, and on many incidents. */
const MAX_VALUES = 5_000
/** Compiled expressions that are kept. */
const MAX_EXPRESSIONS = 50

/** Thrown when a query takes longer than it may. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow'
}

/** Answers queries from readings. */
export interface Library extends BeforeLibrary, AgendaLibrary, HandoffLibrary, KnowledgeLibrary {
  readonly shelf: Shelf
  /**
   * @param isOver asked while expressions are tried, which alone can take long.
   * @throws {TooSlow} when it says so; what SQLite says.
   */
  incidents(query: PastIncidentQuery, isOver: () => boolean): Omit<PastIncidents, 'read'>
  incident(id: string): PastIncident | null
}

/** Prepares the queries on a database with the tables of `schema.ts`. */
export function openLibrary(database: DatabaseSync): Library {
  const findBody = database.prepare('SELECT body FROM incidents WHERE seq = ?')
  const findIncident = database.prepare('SELECT body FROM incidents WHERE id = ?')
  let isOver: () => boolean = () => false
  const compiled = new Map<string, TextPredicate>()

  function expression(pattern: string): TextPredicate {
    const known = compiled.get(pattern)
    if (known) return known
    const result = compileExpression(pattern)
    if (!result.ok) throw new Error(`an expression that was never parsed: ${result.error}`)
    if (compiled.size >= MAX_EXPRESSIONS) compiled.clear()
    const remembering = remember(result.value)
    compiled.set(pattern, remembering)
    return remembering
  }

  database.function('matches', { deterministic: true }, (pattern, value) => {
    if (isOver()) throw new TooSlow('a query took longer than it may')
    return expression(String(pattern))(String(value)) ? 1 : 0
  })

  return {
    ...openBeforeLibrary(database),
    ...openHandoffLibrary(database),
    ...openKnowledgeLibrary(database),
    shelf: openShelf(database),
    ...openAgendaLibrary(database),
    incidents(query, isOverNow) {
      isOver = isOverNow
      const found = findSeqs(database, conditionsOf(query))
      const isShown = showing(query.drills)
      const shown = found.filter(isShown)
      const { before, limit } = query
      const rest = before === null ? shown : shown.filter(({ seq }) => seq < before)
      const page = rest.slice(0, limit)
      const incidents = page.map(({ seq }) => readBody(findBody.get(seq)?.['body']).past)
      return {
        incidents,
        total: shown.length,
        drills: query.drills === 'without' ? found.length - shown.length : 0,
        next: rest.length > limit ? (page.at(-1)?.seq ?? null) : null,
      }
    },
    incident(id) {
      const row = findIncident.get(id)
      return row ? readBody(row['body']).past : null
    },
  }
}

function conditionsOf(query: PastIncidentQuery): Condition[] {
  return [
    ...textConditions(query.text),
    ...oneOf('status', query.status),
    ...oneOf('severity', query.severity),
    ...query.labels.map(labelCondition),
    ...(query.from === null ? [] : [{ sql: 'incidents.opened_at >= ?', values: [query.from] }]),
    ...(query.without.length === 0
      ? []
      : [
          {
            sql: 'incidents.id NOT IN (SELECT value FROM json_each(?))',
            values: [JSON.stringify(query.without)],
          },
        ]),
    ...(query.to === null ? [] : [{ sql: 'incidents.opened_at < ?', values: [query.to] }]),
  ]
}

/** The predicate, asked once for each value. */
function remember(predicate: TextPredicate): TextPredicate {
  const known = new Map<string, boolean>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= MAX_VALUES) known.clear()
    const answer = predicate(text)
    known.set(text, answer)
    return answer
  }
}

/** All words of three letters and more in one look at the index, shorter ones each by themselves. */
function textConditions(text: string): Condition[] {
  const words = [...new Set(text.split(/\s+/).filter((word) => word !== ''))].slice(0, MAX_WORDS)
  const indexed = words.filter((word) => Array.from(word).length >= SHORTEST_INDEXED)
  const short = words.filter((word) => Array.from(word).length < SHORTEST_INDEXED)
  const found = 'incidents.seq IN (SELECT rowid FROM search WHERE'
  const conditions = short.map((word): Condition => {
    const pattern = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`
    const like = (column: string) => `${column} LIKE ? ESCAPE '\\'`
    return {
      sql: `${found} ${['title', 'labels', 'notes'].map(like).join(' OR ')})`,
      values: [pattern, pattern, pattern],
    }
  })
  if (indexed.length === 0) return conditions
  // In quotes nothing of it is syntax of the index.
  const phrases = indexed.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ')
  return [{ sql: `${found} search MATCH ?)`, values: [phrases] }, ...conditions]
}

function oneOf(column: 'status' | 'severity', choices: readonly string[]): Condition[] {
  if (choices.length === 0) return []
  const marks = choices.map(() => '?').join(', ')
  return [{ sql: `incidents.${column} IN (${marks})`, values: [...choices] }]
}

/** A label that is absent counts as empty; of a name with several values, one that fits is enough. */
function labelCondition({ name, operator, value }: Matcher): Condition {
  const isPositive = operator === '=' || operator === '=~'
  const isExpression = operator === '=~' || operator === '!~'
  const fits = isExpression ? 'matches(?, labels.value)' : 'labels.value = ?'
  const of = 'SELECT 1 FROM labels WHERE labels.seq = incidents.seq AND labels.name = ?'
  const fitsEmpty = isExpression ? 'matches(?, ?)' : '? = ?'
  const holds = `(EXISTS (${of} AND ${fits}) OR (${fitsEmpty} AND NOT EXISTS (${of})))`
  return {
    sql: isPositive ? holds : `NOT ${holds}`,
    values: [name, value, value, '', name],
  }
}

/** What of an incident decides whether it is on a page, besides the conditions. */
interface Found {
  readonly seq: number
  readonly isDrill: boolean
}

/** All that match, newest first: the page and both counts are taken from one look. */
function findSeqs(database: DatabaseSync, conditions: readonly Condition[]): readonly Found[] {
  const statement = database.prepare(
    `SELECT incidents.seq, incidents.is_drill FROM incidents ${where(conditions)}`,
  )
  statement.setReturnArrays(true)
  // By rows of arrays, which the types of Node do not know.
  const rows = statement.all(...valuesOf(conditions)) as unknown as [number, number][]
  return rows.map(([seq, drill]) => ({ seq, isDrill: drill === 1 })).sort((a, b) => b.seq - a.seq)
}

function showing(drills: PastIncidentQuery['drills']): (found: Found) => boolean {
  if (drills === 'with') return () => true
  return ({ isDrill }) => isDrill === (drills === 'only')
}

function where(conditions: readonly Condition[]): string {
  if (conditions.length === 0) return ''
  return `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
}

function valuesOf(conditions: readonly Condition[]): SQLInputValue[] {
  return conditions.flatMap(({ values }) => values)
}
