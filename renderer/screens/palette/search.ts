import { labelRank } from '#shared/domain/alert/object.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { labelsThat, type KnownLabel, type KnownLabels } from '../../engine/watch/known-labels.ts'
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

/** True where some word names the item itself, and not only by chance: "are down" is no "downgrade". */
function isNamed(
  { title, detail = '', keywords = '', group }: PaletteItem,
  words: readonly string[],
): boolean {
  const own = `${title} ${keywords} ${group}`.toLowerCase()
  const about = detail.toLowerCase()
  const isOwn = (word: string) => startOfWord(own, word) !== -1
  return words.every(isOwn) || words.some((word) => isOwn(word) && startOfWord(about, word) === -1)
}

function textOfItem({ title, detail = '', keywords = '', group }: PaletteItem): string {
  return `${title} ${detail} ${keywords} ${group}`.toLowerCase()
}

const texts = new WeakMap<Incident, string>()

/** What an incident itself is found by: its title, its severity and the labels it is grouped by. */
function textOf(incident: Incident): string {
  const known = texts.get(incident)
  if (known !== undefined) return known
  const labels = Object.entries(incident.group).map(([name, value]) => `${name}=${value} ${value}`)
  const text = `${incident.title} ${incident.severity} ${labels.join(' ')}`.toLowerCase()
  texts.set(incident, text)
  return text
}

/** An incident that fits, and the label of one of its alerts where it is found by that. */
export interface FoundIncident {
  readonly incident: Incident
  readonly label: KnownLabel | null
}

/**
 * The first incidents that fit, in the order in which they are given: by what they are, and by the
 * labels of their alerts.
 */
export function searchIncidents(
  incidents: Iterable<Incident>,
  words: readonly string[],
  limit: number,
  labelsOf: (incidentId: string) => KnownLabels,
): readonly FoundIncident[] {
  const found: FoundIncident[] = []
  for (const incident of incidents) {
    if (found.length === limit) break
    const text = textOf(incident)
    const missing = words.filter((word) => !text.includes(word)).map(unquoted)
    if (missing.length === 0) {
      found.push({ incident, label: null })
      continue
    }
    const known = labelsOf(incident.id)
    if (!missing.every((word) => known.text.includes(word))) continue
    const [label] = labelsThat(known, (each) => missing.some((word) => each.includes(word)))
    found.push({ incident, label: label ?? null })
  }
  return found
}

/** Labels that are compared at most: what so many fit is too little to be meant. */
const MAX_COMPARED = 2_000

/** A label that fits, and in how many incidents it is. */
export interface FoundLabel extends KnownLabel {
  readonly incidents: number
}

/**
 * Labels that fit all words, the best first: those whose value is just that, then those whose value
 * begins so, then the common ones.
 */
export function searchLabels(
  all: Iterable<KnownLabels>,
  words: readonly string[],
  limit: number,
): readonly FoundLabel[] {
  const found = new Map<string, { readonly label: KnownLabel; incidents: number }>()
  const wanted = words.map(unquoted)
  const fits = (text: string) => wanted.every((word) => text.includes(word))
  for (const labels of all) {
    if (!fits(labels.text) || found.size > MAX_COMPARED) continue
    for (const label of labelsThat(labels, fits)) {
      const known = found.get(label.text)
      if (known) known.incidents += 1
      else found.set(label.text, { label, incidents: 1 })
    }
  }
  const whole = wanted.join(' ')
  const rank = ({ value, text }: KnownLabel) => {
    const small = value.toLowerCase()
    return text === whole || small === whole ? 0 : small.startsWith(whole) ? 1 : 2
  }
  return [...found.values()]
    .sort(
      (a, b) =>
        rank(a.label) - rank(b.label) ||
        b.incidents - a.incidents ||
        labelRank(a.label.name) - labelRank(b.label.name),
    )
    .slice(0, limit)
    .map(({ label, incidents }) => ({ ...label, incidents }))
}

/** A condition as it is written in a filter, in the form that labels are searched in. */
function unquoted(word: string): string {
  return word.replaceAll('"', '')
}
