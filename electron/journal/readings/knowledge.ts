import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { KnowledgeQuery } from '#electron/engine/ports/readings.ts'
import { excerptOf, markTerms, termsIn, type MarkedText } from '#shared/domain/knowledge/excerpt.ts'
import type { KnowledgeFound, KnowledgeHit } from '#shared/domain/knowledge/schema.ts'
import { searchWords } from '#shared/domain/text/words.ts'
import { bestSection, sectionsOf } from '#shared/domain/runbook/text-sections.ts'
import { matchOf, openSearchSpeller, type SearchedWord } from './search-words.ts'
import { readBody } from './sqlite-book.ts'

const numberSchema = z.object({ number: z.number() })
const textsSchema = z.object({ labels: z.string(), notes: z.string() })
const documentSchema = z.object({
  kind: z.literal('runbook'),
  id: z.string(),
  title: z.string(),
  text: z.string(),
})

/** Searches all that is known: incidents and documents, by the tables of `schema.ts`. */
export interface KnowledgeLibrary {
  knowledge(query: KnowledgeQuery): KnowledgeFound
}

/** Prepares the queries. */
export function openKnowledgeLibrary(database: DatabaseSync): KnowledgeLibrary {
  const { meantBy } = openSearchSpeller(database)
  // What is left out is left out before it is counted: the limit is of what is shown.
  const find = database.prepare(
    `SELECT rowid AS number FROM knowledge WHERE knowledge MATCH :match
       AND (:drills OR rowid NOT IN (SELECT seq FROM incidents WHERE is_drill = 1))
       AND rowid NOT IN (SELECT seq FROM incidents
         WHERE id IN (SELECT value FROM json_each(:without)))
       AND rowid NOT IN (SELECT number FROM documents
         WHERE id IN (SELECT value FROM json_each(:without)))
     ORDER BY rank LIMIT :limit`,
  )
  const findIncident = database.prepare('SELECT body FROM incidents WHERE seq = ?')
  const findTexts = database.prepare('SELECT labels, notes FROM search WHERE rowid = ?')
  const findDocument = database.prepare(
    'SELECT kind, id, title, text FROM documents WHERE number = ?',
  )

  function numbersOf(
    words: readonly SearchedWord[],
    join: 'AND' | 'OR',
    { limit, drills, without }: KnowledgeQuery,
  ): readonly number[] {
    const values = { limit, drills: drills ? 1 : 0, without: JSON.stringify(without) }
    return find
      .all({ ...values, match: matchOf(words, join) })
      .map((row) => numberSchema.parse(row).number)
  }

  function incidentHit(number: number, terms: readonly string[]): KnowledgeHit | null {
    const row = findIncident.get(number)
    if (!row) return null
    const { past, mitigation, note } = readBody(row['body'])
    const { labels, notes } = textsSchema.parse(findTexts.get(number))
    const { id, status, severity, openedAt, resolved, isDrill, verdict, cause } = past
    return {
      kind: 'incident',
      ...{ id, status, severity, openedAt, isDrill, verdict, cause },
      title: markTerms(past.title, terms),
      excerpt: bestLine([...notes.split('\n'), labels.replaceAll('\n', ', ')], terms),
      resolvedAt: resolved?.at ?? null,
      fix: mitigation ?? note,
    }
  }

  function documentHit(number: number, terms: readonly string[]): KnowledgeHit | null {
    const row = findDocument.get(number)
    if (!row) return null
    const { kind, id, title, text } = documentSchema.parse(row)
    const section = bestSection(sectionsOf(text), terms)
    const { heading, anchor } = section ?? { heading: '', anchor: null }
    return {
      ...{ kind, id },
      title: markTerms(title, terms),
      excerpt: section && excerptOf(section.text, terms),
      section: anchor === null ? null : { heading, anchor },
    }
  }

  return {
    knowledge(query) {
      const words = searchWords(query.text)
      if (words.length === 0) return { hits: [], hasAllWords: true, corrected: [] }
      const typed = words.map((word) => ({ word, meant: [word] }))
      const spelled = words.map((word) => ({ word, meant: meantBy(word) }))
      const corrected = spelled
        .filter(({ word, meant }) => !meant.includes(word))
        .map(({ word, meant }) => ({ word, to: [...meant] }))
      const searched = corrected.length > 0 ? spelled : typed
      const all = numbersOf(searched, 'AND', query)
      const some = all.length > 0 || words.length === 1 ? all : numbersOf(searched, 'OR', query)
      const terms = searched.flatMap(({ meant }) => meant)
      const hits = some.flatMap((number) => {
        const hit = number > 0 ? incidentHit(number, terms) : documentHit(number, terms)
        return hit ? [hit] : []
      })
      return { hits, hasAllWords: all.length > 0 || some.length === 0, corrected }
    },
  }
}

/** Of some texts the one with the most of the terms, cut; null where none has one. */
function bestLine(lines: readonly string[], terms: readonly string[]): MarkedText | null {
  let best: string | null = null
  let most = 0
  for (const line of lines) {
    const count = termsIn(line, terms)
    if (count <= most) continue
    best = line
    most = count
  }
  return best === null ? null : excerptOf(best, terms)
}
