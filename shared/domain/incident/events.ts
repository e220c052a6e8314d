import { z } from 'zod'
import { actorName } from '../actor/name.ts'
import { labelsSchema } from '../alert/schema.ts'
import { decisionSchema } from '../decision/schema.ts'
import { defineEvent, RECIPIENT, type BodyOf, type TimelineWords } from '../event/definition.ts'
import { isWorse, severitySchema, type Severity } from '../severity/schema.ts'
import { verdictSchema, type Verdict } from './schema.ts'
import { growthSchema, type Growth } from './growth-schema.ts'
import { growthText } from './growth-words.ts'

const incidentSubject = { incidentId: z.string() }

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

/** What is decided of an incident holds for everybody who deals with it. */
const ofIncident = { scope: 'shared', subject: incidentIdOf, incident: incidentIdOf } as const

const line = (text: string, deed?: string): TimelineWords => ({
  kind: 'incident',
  text,
  ...(deed === undefined ? {} : { deed }),
})

/** Why an incident is triggered again. */
export const retriggerReasonSchema = z.enum([
  'fired-again',
  'worse',
  'unsuppressed',
  'grown',
  'remediation',
])
type RetriggerReason = z.infer<typeof retriggerReasonSchema>

const retriggerText: Readonly<Record<RetriggerReason, (severity: Severity) => string>> = {
  'fired-again': (severity) => `Incident fired again as ${severity}`,
  worse: (severity) => `Severity raised to ${severity}`,
  unsuppressed: (severity) => `Incident no longer suppressed, ${severity}`,
  grown: () => 'More alerts fire',
  remediation: () => 'Paged again for its remediation',
}

const judged: Readonly<Record<Verdict, readonly [text: string, deed: string]>> = {
  real: ['Verdict: a real incident', 'judged it a real incident'],
  'false-alarm': ['Verdict: a false alarm', 'judged it a false alarm'],
  duplicate: ['Verdict: a duplicate', 'judged it a duplicate'],
}

/** Names who had put it aside where the reader's own words for them belong. */
function grownWords(growth: Growth): TimelineWords {
  const { by } = growth
  return by.kind === 'person'
    ? { ...line(growthText(growth, RECIPIENT)), recipient: by.id }
    : line(growthText(growth, actorName(by)))
}

