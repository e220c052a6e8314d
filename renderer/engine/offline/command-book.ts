import { liveQuery } from 'dexie'
import type { OfflineDatabase } from './database.ts'
import { keptCommandSchema, type KeptCommand } from './kept-command.ts'

/** What the book needs besides its table. */
interface BookPorts {
  /** Null where the browser keeps nothing: the book then lasts as long as the page. */
  readonly database: OfflineDatabase | null
  /** Whom this page belongs to: what others gave in this browser is left to them. */
  readonly person: string
  /** The kept commands changed, here or in another tab. */
  readonly changed: (commands: readonly KeptCommand[]) => void
  /** The table cannot be read or written. */
  readonly failed: () => void
}

/**
 * The commands that were given and not settled, in their order. All tabs share them by way of the
 * database; where that fails this page's own are still here.
 */
export class CommandBook {
  readonly #ports: BookPorts
  readonly #commands = new Map<string, KeptCommand>()
  /** How many writes of an id are on their way: until then the table does not know better. */
  readonly #writing = new Map<string, number>()
  /** Ids of which a write has failed: what the table shows is not what is true of them. */
  readonly #unsaved = new Set<string>()
  /** Ids that have, or may have, a row: a reload finds them. */
  readonly #rows = new Set<string>()
  /** New ones that count here, and are not shown before a reload would find them. */
  readonly #untold = new Set<string>()
  readonly #stop: () => void
  readonly #firstRead = Promise.withResolvers<undefined>()
  #isRead = false

