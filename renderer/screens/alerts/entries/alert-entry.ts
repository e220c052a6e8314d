import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { heldOf } from '#shared/domain/incident/paging.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'

/** One alert as the alerts screen knows it: with the incident that it belongs to. */
export interface AlertEntry {
  readonly key: string
  readonly alert: Alert
  /** Null where the engine has let go of it. */
  readonly incident: Incident | null
  /** True for one that the engine no longer lists and that is shown only until the list moves on. */
  readonly isGone: boolean
}

/** What an entry is known by in the list. */
export const keyOfEntry = ({ key }: AlertEntry): string => key

/** Since when an alert is as it is: resolved, or firing. ms since the epoch, UTC. */
export function sinceOf(alert: Pick<Alert, 'status' | 'statusSince' | 'startsAt'>): number {
  return isActive(alert) ? alert.startsAt : alert.statusSince
}

/** The sources that see an alert now; for one that is over, the one that said so. */
export function sourcesOf({ observations, endedBy }: Alert): readonly string[] {
  const ids = Object.keys(observations)
  return ids.length === 0 && endedBy !== null ? [endedBy] : ids
}

const texts = new WeakMap<AlertEntry, string>()

/** All words of an alert in small letters, for searching. Made when first asked for, then kept. */
export function searchText(entry: AlertEntry): string {
  const known = texts.get(entry)
  if (known !== undefined) return known
  const { alert, incident } = entry
  const parts: string[] = []
  for (const name in alert.labels) parts.push(name, '=', alert.labels[name] ?? '', '\n')
  for (const name in alert.annotations) parts.push(alert.annotations[name] ?? '', '\n')
  for (const source of sourcesOf(alert)) parts.push(source, '\n')
  if (incident) parts.push(incident.title)
  const text = parts.join('').toLowerCase()
  texts.set(entry, text)
  return text
}

/**
 * What of an incident an entry shows. Its counts and its revision change with each of its alerts,
 * and must not make 10,000 entries new.
 */
function isSameStanding(a: Incident | null, b: Incident | null): boolean {
  if (a === b) return true
  if (!a || !b) return false
  return (
    a.status === b.status &&
    a.acknowledged === b.acknowledged &&
    a.snoozed === b.snoozed &&
    a.resolved === b.resolved &&
    heldOf(a) === heldOf(b) &&
    a.title === b.title
  )
}

/** All alerts that are known, and what is new since the last look. */
export interface AlertEntries {
  readonly byKey: ReadonlyMap<string, AlertEntry>
  /** Entries that are new or another than before. */
  readonly changed: readonly AlertEntry[]
  /** Entries that were replaced or are gone. */
  readonly replaced: ReadonlySet<AlertEntry>
}

export const noEntries: AlertEntries = { byKey: new Map(), changed: [], replaced: new Set() }

/** The entries of a state. What did not change stays the same object: nothing is done for it again. */
export function updateEntries(
  before: AlertEntries,
  alerts: ReadonlyMap<string, Alert>,
  incidents: ReadonlyMap<string, Incident>,
): AlertEntries {
  const byKey = new Map<string, AlertEntry>()
  const changed: AlertEntry[] = []
  const replaced = new Set<AlertEntry>()
  for (const [key, alert] of alerts) {
    const known = before.byKey.get(key)
    const incident = incidents.get(alert.incidentId) ?? null
    if (known?.alert === alert && isSameStanding(known.incident, incident)) {
      byKey.set(key, known)
      continue
    }
    const entry: AlertEntry = { key, alert, incident, isGone: false }
    byKey.set(key, entry)
    changed.push(entry)
    if (known) replaced.add(known)
  }
  // Only where something left: as many as before and nothing new means that nobody did.
  if (byKey.size - (changed.length - replaced.size) < before.byKey.size) {
    for (const [key, entry] of before.byKey) if (!byKey.has(key)) replaced.add(entry)
  }
  return { byKey, changed, replaced }
}
