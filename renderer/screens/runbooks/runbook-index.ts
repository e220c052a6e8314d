import MiniSearch, { type SearchResult } from 'minisearch'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { wordsOfName } from '#shared/domain/text/words.ts'
import type { Piece } from '../../text/pieces.ts'
import { runbookAddressOf, runbookPathOf } from '#shared/domain/runbook/id.ts'
import { bestSection, sectionsOf } from '#shared/domain/runbook/text-sections.ts'

/** Longest search that is understood, in UTF-16 units. */
export const MAX_SEARCH = 200
/** Runbooks that a search shows at most. */
const MAX_FOUND = 50
/** Shorter words are not taken for the begin of longer ones in a text. */
const PREFIX_FROM = 3
/** Shorter words are taken as they are: with a letter changed they would be anything. */
const FUZZY_FROM = 4
/** Letters of ten that may be other ones. */
const FUZZY = 0.2
/** With fewer runbooks than this, mistyped words are looked for as well. */
const ENOUGH = 5
/** Longest part of a text that is taken up in one go, in UTF-16 units. */
const MAX_PART = 64 * 1024
/** Around what was found in a text, in UTF-16 units. */
const AROUND = 60

/** A runbook that fits, and where. */
export interface FoundRunbook {
  readonly id: string
  readonly title: readonly Piece[]
  /** A name of an alert or of the file that fits; null where none does. */
  readonly name: readonly Piece[] | null
  /** The part of the text that fits best; null where only the title or a name does. */
  readonly section: {
    readonly heading: string
    readonly anchor: string | null
    readonly around: readonly Piece[]
  } | null
}

/** What a search found. */
export interface Found {
  readonly runbooks: readonly FoundRunbook[]
  /** False where no runbook has all words, and those with some of them are shown. */
  readonly hasAllWords: boolean
}

interface Document {
  readonly id: string
  readonly title: string
  readonly names: string
  readonly text: string
}

interface Indexed {
  /** Tells another state apart. */
  readonly key: string
  readonly title: string
  readonly names: readonly string[]
  readonly text: string
  /** The ids of its documents: one, and more where the text is too long to be taken up in one go. */
  readonly documents: readonly string[]
}

/**
 * Finds runbooks by their title, their alerts and files, and the words of their texts, and where in
 * the text the words are. Words that are mistyped are looked for where the written ones find little.
 */
export class RunbookIndex {
  readonly #search = new MiniSearch<Document>({
    fields: ['title', 'names', 'text'],
    searchOptions: {
      boost: { title: 4, names: 3 },
      prefix: (term) => term.length >= PREFIX_FROM,
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
    const searched = names.flatMap((name) => [name, wordsOfName(name)]).join(' ')
    const parts = partsOf(text ?? '')
    const documents = parts.map((_, at) => `${id}\n${String(at)}`)
    this.#indexed.set(id, { key, title, names, text: text ?? '', documents })
    for (const [at, document] of documents.entries()) {
      this.#search.add({ id: document, title, names: searched, text: parts[at] ?? '' })
    }
  }

  remove(id: string): void {
    const known = this.#indexed.get(id)
    if (!known) return
    for (const document of known.documents) this.#search.discard(document)
    this.#indexed.delete(id)
  }

  /** The runbooks that fit best, the best first. */
  find(query: string): Found {
    const words = query.slice(0, MAX_SEARCH)
    const all = this.#best(words, 'AND')
    const some = all.size > 0 ? all : this.#best(words, 'OR')
    return {
      runbooks: [...some].flatMap(([id, result]) => this.#toFound(id, result)),
      hasAllWords: all.size > 0 || some.size === 0,
    }
  }

  #best(words: string, combineWith: 'AND' | 'OR'): ReadonlyMap<string, SearchResult> {
    const best = new Map<string, SearchResult>()
    const take = (results: readonly SearchResult[]) => {
      for (const result of results) {
        if (best.size === MAX_FOUND) return
        const id = runbookOf(String(result.id))
        if (!best.has(id)) best.set(id, result)
      }
    }
    // One or two letters begin so many words of the texts that they say nothing.
    if (words.split(/\s+/).every(({ length }) => length < PREFIX_FROM)) {
      take(this.#search.search(words, { combineWith, prefix: true, fields: ['title', 'names'] }))
    }
    take(this.#search.search(words, { combineWith }))
    if (best.size < ENOUGH) {
      const fuzzy = (term: string) => (term.length >= FUZZY_FROM ? FUZZY : false)
      take(this.#search.search(words, { combineWith, fuzzy }))
    }
    return best
  }

  #toFound(id: string, { match }: SearchResult): readonly FoundRunbook[] {
    const known = this.#indexed.get(id)
    if (!known) return []
    const termsIn = (field: string) =>
      Object.keys(match).filter((term) => match[term]?.includes(field))
    const inText = termsIn('text')
    const inNames = termsIn('names')
    const name = known.names.find((each) => pieces(each, inNames).some(({ isFound }) => isFound))
    const section = inText.length > 0 ? bestSection(sectionsOf(known.text), inText) : null
    return [
      {
        id,
        title: pieces(known.title, termsIn('title')),
        name: name === undefined ? null : pieces(name, inNames),
        section: section && {
          heading: section.heading,
          anchor: section.anchor,
          around: pieces(around(section.text, inText), inText),
        },
      },
    ]
  }
}

/** A text in parts that are each taken up in some ms, cut between words where there are any. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = []
  let start = 0
  do {
    let end = Math.min(text.length, start + MAX_PART)
    const gap = end < text.length ? text.lastIndexOf(' ', end) : -1
    if (gap > start) end = gap
    parts.push(text.slice(start, end))
    start = end
  } while (start < text.length)
  return parts
}

function runbookOf(document: string): string {
  return document.slice(0, document.lastIndexOf('\n'))
}

/** Where a runbook is, without what all of them have in common. */
export function placeOf(id: string): string {
  return runbookPathOf(id) ?? runbookAddressOf(id)?.replace(/^https?:\/\//, '') ?? id
}

/** The text around the first of the terms, in one line. */
function around(text: string, terms: readonly string[]): string {
  const lower = text.toLowerCase()
  const places = terms.map((term) => lower.indexOf(term)).filter((at) => at !== -1)
  const at = places.length === 0 ? 0 : Math.min(...places)
  const start = Math.max(0, at - AROUND)
  const end = at + 2 * AROUND
  const cut = text
    .slice(start, end)
    .replace(/`{3,}\w*|~{3,}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
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
