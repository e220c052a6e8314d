import { useEffect, useMemo } from 'react'
import type { KnowledgeHit } from '#shared/domain/knowledge/schema.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { searchKeptIncidents } from '../../parts/knowledge/kept-incidents.ts'
import { answerNotes, hitWords } from '../../parts/knowledge/knowledge-words.ts'
import { useKnowledge } from '../../parts/knowledge/use-knowledge.ts'
import { piecesOf } from '../../text/pieces.ts'
import { timeFormat } from '../../text/time.ts'
import { placeOf, type FoundRunbook } from '../runbooks/runbook-index.ts'
import { useRunbooks, useRunbooksModel } from '../runbooks/runbooks-model.ts'
import type { PaletteItem } from './item.ts'

/** Behind this letter only what was learned is searched. */
const ONLY = '?'
/** Hits below commands, and where nothing else is searched. */
const FEW = 6
const MANY = 20
/** Fewer letters are not searched for below commands: there they mean a command. */
const FEWEST = 3

/** What a search for what was learned shows. */
export interface KnowledgeItems {
  readonly items: readonly PaletteItem[]
  /** What must be known of them, such as that they may not be all. */
  readonly notes: readonly string[]
  /** True while an answer is awaited. */
  readonly isBusy: boolean
}

/** True where only what was learned is searched. */
export function isKnowledgeQuery(query: string): boolean {
  return query.trimStart().startsWith(ONLY)
}

/** Without what stands in the list already: an open incident, a runbook by its title. */
export function withoutListed(
  items: readonly PaletteItem[],
  listed: readonly PaletteItem[],
): readonly PaletteItem[] {
  const ids = new Set(listed.map(({ id }) => id))
  return items.filter(({ id }) => !ids.has(id.slice('knowledge-'.length)))
}

/** Searches what was learned: in the engine, or without it in what this page keeps. */
export function useKnowledgeItems(query: string): KnowledgeItems {
  const cockpit = useCockpit()
  const isOnly = isKnowledgeQuery(query)
  const typed = (isOnly ? query.trimStart().slice(ONLY.length) : query).trim()
  const limit = isOnly ? MANY : FEW
  const state = useKnowledge(isOnly || typed.length >= FEWEST ? typed : '', limit)
  const kept = useKeptItems(state.kind === 'lost' ? typed : '', limit)
  return useMemo((): KnowledgeItems => {
    switch (state.kind) {
      case 'idle':
        return {
          items: [],
          notes: isOnly
            ? ['Words of earlier incidents, of their causes and fixes, of runbooks.']
            : [],
          isBusy: false,
        }
      case 'asking':
        return { items: [], notes: [], isBusy: true }
      case 'refused': {
        const { message, hint = '' } = state.error
        return { items: [], notes: [`Knowledge: ${message} ${hint}`.trim()], isBusy: false }
      }
      case 'lost':
        return {
          items: kept,
          notes: [
            'Deckwatch is unreachable: searched are the runbooks and the incidents that this browser keeps.',
          ],
          isBusy: false,
        }
      case 'found':
        return {
          items: state.answer.hits.map((hit) => itemOf(hit, cockpit)),
          notes: answerNotes(state.answer),
          isBusy: false,
        }
    }
  }, [cockpit, isOnly, kept, state])
}

function itemOf(hit: KnowledgeHit, { actions, engineNow }: Cockpit): PaletteItem {
  const format = timeFormat()
  return {
    // The rest is what the same is listed under elsewhere in the palette.
    id: `knowledge-${hit.kind === 'incident' ? 'go' : 'runbook'}-${hit.id}`,
    group: 'Knowledge',
    title: hit.title.text,
    marked: piecesOf(hit.title),
    detail: hitWords(hit, (at) => format.minute(at, engineNow())),
    ...(hit.excerpt ? { excerpt: piecesOf(hit.excerpt) } : {}),
    refusedBecause: null,
    run: () => {
      if (hit.kind === 'incident') actions.showPast(hit.id)
      else {
        const fragment = hit.section?.anchor ?? null
        actions.showRunbook({ id: hit.id, fragment, incidentId: null })
      }
    },
  }
}

/** Without the engine: the runbooks whose texts are kept, and the incidents that are known. */
function useKeptItems(typed: string, limit: number): readonly PaletteItem[] {
  const cockpit = useCockpit()
  const runbooks = useRunbooksModel()
  const watch = useMirror((state) => state.watch)
  // Says when the same search would find something else.
  const version = useRunbooks(({ search }) => search.version)
  useEffect(() => {
    if (typed !== '') runbooks.updateSearch()
  }, [runbooks, typed])
  return useMemo(() => {
    if (typed === '') return []
    const incidents = watch ? searchKeptIncidents(watch, typed, limit) : []
    const pages = runbooks.find(typed).runbooks.slice(0, limit)
    return [
      ...incidents.map((hit) => itemOf(hit, cockpit)),
      ...pages.map((page) => pageItem(page, cockpit)),
    ]
    // eslint-disable-next-line react-hooks/exhaustive-deps -- version: see above
  }, [cockpit, limit, runbooks, typed, version, watch])
}

function pageItem({ id, title, section }: FoundRunbook, { actions }: Cockpit): PaletteItem {
  return {
    id: `knowledge-runbook-${id}`,
    group: 'Knowledge',
    title: title.map(({ text }) => text).join(''),
    marked: title,
    detail: section && section.heading !== '' ? `${placeOf(id)} · ${section.heading}` : placeOf(id),
    ...(section ? { excerpt: section.around } : {}),
    refusedBecause: null,
    run: () => actions.showRunbook({ id, fragment: section?.anchor ?? null, incidentId: null }),
  }
}
