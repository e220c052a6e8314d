import { z } from 'zod'
import { alertSchema, type Alert } from '../alert/schema.ts'
import { incidentSchema, type Incident } from '../incident/schema.ts'
import { pageSchema, type Page } from '../page/schema.ts'
import { calmPosture, postureSchema, type Posture } from '../posture/schema.ts'
import { sourceSchema, type Source } from '../source/schema.ts'

/**
 * All that is known now: what the engine decides on and the cockpit shows. It is what the journal's
 * events add up to; `seq` is the last event in it.
 */
export interface WatchState {
  readonly seq: number
  /** The latest episode of each label set, by alert key. */
  readonly alerts: ReadonlyMap<string, Alert>
  /** By incident id. */
  readonly incidents: ReadonlyMap<string, Incident>
  /** By source id. */
  readonly sources: ReadonlyMap<string, Source>
  /** The newest pages, by page id, oldest first. */
  readonly pages: ReadonlyMap<string, Page>
  readonly posture: Posture
}

/** The state before the first event. */
export const emptyWatch: WatchState = {
  seq: 0,
  alerts: new Map(),
  incidents: new Map(),
  sources: new Map(),
  pages: new Map(),
  posture: calmPosture,
}

/** The state as plain JSON: the form of journal snapshots and of what the cockpit is sent. */
export const watchSnapshotSchema = z.object({
  seq: z.number().int().nonnegative(),
  alerts: z.array(alertSchema),
  incidents: z.array(incidentSchema),
  sources: z.array(sourceSchema),
  pages: z.array(pageSchema).default([]),
  posture: postureSchema.default(calmPosture),
})
export type WatchSnapshot = z.infer<typeof watchSnapshotSchema>

/** Writes the state as plain JSON values, without copying the entities. */
export function toSnapshot(state: WatchState): WatchSnapshot {
  return {
    seq: state.seq,
    alerts: [...state.alerts.values()],
    incidents: [...state.incidents.values()],
    sources: [...state.sources.values()],
    pages: [...state.pages.values()],
    posture: state.posture,
  }
}

/** Reads the state back from a snapshot that was parsed with {@link watchSnapshotSchema}. */
export function fromSnapshot(snapshot: WatchSnapshot): WatchState {
  return {
    seq: snapshot.seq,
    alerts: new Map(snapshot.alerts.map((alert) => [alert.key, alert])),
    incidents: new Map(snapshot.incidents.map((incident) => [incident.id, incident])),
    sources: new Map(snapshot.sources.map((source) => [source.id, source])),
    pages: new Map(snapshot.pages.map((page) => [page.id, page])),
    posture: snapshot.posture,
  }
}
