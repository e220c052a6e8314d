import type { Ids } from '#electron/engine/ports/ids.ts'
import { compareListing } from '#electron/polling/compare-listing.ts'
import type { Failure } from '#electron/http/failure.ts'
import { unexpectedShape } from '#electron/http/json.ts'
import {
  cleanAnnotations,
  cleanLabels,
  isRecord,
  isSameMap,
  kindOf,
} from '#electron/polling/labels.ts'
import type { Comparison, Listing, ListingReader } from '#electron/polling/listing.ts'
import { readLeniently } from '#electron/polling/read-leniently.ts'
import { startOf } from '#electron/polling/start-time.ts'
import type { Signal } from '#shared/domain/alert/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { unwrap } from './api.ts'
import type { Outgoing } from './external-labels.ts'
import { outgoingLabels, outgoingText } from './outgoing-labels.ts'
import { alertSchema, type RawAlert } from './schema.ts'

/** Where the alerts are listed, below the configured address. */
export const ALERTS_PATH = '/api/v1/alerts'

/** What reading an answer depends on besides its text. */
export interface ReadContext {
  /** Host that answered, for messages. */
  readonly host: string
  /** ms since the epoch, UTC; stands in for a missing start. */
  readonly receivedAt: number
  /** What Prometheus makes of labels on the way to Alertmanager, where the same alert has those. */
  readonly outgoing: Outgoing
  readonly derive: Ids['derive']
}

/** An answer, read: the firing alerts compared, the pending ones counted. */
export interface AlertsReading {
  readonly comparison: Comparison
  readonly pending: number
}

/**
 * From the text of an answer of `/api/v1/alerts` to what changed since `basis`. Pure, and the whole
 * cost of a poll besides the network. An alert that is not said to be pending counts as firing.
 */
export function readAlerts(
  body: string,
  basis: Listing,
  context: ReadContext,
): Result<AlertsReading, Failure> {
  const data = unwrap(body, ALERTS_PATH, context.host)
  if (!data.ok) return data
  const items = alertsIn(data.value)
  if (!Array.isArray(items)) {
    return fail(unexpectedShape(ALERTS_PATH, context.host, `"alerts" is ${kindOf(items)}`))
  }
  const listed: readonly unknown[] = items
  let pending = 0
  const firing = listed.filter((item) => {
    const state = stateOf(item)
    if (state === 'pending') pending += 1
    return state === 'firing'
  })
  const comparison = compareListing(firing, basis, readerOf(context), context.derive)
  return ok({ comparison, pending })
}

/** The list of alerts. Thanos Rule writes its name with a capital, and null for an empty list. */
function alertsIn(data: unknown): unknown {
  if (!isRecord(data)) return undefined
  return 'Alerts' in data && !('alerts' in data) ? (data['Alerts'] ?? []) : data['alerts']
}

/**
 * An alert's state. Grafana spells its own, with a reason: `Alerting`, `Normal (NoData)`; what is
 * recovering still fires, and so does `NoData` or `Error`, for which Grafana notifies as well.
 */
function stateOf(item: unknown): 'firing' | 'pending' | 'other' {
  const state = isRecord(item) ? item['state'] : undefined
  if (state === 'firing' || typeof state !== 'string') return 'firing'
  if (/^pending\b/i.test(state)) return 'pending'
  return /^(normal|inactive)\b/i.test(state) ? 'other' : 'firing'
}

/** Alerts with unreadable labels share a key; reading them says what is wrong with each. */
const unreadableKey = '(unreadable)'

function readerOf(context: ReadContext): ListingReader {
  // What is made of the labels is part of the identity: otherwise they are other alerts.
  const scope = `\u0002${outgoingText(context.outgoing)}`
  const labelsOf = (raw: unknown) => (isRecord(raw) ? raw['labels'] : undefined)
  return {
    isKeyUnique: false,
    // Alerts have no fingerprint here. Their label values, in Prometheus's order of names, tell
    // nearly all apart, at a third of the cost of writing the labels as JSON.
    keyOf(raw) {
      const labels = labelsOf(raw)
      if (!isRecord(labels)) {
        const [path, value] = isRecord(raw) ? ['.labels', labels] : ['', raw]
        return { path, reason: `is ${kindOf(value)}, not an object`, subject: raw }
      }
      const values = Object.values(labels)
      for (const value of values) if (typeof value !== 'string') return unreadableKey
      values.push(scope)
      return values.join('\u0002')
    },
    isSameKey: (key) => key.endsWith(scope),
    labelsOf,
    isUnchanged: (known, raw) =>
      isRecord(known) &&
      isRecord(raw) &&
      known['activeAt'] === raw['activeAt'] &&
      isSameMap(known['annotations'], raw['annotations']) &&
      isSameMap(known['labels'], raw['labels']),
    read(raw, previous) {
      const alert = readLeniently(alertSchema, raw, ['labels'])
      if (!('value' in alert)) return alert
      return { signal: normaliseAlert(alert.value, context, previous), flaw: alert.flaw }
    },
  }
}

/** Prometheus's alert in Deckwatch's words. It knows neither silences nor receivers. */
function normaliseAlert(alert: RawAlert, context: ReadContext, previous?: Signal): Signal {
  const sent = outgoingLabels(alert.labels, context.outgoing)
  const labels = cleanLabels(sent.labels)
  const annotations = cleanAnnotations(alert.annotations ?? {})
  return {
    labels: labels.labels,
    annotations: annotations.labels,
    ...startOf(alert.activeAt, null, context.receivedAt, previous),
    isTextCleaned: labels.isCleaned || annotations.isCleaned,
    generatorUrl: null,
    receivers: [],
    // What Alertmanager is not sent pages nobody there, so it pages nobody here.
    suppression: sent.droppedBy === null ? null : [{ kind: 'not-sent', id: sent.droppedBy }],
    ...(sent.before ? { formerLabels: cleanLabels(sent.before).labels } : {}),
  }
}
