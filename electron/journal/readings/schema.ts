import type { DatabaseSync } from 'node:sqlite'

/**
 * The version of what the readings say. Raise it with every change of the tables below or of what
 * `reading.ts` makes of an event: readings of another version are thrown away and built again.
 */
export const READINGS_VERSION = 7

/** "Read" in ASCII: how these readings are told from any other database. */
export const READINGS_ID = 0x52656164

/**
 * `position` has one row: the last event that was read, with what tells it from an event of another
 * journal under the same number. `incidents.seq` is the number of the event that opened it.
 */
const tables = `
  CREATE TABLE position (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    checksum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE drills (source_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE alerts (
    key TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX alerts_by_incident ON alerts (incident_id);
  CREATE TABLE incidents (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    opened_at REAL NOT NULL,
    status TEXT NOT NULL,
    severity TEXT NOT NULL,
    is_drill INTEGER NOT NULL,
    -- The common labels in one spelling, and the plan that was followed last.
    place TEXT NOT NULL,
    plan TEXT,
    -- What it turned out to be; null where nobody has said.
    verdict TEXT,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX incidents_by_plan ON incidents (plan, seq) WHERE plan IS NOT NULL;
  -- What counts and conditions need, without the bodies.
  CREATE INDEX incidents_by_facts ON incidents (is_drill, status, severity, opened_at);
  CREATE TABLE labels (
    seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (seq, name, value)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX labels_by_value ON labels (name, value, seq);
  -- Alerts that have fired, by name, as they did last: for real, and in a drill.
  CREATE TABLE seen (
    name TEXT PRIMARY KEY,
    at REAL,
    drill_at REAL,
    fired INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Where events are whose say goes on for long, such as silences; and the handoffs.
  CREATE TABLE lasting (seq INTEGER PRIMARY KEY, type TEXT NOT NULL) STRICT;
  CREATE TABLE handoffs (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL UNIQUE,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE VIRTUAL TABLE search USING fts5 (
    title, labels, notes, tokenize = 'trigram', detail = 'full'
  );
  -- What is known besides incidents, such as runbooks; they are no part of the journal. Numbers are
  -- below zero, so that they never meet those of incidents.
  CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    -- Tells another text apart.
    hash TEXT NOT NULL,
    UNIQUE (kind, id)
  ) STRICT;
  -- Incidents and documents by their words. Names of several words stand in it with their words too,
  -- so that it is not the text that is shown: that is in "search" and in "documents".
  CREATE VIRTUAL TABLE knowledge USING fts5 (
    title, names, text, content = '', contentless_delete = 1, prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 2'
  );
  INSERT INTO knowledge (knowledge, rank) VALUES ('rank', 'bm25(8.0, 4.0, 1.0)');
  -- Words that were ever in it, and the parts of three letters that they are made of: what a mistyped
  -- word may stand for.
  CREATE TABLE terms (number INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE) STRICT;
  CREATE VIRTUAL TABLE term_parts USING fts5 (
    term, content = '', contentless_delete = 1, detail = 'none', tokenize = 'trigram'
  );
`

/** Makes the tables in an empty database. */
export function createReadings(database: DatabaseSync): void {
  database.exec(`
    BEGIN IMMEDIATE;
    ${tables}
    INSERT INTO position VALUES (1, 0, '', 0);
    PRAGMA application_id = ${String(READINGS_ID)};
    PRAGMA user_version = ${String(READINGS_VERSION)};
    COMMIT;
  `)
}

/** True when the database is one of readings of this version. */
export function isCurrent(database: DatabaseSync): boolean {
  const value = (pragma: string) => Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma])
  return value('application_id') === READINGS_ID && value('user_version') === READINGS_VERSION
}
