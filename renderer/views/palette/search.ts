import type { Incident } from '#shared/domain/incident/schema.ts'
import { paletteGroups, type PaletteItem } from './item.ts'

/** Words of a query, all of which must be found, in any order and case. */
export function wordsOf(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
}

/** How well a text fits: 0 not at all; more where words begin with what was typed. */
function fit(text: string, words: readonly string[]): number {
  let score = 1
  for (const word of words) {
    const at = text.indexOf(word)
    if (at === -1) return 0
    if (at === 0) score += 3
    else if (text[at - 1] === ' ') score += 2
  }
  return score
}

/** The items that fit, the best group first; without a query all of them in their order. */
export function searchItems(
  items: readonly PaletteItem[],
  words: readonly string[],
): readonly PaletteItem[] {
  const scored = items.map((item) => ({
    item,
    score: fit(`${item.title} ${item.detail ?? ''} ${item.group}`.toLowerCase(), words),
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
