import { Dexie, type Table, type Transaction } from 'dexie'

/** One step of the schema: its tables, and how the rows of the step before become its own. */
export interface SchemaVersion {
  readonly version: number
  /** Dexie's notation: the primary key first, then the indexes; null drops a table. */
  readonly stores: Readonly<Record<string, string | null>>
  readonly upgrade?: (transaction: Transaction) => PromiseLike<unknown>
}

/**
 * The schema, step by step. A released step never changes: whoever has it is led on by the next.
 * Rows are parsed with zod where they are read, so nothing here promises their form.
 */
export const schemaVersions: readonly SchemaVersion[] = [
  {
    version: 1,
    stores: {
      // The last known watch: one row for each alert, incident, source and page…
      entities: '[part+id], part',
      // …and one for the rest of it, with when it was heard and which tab wrote it.
      heard: 'key',
      // What was commanded and is not answered yet, or was refused.
      commands: 'id',
      // Notes that are being written, by incident.
      drafts: 'incidentId, at',
      // Timelines that were read, by incident.
      timelines: 'incidentId, at',
      // How this page is set up, by name.
      settings: 'name',
    },
  },
  {
    version: 2,
    stores: {
      // The list of runbooks as it was read last: one row…
      runbookList: 'key',
      // …the texts, each with what was known of it when it was read…
      runbookTexts: 'id',
      // …and what has to be known of all texts without reading them.
      runbookFacts: 'id',
    },
  },
]

/** What can become of the database beside failing. */
export interface DatabaseEvents {
  /** Another tab of a newer build needs it: it is closed here, and a reload brings that build. */
  readonly superseded: () => void
  /** An older tab holds it open; it opens as soon as that tab lets go. */
  readonly blocked: () => void
}

/** What the cockpit keeps in the browser, so that it can be read with the engine gone. */
export class OfflineDatabase extends Dexie {
  constructor(
    name: string,
    events: DatabaseEvents,
    versions: readonly SchemaVersion[] = schemaVersions,
  ) {
    super(name)
    for (const { version, stores, upgrade } of versions) {
      const step = this.version(version).stores({ ...stores })
      if (upgrade) step.upgrade(upgrade)
    }
    // Answered with false, Dexie leaves out what it does by itself: it would open the database again
    // at its next use, and put this older schema back over the newer one.
    this.on('versionchange', () => {
      this.close()
      events.superseded()
      return false
    })
    this.on('blocked', () => {
      events.blocked()
      return false
    })
  }

  get entities(): Table<unknown> {
    return this.table('entities')
  }
  get heard(): Table<unknown> {
    return this.table('heard')
  }
  get commands(): Table<unknown> {
    return this.table('commands')
  }
  get drafts(): Table<unknown> {
    return this.table('drafts')
  }
  get timelines(): Table<unknown> {
    return this.table('timelines')
  }
  get settings(): Table<unknown> {
    return this.table('settings')
  }
  get runbookList(): Table<unknown> {
    return this.table('runbookList')
  }
  get runbookTexts(): Table<unknown> {
    return this.table('runbookTexts')
  }
  get runbookFacts(): Table<unknown> {
    return this.table('runbookFacts')
  }
}

/**
 * The name of the database. The origin, and with it the port, tells Deckwatches apart. Beside it lies
 * what pages leave when they go (leaving-database.ts): who erases the one erases the other.
 */
export const DATABASE_NAME = 'deckwatch'
