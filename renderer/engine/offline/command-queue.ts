import type { Receipt } from '#shared/contract/operations/operation.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { EngineClient } from '../bridge/engine-client.ts'
import type { CommandBook } from './command-book.ts'
import {
  keptCommandSchema,
  type KeptCommand,
  type KeptInput,
  type KeptName,
} from './kept-command.ts'
import type { Tabs } from './tabs.ts'

/** An engine that is there and does not answer a command is asked again after this, ms. */
const RETRY_MS = 5_000
/** The database is waited for no longer than this, ms: an old tab may hold it. */
const DATABASE_WITHIN_MS = 1_000
/** One tab delivers at a time. */
const DELIVERY_LOCK = 'deckwatch-delivery'

/** What became of a command that was given just now. */
export type Given =
  | { readonly kind: 'answered'; readonly result: Result<Receipt, ContractError> }
  /** The engine is away: it is kept, and delivered when the engine is back. */
  | { readonly kind: 'kept'; readonly command: KeptCommand }

/** What became of a kept command on its delivery. */
export type Delivery =
  | { readonly kind: 'done'; readonly command: KeptCommand }
  | { readonly kind: 'rejected'; readonly command: KeptCommand; readonly error: ContractError }

interface QueuePorts {
  readonly client: Pick<EngineClient, 'connection' | 'request'>
  readonly book: CommandBook
  /** ms since the epoch, UTC, on a clock that goes on while the machine sleeps. */
  readonly now: () => number
  readonly newId: () => string
  readonly after: (ms: number, callback: () => void) => () => void
  readonly tabs: Tabs
  /** Whom this page belongs to. */
  readonly person: string
  readonly delivered: (delivery: Delivery) => void
}

/**
 * Where commands on incidents go. Each is written down under its id before it is sent, and struck
 * out when it is answered; what is not answered is sent again, in order, when the engine is back.
 */
export class CommandQueue {
  readonly #ports: QueuePorts
  /** Sent by this page and not answered yet, or about to be. */
  readonly #inFlight = new Set<string>()
  #isDelivering = false
  /** True once what was kept before was waited for: it is not waited for again. */
  #hasWaited = false

  constructor(ports: QueuePorts) {
    this.#ports = ports
  }

  /** Writes out a command as it is given now. Nothing is sent or kept yet. */
  write(name: KeptName, input: KeptInput, title: string): KeptCommand {
    const { book, newId, now, person } = this.#ports
    return keptCommandSchema.parse({
      id: newId(),
      order: book.nextOrder(),
      name,
      input,
      title,
      by: person,
      givenAt: now(),
      state: 'waiting',
      sender: null,
      wasSent: false,
      rejection: null,
    })
  }

  /** Sends a command, or keeps it: when the engine is away, and behind others that wait for it. */
  async give(written: KeptCommand): Promise<Given> {
    const { book, tabs } = this.#ports
    const command = book.isRead || this.#hasWaited ? written : await this.#behindOlder(written)
    if (this.keeps()) {
      await this.#keep(command)
      this.deliver()
      return { kind: 'kept', command }
    }
    void book.put({ ...command, state: 'sending', sender: tabs.me, wasSent: true })
    const result = await this.#send(command)
    if (!isUnanswered(result)) {
      void book.remove(command.id)
      return { kind: 'answered', result }
    }
    const waiting: KeptCommand = { ...command, state: 'waiting', wasSent: true }
    await this.#keep(waiting)
    this.#deliverLater()
    return { kind: 'kept', command: waiting }
  }

