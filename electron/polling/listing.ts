import type { Labels, Signal } from '#shared/domain/alert/schema.ts'
import type { Rejection } from '#shared/domain/source/schema.ts'
import type { JsonList } from './json-list.ts'
import { labelsKey } from './labels.ts'
import type { Flaw } from './rejections.ts'

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

/** All alerts of an answer. */
export interface Listing {
  /** In the order of the answer, by the entries' keys, which are made different for twins. */
  readonly entries: ReadonlyMap<string, Entry>
  /** True when the answer held nothing but these, each once and whole. */
  readonly isClean: boolean
  /** The answer itself, where the next one is to be parsed by it. */
  readonly answer?: JsonList
}

/** What is known before the first answer. */
export const emptyListing: Listing = { entries: new Map(), isClean: true }

/** How the alerts of one vendor are told apart, compared and read. */
export interface ListingReader {
  /** True when two label sets under one key are a fault of the server that must be shown. */
  readonly isKeyUnique: boolean
  /** What the source calls this alert, or why that is not known. Called for each alert of each poll. */
  keyOf(raw: unknown): string | Flaw
  /** True when `keyOf` gives this key for an alert that is otherwise unchanged; no copies. */
  isSameKey(key: string, raw: unknown): boolean
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
  readonly listing: Listing
  /** Keys in `listing` of what is new or different. */
  readonly changed: ReadonlySet<string>
  /** What is no longer listed. */
  readonly gone: readonly Entry[]
  readonly rejections: readonly Rejection[]
  readonly moreRejections: number
}

/** Identifies an entry by its labels, in whatever order they came; kept in the entry. */
export function labelsKeyOf(entry: Entry): string {
  entry.labelsKey ??= labelsKey(entry.signal.labels)
  return entry.labelsKey
}

/** The labels that are no longer listed, each set once. */
export function goneLabels(gone: readonly Entry[]): readonly Labels[] {
  return [...new Map(gone.map((entry) => [labelsKeyOf(entry), entry.signal.labels])).values()]
}
