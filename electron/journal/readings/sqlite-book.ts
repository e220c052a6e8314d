import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { followedPlanSchema, keptStepSchema } from '#shared/domain/history/earlier.ts'
import { keptNoteSchema } from '#shared/domain/history/kept-note.ts'
import { pastHandoffSchema, type PastHandoff } from '#shared/domain/handoff-draft/past-handoff.ts'
import { pastIncidentSchema, type PastIncident } from '#shared/domain/history/schema.ts'
import { severitySchema } from '#shared/domain/severity/schema.ts'
import { openWordIndex } from './word-index.ts'
import type { Book, KeptAlert, KeptIncident, SeenAlert } from './reading.ts'

const activeSchema = z.record(severitySchema, z.number())
const incidentSchema = z.object({
  past: pastIncidentSchema,
  active: activeSchema,
  suppressed: activeSchema,
  note: keptNoteSchema.nullable().default(null),
  plan: followedPlanSchema.nullable().default(null),
  steps: z.array(keptStepSchema).default([]),
  causes: z.array(keptNoteSchema.extend({ id: z.string() })).default([]),
  mitigation: keptNoteSchema.nullable().default(null),
})
const alertSchema = z.object({
  key: z.string(),
  id: z.string(),
  incidentId: z.string(),
  isActive: z.boolean(),
  isSuppressed: z.boolean(),
  severity: severitySchema,
})

/** A book that stands in a database. What is kept is written by `write`, each thing once. */
export interface SqliteBook extends Book {
  /** Writes what was kept since the last time. Inside a transaction of the caller. */
  write(): void
  /** Forgets what was kept and not written. */
  drop(): void
}

/** The incident that a row's body says. Throws when it is not what was written. */
export function readBody(body: unknown): KeptIncident {
  return incidentSchema.parse(parseJson(body))
}