  constructor(ports: BookPorts) {
    this.#ports = ports
    const { database } = ports
    if (!database) {
      this.#stop = () => undefined
      this.#endFirstRead()
      return
    }
    const subscription = liveQuery(() => database.commands.toArray()).subscribe({
      next: (rows) => {
        this.#merge(rows)
        this.#endFirstRead()
      },
      error: () => {
        ports.failed()
        this.#endFirstRead()
      },
    })
    this.#stop = () => {
      subscription.unsubscribe()
    }
  }

  /** False while what was kept before this page is not known yet. */
  get isRead(): boolean {
    return this.#isRead
  }

  /** Settles when what was kept before is known, or cannot be. Never rejects. */
  firstRead(): Promise<undefined> {
    return this.#firstRead.promise
  }

  /** In the order of their delivery. */
  list(): readonly KeptCommand[] {
    return [...this.#commands.values()].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
  }

  /** The place of a command that is given now: behind all others. */
  nextOrder(): number {
    return Math.max(0, ...[...this.#commands.values()].map(({ order }) => order)) + 1
  }

  /**
   * Writes a new command, or a known one in its new state. It counts here at once; a new one is shown
   * when it is written, so that nothing is shown that a reload would not find.
   */
  async put(command: KeptCommand): Promise<void> {
    const { id } = command
    if (!this.#commands.has(id) && this.#ports.database) this.#untold.add(id)
    this.#show(id, command)
    await this.#write(id, (database) =>
      database.transaction('rw', database.commands, async () => {
        // Cancelled while this waited for the database to open.
        if (!this.#commands.has(id)) return
        this.#rows.add(id)
        await database.commands.put(command)
      }),
    )
    this.tell(id)
  }

  /** A new command is shown from now on, written or not: the person who gave it waits. */
  tell(id: string): void {
    if (this.#untold.delete(id)) this.#tell()
  }

  /** Settled: it was answered, or a person took it away. */
  async remove(id: string): Promise<void> {
    this.#show(id, null)
    await this.#write(id, (database) => database.commands.delete(id))
  }

  /**
   * Takes a waiting command to send it, unless another tab has settled it meanwhile.
   *
   * @param sender the page that sends it.
   * @returns the command as it is sent, or null when there is nothing to send.
   */
  async claim(id: string, sender: string): Promise<KeptCommand | null> {
    const known = this.#commands.get(id)
    if (!known || known.state === 'rejected') return null
    const sending: KeptCommand = { ...known, state: 'sending', sender, wasSent: true }
    if (!(await this.#takeRow(sending))) return null
    this.#show(id, sending)
    return sending
  }

  /** Puts a command into its row as it is sent; false when another tab has settled it meanwhile. */
  async #takeRow(sending: KeptCommand): Promise<boolean> {
    const { id } = sending
    // What could not be written is known here alone; and what cannot be opened is not waited for.
    if (this.#unsaved.has(id) || this.#ports.database?.isOpen() !== true) return true
    const found = await this.#change(id, (row) => {
      const isGone = row ? row.state === 'rejected' : !this.#unsaved.has(id)
      return isGone ? 'leave' : sending
    })
    // Word of it may have come during the write, when it was not listened to; none comes again.
    if (found?.isLeft) this.#show(id, found.row)
    return found?.isLeft !== true
  }

  /**
   * Takes a command out that a person does not want any more. It is shown until that is written: what
   * was seen to be gone must not come back with a reload.
   *
   * @param isOnItsWay true for a row that a page is sending.
   * @returns false when it is on its way, was settled by another tab, or could not be taken out.
   */
  async withdraw(id: string, isOnItsWay: (row: KeptCommand) => boolean): Promise<boolean> {
    const known = this.#commands.get(id)
    if (!known || isOnItsWay(known)) return false
    if (!this.#rows.has(id)) {
      // No page but this one has ever known it.
      this.#show(id, null)
      return true
    }
    const wasRejected = known.state === 'rejected'
    const found = await this.#change(id, (row) => {
      // A refusal that this person has not seen is not removed unseen.
      const isLate = row && (isOnItsWay(row) || (row.state === 'rejected' && !wasRejected))
      return isLate ? 'leave' : null
    })
    if (!found) return false
    this.#show(id, found.isLeft ? found.row : null)
    if (wasRejected || this.#unsaved.has(id)) return true
    return !found.isLeft && found.row !== null
  }

  /**
   * Reads a row and writes it in one transaction: no other tab comes between.
   *
   * @param decide what the row becomes; null removes it.
   * @returns the row as it was found, or null when the table failed.
   */
  async #change(
    id: string,
    decide: (row: KeptCommand | null) => KeptCommand | 'leave' | null,
  ): Promise<{ readonly row: KeptCommand | null; readonly isLeft: boolean } | null> {
    return await this.#write(id, (database) =>
      database.transaction('rw', database.commands, async () => {
        const row = keptCommandSchema.safeParse(await database.commands.get(id)).data ?? null
        const next = decide(row)
        if (next === null) await database.commands.delete(id)
        else if (next !== 'leave') await database.commands.put(next)
        return { row, isLeft: next === 'leave' }
      }),
    )
  }

  close(): void {
    this.#stop()
  }

  /** The write counts in memory already; a table that fails costs the other tabs and a reload. */
  async #write<Value>(
    id: string,
    write: (database: OfflineDatabase) => Promise<Value>,
  ): Promise<Value | null> {
    const { database, failed } = this.#ports
    if (!database) return null
    this.#writing.set(id, (this.#writing.get(id) ?? 0) + 1)
    try {
      return await write(database)
    } catch {
      this.#unsaved.add(id)
      failed()
      return null
    } finally {
      const left = (this.#writing.get(id) ?? 1) - 1
      if (left > 0) this.#writing.set(id, left)
      else this.#writing.delete(id)
    }
  }

  #merge(rows: readonly unknown[]): void {
    const found = new Map<string, KeptCommand>()
    for (const row of rows) {
      const command = keptCommandSchema.safeParse(row)
      // A row of another build, or of another person, is left to them.
      if (command.success && command.data.by === this.#ports.person)
        found.set(command.data.id, command.data)
    }
    for (const id of this.#commands.keys()) {
      if (!found.has(id) && !this.#isOurs(id)) this.#commands.delete(id)
    }
    for (const [id, command] of found) {
      this.#rows.add(id)
      if (!this.#isOurs(id)) this.#commands.set(id, command)
    }
    this.#tell()
  }

  /** True while the table does not know better: another tab's change must not touch it here. */
  #isOurs(id: string): boolean {
    return this.#writing.has(id) || this.#unsaved.has(id)
  }

  #endFirstRead(): void {
    this.#isRead = true
    this.#firstRead.resolve(undefined)
  }

  #show(id: string, command: KeptCommand | null): void {
    if (command) {
      this.#commands.set(id, command)
    } else {
      this.#commands.delete(id)
      this.#untold.delete(id)
    }
    this.#tell()
  }

  #tell(): void {
    this.#ports.changed(this.list().filter(({ id }) => !this.#untold.has(id)))
  }
}
