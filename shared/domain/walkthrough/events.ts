import { z } from 'zod'
import { defineEvent, type BodyOf, type TimelineWords } from '../event/definition.ts'
import { plainText } from '../plan/plain-text.ts'
import { stepStateSchema } from '../response/schema.ts'
import { stepLine } from '../response/step-words.ts'
import { runbookIdSchema } from '../runbook/entry.ts'
import { answerSchema, textHashSchema } from './schema.ts'

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

const ofIncident = { scope: 'shared', subject: incidentIdOf, incident: incidentIdOf } as const

const ofRunbook = { incidentId: z.string(), runbook: runbookIdSchema }

const ofStep = {
  ...ofRunbook,
  step: z.string(),
  /** What the step, or the question in it, says. */
  text: z.string(),
}

/** How runbooks are followed. */
export const walkthroughEvents = {
  /** A runbook is followed from here on, by this very text: once more when its text is another one. */
  'walkthrough.started': defineEvent(
    z.object({
      ...ofRunbook,
      title: z.string(),
      hash: textHashSchema,
      commit: z.string().nullable(),
      /** The step it was started at. */
      step: z.string(),
      reason: z.enum(['started', 'text-changed']),
    }),
    {
      ...ofIncident,
      words: ({ title, reason, commit }): TimelineWords => {
        const version = commit === null ? '' : `, commit ${commit.slice(0, 8)}`
        const name = `${plainText(title)}${version}`
        return reason === 'started'
          ? { kind: 'incident', text: `Runbook: ${name}`, deed: `started the runbook ${name}` }
          : { kind: 'incident', text: `Runbook text changed: ${name}` }
      },
    },
  ),
  'walkthrough.step-marked': defineEvent(
    z.object({ ...ofStep, state: stepStateSchema, note: z.string().nullable() }),
    { ...ofIncident, words: stepLine },
  ),
  'walkthrough.answered': defineEvent(
    z.object({
      ...ofStep,
      decision: z.number().int().nonnegative(),
      /** Null: the answer was taken back. */
      answer: answerSchema.nullable(),
    }),
    {
      ...ofIncident,
      words: ({ text, answer }): TimelineWords => {
        const question = plainText(text)
        return answer === null
          ? {
              kind: 'incident',
              text: `Answer withdrawn: ${question}`,
              deed: `withdrew the answer to: ${question}`,
            }
          : {
              kind: 'incident',
              text: `Answered ${answer}: ${question}`,
              deed: `answered ${answer}: ${question}`,
            }
      },
    },
  ),
}

/** What is recorded of how runbooks are followed. */
export type WalkthroughBody = BodyOf<typeof walkthroughEvents>