/** Opens the book of a database with the tables of `schema.ts`. */
export function createSqliteBook(database: DatabaseSync): SqliteBook {
  const findIncident = database.prepare('SELECT body FROM incidents WHERE id = ?')
  const putIncident = database.prepare(
    `INSERT INTO incidents
       (seq, id, opened_at, status, severity, is_drill, place, plan, verdict, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (seq) DO UPDATE SET status = excluded.status, severity = excluded.severity,
       is_drill = excluded.is_drill, place = excluded.place, plan = excluded.plan,
       verdict = excluded.verdict, body = excluded.body`,
  )
  const findAlert = database.prepare('SELECT body FROM alerts WHERE key = ?')
  const putAlert = database.prepare('INSERT OR REPLACE INTO alerts VALUES (?, ?, ?)')
  const selectAlerts = database.prepare('SELECT key FROM alerts WHERE incident_id = ?')
  const deleteAlerts = database.prepare('DELETE FROM alerts WHERE incident_id = ?')
  const findDrill = database.prepare('SELECT 1 FROM drills WHERE source_id = ?')
  const putDrill = database.prepare('INSERT OR IGNORE INTO drills VALUES (?)')
  const putSeen = database.prepare(
    `INSERT INTO seen VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET at = coalesce(excluded.at, at),
       drill_at = coalesce(excluded.drill_at, drill_at), fired = fired + excluded.fired,
       body = excluded.body`,
  )
  const putLasting = database.prepare('INSERT OR IGNORE INTO lasting VALUES (?, ?)')
  const findHandoff = database.prepare('SELECT body FROM handoffs WHERE id = ?')
  const putHandoff = database.prepare('INSERT OR REPLACE INTO handoffs VALUES (?, ?, ?)')
  const putLabel = database.prepare('INSERT OR IGNORE INTO labels VALUES (?, ?, ?)')
  const selectLabels = database.prepare('SELECT name, value FROM labels WHERE seq = ?')
  const findText = database.prepare('SELECT title, labels, notes FROM search WHERE rowid = ?')
  const deleteText = database.prepare('DELETE FROM search WHERE rowid = ?')
  const putText = database.prepare(
    'INSERT INTO search (rowid, title, labels, notes) VALUES (?, ?, ?, ?)',
  )

  const index = openWordIndex(database)

  const incidents = new Map<string, { readonly kept: KeptIncident; isChanged: boolean }>()
  const alerts = new Map<string, { readonly alert: KeptAlert | null; isChanged: boolean }>()
  const drills = new Set<string>()
  /** Alerts of these are deleted before the kept ones are written. */
  const closed = new Set<string>()
  const names = new Map<number, Set<string>>()
  const notes = new Map<number, string[]>()
  const seen = new Map<string, SeenSince>()
  const lasting = new Map<number, string>()
  const handoffs = new Map<string, PastHandoff>()

  function writeText({ past }: KeptIncident): void {
    for (const [name, value] of Object.entries(past.group)) putLabel.run(past.seq, name, value)
    for (const name of names.get(past.seq) ?? []) putLabel.run(past.seq, 'alertname', name)
    const before = findText.get(past.seq)
    const labels = selectLabels
      .all(past.seq)
      .map(({ name, value }) => `${String(name)}=${String(value)}`)
      .join('\n')
    const noted = [String(before?.['notes'] ?? ''), ...(notes.get(past.seq) ?? [])]
      .filter((text) => text !== '')
      .join('\n')
    if (
      before?.['title'] === past.title &&
      before['labels'] === labels &&
      before['notes'] === noted
    )
      return
    if (before) deleteText.run(past.seq)
    putText.run(past.seq, past.title, labels, noted)
    index.put(past.seq, { title: past.title, names: labels, text: noted })
  }

  function clear(): void {
    incidents.clear()
    alerts.clear()
    drills.clear()
    closed.clear()
    names.clear()
    notes.clear()
    seen.clear()
    lasting.clear()
    handoffs.clear()
  }

  return {
    incident(id) {
      const known = incidents.get(id)
      if (known) return known.kept
      const row = findIncident.get(id)
      if (!row) return undefined
      const kept = readBody(row['body'])
      incidents.set(id, { kept, isChanged: false })
      return kept
    },
    keepIncident(kept) {
      incidents.set(kept.past.id, { kept, isChanged: true })
    },
    alert(key) {
      const known = alerts.get(key)
      if (known) return known.alert ?? undefined
      const row = findAlert.get(key)
      const alert = row ? alertSchema.parse(parseJson(row['body'])) : null
      if (alert && closed.has(alert.incidentId)) return undefined
      alerts.set(key, { alert, isChanged: false })
      return alert ?? undefined
    },
    keepAlert(alert) {
      alerts.set(alert.key, { alert, isChanged: true })
    },
    alertsOf(incidentId) {
      const stored = selectAlerts.all(incidentId).map(({ key }) => String(key))
      // What was kept since may be elsewhere by now, or have come from elsewhere.
      return [...new Set([...stored, ...alerts.keys()])].flatMap((key) => {
        const alert = this.alert(key)
        return alert?.incidentId === incidentId ? [alert] : []
      })
    },
    forgetAlerts(incidentId) {
      closed.add(incidentId)
      for (const [key, { alert }] of alerts) {
        if (alert?.incidentId === incidentId) alerts.set(key, { alert: null, isChanged: false })
      }
    },
    isDrill: (sourceId) => drills.has(sourceId) || findDrill.get(sourceId) !== undefined,
    keepDrill(sourceId) {
      drills.add(sourceId)
    },
    keepName({ seq }, alertName) {
      names.set(seq, (names.get(seq) ?? new Set()).add(alertName))
    },
    keepLasting(seq, type) {
      lasting.set(seq, type)
    },
    handoff(id) {
      const known = handoffs.get(id)
      if (known) return known
      const row = findHandoff.get(id)
      return row && pastHandoffSchema.parse(parseJson(row['body']))
    },
    keepHandoff(past) {
      handoffs.set(past.handoff.handoffId, past)
    },
    keepSeen({ name, labels, annotations, at, isDrill }) {
      const before = seen.get(name) ?? { at: null, drillAt: null, fired: 0 }
      const when = isDrill ? { drillAt: at } : { at }
      seen.set(name, { ...before, ...when, fired: before.fired + 1, labels, annotations })
    },
    keepNote({ seq }, text) {
      notes.set(seq, [...(notes.get(seq) ?? []), text])
    },
    write() {
      for (const id of drills) putDrill.run(id)
      for (const id of closed) deleteAlerts.run(id)
      for (const { alert, isChanged } of alerts.values()) {
        if (alert && isChanged) putAlert.run(alert.key, alert.incidentId, JSON.stringify(alert))
      }
      for (const { kept, isChanged } of incidents.values()) {
        if (!isChanged) continue
        putIncident.run(...rowOf(kept), JSON.stringify(leanOf(kept)))
        writeText(kept)
      }
      for (const [seq, type] of lasting) putLasting.run(seq, type)
      for (const [id, past] of handoffs) putHandoff.run(id, past.seq, JSON.stringify(past))
      for (const [name, { at, drillAt, fired, labels, annotations }] of seen) {
        putSeen.run(name, at, drillAt, fired, JSON.stringify({ labels, annotations }))
      }
      clear()
    },
    drop() {
      clear()
      index.forget()
    },
  }
}

/** What fired since the last time that it was written. */
interface SeenSince extends Pick<SeenAlert, 'labels' | 'annotations'> {
  readonly at: number | null
  readonly drillAt: number | null
  readonly fired: number
}

function rowOf({ past, plan }: KeptIncident) {
  const { seq, id, openedAt, status, severity, isDrill, group, verdict } = past
  const place = placeOf(group)
  const drill = isDrill ? 1 : 0
  return [seq, id, openedAt, status, severity, drill, place, plan?.id ?? null, verdict] as const
}

/** The same labels have the same spelling, whatever their order. */
function placeOf(group: PastIncident['group']): string {
  return JSON.stringify(Object.entries(group).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Most incidents have no plan and no note: what is not there is not written. */
function leanOf(kept: KeptIncident) {
  const { past, active, suppressed, note, plan, steps, causes, mitigation } = kept
  return {
    past,
    active,
    suppressed,
    ...(note && { note }),
    ...(plan && { plan }),
    ...(steps.length > 0 && { steps }),
    ...(causes.length > 0 && { causes }),
    ...(mitigation && { mitigation }),
  }
}

function parseJson(text: unknown): unknown {
  return typeof text === 'string' ? JSON.parse(text) : null
}
