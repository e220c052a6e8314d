import { MAX_REJECTIONS, type Rejection } from '#shared/domain/source/schema.ts'
import { labelsKeyOf, type Comparison, type Entry, type Listing } from './listing.ts'

/** Two answers of one poll, compared with the same basis, as one: what either lists is listed. */
export function unite(first: Comparison, second: Comparison): Comparison {
  const entries = new Map(first.listing.entries)
  const changed = new Set(first.changed)
  const listed = new Set(Array.from(entries.values(), labelsKeyOf))
  for (const [place, entry] of second.listing.entries) {
    if (listed.has(labelsKeyOf(entry))) continue
    const free = freePlace(entries, place, entry)
    entries.set(free, entry)
    if (second.changed.has(place)) changed.add(free)
  }
  // Both name the very entries of the basis.
  const goneFromSecond = new Set(second.gone)
  return {
    listing: { ...first.listing, entries, isClean: false },
    changed,
    gone: first.gone.filter((entry) => goneFromSecond.has(entry)),
    ...uniteRejections(first, second),
  }
}

/** The comparison with entries of its basis that count as listed although the answer lacks them. */
export function withHeld(
  comparison: Comparison,
  basis: Listing,
  { gone, held }: { readonly gone: readonly Entry[]; readonly held: readonly Entry[] },
): Comparison {
  if (held.length === 0) return { ...comparison, gone }
  const entries = new Map(comparison.listing.entries)
  const isHeld = new Set(held)
  for (const [place, entry] of basis.entries) {
    if (isHeld.has(entry)) entries.set(freePlace(entries, place, entry), entry)
  }
  return { ...comparison, listing: { ...comparison.listing, entries, isClean: false }, gone }
}

/**
 * The comparison with the earliest start that is known of each alert: replicas evaluate at different
 * moments, so that a later start is another replica's and no new episode.
 */
export function withEarliestStarts(comparison: Comparison, basis: Listing): Comparison {
  const entries = new Map(comparison.listing.entries)
  for (const place of comparison.changed) {
    const entry = entries.get(place)
    const known = basis.entries.get(place)
    if (!entry || !known || labelsKeyOf(entry) !== labelsKeyOf(known)) continue
    const { startsAt, isStartEstimated } = known.signal
    if (entry.signal.startsAt <= startsAt || isStartEstimated) continue
    entries.set(place, { ...entry, signal: { ...entry.signal, startsAt } })
  }
  return { ...comparison, listing: { ...comparison.listing, entries } }
}

/** Where an entry can stand without another one being lost. */
function freePlace(entries: ReadonlyMap<string, Entry>, place: string, entry: Entry): string {
  return entries.has(place) ? `${place}\n${labelsKeyOf(entry)}` : place
}

function uniteRejections(
  first: Comparison,
  second: Comparison,
): { readonly rejections: readonly Rejection[]; readonly moreRejections: number } {
  const known = new Set(first.rejections.map(({ key }) => key))
  const all = [...first.rejections, ...second.rejections.filter(({ key }) => !known.has(key))]
  return {
    rejections: all.slice(0, MAX_REJECTIONS),
    moreRejections:
      Math.max(first.moreRejections, second.moreRejections) +
      Math.max(0, all.length - MAX_REJECTIONS),
  }
}