/** What can happen to an incident. */
export const incidentEvents = {
  'incident.triggered': defineEvent(
    z.object({
      ...incidentSubject,
      groupKey: z.string(),
      group: labelsSchema,
      title: z.string(),
      severity: severitySchema,
      startedAt: z.number(),
      decisions: z.array(decisionSchema),
    }),
    { ...ofIncident, words: ({ severity }) => line(`Incident opened as ${severity}`) },
  ),
  /** A person says that something is wrong, before or without any alert. */
  'incident.declared': defineEvent(
    z.object({
      ...incidentSubject,
      groupKey: z.string(),
      group: labelsSchema,
      title: z.string(),
      severity: severitySchema,
      description: z.string().nullable(),
    }),
    {
      ...ofIncident,
      words: ({ severity, description }) => {
        const what = description === null ? '' : `: ${description}`
        return line(`Incident declared as ${severity}${what}`, `declared it as ${severity}${what}`)
      },
    },
  ),
  /** Triggered again: an acknowledged or resolved incident was raised, or fires again. */
  'incident.retriggered': defineEvent(
    z.object({
      ...incidentSubject,
      reason: retriggerReasonSchema,
      severity: severitySchema,
      decisions: z.array(decisionSchema),
      /** Only alerts that flap brought it back: nobody who was paged is paged anew. */
      isFlapping: z.literal(true).optional(),
      /** By how much it grew, when that is the reason. */
      growth: growthSchema.optional(),
      /** What became of its remediation, when that is the reason. */
      remediation: z.string().optional(),
    }),
    {
      ...ofIncident,
      words: ({ reason, severity, growth }) =>
        growth ? grownWords(growth) : line(retriggerText[reason](severity)),
    },
  ),
  /** Its worst alert is another one now, and gives it its title. */
  'incident.retitled': defineEvent(z.object({ ...incidentSubject, title: z.string() }), {
    ...ofIncident,
    words: ({ title }) => line(`Title changed: ${title}`),
  }),
  /** Its alerts have other identities, so that others join it from now on. Pages nobody. */
  'incident.regrouped': defineEvent(
    z.object({
      ...incidentSubject,
      groupKey: z.string(),
      /** What became active by that was there before: it is paged when a page is repeated. */
      isKnown: z.literal(true).optional(),
    }),
    { ...ofIncident, words: () => null },
  ),
  'incident.acknowledged': defineEvent(z.object({ ...incidentSubject }), {
    ...ofIncident,
    words: () => line('Incident acknowledged', 'acknowledged the incident'),
  }),
  'incident.unacknowledged': defineEvent(z.object({ ...incidentSubject }), {
    ...ofIncident,
    words: () => line('Incident unacknowledged', 'unacknowledged the incident'),
  }),
  /** A person says that it is not over. */
  'incident.reopened': defineEvent(z.object({ ...incidentSubject }), {
    ...ofIncident,
    words: () => line('Incident reopened', 'reopened the incident'),
  }),
  /** It does no more harm, but is not over. */
  'incident.mitigated': defineEvent(z.object({ ...incidentSubject, note: z.string().nullable() }), {
    ...ofIncident,
    words: ({ note }) => {
      const how = note === null ? '' : `: ${note}`
      return line(`Incident mitigated${how}`, `mitigated the incident${how}`)
    },
  }),
  /** It does harm again, or did all along. */
  'incident.unmitigated': defineEvent(z.object({ ...incidentSubject }), {
    ...ofIncident,
    words: () => line('Incident not mitigated after all', 'said that it is not mitigated'),
  }),
  /** A person knows better than what fires. It holds until something worse than now fires. */
  'incident.severity-set': defineEvent(
    z.object({
      ...incidentSubject,
      severity: severitySchema,
      /** What it was until then. */
      before: severitySchema,
      reason: z.string(),
    }),
    {
      ...ofIncident,
      words: ({ severity, before, reason }) => {
        const how = isWorse(severity, before) ? 'raised' : 'lowered'
        const change = `from ${before} to ${severity} (“${reason}”)`
        return line(`Severity ${how} ${change}`, `${how} the severity ${change}`)
      },
    },
  ),
  /** What it turned out to be. It can be said again, and the last word counts. */
  'incident.judged': defineEvent(
    z.object({
      ...incidentSubject,
      verdict: verdictSchema,
      /** The incident that it duplicates, by id, and as it is called; null for none. */
      of: z.object({ incidentId: z.string(), title: z.string() }).nullable(),
    }),
    {
      ...ofIncident,
      words: ({ verdict, of }) => {
        const [text, deed] = judged[verdict]
        const other = of === null ? '' : ` of ${of.title}`
        return line(`${text}${other}`, `${deed}${other}`)
      },
    },
  ),
  /** It is the same as another one: its alerts, tasks and record go on there. */
  'incident.merged': defineEvent(
    z.object({
      ...incidentSubject,
      /** As it is called. */
      title: z.string(),
      into: z.string(),
      /** As that one is called. */
      intoTitle: z.string(),
    }),
    {
      ...ofIncident,
      links: ({ incidentId, into }) => ({ kind: 'whole-record', of: incidentId, on: into }),
      words: ({ title, intoTitle }) =>
        line(`Merged: ${title} into ${intoTitle}`, `merged ${title} into ${intoTitle}`),
    },
  ),
  /** Some of its alerts are another matter: they go on as an incident of their own. */
  'incident.split': defineEvent(
    z.object({
      ...incidentSubject,
      /** The id of the incident that this makes. */
      into: z.string(),
      groupKey: z.string(),
      title: z.string(),
      severity: severitySchema,
      /** When the first of those alerts started. */
      startedAt: z.number(),
      /** The keys of those alerts. */
      keys: z.array(z.string()),
      reason: z.string().nullable(),
    }),
    {
      ...ofIncident,
      links: ({ incidentId, into }) => ({ kind: 'whole-record', of: incidentId, on: into }),
      words: ({ title, keys, reason }) => {
        const alerts = `${String(keys.length)} ${keys.length === 1 ? 'alert' : 'alerts'}`
        const why = reason === null ? '' : ` (“${reason}”)`
        return line(`Split off: ${title}, ${alerts}${why}`, `split off ${title}, ${alerts}${why}`)
      },
    },
  ),
  'incident.snoozed': defineEvent(z.object({ ...incidentSubject, until: z.number() }), {
    ...ofIncident,
    words: ({ until }) => ({
      ...line('Incident snoozed until', 'snoozed the incident until'),
      until,
    }),
  }),
  'incident.snooze-ended': defineEvent(
    z.object({ ...incidentSubject, reason: z.enum(['time', 'person']) }),
    {
      ...ofIncident,
      words: ({ reason }) =>
        reason === 'time'
          ? line('Snooze ended')
          : line('Incident unsnoozed', 'unsnoozed the incident'),
    },
  ),
  'incident.noted': defineEvent(z.object({ ...incidentSubject, text: z.string() }), {
    ...ofIncident,
    words: ({ text }) => ({ kind: 'note', text, deed: text }),
  }),
  'incident.resolved': defineEvent(z.object({ ...incidentSubject, stillFiring: z.number() }), {
    ...ofIncident,
    words: ({ stillFiring }) => {
      const firing =
        stillFiring > 0
          ? `; ${String(stillFiring)} ${stillFiring === 1 ? 'alert' : 'alerts'} still firing`
          : ''
      return line(`Incident resolved${firing}`, `resolved the incident${firing}`)
    },
  }),
  'incident.closed': defineEvent(z.object({ ...incidentSubject }), {
    ...ofIncident,
    words: () => line('Incident closed', 'closed the incident'),
  }),
}

/** What is recorded of an incident. */
export type IncidentBody = BodyOf<typeof incidentEvents>
