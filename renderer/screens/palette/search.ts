import type { Incident } from '#shared/domain/incident/schema.ts'
import { paletteGroups, type PaletteItem } from './item.ts'

/** Words of a query, all of which must be found, in any order and case. */
export function wordsOf(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
}

/**
 * How well a text fits: 0 not at all; more where the text begins with what was typed. Only the
 * beginnings of words count: "ack" must not find "Give back".
 */
function fit(text: string, words: readonly string[]): number {
  let score = 1
  for (const word of words) {
    const at = startOfWord(text, word)
    if (at === -1) return 0
    score += at === 0 ? 3 : 2
  }
  return score
}

const inWord = /[\p{L}\p{N}]/u

/** Where a word of the text begins so; -1 when none does. */
function startOfWord(text: string, word: string): number {
  let at = text.indexOf(word)
  while (at > 0 && inWord.test(text[at - 1] ?? '')) at = text.indexOf(word, at + 1)
  return at
}

/**
 * The items that fit, the best group first; without a query all of them in their order. One that is
 * found by its detail alone is not meant: who types the name of an incident looks for the incident,
 * and Enter must not acknowledge it.
 */
export function searchItems(
  items: readonly PaletteItem[],
  words: readonly string[],
): readonly PaletteItem[] {
  const scored = items.map((item) => ({
    item,
    score: isNamed(item, words) ? fit(textOfItem(item), words) : 0,
  }))
  const found = scored.filter(({ score }) => score > 0)
  const best = new Map<string, number>()
  for (const { item, score } of found) {
    best.set(item.group, Math.max(best.get(item.group) ?? 0, score))
  }
  const rank = (item: PaletteItem) =>
    (best.get(item.group) ?? 0) * 100 - paletteGroups.indexOf(item.group)
  return found
    .toSorted((a, b) => rank(b.item) - rank(a.item) || b.score - a.score)
    .map(({ item }) => item)
}

function isNamed({ title, keywords = '', group }: PaletteItem, words: readonly string[]): boolean {
  const own = `${title} ${keywords} ${group}`.toLowerCase()
  return words.length === 0 || words.some((word) => startOfWord(own, word) !== -1)
}

function textOfItem({ title, detail = '', keywords = '', group }: PaletteItem): string {
  return `${title} ${detail} ${keywords} ${group}`.toLowerCase()
}

const texts = new WeakMap<Incident, string>()

/** What an incident is found by: its title, its severity and the labels that it is grouped by. */
function textOf(incident: Incident): string {
  const known = texts.get(incident)
  if (known !== undefined) return known
  const labels = Object.entries(incident.group).map(([name, value]) => `${name}=${value} ${value}`)
  const text = `${incident.title} ${incident.severity} ${labels.join(' ')}`.toLowerCase()
  texts.set(incident, text)
  return text
}

/** The first incidents that fit, in the order in which they are given. */
export function searchIncidents(
  incidents: Iterable<Incident>,
  words: readonly string[],
  limit: number,
): readonly Incident[] {
  const found: Incident[] = []
  for (const incident of incidents) {
    if (found.length === limit) break
    const text = textOf(incident)
    if (words.every((word) => text.includes(word))) found.push(incident)
  }
  return found
}
