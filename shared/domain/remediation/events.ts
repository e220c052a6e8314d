import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { defineEvent, type BodyOf, type TimelineWords } from '../event/definition.ts'
import {
  allowanceSchema,
  finishReasonSchema,
  MAX_WHY,
  remediationFactsSchema,
  stopReasonSchema,
  withdrawReasonSchema,
} from './schema.ts'
import {
  allowanceWords,
  finishWords,
  STAYS_STOPPED,
  stopWords,
  tellWords,
  timeWords,
  withdrawWords,
} from './words.ts'

const line = (text: string): TimelineWords => ({ kind: 'incident', text })

const ofIncident = {
  scope: 'shared',
  subject: ({ incidentId, policy }: { readonly incidentId: string; readonly policy: string }) =>
    `${incidentId} ${policy}`,
  incident: ({ incidentId }: { readonly incidentId: string }) => incidentId,
} as const

const facts = remediationFactsSchema.shape
const because = z.string().max(MAX_WHY)

/** What can happen to a remediation. */
export const remediationEvents = {
  'remediation.proposed': defineEvent(
    z.object({ ...facts, ...allowanceSchema.shape, because, heldBack: z.string().nullable() }),
    {
      ...ofIncident,
      words: ({ title, because: why, heldBack, tell, ...allowance }) =>
        line(
          `Remediation proposed: ${title} (${allowanceWords(allowance)}) because ${why}${heldBack === null ? '' : `. Not run by itself: ${heldBack}`}${tellWords(tell)}`,
        ),
    },
  ),
  'remediation.begun': defineEvent(
    z.object({
      ...facts,
      ...allowanceSchema.shape,
      because,
      executionId: z.string(),
      /** For how long after it ran it is watched whether it helped, ms. */
      watchMs: z.number(),
      /** Who ran what was proposed; null: it was begun without a person. */
      person: actorSchema.nullable(),
    }),
    {
      ...ofIncident,
      words: ({ title, because: why, person, tell, ...allowance }) =>
        // What a person runs is told as that.
        person
          ? null
          : line(
              `Remediation begun: ${title} (${timeWords(allowance)}) because ${why}${tellWords(tell)}`,
            ),
    },
  ),
  /** Its command went well. */
  'remediation.ran': defineEvent(z.object({ ...facts, watchedUntil: z.number() }), {
    ...ofIncident,
    words: ({ title, watchedUntil }) => ({
      ...line(`Remediation ${title} is watched until`),
      until: watchedUntil,
    }),
  }),
  'remediation.finished': defineEvent(
    z.object({ ...facts, reason: finishReasonSchema, why: z.string().max(MAX_WHY).nullable() }),
    {
      ...ofIncident,
      words: ({ title, reason, why }) =>
        line(
          `Remediation finished: ${title}: ${finishWords[reason]}${why === null ? '' : ` (${why})`}`,
        ),
    },
  ),
  'remediation.withdrawn': defineEvent(z.object({ ...facts, reason: withdrawReasonSchema }), {
    ...ofIncident,
    words: ({ title, reason }) => {
      const text = `Remediation no longer proposed: ${title}: ${withdrawWords[reason]}`
      return reason === 'dismissed'
        ? { ...line(text), deed: `dismissed the remediation ${title}` }
        : line(text)
    },
  }),
  'remediation.stopped': defineEvent(
    z.object({ ...facts, reason: stopReasonSchema, why: z.string().max(MAX_WHY) }),
    {
      ...ofIncident,
      words: ({ title, reason, why, tell }) =>
        line(
          `Remediation stopped: ${title}: ${stopWords[reason]}${why === '' ? '' : `: ${why}`}. ${STAYS_STOPPED}${tellWords(tell)}`,
        ),
    },
  ),
  /** A person looked at why it was stopped: it may be done again, as if it never had been. */
  'remediation.re-armed': defineEvent(
    z.object({ policy: z.string(), title: z.string(), incidentId: z.string() }),
    {
      ...ofIncident,
      words: ({ title }) => ({
        ...line(`Remediation re-armed: ${title}`),
        deed: `re-armed the remediation ${title}`,
      }),
    },
  ),
}

/** What is recorded of remediations. */
export type RemediationBody = BodyOf<typeof remediationEvents>
