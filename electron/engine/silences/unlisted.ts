import { alertName, type Labels } from '#shared/domain/alert/schema.ts'
import { compareSeverity, type Severity } from '#shared/domain/severity/schema.ts'
import type { Unlisted } from '#shared/domain/silence/schema.ts'

/** Most alerts that are named. */
const MAX_NAMES = 3

/** Nothing beside what is listed. */
export const nothingUnlisted: Unlisted = { alerts: 0, p0: 0, names: [] }

/** What is to be said of alerts that a source does not list, by how bad each of them is. */
export function describeUnlisted(
  alerts: readonly Labels[],
  severityOf: (labels: Labels) => Severity,
): Unlisted {
  const found = alerts
    .map((labels) => ({ name: alertName(labels), severity: severityOf(labels) }))
    .sort((a, b) => compareSeverity(a.severity, b.severity))
  return {
    alerts: found.length,
    p0: found.filter(({ severity }) => severity === 'P0').length,
    names: [...new Set(found.map(({ name }) => name))].slice(0, MAX_NAMES),
  }
}
