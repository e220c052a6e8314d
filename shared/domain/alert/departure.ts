import { z } from 'zod'
import type { Alert } from './schema.ts'

/**
 * An alert's place in an incident that a move left, and how far its revisions had come there. The
 * same labels and start may fire there again, and what is recorded of them must not look like what
 * was recorded before. Kept as long as the incident is known.
 */
export const departureSchema = z.object({
  /** The key that the alert had there. */
  key: z.string(),
  incidentId: z.string(),
  /** The first revision that nothing was recorded of. */
  revision: z.number(),
})
export type Departure = z.infer<typeof departureSchema>

type Place = Pick<Departure, 'key' | 'incidentId'>

/** The key of a departure in a list of them. */
export function departureKey({ key, incidentId }: Place): string {
  return `${incidentId} ${key}`
}

interface Known {
  readonly alerts: { get(key: string): Pick<Alert, 'revision'> | undefined }
  readonly departures: { get(key: string): Departure | undefined }
}

/** How often the alert of this key changed in this incident, also before a move took it away. */
export function revisionAt({ alerts, departures }: Known, place: Place): number {
  const departed = departures.get(departureKey(place))?.revision ?? 0
  return Math.max(alerts.get(place.key)?.revision ?? 0, departed)
}

/** What is left of an alert where it was, when it is elsewhere now; null when it is still there. */
export function departureOf(
  before: Pick<Alert, 'key' | 'incidentId' | 'revision'>,
  after: Pick<Alert, 'key' | 'incidentId'> | undefined,
): Departure | null {
  const { key, incidentId, revision } = before
  if (after?.key === key && after.incidentId === incidentId) return null
  return { key, incidentId, revision: revision + 1 }
}
