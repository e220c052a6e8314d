import type { Ids } from '#electron/engine/ports.ts'
import type { Labels, Signal } from '#shared/domain/alert/schema.ts'
import type { Rejection } from '#shared/domain/source/schema.ts'
import { excerptOf } from './failure.ts'
import { isSameMap, labelsKey } from './labels.ts'
import { createRejections, toJson, type Flaw } from './rejections.ts'

/** One alert as it was last listed. */
export interface Entry {
  /** What the source calls it: its fingerprint, or its labels where it has none. */
  readonly key: string
  /** The object from the answer, kept to be compared with the next one. */
  readonly raw: unknown
  readonly signal: Signal
  /** What of it could not be read although it is shown. */
  readonly flaw: Flaw | null
  /** `labelsKey` of the signal, made when first needed: most entries never need it. */
  labelsKey?: string
}

/** All alerts of an answer. The map's keys are those of the entries, made different for twins. */
export type Listing = ReadonlyMap<string, Entry>

/** How the alerts of one vendor are told apart, compared and read. */
export interface ListingReader {
  /** True when two label sets under one key are a fault of the server that must be told. */
  readonly isKeyUnique: boolean
  /** What the source calls this alert, or why it cannot be told. Called for each alert of each poll. */
  keyOf(raw: unknown): string | Flaw
  /** The labels as they came, for telling apart two alerts under one key. */
  labelsOf(raw: unknown): unknown
  /** True when nothing that matters differs. Called for each alert of each poll: no copies. */
  isUnchanged(known: unknown, raw: unknown): boolean
  /** Validates and normalises; `previous` is what is known of the same alert. */
  read(raw: unknown, previous: Signal | undefined): Reading | Flaw
}

/** An alert that could be read, maybe with a flaw. */
export interface Reading {
  readonly signal: Signal
  readonly flaw: Flaw | null
}

/** An answer compared with the last one that was accepted. */
export interface Comparison {
  readonly listing: Map<string, Entry>
  /** Keys in `listing` of what is new or different. */
  readonly changed: Set<string>
  /** What is no longer listed. */
  readonly gone: readonly Entry[]
  readonly rejections: readonly Rejection[]
  readonly moreRejections: number
}

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
    const candidate = basis.get(key)
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
  const gone = known === basis.size ? [] : findGone(basis, listing, unreadable, reader)
  return { listing, changed, gone, ...rejections.list() }
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
    const entry = basis.get(place)
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
  for (const entry of basis.values()) {
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

function labelsKeyOf(entry: Entry): string {
  entry.labelsKey ??= labelsKey(entry.signal.labels)
  return entry.labelsKey
}

/** The labels that are no longer listed, each set once. */
export function goneLabels(gone: readonly Entry[]): readonly Labels[] {
  return [...new Map(gone.map((entry) => [labelsKeyOf(entry), entry.signal.labels])).values()]
}
