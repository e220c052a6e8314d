import { Dexie, type Table } from 'dexie'

/** What a page leaves behind in the instant in which it goes. */
export interface Left {
  /** The watch, in place of the one that was left before; null where that is kept already. */
  readonly watch: readonly LeftWatchRow[] | null
  /** Drafts that are not kept yet. */
  readonly drafts: readonly LeftDraft[]
  /** Timelines that are not kept yet. */
  readonly timelines: readonly LeftTimeline[]
}

/** A part of the watch as it was left. */
export interface LeftWatchRow {
  /** Its place among the parts, from 0. */
  readonly part: number
  readonly value: unknown
}

/** A draft as it was left; an empty text is one that is gone. */
export interface LeftDraft {
  readonly incidentId: string
  readonly text: string
  /** ms since the epoch, UTC. */
  readonly at: number
}

/** A timeline as it was left. */
export interface LeftTimeline {
  readonly incidentId: string
  /** When it was read, ms since the epoch, UTC. */
  readonly at: number
  readonly timeline: unknown
}

/**
 * Where a page writes while it is being unloaded. No promise is settled any more then: all is asked
 * for in one go, with the order to commit, which the browser carries out without the page. But not
 * where another write of the same database was under way: Chromium ends those together. So this is
 * a database of its own, which is written only then.
 */
export class LeavingDatabase extends Dexie {
  /** @param of the name of the database that it stands beside. */
  constructor(of: string) {
    super(`${of}-leaving`)
    this.version(1).stores({ watch: 'part', drafts: 'incidentId', timelines: 'incidentId' })
    this.on('versionchange', () => {
      this.close()
      return false
    })
    this.on('blocked', () => false)
    // Open before it is needed. Where it cannot be, the page is remembered as it was kept last.
    this.open().catch(() => undefined)
  }

  get watch(): Table<unknown> {
    return this.table('watch')
  }
  get drafts(): Table<unknown> {
    return this.table('drafts')
  }
  get timelines(): Table<unknown> {
    return this.table('timelines')
  }

  /** Writes without waiting for anything; nothing is said of a failure. */
  leave({ watch, drafts, timelines }: Left): void {
    if (!this.isOpen()) return
    try {
      const stores = ['watch', 'drafts', 'timelines']
      const transaction = this.backendDB().transaction(stores, 'readwrite')
      const watches = transaction.objectStore('watch')
      if (watch) watches.clear()
      for (const row of watch ?? []) watches.put(row)
      for (const row of drafts) transaction.objectStore('drafts').put(row)
      for (const row of timelines) transaction.objectStore('timelines').put(row)
      transaction.commit()
    } catch {
      // Closed in this instant. What was kept last is still there.
    }
  }
}
