import MiniSearch from 'minisearch'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { KnowledgeHit } from '#shared/domain/knowledge/schema.ts'
import { excerptOf, markTerms, termsIn } from '#shared/domain/knowledge/excerpt.ts'
import { withWordsOfNames } from '#shared/domain/text/words.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'

/** Shorter words are not taken for the begin of longer ones. */
const PREFIX_FROM = 3
/** Shorter words are taken as they are written. */
const FUZZY_FROM = 4
/** Letters of ten that may be other ones. */
const FUZZY = 0.2

interface Document {
  readonly id: string
  readonly title: string
  readonly labels: string
  readonly text: string
}

type Kept = Pick<WatchState, 'incidents' | 'coordinations'>

/** One index for as long as the incidents are the same. */
const known = new WeakMap<Kept['incidents'], MiniSearch<Document>>()

/**
 * Searches the incidents that this page knows without the engine: those that are open, and those that
 * ended lately. The best first.
 */
export function searchKeptIncidents(
  watch: Kept,
  query: string,
  limit: number,
): readonly KnowledgeHit[] {
  const index = known.get(watch.incidents) ?? indexOf(watch)
  known.set(watch.incidents, index)
  return index
    .search(query, { combineWith: 'AND' })
    .slice(0, limit)
    .flatMap(({ id, match }) => {
      const incident = watch.incidents.get(String(id))
      return incident ? [hitOf(incident, watch, Object.keys(match))] : []
    })
}

function indexOf(watch: Kept): MiniSearch<Document> {
  const index = new MiniSearch<Document>({
    fields: ['title', 'labels', 'text'],
    searchOptions: {
      boost: { title: 8, labels: 4 },
      prefix: (term) => term.length >= PREFIX_FROM,
      fuzzy: (term) => (term.length >= FUZZY_FROM ? FUZZY : false),
    },
  })
  for (const { id, title, group } of watch.incidents.values()) {
    const labels = Object.entries(group).map(([name, value]) => `${name} ${value}`)
    index.add({
      id,
      title: withWordsOfNames(title),
      labels: withWordsOfNames(labels.join(' ')),
      text: withWordsOfNames(textsOf(watch, id).join(' ')),
    })
  }
  return index
}

/** What people wrote together about it, and how it was mitigated. */
function textsOf({ incidents, coordinations }: Kept, incidentId: string): readonly string[] {
  const own = coordinations.get(incidentId)
  const written = own ? [...own.hypotheses, ...own.decisions, ...own.measures] : []
  const note = incidents.get(incidentId)?.mitigated?.note ?? null
  return [...written.map(({ text }) => text), ...(note === null ? [] : [note])]
}

function hitOf(
  { id, title, status, severity, startedAt, resolved, isDrill, verdict, mitigated }: Incident,
  watch: Kept,
  terms: readonly string[],
): KnowledgeHit {
  const line = textsOf(watch, id).find((text) => termsIn(text, terms) > 0)
  const cause = watch.coordinations
    .get(id)
    ?.hypotheses.findLast(({ state }) => state === 'confirmed')
  return {
    kind: 'incident',
    ...{ id, status, severity, isDrill },
    title: markTerms(title, terms),
    excerpt: line === undefined ? null : excerptOf(line, terms),
    // The state does not say when it was opened; that is moments later.
    openedAt: startedAt,
    resolvedAt: resolved?.at ?? null,
    verdict: verdict?.verdict ?? null,
    cause: cause ? { text: cause.text, at: cause.at, by: cause.by } : null,
    fix: mitigated?.note ? { text: mitigated.note, at: mitigated.at, by: mitigated.by } : null,
  }
}
