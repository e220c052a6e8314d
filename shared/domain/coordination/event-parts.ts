import { z } from 'zod'
import type { TimelineWords } from '../event/definition.ts'

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

/** What people do together on an incident holds for everybody who deals with it. */
export const ofIncident = {
  scope: 'shared',
  subject: incidentIdOf,
  incident: incidentIdOf,
} as const

/** How each of these events names its incident. */
export const onIncident = { incidentId: z.string() }

/** A line of the timeline: what happened, and the same as the deed of a person. */
export function line(text: string, deed: string): TimelineWords {
  return { kind: 'incident', text, deed }
}
