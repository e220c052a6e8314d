import { z } from 'zod'
import { defineEvent, type BodyOf } from '../event/definition.ts'
import { isWithdrawn, openingValueSchema, saidImpactSchema } from './schema.ts'
import { saidSentence } from './words.ts'

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

const ofIncident = { scope: 'shared', subject: incidentIdOf, incident: incidentIdOf } as const

/** What is recorded of the harm that an incident does. */
export const impactEvents = {
  /** What was measured first: once for each incident. */
  'impact.measured': defineEvent(
    z.object({
      incidentId: z.string(),
      sentence: z.string().nullable(),
      values: z.array(openingValueSchema),
    }),
    {
      ...ofIncident,
      words: ({ sentence, values }) => {
        const unknown = values.flatMap(({ name, reason }) =>
          reason === null ? [] : [`${name}: ${reason}`],
        )
        const text = sentence ?? 'no sentence in the plan'
        const missing = unknown.length === 0 ? '' : ` (unknown: ${unknown.join(', ')})`
        return { kind: 'incident', text: `Impact at opening: ${text}${missing}` }
      },
    },
  ),
  /** What a person says of it, which stands beside what is measured. */
  'impact.set': defineEvent(
    z.object({ incidentId: z.string(), ...saidImpactSchema.shape, reason: z.string() }),
    {
      ...ofIncident,
      words: (body) => {
        const said = saidSentence(body)
        return isWithdrawn(body) || said === null
          ? {
              kind: 'incident',
              text: `Impact as measured again (“${body.reason}”)`,
              deed: `withdrew their impact: measured values count again (“${body.reason}”)`,
            }
          : {
              kind: 'incident',
              text: `Impact set: ${said} (“${body.reason}”)`,
              deed: `set the impact: ${said} (“${body.reason}”)`,
            }
      },
    },
  ),
}

/** What is recorded of the harm that an incident does. */
export type ImpactBody = BodyOf<typeof impactEvents>
