import MiniSearch, { type SearchResult } from 'minisearch'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { runbookAddressOf, runbookPathOf } from '#shared/domain/runbook/id.ts'
import { sectionsOf, type Section } from './sections.ts'

/** Longest search that is understood, in UTF-16 units. */
export const MAX_SEARCH = 200
/** Runbooks that a search shows at most. */
const MAX_FOUND = 50
/** Shorter words are taken as they are: with a letter changed they would be anything. */
const FUZZY_FROM = 4
/** Letters of ten that may be other ones. */
const FUZZY = 0.2
/** Around what was found in a text, in UTF-16 units. */
const AROUND = 60

/** A piece of a line: what was found in it is marked. */
export interface Piece {
  readonly text: string
  readonly isFound: boolean
}

/** A runbook that fits, and where. */
export interface FoundRunbook {
  readonly id: string
  readonly title: readonly Piece[]
  /** A name of an alert or of the file that fits; null where none does. */
  readonly name: readonly Piece[] | null
  /** The part of the text that fits best; null where only the title or a name does. */
  readonly section: {
    readonly heading: string
    readonly slug: string | null
    readonly around: readonly Piece[]
  } | null
}

/** What a search found. */
export interface Found {
  readonly runbooks: readonly FoundRunbook[]
  /** False where no part of a runbook has all words, and those with some of them are shown. */
  readonly hasAllWords: boolean
}

interface Document extends Section {
  readonly id: string
  readonly title: string
  readonly names: string
}

interface Indexed {
  /** Tells another state apart. */
  readonly key: string
  readonly title: string
  readonly names: readonly string[]
  /** By the id of the document. */
  readonly sections: ReadonlyMap<string, Section>
}

/**
 * Finds runbooks by their title, their alerts and files, and the words of their texts, also mistyped.
 * Each section of a text is found for itself, so that a search leads to the place and not to the top.
 */
export class RunbookIndex {
  readonly #search = new MiniSearch<Document>({
    fields: ['title', 'names', 'heading', 'text'],
    searchOptions: {
      boost: { title: 4, names: 3, heading: 2 },
      prefix: true,
      fuzzy: (term) => (term.length >= FUZZY_FROM ? FUZZY : false),
    },
  })
  readonly #indexed = new Map<string, Indexed>()

  /** The ids of all that can be found. */
  get ids(): Iterable<string> {
    return this.#indexed.keys()
  }

  /** True where the same was put in before. */
  has(id: string, key: string): boolean {
    return this.#indexed.get(id)?.key === key
  }

  /**
   * @param key tells another state of it apart.
   * @param alerts names of alerts that lead to it.
   * @param text null where it is not known.
   */
  put(entry: RunbookEntry, key: string, alerts: readonly string[], text: string | null): void {
    const { id, title } = entry
    this.remove(id)
    const names = [...alerts, placeOf(id)]
    const found = text === null ? [] : sectionsOf(text)
    const parts = found.length > 0 ? found : [{ heading: '', slug: null, text: '' }]
    const sections = new Map(parts.map((part, at) => [`${id}\n${String(at)}`, part]))
    this.#indexed.set(id, { key, title, names, sections })
    const searched = names.flatMap((name) => [name, wordsOfName(name)]).join(' ')
    for (const [part, section] of sections) {
      this.#search.add({ id: part, title, names: searched, ...section })
    }
  }

  remove(id: string): void {
    const known = this.#indexed.get(id)
    if (!known) return
    for (const part of known.sections.keys()) this.#search.discard(part)
    this.#indexed.delete(id)
  }

  /** The runbooks that fit best, the best first. */
  find(query: string): Found {
    const words = query.slice(0, MAX_SEARCH)
    const all = this.#search.search(words, { combineWith: 'AND' })
    const hasAllWords = all.length > 0
    const results = hasAllWords ? all : this.#search.search(words, { combineWith: 'OR' })
    const best = new Map<string, SearchResult>()
    for (const result of results) {
      const id = runbookOf(String(result.id))
      if (!best.has(id)) best.set(id, result)
      if (best.size === MAX_FOUND) break
    }
    return {
      runbooks: [...best].flatMap(([id, result]) => this.#toFound(id, result)),
      hasAllWords: hasAllWords || results.length === 0,
    }
  }

  #toFound(id: string, { id: part, match }: SearchResult): readonly FoundRunbook[] {
    const known = this.#indexed.get(id)
    const section = known?.sections.get(String(part))
    if (!known || !section) return []
    const termsIn = (field: string) =>
      Object.keys(match).filter((term) => match[term]?.includes(field))
    const inText = termsIn('text')
    const inNames = termsIn('names')
    const name = known.names.find((each) => pieces(each, inNames).some(({ isFound }) => isFound))
    const isInSection = inText.length > 0 || termsIn('heading').length > 0
    return [
      {
        id,
        title: pieces(known.title, termsIn('title')),
        name: name === undefined ? null : pieces(name, inNames),
        section: isInSection
          ? {
              heading: section.heading,
              slug: section.slug,
              around: pieces(around(section.text, inText), inText),
            }
          : null,
      },
    ]
  }
}

function runbookOf(part: string): string {
  return part.slice(0, part.lastIndexOf('\n'))
}

/** Where a runbook is, without what all of them have in common. */
export function placeOf(id: string): string {
  return runbookPathOf(id) ?? runbookAddressOf(id)?.replace(/^https?:\/\//, '') ?? id
}

/** `KubePodCrashLooping` as the words that it is made of. */
function wordsOfName(name: string): string {
  return name.replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, '$1 ').replaceAll('_', ' ')
}

/** The text around the first of the terms, in one line. */
function around(text: string, terms: readonly string[]): string {
  const lower = text.toLowerCase()
  const places = terms.map((term) => lower.indexOf(term)).filter((at) => at !== -1)
  const at = places.length === 0 ? 0 : Math.min(...places)
  const start = Math.max(0, at - AROUND)
  const end = at + 2 * AROUND
  const cut = text.slice(start, end).replace(/\s+/g, ' ').trim()
  return `${start > 0 ? '…' : ''}${cut}${end < text.length ? '…' : ''}`
}

/** A line cut into what was found and what stands around it; joined again it is the same line. */
export function pieces(line: string, terms: readonly string[]): readonly Piece[] {
  if (terms.length === 0) return [{ text: line, isFound: false }]
  const byLength = terms.toSorted((a, b) => b.length - a.length)
  const wanted = new RegExp(`(${byLength.map(escaped).join('|')})`, 'giu')
  return line
    .split(wanted)
    .map((text, at) => ({ text, isFound: at % 2 === 1 }))
    .filter(({ text }) => text !== '')
}

function escaped(term: string): string {
  return term.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
}
