import { z } from 'zod'
import { formatDuration } from '../duration/format-duration.ts'
import { defineEvent, type BodyOf, type TimelineWords } from '../event/definition.ts'
import { triggerSchema } from '../plan/schema.ts'
import { clearReasonSchema, type ClearReason } from './schema.ts'
import { consequence, NOBODY_NOTIFIED } from './words.ts'

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

const ofIncident = { scope: 'shared', subject: incidentIdOf, incident: incidentIdOf } as const

const line = (text: string): TimelineWords => ({ kind: 'incident', text })

/** What it was about, as the person reads it, whatever becomes of the plan. */
const facts = {
  incidentId: z.string(),
  trigger: z.string(),
  text: z.string(),
  /** What it was, in words; null where there is no number. */
  value: z.string().nullable(),
  /** What it was compared with, in words. */
  threshold: z.string(),
}

const cleared: Readonly<Record<ClearReason, string>> = {
  'no-longer': 'no longer',
  'incident-over': 'the incident is over',
  'plan-changed': 'the plan no longer has it',
}

/** What is recorded of the triggers of plans. What one sets off is not done by these events. */
export const triggerEvents = {
  'trigger.crossed': defineEvent(
    z.object({
      ...facts,
      /** For how long it had held, ms; null for what is crossed at once. */
      heldMs: z.number().nullable(),
      then: triggerSchema.shape.then,
      to: triggerSchema.shape.to,
    }),
    {
      ...ofIncident,
      words: ({ text, value, threshold, heldMs, then, to }) => {
        const now = value === null ? threshold : `${value}, threshold ${threshold}`
        const held = heldMs === null ? '' : ` for ${formatDuration(roughly(heldMs))}`
        const deed = `${consequence({ then, to })}. ${NOBODY_NOTIFIED}`
        return line(`Trigger crossed: ${text}: ${now}${held}: ${deed}`)
      },
    },
  ),
  'trigger.cleared': defineEvent(z.object({ ...facts, reason: clearReasonSchema }), {
    ...ofIncident,
    words: ({ text, value, threshold, reason }) => {
      const now = value === null ? '' : `: ${value}, threshold ${threshold}`
      return line(`Trigger cleared: ${text}${now} (${cleared[reason]})`)
    },
  }),
}

/** Whole minutes from one on; whole seconds below. */
function roughly(ms: number): number {
  const step = ms >= 60_000 ? 60_000 : 1_000
  return Math.floor(ms / step) * step
}

/** What is recorded of the triggers of plans. */
export type TriggerBody = BodyOf<typeof triggerEvents>
