import { liveQuery } from 'dexie'
import type { OfflineDatabase } from './database.ts'
import { keptCommandSchema, type KeptCommand } from './kept-command.ts'

/** What the book needs besides its table. */
interface BookPorts {
  /** Null where the browser keeps nothing: the book then lasts as long as the page. */
  readonly database: OfflineDatabase | null
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
  /** Ids that are on their way into the table: another tab's change must not remove them here. */
  readonly #unsaved = new Set<string>()
  readonly #stop: () => void

  constructor(ports: BookPorts) {
    this.#ports = ports
    const { database } = ports
    if (!database) {
      this.#stop = () => undefined
      return
    }
    const subscription = liveQuery(() => database.commands.toArray()).subscribe({
      next: (rows) => {
        this.#merge(rows)
      },
      error: ports.failed,
    })
    this.#stop = () => {
      subscription.unsubscribe()
    }
  }

  /** In the order of their delivery. */
  list(): readonly KeptCommand[] {
    return [...this.#commands.values()].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
  }

  /** The place of a command that is given now: behind all others. */
  nextOrder(): number {
    return Math.max(0, ...[...this.#commands.values()].map(({ order }) => order)) + 1
  }

  /** Writes a new command, or a known one in its new state. It counts here at once. */
  put(command: KeptCommand): Promise<void> {
    this.#commands.set(command.id, command)
    this.#tell()
    return this.#write(command.id, async (database) => {
      await database.commands.put(command)
    })
  }

  /** Settled: it was answered, or a person took it away. */
  remove(id: string): Promise<void> {
    this.#commands.delete(id)
    this.#tell()
    return this.#write(id, async (database) => {
      await database.commands.delete(id)
    })
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
    this.#commands.set(id, sending)
    this.#tell()
    return sending
  }

  /** Puts a command into its row as it is sent; false when another tab has settled it meanwhile. */
  async #takeRow(sending: KeptCommand): Promise<boolean> {
    const { id } = sending
    const found: { row: KeptCommand | null; isGone: boolean } = { row: null, isGone: false }
    // What could not be written is known here alone; and what cannot be opened is not waited for.
    if (this.#unsaved.has(id) || this.#ports.database?.isOpen() !== true) return true
    await this.#write(id, (database) =>
      database.transaction('rw', database.commands, async () => {
        const row = keptCommandSchema.safeParse(await database.commands.get(id))
        found.row = row.data ?? null
        found.isGone = found.row === null || found.row.state === 'rejected'
        if (!found.isGone) await database.commands.put(sending)
      }),
    )
    if (found.isGone) {
      // Word of it may have come during the write, when it was not listened to; none comes again.
      if (found.row) this.#commands.set(id, found.row)
      else this.#commands.delete(id)
      this.#tell()
    }
    return !found.isGone
  }

  close(): void {
    this.#stop()
  }

  /** The write counts in memory already; a table that fails costs the other tabs and a reload. */
  async #write(id: string, write: (database: OfflineDatabase) => Promise<void>): Promise<void> {
    const { database, failed } = this.#ports
    if (!database) return
    this.#unsaved.add(id)
    try {
      await write(database)
      this.#unsaved.delete(id)
    } catch {
      // It stays marked: what the table shows is not what is true of it.
      failed()
    }
  }

  #merge(rows: readonly unknown[]): void {
    const found = new Map<string, KeptCommand>()
    for (const row of rows) {
      const command = keptCommandSchema.safeParse(row)
      // A row of another build is left to that build.
      if (command.success) found.set(command.data.id, command.data)
    }
    for (const id of this.#commands.keys()) {
      if (!found.has(id) && !this.#unsaved.has(id)) this.#commands.delete(id)
    }
    for (const [id, command] of found) {
      if (!this.#unsaved.has(id)) this.#commands.set(id, command)
    }
    this.#tell()
  }

  #tell(): void {
    this.#ports.changed(this.list())
  }
}
