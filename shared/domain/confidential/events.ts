import { z } from 'zod'
import { defineEvent, type BodyOf, type TimelineWords } from '../event/definition.ts'
import { personSchema } from '../person/schema.ts'
import { because } from '../text/because.ts'
import { namesOf } from './words.ts'

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

const ofIncident = { scope: 'shared', subject: incidentIdOf, incident: incidentIdOf } as const

/** Who may see an incident. */
export const confidentialEvents = {
  /** From now on only the people named see it, and the owner of the machine; in place of those before. */
  'incident.restricted': defineEvent(
    z.object({
      incidentId: z.string(),
      people: z.array(personSchema),
      reason: z.string().nullable(),
      /** It was so from its first event on: nobody else has ever seen it. */
      isFromStart: z.literal(true).optional(),
    }),
    {
      ...ofIncident,
      words: ({ people, reason }): TimelineWords => {
        const to = `visible to ${namesOf(people)}${because(reason)}`
        return {
          kind: 'incident',
          text: `Incident confidential: ${to}`,
          deed: `made the incident confidential: ${to}`,
        }
      },
    },
  ),
  /** Everybody sees it again. */
  'incident.unrestricted': defineEvent(
    z.object({ incidentId: z.string(), reason: z.string().nullable() }),
    {
      ...ofIncident,
      words: ({ reason }): TimelineWords => ({
        kind: 'incident',
        text: `Incident no longer confidential${because(reason)}`,
        deed: `made the incident visible to everybody${because(reason)}`,
      }),
    },
  ),
}

/** What is recorded of who may see an incident. */
export type ConfidentialBody = BodyOf<typeof confidentialEvents>
