import { z } from 'zod'
import { decisionSchema, readDecision, type Decision } from '../decision/schema.ts'
import { defineEvent, type BodyOf, type TimelineWords } from '../event/definition.ts'
import { realmName } from '../realm/realm.ts'
import { severitySchema } from '../severity/schema.ts'
import { explainSuppression } from './explain.ts'
import {
  alertTitle,
  labelsSchema,
  observationSchema,
  suppressionSchema,
  type Alert,
} from './schema.ts'

const alertSubject = { key: z.string(), alertId: z.string(), incidentId: z.string() }

type AlertSubject = Readonly<{ key: string; alertId: string; incidentId: string }>

/** An alert is the same to every engine that sees it. */
const ofAlert = {
  scope: 'shared',
  subject: ({ alertId }: AlertSubject) => alertId,
  incident: ({ incidentId }: AlertSubject) => incidentId,
} as const

const line = (text: string): TimelineWords => ({ kind: 'alert', text })

const moveSchema = z.object({
  ...alertSubject,
  /** The sources whose word about it moves. */
  sourceIds: z.array(z.string()),
  /** Why what other sources say of it is suppressed; null when nothing is left under this key. */
  left: z.object({ suppression: z.array(suppressionSchema) }).nullable(),
  /** What it is from now on; another alert may be there already, and both become one. */
  to: z.object({
    ...alertSubject,
    realm: z.string(),
    suppression: z.array(suppressionSchema),
  }),
  /** Its labels, where they are others than before. */
  labels: labelsSchema.optional(),
})

/** The rule of the user's that gave an alert its severity, as the end of a sentence. */
function ruleOf(decisions: readonly Decision[]): string {
  const rule = decisions.map(readDecision).find((each) => each?.code === 'rule')
  return rule ? `: rule ${rule.detail}` : ' (rules changed)'
}

function moveWords({ sourceIds, to, labels }: z.output<typeof moveSchema>): TimelineWords {
  const by = sourceIds.join(' and ')
  return line(
    labels
      ? `Alert known by the labels that ${by} sends to Alertmanager`
      : `Alert of ${by} belongs to realm ${realmName(to.realm)}`,
  )
}

/** What can happen to an alert. */
export const alertEvents = {
  /** A new episode of a label set: seen for the first time, or again after it had resolved. */
  'alert.fired': defineEvent(
    z.object({
      ...alertSubject,
      /** Left out for the default realm. */
      realm: z.string().optional(),
      labels: labelsSchema,
      annotations: labelsSchema,
      startsAt: z.number(),
      /** The source whose report made the episode known. */
      sourceId: z.string(),
      observations: z.record(z.string(), observationSchema),
      suppression: z.array(suppressionSchema),
      severity: severitySchema,
      decisions: z.array(decisionSchema),
    }),
    { ...ofAlert, words: (body) => line(`Alert fired: ${alertTitle(body)} (${body.sourceId})`) },
  ),
  /** A source says something new of a known alert: texts, suppression, or that it sees it too. */
  'alert.changed': defineEvent(
    z.object({
      ...alertSubject,
      sourceId: z.string(),
      observation: observationSchema,
      annotations: labelsSchema.optional(),
      /** When it is another one than before: an episode that came back under changed rules. */
      severity: severitySchema.optional(),
      suppression: z.array(suppressionSchema),
      decisions: z.array(decisionSchema),
    }),
    {
      ...ofAlert,
      words: ({ suppression, annotations, sourceId }) => {
        if (suppression.length > 0) {
          return line(`Alert suppressed: ${suppression.map(explainSuppression).join('; ')}`)
        }
        return line(
          annotations
            ? `Annotations updated by ${sourceId}`
            : `Alert reported by ${sourceId}, not suppressed`,
        )
      },
    },
  ),
  /** One source no longer lists it while another still does. */
  'alert.withdrawn': defineEvent(
    z.object({ ...alertSubject, sourceId: z.string(), suppression: z.array(suppressionSchema) }),
    {
      ...ofAlert,
      words: ({ sourceId }) =>
        line(`Alert no longer reported by ${sourceId}, still by another source`),
    },
  ),
  /** The source lost its memory: it cannot tell whether the alert goes on. */
  'alert.unconfirmed': defineEvent(
    z.object({ ...alertSubject, sourceId: z.string(), suppression: z.array(suppressionSchema) }),
    {
      ...ofAlert,
      words: ({ sourceId }) =>
        line(`Alert unconfirmed: ${sourceId} restarted and has not reported it again yet`),
    },
  ),
  'alert.resolved': defineEvent(
    z.object({
      ...alertSubject,
      sourceId: z.string(),
      reason: z.enum(['gone', 'fired-again', 'source-removed']),
    }),
    {
      ...ofAlert,
      words: ({ reason, sourceId }) =>
        line(
          reason === 'source-removed'
            ? `Alert resolved: its source ${sourceId} was removed`
            : `Alert resolved (${sourceId})`,
        ),
    },
  ),
  'alert.reclassified': defineEvent(
    z.object({
      ...alertSubject,
      severity: severitySchema,
      suppression: z.array(suppressionSchema),
      decisions: z.array(decisionSchema),
    }),
    {
      ...ofAlert,
      words: ({ severity, decisions }) => {
        const why = ruleOf(decisions)
        return {
          ...line(`Alert severity changed to ${severity}${why}`),
          deed: `changed the severity of an alert to ${severity}${why}`,
        }
      },
    },
  ),
  /**
   * It has another identity: some of its sources are in another realm than was thought, or are known
   * to send other labels. Where others still list it as it was, both go on. Pages nobody.
   */
  'alert.moved': defineEvent(moveSchema, {
    ...ofAlert,
    links: ({ incidentId, to }) =>
      to.incidentId === incidentId
        ? null
        : { kind: 'listed', incidentIds: [to.incidentId], isForSubject: false },
    words: moveWords,
  }),
  'alert.flapping-started': defineEvent(z.object({ ...alertSubject, changes: z.number() }), {
    ...ofAlert,
    words: ({ changes }) => line(`Alert flapping: ${String(changes)} status changes`),
  }),
  'alert.flapping-ended': defineEvent(z.object({ ...alertSubject }), {
    ...ofAlert,
    words: () => line('Alert no longer flapping'),
  }),
}

/** What is recorded of an alert. */
export type AlertBody = BodyOf<typeof alertEvents>

/** How events about an alert name it. */
export function alertSubjectOf({ key, id, incidentId }: Pick<Alert, 'key' | 'id' | 'incidentId'>) {
  return { key, alertId: id, incidentId }
}
