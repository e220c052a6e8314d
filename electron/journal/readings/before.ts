import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import {
  MAX_EARLIER,
  RECENT_MS,
  type Accuracy,
  type Before,
  type EarlierCount,
} from '#shared/domain/history/before.ts'
import type { EarlierIncident } from '#shared/domain/history/earlier.ts'
import { firedAlertSchema, type FiredAlert } from '#shared/domain/history/fired.ts'
import type { KeptIncident } from './reading.ts'
import { openSimilar } from './similar.ts'
import { readBody } from './sqlite-book.ts'

/** Names of an incident's alerts that are looked for; more tell nothing more. */
const MAX_NAMES = 50

const ownSchema = z.object({
  seq: z.number(),
  is_drill: z.number(),
  opened_at: z.number(),
  place: z.string(),
  plan: z.string().nullable(),
})
const countSchema = z.object({
  total: z.number(),
  recent: z.number().nullable(),
  here: z.number().nullable(),
  here_recent: z.number().nullable(),
})
const judgedSchema = z.object({
  real: z.number().nullable(),
  false_alarms: z.number().nullable(),
  duplicates: z.number().nullable(),
})
const nameSchema = z.object({ value: z.string() })
const ownTitleSchema = z.object({ title: z.string() })
const earlierSchema = z.object({ place: z.string(), body: z.string() })
const seenSchema = z.object({
  name: z.string(),
  at: z.number().nullable(),
  drill_at: z.number().nullable(),
  fired: z.number(),
  body: z.string(),
})

const ofNames =
  "SELECT seq FROM labels WHERE name = 'alertname' AND value IN (SELECT value FROM json_each(:names))"

const byNames = `FROM incidents WHERE seq IN (${ofNames})`
/** The join above it would go through all incidents of the plan for each name. */
const byPlan = `FROM incidents WHERE plan = :plan AND seq NOT IN (${ofNames})`

const before =
  'AND seq < :seq AND is_drill = :drill AND id NOT IN (SELECT value FROM json_each(:without))'

/** The names of alerts of some incidents. */
const namesOfIncidents = `SELECT labels.value FROM labels JOIN incidents ON incidents.seq = labels.seq
  WHERE labels.name = 'alertname' AND incidents.id IN (SELECT value FROM json_each(:without))`

const counts = `SELECT count(*) AS total, sum(opened_at >= :since) AS recent,
  sum(place = :place) AS here, sum(place = :place AND opened_at >= :since) AS here_recent`

const judged = `SELECT sum(verdict = 'real') AS real, sum(verdict = 'false-alarm') AS false_alarms,
  sum(verdict = 'duplicate') AS duplicates`

/** Answers what happened before, from the tables of `schema.ts`. */
export interface BeforeLibrary {
  /** Null for an incident that is not known. A drill has been before in drills only. */
  before(incidentId: string, without: readonly string[]): Before | null
  /** Alerts that have fired, those that fired last first; none of a name that is among those left out. */
  fired(
    limit: number,
    without: readonly string[],
  ): { readonly alerts: readonly FiredAlert[]; readonly total: number }
}

/** Prepares the queries. */
export function openBeforeLibrary(database: DatabaseSync): BeforeLibrary {
  const findOwn = database.prepare(
    'SELECT seq, is_drill, opened_at, place, plan FROM incidents WHERE id = ?',
  )
  const findNames = database.prepare(
    `SELECT value FROM labels WHERE seq = ? AND name = 'alertname' AND value != ''
     ORDER BY value LIMIT ${String(MAX_NAMES)}`,
  )
  const named = { count: prepare(byNames, counts), list: prepare(byNames, 'SELECT place, body') }
  const findJudged = prepare(`${byNames} AND opened_at >= :since`, judged)
  const findSimilar = openSimilar(database)
  const findTitle = database.prepare('SELECT title FROM search WHERE rowid = ?')
  const planned = { count: prepare(byPlan, counts), list: prepare(byPlan, 'SELECT place, body') }
  const findSeen = database.prepare(
    `SELECT * FROM seen WHERE name NOT IN (${namesOfIncidents})
     ORDER BY max(coalesce(at, 0), coalesce(drill_at, 0)) DESC LIMIT :limit`,
  )
  const countSeen = database.prepare(
    `SELECT count(*) AS total FROM seen WHERE name NOT IN (${namesOfIncidents})`,
  )

  function prepare(from: string, select: string) {
    // What happened at the same place says more, however long ago it was.
    const order = `ORDER BY place = :place DESC, seq DESC LIMIT ${String(MAX_EARLIER)}`
    const statement = database.prepare(`${select} ${from} ${before} ${order}`)
    // Each query uses some of the same values.
    statement.setAllowUnknownNamedParameters(true)
    return statement
  }

  return {
    before(incidentId, without) {
      const found = findOwn.get(incidentId)
      if (!found) return null
      const own = ownSchema.parse(found)
      const alerts = findNames.all(own.seq).map((row) => nameSchema.parse(row).value)
      const values = {
        names: JSON.stringify(alerts),
        plan: own.plan,
        place: own.place,
        seq: own.seq,
        drill: own.is_drill,
        since: own.opened_at - RECENT_MS,
        without: JSON.stringify(without),
      }
      const ofAlerts = countSchema.parse(named.count.get(values))
      const others = countSchema.parse(planned.count.get(values))
      const list = ofAlerts.total > 0 ? named.list : planned.list
      return {
        alerts,
        plan: own.plan,
        count: countOf(ofAlerts.total, ofAlerts.recent),
        here: countOf(ofAlerts.here, ofAlerts.here_recent),
        otherAlerts: countOf(others.total, others.recent),
        accuracy: accuracyOf(findJudged.get(values)),
        earlier: list.all(values).map((row) => {
          const { place, body } = earlierSchema.parse(row)
          return earlierOf(readBody(body), place === own.place)
        }),
        similar: findSimilar({
          seq: own.seq,
          title: ownTitleSchema.parse(findTitle.get(own.seq)).title,
          isDrill: own.is_drill === 1,
          alerts,
          without,
        }).map(({ kept, why }) => ({ ...earlierOf(kept, false), why })),
      }
    },
    fired(limit, ids) {
      const without = JSON.stringify(ids)
      return {
        alerts: findSeen.all({ limit, without }).map(firedOf),
        total: z.object({ total: z.number() }).parse(countSeen.get({ without })).total,
      }
    },
  }
}

const countOf = (total: number | null, recent: number | null): EarlierCount => ({
  total: total ?? 0,
  recent: recent ?? 0,
})

function accuracyOf(row: unknown): Accuracy {
  const { real, false_alarms: falseAlarms, duplicates } = judgedSchema.parse(row)
  return { real: real ?? 0, falseAlarms: falseAlarms ?? 0, duplicates: duplicates ?? 0 }
}

function earlierOf(
  { past, note, plan, steps, mitigation }: KeptIncident,
  isHere: boolean,
): EarlierIncident {
  const { id, title, severity, openedAt, resolved, cause, verdict } = past
  return {
    ...{ id, title, severity, openedAt, resolved, note, plan, cause, mitigation, verdict, isHere },
    steps: [...steps],
  }
}

function firedOf(row: unknown): FiredAlert {
  const { name, at, drill_at: drillAt, fired: times, body } = seenSchema.parse(row)
  const kept = firedAlertSchema.pick({ labels: true, annotations: true }).parse(JSON.parse(body))
  return { name, ...kept, at, drillAt, times }
}