  /** The command behind all that was kept before this page, once that is known. */
  async #behindOlder(command: KeptCommand): Promise<KeptCommand> {
    const { book } = this.#ports
    await this.#waitFor(book.firstRead())
    this.#hasWaited = true
    return { ...command, order: Math.max(command.order, book.nextOrder()) }
  }

  /** Writes a command down. It is shown late where the database takes its time, and never not at all. */
  async #keep(command: KeptCommand): Promise<void> {
    const { book } = this.#ports
    await this.#waitFor(book.put(command))
    book.tell(command.id)
  }

  /** Waits for the database, and not for long. */
  async #waitFor(work: Promise<unknown>): Promise<void> {
    const { promise: isLate, resolve } = Promise.withResolvers<undefined>()
    const cancel = this.#ports.after(DATABASE_WITHIN_MS, () => {
      resolve(undefined)
    })
    await Promise.race([work, isLate])
    cancel()
  }

  /** Delivers what is kept, in order, if the engine is there. Called as often as one likes. */
  deliver(): void {
    const isIdle = this.#ports.book.list().every(({ state }) => state === 'rejected')
    if (this.#isDelivering || isIdle || !this.#isOpen()) return
    this.#isDelivering = true
    void this.#ports.tabs
      .exclusively(DELIVERY_LOCK, () => this.#deliverAll())
      .finally(() => {
        this.#isDelivering = false
      })
  }

  /**
   * Cancels a command that was not delivered, or removes a rejected one.
   *
   * @returns false when it is on its way to the engine, or there already.
   */
  async withdraw(id: string): Promise<boolean> {
    const open = await this.#ports.tabs.open()
    return this.#ports.book.withdraw(id, (row) => this.#isOnItsWay(row, open))
  }

  async #deliverAll(): Promise<void> {
    const { book, tabs } = this.#ports
    const open = await tabs.open()
    const passed = new Set<string>()
    for (;;) {
      const next = book.list().find((each) => !passed.has(each.id) && this.#isDue(each, open))
      if (!next || !this.#isOpen()) return
      passed.add(next.id)
      // Before it is claimed: between that and the sending it cannot be cancelled any more.
      this.#inFlight.add(next.id)
      const command = await book.claim(next.id, tabs.me)
      if (!command) {
        this.#inFlight.delete(next.id)
        continue
      }
      const result = await this.#send(command, command.givenAt)
      if (isUnanswered(result)) {
        await book.put({ ...command, state: 'waiting' })
        this.#deliverLater()
        return
      }
      await this.#settle(command, result)
    }
  }

  async #settle(command: KeptCommand, result: Result<Receipt, ContractError>): Promise<void> {
    const { book, delivered } = this.#ports
    // What somebody else has done meanwhile is done.
    if (result.ok || result.error.code === 'already-done') {
      await book.remove(command.id)
      delivered({ kind: 'done', command })
      return
    }
    await book.put({ ...command, state: 'rejected', rejection: result.error })
    delivered({ kind: 'rejected', command, error: result.error })
  }

  /** @param givenAt left out for what is sent as it is given: the engine has its own clock. */
  async #send(
    { id, name, input }: KeptCommand,
    givenAt?: number,
  ): Promise<Result<Receipt, ContractError>> {
    this.#inFlight.add(id)
    try {
      return await this.#ports.client.request<KeptName>(name, input, id, givenAt)
    } finally {
      this.#inFlight.delete(id)
    }
  }

  /** True where a command that is given now is kept. */
  keeps(): boolean {
    return !this.#isOpen() || this.#ports.book.list().some(({ state }) => state === 'waiting')
  }

  #isOpen(): boolean {
    return this.#ports.client.connection().phase === 'open'
  }

  /** A command that waits, or whose page died while it waited for the answer. */
  #isDue(command: KeptCommand, open: ReadonlySet<string>): boolean {
    return command.state !== 'rejected' && !this.#isOnItsWay(command, open)
  }

  /** True while a page that is there waits for the answer. */
  #isOnItsWay({ id, state, sender }: KeptCommand, open: ReadonlySet<string>): boolean {
    if (this.#inFlight.has(id)) return true
    return state === 'sending' && sender !== null && open.has(sender)
  }

  #deliverLater(): void {
    this.#ports.after(RETRY_MS, () => {
      this.deliver()
    })
  }
}

/** True where the connection broke, or time ran out: it may or may not be recorded. */
function isUnanswered(result: Result<Receipt, ContractError>): boolean {
  return !result.ok && result.error.code === 'engine-unreachable'
}
