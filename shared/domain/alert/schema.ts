import { z } from 'zod'
import { decisionSchema } from '../decision/schema.ts'
import { severitySchema } from '../severity/schema.ts'
import { toPrintable } from '../text/printable.ts'

/** Label or annotation set: printable text by name. */
export const labelsSchema = z.record(z.string(), z.string())
export type Labels = Readonly<Record<string, string>>

/** Why a source itself holds an alert back, with whom to ask. Times in ms since the epoch, UTC. */
export const suppressionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('silence'),
    id: z.string(),
    createdBy: z.string().nullable(),
    comment: z.string().nullable(),
    endsAt: z.number().nullable(),
  }),
  z.object({ kind: z.literal('inhibition'), id: z.string(), by: z.string().nullable() }),
  z.object({ kind: z.literal('mute'), id: z.string() }),
  z.object({ kind: z.literal('heartbeat'), id: z.string() }),
  /** Prometheus does not send it to Alertmanager; `id` names the rule that says so. */
  z.object({ kind: z.literal('not-sent'), id: z.string() }),
])
export type Suppression = z.infer<typeof suppressionSchema>

/**
 * What one source says of one alert. `unknown` means that the source once listed the alert and can
 * no longer tell (it restarted with an empty memory). `suppression` is null where the source does
 * not know of silences at all (Prometheus), which is not the same as "not silenced".
 */
export const observationSchema = z.object({
  presence: z.enum(['present', 'unknown']),
  startsAt: z.number(),
  generatorUrl: z.string().nullable(),
  receivers: z.array(z.string()),
  suppression: z.array(suppressionSchema).nullable(),
})
export type Observation = z.infer<typeof observationSchema>

/**
 * firing: a source lists it. unconfirmed: no source lists it, but one that did has lost its memory.
 * resolved: every source that listed it no longer does.
 */
export const alertStatusSchema = z.enum(['firing', 'unconfirmed', 'resolved'])
export type AlertStatus = z.infer<typeof alertStatusSchema>

/**
 * The latest episode of one label set within one realm. `key` is derived from realm and labels and
 * stays; `id` is derived from the key and the episode's start. Times in ms since the epoch, UTC.
 */
export const alertSchema = z.object({
  key: z.string(),
  id: z.string(),
  /** The realm that it belongs to; left out for the default one. */
  realm: z.string().optional(),
  labels: labelsSchema,
  annotations: labelsSchema,
  startsAt: z.number(),
  status: alertStatusSchema,
  statusSince: z.number(),
  severity: severitySchema,
  incidentId: z.string(),
  observations: z.record(z.string(), observationSchema),
  /** The source that said last that it is over; null while it is active. */
  endedBy: z.string().nullable(),
  /** The reasons why it is held back by its sources now; empty when it is not. */
  suppression: z.array(suppressionSchema),
  decisions: z.array(decisionSchema),
  /** Times of the latest changes between firing and resolved, oldest first, bounded in number. */
  changes: z.array(z.number()),
  flappingSince: z.number().nullable(),
  /** Grows with each event about this label set. */
  revision: z.number(),
})
export type Alert = Readonly<z.infer<typeof alertSchema>>

/** What a source says of one alert, already normalised by its adapter. */
export interface Signal {
  readonly labels: Labels
  readonly annotations: Labels
  /** ms since the epoch, UTC. */
  readonly startsAt: number
  /** True where the source gave no usable start and another time stands in for it. */
  readonly isStartEstimated: boolean
  /** True where deceptive characters or over-long values were made printable. */
  readonly isTextCleaned: boolean
  readonly generatorUrl: string | null
  readonly receivers: readonly string[]
  readonly suppression: readonly Suppression[] | null
  /**
   * The labels under which the same alert may have been recorded, where they are others: its source
   * did not know then what becomes of them.
   */
  readonly formerLabels?: Labels
}

/** True while the alert needs somebody: it fires, or nobody can tell that it does not. */
export function isActive(alert: Pick<Alert, 'status'>): boolean {
  return alert.status !== 'resolved'
}

/** The alert's name, or a plain stand-in for an alert that has none. */
export function alertName(labels: Labels): string {
  return labels['alertname'] || '(alert without a name)'
}

/** One line that says what is wrong: the summary where there is one, else the name. */
export function alertTitle(alert: {
  readonly labels: Labels
  readonly annotations: Labels
}): string {
  return (
    alert.annotations['summary'] ||
    alert.annotations['message'] ||
    alert.annotations['title'] ||
    toPrintable(alertName(alert.labels))
  )
}
