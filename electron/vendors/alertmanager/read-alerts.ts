import type { Ids } from '#electron/engine/ports/ids.ts'
import { compareListing } from '#electron/polling/compare-listing.ts'
import type { Failure } from '#electron/http/failure.ts'
import { parseJsonList } from '#electron/polling/json-list.ts'
import { unexpectedShape } from '#electron/http/json.ts'
import { isRecord, kindOf } from '#electron/polling/labels.ts'
import type { Comparison, Listing, ListingReader } from '#electron/polling/listing.ts'
import { readLeniently } from '#electron/polling/read-leniently.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { isUnchanged } from './is-unchanged.ts'
import { normaliseAlert } from './normalise.ts'
import { alertSchema } from './schema.ts'
import type { Silences } from './silences.ts'

/** Where the alerts are listed, below the configured address. */
export const ALERTS_PATH = '/api/v2/alerts'

/** What reading an answer depends on besides its text. */
export interface ReadContext {
  /** Host that answered, for messages. */
  readonly host: string
  /** ms since the epoch, UTC; stands in for a missing start. */
  readonly receivedAt: number
  readonly silences: Silences
  readonly derive: Ids['derive']
  /** Alerts of other answers that belong to the listing, as they came. */
  readonly besides?: readonly unknown[]
}

/** Between two alerts of the list: Alertmanager writes its keys in the order of the alphabet. */
const SEPARATOR = '},{"annotations":'
/** Longest fingerprint taken for one; Alertmanager's have 16 digits. */
const MAX_FINGERPRINT_LENGTH = 128

/**
 * From the text of an answer of `/api/v2/alerts` to what changed since `basis`. Pure, and the whole
 * cost of a poll besides the network.
 */
export function readAlerts(
  body: string,
  basis: Listing,
  context: ReadContext,
): Result<Comparison, Failure> {
  const parsed = parseJsonList(body, context.host, SEPARATOR, basis.answer ?? null)
  if (!parsed.ok) return parsed
  const answer = parsed.value
  if ('other' in answer) {
    return fail(unexpectedShape(ALERTS_PATH, context.host, `${kindOf(answer.other)}, not a list`))
  }
  const listed = withBesides(answer.items, context.besides ?? [])
  const reader = readerOf(listed, context)
  const comparison = compareListing(listed, basis, reader, context.derive)
  const { listing } = comparison
  // Of two objects that say the same the known one is kept: both would be twice the memory.
  const items = listing.isClean
    ? Array.from(listing.entries.values(), ({ raw }) => raw).slice(0, answer.items.length)
    : answer.items
  return ok({ ...comparison, listing: { ...listing, answer: { text: answer.text, items } } })
}

/** The items and those besides that are not among them; the very same list where there are none. */
function withBesides(items: readonly unknown[], besides: readonly unknown[]): readonly unknown[] {
  if (besides.length === 0) return items
  const fingerprintOf = (item: unknown) => (isRecord(item) ? item['fingerprint'] : undefined)
  const listed = new Set(items.map(fingerprintOf))
  const others = new Map(besides.map((item) => [fingerprintOf(item), item]))
  for (const fingerprint of listed) others.delete(fingerprint)
  return others.size === 0 ? items : [...items, ...others.values()]
}

function readerOf(items: readonly unknown[], context: ReadContext): ListingReader {
  let names: ReadonlyMap<string, string> | null = null
  // Few alerts are inhibited, so the names of the others are collected at the first that is.
  const nameOf = (fingerprint: string): string | null => {
    names ??= namesByFingerprint(items)
    return names.get(fingerprint) ?? null
  }
  return {
    isKeyUnique: true,
    keyOf(raw) {
      if (!isRecord(raw)) {
        return { path: '', reason: `is ${kindOf(raw)}, not an alert`, subject: raw }
      }
      const fingerprint = raw['fingerprint']
      if (
        typeof fingerprint === 'string' &&
        fingerprint !== '' &&
        fingerprint.length <= MAX_FINGERPRINT_LENGTH
      ) {
        return fingerprint
      }
      return {
        path: '.fingerprint',
        reason: typeof fingerprint === 'string' ? 'is no fingerprint' : `is ${kindOf(fingerprint)}`,
        subject: raw,
      }
    },
    isSameKey: (key, raw) => isRecord(raw) && raw['fingerprint'] === key,
    labelsOf: (raw) => (isRecord(raw) ? raw['labels'] : undefined),
    isUnchanged,
    read(raw, previous) {
      const alert = readLeniently(alertSchema, raw, ['labels'])
      if (!('value' in alert)) return alert
      const signal = normaliseAlert(alert.value, { ...context, nameOf, previous })
      return { signal, flaw: alert.flaw }
    },
  }
}

function namesByFingerprint(items: readonly unknown[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const item of items) {
    if (!isRecord(item) || !isRecord(item['labels'])) continue
    const fingerprint = item['fingerprint']
    const name = item['labels']['alertname']
    if (typeof fingerprint === 'string' && typeof name === 'string') names.set(fingerprint, name)
  }
  return names
}
