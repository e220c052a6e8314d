import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { defineEvent, type BodyOf, type TimelineWords } from '../event/definition.ts'
import { severitySchema } from '../severity/schema.ts'
import {
  clockKindSchema,
  clockRuleSchema,
  metBySchema,
  stopReasonSchema,
  type ClockKind,
} from './schema.ts'

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

const ofIncident = { scope: 'shared', subject: incidentIdOf, incident: incidentIdOf } as const

const ofClock = { incidentId: z.string(), kind: clockKindSchema }

const times = {
  dueAt: z.number(),
  warnAt: z.number(),
  severity: severitySchema,
  rule: clockRuleSchema,
}

const line = (text: string, more: Partial<TimelineWords> = {}): TimelineWords => ({
  kind: 'incident',
  text,
  ...more,
})

const movedText: Readonly<Record<ClockKind, string>> = {
  acknowledge: 'Acknowledgement now due',
  respond: 'Response now due',
  plan: 'Plan of action now due',
  escalate: 'Escalation now due',
}

const missedText: Readonly<Record<ClockKind, string>> = {
  acknowledge: 'Not acknowledged by',
  respond: 'No response by',
  plan: 'No plan of action by',
  escalate: 'Not resolved by, escalation due since',
}

/** What can happen to the clocks of an incident. */
export const clockEvents = {
  'clock.started': defineEvent(z.object({ ...ofClock, startedAt: z.number(), ...times }), {
    ...ofIncident,
    // What runs is shown; what comes of it is recorded.
    words: () => null,
  }),
  /** Another time holds for it: the severity, or the playbook, is another one. */
  'clock.moved': defineEvent(
    z.object({
      ...ofClock,
      ...times,
      /** From when it counts at this severity. */
      since: z.number(),
      wasDueAt: z.number(),
      reason: z.enum(['severity', 'playbook']),
    }),
    {
      ...ofIncident,
      words: ({ kind, dueAt, wasDueAt, severity, reason }) =>
        dueAt === wasDueAt
          ? null
          : line(movedText[kind], {
              until: dueAt,
              detail: reason === 'severity' ? `(severity is ${severity})` : '(playbook changed)',
            }),
    },
  ),
  /** It is due soon. */
  'clock.warned': defineEvent(z.object({ ...ofClock, dueAt: z.number() }), {
    ...ofIncident,
    words: () => null,
  }),
  /** It was not met in time. `dueAt` is when that was; it may be recorded later, after a sleep. */
  'clock.expired': defineEvent(z.object({ ...ofClock, dueAt: z.number() }), {
    ...ofIncident,
    words: ({ kind, dueAt }) => line(missedText[kind], { until: dueAt }),
  }),
  /** What was asked for has happened. `metAt` is when it was said. */
  'clock.met': defineEvent(
    z.object({
      ...ofClock,
      metAt: z.number(),
      by: actorSchema,
      how: metBySchema,
      /** What the person said: the plan of action, or whom it was escalated to. */
      text: z.string().nullable(),
    }),
    {
      ...ofIncident,
      // All but what a person said here has a line of its own.
      words: ({ kind, how, text }) => (how === 'said' ? saidWords(kind, text) : null),
    },
  ),
  /** These clocks count no longer. */
  'clock.stopped': defineEvent(
    z.object({
      incidentId: z.string(),
      kinds: z.array(clockKindSchema),
      /** Earlier than it is recorded where a person said it while the engine was away. */
      stoppedAt: z.number(),
      reason: stopReasonSchema,
    }),
    { ...ofIncident, words: () => null },
  ),
}

/** What is recorded of clocks. */
export type ClockBody = BodyOf<typeof clockEvents>

function saidWords(kind: ClockKind, text: string | null): TimelineWords {
  const what = text === null ? '' : `: ${text}`
  return kind === 'escalate'
    ? line(`Incident escalated${what}`, { deed: `escalated the incident${what}` })
    : line(`Plan of action${what}`, { deed: `gave the plan of action${what}` })
}
