import { MAX_CHANGES } from '../alert/evolve.ts'
import { isActive, type Alert, type Labels } from '../alert/schema.ts'
import { severities } from '../severity/schema.ts'
import { noAlerts } from './counts.ts'
import type { Baseline } from './growth-schema.ts'
import type { AlertCounts } from './schema.ts'

/** A label with more values than this tells nothing of what is new: only the number does. */
const MAX_VALUES = 100

/**
 * What fires of an incident, to measure growth from: what nothing suppresses; where all of it is
 * suppressed, that, as it is what the person saw.
 *
 * @param saidAt when the person acknowledged or snoozed it, ms since the epoch, UTC, where that was
 *   before it could be recorded: what joined since then they did not know of.
 */
export function baselineOf(alerts: readonly Alert[], saidAt?: number): Baseline {
  const active = alerts.filter((alert) =>
    saidAt === undefined ? isActive(alert) : wasActiveAt(alert, saidAt),
  )
  const asking = active.filter(({ suppression }) => suppression.length === 0)
  const seen = asking.length > 0 ? asking : active
  const firing = { ...noAlerts.bySeverity }
  const values = new Map<string, Set<string>>()
  for (const { severity, labels } of seen) {
    firing[severity] += 1
    for (const [name, value] of Object.entries(labels)) {
      if (value === '') continue
      const known = values.get(name)
      // One more than are remembered says that there are too many.
      if (known === undefined) values.set(name, new Set([value]))
      else if (known.size <= MAX_VALUES) known.add(value)
    }
  }
  return {
    firing,
    values: Object.fromEntries(
      [...values].map(([name, all]) => [name, all.size > MAX_VALUES ? [] : [...all].sort()]),
    ),
  }
}

/**
 * A baseline shifted by what only the identities or severities of alerts changed in the counts of
 * its incident.
 */
export function movedBaseline(
  { firing, values }: Baseline,
  before: Pick<AlertCounts, 'bySeverity'>,
  after: Pick<AlertCounts, 'bySeverity'>,
  labels: Labels,
): Baseline {
  const shifted = { ...firing }
  for (const severity of severities) {
    const by = after.bySeverity[severity] - before.bySeverity[severity]
    shifted[severity] = Math.max(0, firing[severity] + by)
  }
  const known = { ...values }
  for (const [name, value] of Object.entries(labels)) {
    const all = Object.hasOwn(values, name) ? values[name] : undefined
    // An empty list: too many to remember.
    if (value === '' || all?.length === 0 || all?.includes(value)) continue
    const more = [...(all ?? []), value].sort()
    known[name] = more.length > MAX_VALUES ? [] : more
  }
  return { firing: shifted, values: known }
}

/**
 * Whether an alert was active then, by its changes since; null where they do not tell: it changed so
 * often that they are not all remembered, or at that very time.
 *
 * @param at ms since the epoch, UTC.
 */
export function wasThereAt(alert: Alert, at: number): boolean | null {
  const [first] = alert.changes
  const isCut = alert.changes.length >= MAX_CHANGES && first !== undefined && first > at
  return isCut || alert.changes.includes(at) ? null : wasActiveAt(alert, at)
}

/** By the changes since: they alternate between firing and resolved, and the last one is known. */
function wasActiveAt(alert: Alert, at: number): boolean {
  const since = alert.changes.filter((change) => change > at).length
  return isActive(alert) === (since % 2 === 0)
}
