import type { Labels, Signal } from '#shared/domain/alert/schema.ts'
import { decision, type Decision } from '#shared/domain/decision/schema.ts'
import { DEFAULT_REALM, type RealmId } from '#shared/domain/realm/realm.ts'
import type { Ids } from '../ports/ids.ts'

/** A signal with the identity that all sources share. */
export interface KeyedSignal {
  readonly key: string
  readonly signal: Signal
  readonly decisions: readonly Decision[]
}

/**
 * The key of a label set: the same for every source of the realm that shows these labels. In the
 * default realm it is what it was before there were realms.
 */
export function alertKey(labels: Labels, realm: RealmId, ids: Pick<Ids, 'derive'>): string {
  const parts = realm === DEFAULT_REALM ? ['alert'] : ['alert of a realm', realm]
  for (const name of Object.keys(labels).sort()) parts.push(name, labels[name] ?? '')
  return ids.derive(...parts)
}

/**
 * Stage 1. The adapter has read the vendor's form; here each signal gets its key, and the result an
 * order that does not depend on the order of the answer. Of two signals with equal labels the one
 * that started first stays.
 */
export function normalise(
  signals: readonly Signal[],
  realm: RealmId,
  ids: Pick<Ids, 'derive'>,
): readonly KeyedSignal[] {
  const byKey = new Map<string, KeyedSignal>()
  for (const signal of signals) {
    const key = alertKey(signal.labels, realm, ids)
    const other = byKey.get(key)
    if (other && !comesBefore(signal, other.signal)) continue
    byKey.set(key, { key, signal, decisions: decisionsOf(signal) })
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

const usual: readonly Decision[] = []

function comesBefore(a: Signal, b: Signal): boolean {
  if (a.startsAt !== b.startsAt) return a.startsAt < b.startsAt
  return JSON.stringify(a) < JSON.stringify(b)
}

function decisionsOf(signal: Signal): readonly Decision[] {
  if (!signal.isStartEstimated && !signal.isTextCleaned) return usual
  const decisions: Decision[] = []
  if (signal.isStartEstimated) decisions.push(decision('start-estimated'))
  if (signal.isTextCleaned) decisions.push(decision('text-cleaned'))
  return decisions
}
