import type { DatabaseSync } from 'node:sqlite'
import { JournalDamage } from './problem.ts'

/** "Deck" in ASCII: how `file` and we tell a journal from any other database. */
export const APPLICATION_ID = 0x4465636b

/** One step from the version before it to `version`. Never edited once released. */
export interface Migration {
  readonly version: number
  readonly sql: string
}

/**
 * All steps in order; the last one's version is the schema's. Times are ms since the epoch, UTC, in
 * REAL columns because a number is what the domain promises; SQLite stores whole ones as integers.
 */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE events (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        at REAL NOT NULL,
        type TEXT NOT NULL,
        incident_id TEXT,
        body TEXT NOT NULL,
        checksum INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX events_by_incident ON events (incident_id) WHERE incident_id IS NOT NULL;
      CREATE TABLE deliveries (
        key TEXT PRIMARY KEY,
        event_id TEXT NOT NULL REFERENCES events (id),
        channel TEXT NOT NULL,
        body TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting',
        attempts INTEGER NOT NULL DEFAULT 0,
        next_at REAL NOT NULL DEFAULT 0,
        created_seq INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX deliveries_waiting ON deliveries (next_at) WHERE state = 'waiting';
      CREATE TABLE snapshots (
        seq INTEGER PRIMARY KEY,
        version INTEGER NOT NULL,
        checksum INTEGER NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE TABLE marks (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    `,
  },
  {
    // Filled for what was recorded before by `linkEarlier`, which the mark tells where it is.
    version: 2,
    sql: `
      CREATE TABLE event_links (
        incident_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (incident_id, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE subject_links (
        subject TEXT NOT NULL,
        incident_id TEXT NOT NULL,
        PRIMARY KEY (subject, incident_id)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO marks (key, value) VALUES ('journal/linked-to', '0');
    `,
  },
  {
    // What a delivery says is composed when it is sent; what waited until now is a page.
    version: 3,
    sql: `
      ALTER TABLE deliveries DROP COLUMN body;
      ALTER TABLE deliveries ADD COLUMN kind TEXT NOT NULL DEFAULT 'page';
    `,
  },
]

const tables = [
  'events',
  'deliveries',
  'snapshots',
  'marks',
  'event_links',
  'subject_links',
] as const
const indexes = ['events_by_incident', 'deliveries_waiting'] as const

/** The version that a list of migrations ends at. */
export function latestVersion(steps: readonly Migration[]): number {
  return steps.at(-1)?.version ?? 0
}

/** The schema version that the database says it has. */
export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
}

/**
 * Takes the database to the last version, each step with its number in one transaction: a crash
 * leaves it before or after a step, never within.
 *
 * @returns the version it had.
 * @throws what SQLite says when a step fails; that step is undone.
 */
export function migrate(database: DatabaseSync, steps: readonly Migration[]): number {
  const before = schemaVersion(database)
  for (const step of steps) {
    if (step.version <= before) continue
    database.exec('BEGIN IMMEDIATE')
    try {
      database.exec(step.sql)
      // Both live in the file's header and are part of the transaction like any other page.
      database.exec(`PRAGMA application_id = ${String(APPLICATION_ID)}`)
      database.exec(`PRAGMA user_version = ${String(step.version)}`)
      database.exec('COMMIT')
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }
  return before
}

/**
 * Checks that what the schema says is there.
 *
 * @throws {JournalDamage} naming what is missing.
 */
export function checkTables(database: DatabaseSync): void {
  const found = new Set(
    database
      .prepare("SELECT type || ' ' || name AS name FROM sqlite_schema")
      .all()
      .map((row) => String(row['name'])),
  )
  const wanted = [
    ...tables.map((name) => `table ${name}`),
    ...indexes.map((name) => `index ${name}`),
  ]
  const missing = wanted.filter((name) => !found.has(name))
  if (missing.length > 0) throw new JournalDamage(`the ${missing.join(', the ')} is missing`)
}
