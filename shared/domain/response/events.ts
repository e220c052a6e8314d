import { z } from 'zod'
import { defineEvent, type BodyOf, type TimelineWords } from '../event/definition.ts'
import { plainText } from '../plan/plain-text.ts'
import { planIdSchema, planSchema } from '../plan/schema.ts'
import { severitySchema } from '../severity/schema.ts'
import { stepStateSchema } from './schema.ts'
import { stepLine } from './step-words.ts'

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

const ofIncident = { scope: 'shared', subject: incidentIdOf, incident: incidentIdOf } as const

const line = (text: string, deed?: string): TimelineWords => ({
  kind: 'incident',
  text,
  ...(deed === undefined ? {} : { deed }),
})

/** Marks are named that somebody would look for in vain. */
function lostWords(lost: readonly string[]): string {
  if (lost.length === 0) return ''
  return `. No longer in it, with their marks: ${lost.map((text) => `“${plainText(text)}”`).join(', ')}`
}

/** Why a plan came to be an incident's. */
export const planReasonSchema = z.enum(['opened', 'worse', 'playbook-changed'])

/** How the plan of an incident is followed. */
export const responseEvents = {
  /** What a plan says: once for each revision that is used, so that the journal knows what was followed. */
  'plan.recorded': defineEvent(z.object({ plan: planSchema }), {
    scope: 'shared',
    subject: ({ plan }) => plan.revision,
    incident: () => null,
    words: () => null,
  }),
  'plan.applied': defineEvent(
    z.object({
      incidentId: z.string(),
      planId: planIdSchema,
      revision: z.string(),
      title: z.string(),
      severity: severitySchema,
      reason: planReasonSchema,
      /** Other plans that match as specifically. */
      tied: z.array(z.string()),
      /** What the steps said whose marks are of no step of the changed plan; not there for none. */
      lost: z.array(z.string()).optional(),
    }),
    {
      ...ofIncident,
      words: ({ title, reason, lost = [] }) =>
        line(
          reason === 'playbook-changed'
            ? `Response plan changed: ${title}${lostWords(lost)}`
            : `Response plan: ${title}`,
        ),
    },
  ),
  'step.marked': defineEvent(
    z.object({
      incidentId: z.string(),
      step: z.string(),
      /** What the step said. */
      text: z.string(),
      state: stepStateSchema,
      note: z.string().nullable(),
    }),
    { ...ofIncident, words: stepLine },
  ),
  'criterion.marked': defineEvent(
    z.object({
      incidentId: z.string(),
      criterion: z.string(),
      text: z.string(),
      isMet: z.boolean(),
    }),
    {
      ...ofIncident,
      words: ({ text, isMet }) =>
        isMet
          ? line(`Fixed when: met: ${plainText(text)}`, `confirmed: ${plainText(text)}`)
          : line(`Fixed when: no longer met: ${plainText(text)}`, `withdrew: ${plainText(text)}`),
    },
  ),
}

/** What is recorded of how plans are followed. */
export type ResponseBody = BodyOf<typeof responseEvents>
