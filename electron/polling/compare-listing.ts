import type { Ids } from '#electron/engine/ports/ids.ts'
import { excerptOf } from '#electron/http/failure.ts'
import { isSameMap } from './labels.ts'
import {
  labelsKeyOf,
  type Comparison,
  type Entry,
  type Listing,
  type ListingReader,
} from './listing.ts'
import { createRejections, toJson, type Flaw } from './rejections.ts'

/**
 * Compares the alerts of an answer with those known. Only what changed is read: an unchanged alert
 * costs a look-up and a comparison. An alert that is known and can suddenly not be read counts as
 * still listed, since a bad field is no recovery.
 */
export function compareListing(
  items: readonly unknown[],
  basis: Listing,
  reader: ListingReader,
  derive: Ids['derive'],
): Comparison {
  if (isSameThroughout(items, basis, reader)) {
    return { listing: basis, changed: new Set(), gone: [], rejections: [], moreRejections: 0 }
  }
  const listing = new Map<string, Entry>()
  const changed = new Set<string>()
  const unreadable = new Set<string>()
  const rejections = createRejections(derive)
  let known = 0

  for (let index = 0; index < items.length; index += 1) {
    const raw = items[index]
    const key = reader.keyOf(raw)
    if (typeof key !== 'string') {
      rejections.add(index, key)
      continue
    }
    const candidate = basis.entries.get(key)
    if (candidate && reader.isUnchanged(candidate.raw, raw) && !listing.has(key)) {
      listing.set(key, candidate)
      known += 1
      if (candidate.flaw) rejections.add(index, candidate.flaw)
      continue
    }
    const place = placeOf(listing, key, reader.labelsOf(raw), reader)
    if (place === null) continue
    const previous = findKnown(basis, key, reader.labelsOf(raw), reader)
    const reading =
      previous && reader.isUnchanged(previous.raw, raw)
        ? previous
        : reader.read(raw, previous?.signal)
    if (!('signal' in reading)) {
      unreadable.add(key)
      rejections.add(index, reading)
      continue
    }
    if (previous) known += 1
    if (place !== key && reader.isKeyUnique) {
      const first = listing.get(key)?.raw
      rejections.add(index, sharedKeyFlaw(key, reader.labelsOf(first), reader.labelsOf(raw)))
    }
    if (reading.flaw) rejections.add(index, reading.flaw)
    if (reading === previous) {
      listing.set(place, previous)
    } else {
      listing.set(place, { key, raw, signal: reading.signal, flaw: reading.flaw })
      changed.add(place)
    }
  }
  const gone = known === basis.entries.size ? [] : findGone(basis, listing, unreadable, reader)
  const list = rejections.list()
  const isClean = list.rejections.length === 0 && listing.size === items.length
  return { listing: { entries: listing, isClean }, changed, gone, ...list }
}

/**
 * True when the answer says the same in the same order: the usual case where a server sorts its
 * alerts, and the cheapest, as nothing is looked up or built.
 */
function isSameThroughout(
  items: readonly unknown[],
  { entries, isClean }: Listing,
  reader: ListingReader,
): boolean {
  if (!isClean || items.length !== entries.size) return false
  let index = 0
  for (const entry of entries.values()) {
    const raw = items[index]
    if (!reader.isUnchanged(entry.raw, raw) || !reader.isSameKey(entry.key, raw)) return false
    index += 1
  }
  return true
}

/** Where in the listing an alert goes; null when the very same labels are there already. */
function placeOf(
  listing: ReadonlyMap<string, Entry>,
  key: string,
  labels: unknown,
  reader: ListingReader,
): string | null {
  for (let place = key; ; place = twinPlace(place, labels)) {
    const taken = listing.get(place)
    if (!taken) return place
    if (isSameMap(reader.labelsOf(taken.raw), labels)) return null
  }
}

function findKnown(
  basis: Listing,
  key: string,
  labels: unknown,
  reader: ListingReader,
): Entry | undefined {
  for (let place = key; ; place = twinPlace(place, labels)) {
    const entry = basis.entries.get(place)
    if (!entry || isSameMap(reader.labelsOf(entry.raw), labels)) return entry
  }
}

/** The next place to look at when one is taken by other labels. */
function twinPlace(place: string, labels: unknown): string {
  return `${place}\n${toJson(labels)}`
}

/** The same whichever of the two comes first, so that it stays one rejection. */
function sharedKeyFlaw(key: string, a: unknown, b: unknown): Flaw {
  const both = [a, b].map(toJson).sort()
  return {
    path: '',
    reason: `two label sets have the fingerprint ${excerptOf(key)}; both are shown`,
    subject: both.join(' and '),
  }
}

/**
 * Compares by labels and not by key: the same labels may come under another key, and two sets may
 * have become the same when they were made printable.
 */
function findGone(
  basis: Listing,
  listing: Map<string, Entry>,
  unreadable: ReadonlySet<string>,
  reader: ListingReader,
): readonly Entry[] {
  const listed = new Set<string>()
  for (const entry of listing.values()) listed.add(labelsKeyOf(entry))
  const gone: Entry[] = []
  for (const entry of basis.entries.values()) {
    if (listed.has(labelsKeyOf(entry))) continue
    if (!unreadable.has(entry.key)) {
      gone.push(entry)
      continue
    }
    const place = placeOf(listing, entry.key, reader.labelsOf(entry.raw), reader)
    if (place !== null) listing.set(place, entry)
  }
  return gone
}
