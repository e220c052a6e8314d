import type { ContractError } from '#shared/contract/errors.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EngineClient } from '../bridge/engine-client.ts'
import { chooseKept } from './runbook-quota.ts'
import type { RunbookFacts, RunbookList, RunbookRows, RunbookText } from './runbook-rows.ts'
import { breathe } from './slices.ts'
import type { Tabs } from './tabs.ts'

/** Texts that are asked for at the same time: the watch and what a person asks for come before. */
const AT_ONCE = 2

/** After so many texts the screen hears how far it is. */
const TOLD_EACH = 25

const LOCK = 'deckwatch-runbooks'

/** The list of runbooks, and how to find one in it. */
export interface KnownRunbooks extends RunbookList {
  readonly byId: ReadonlyMap<string, RunbookEntry>
}

/** What is known of runbooks. */
export interface RunbooksState {
  /** Null before there was one. */
  readonly list: KnownRunbooks | null
  /** Why the list could not be read last; null when it could. */
  readonly problem: ContractError | null
  /** The texts that are kept, by id: the hash of each. */
  readonly kept: ReadonlyMap<string, string>
  /** Texts that are still to be read, without anybody asking for them. */
  readonly toRead: number
}

/** A text as it is shown. */
export interface ReadRunbook extends RunbookText {
  /** True where it is no older than what the list says. */
  readonly isCurrent: boolean
}

interface ShelfPorts {
  readonly client: Pick<EngineClient, 'request' | 'connection'>
  /** Null where nothing is kept. */
  readonly rows: RunbookRows | null
  readonly tabs: Pick<Tabs, 'exclusively'>
  /** The engine's wall clock, ms since the epoch, UTC. */
  readonly now: () => number
  /** The runbooks that open incidents lead to. */
  readonly linked: () => { readonly has: (id: string) => boolean }
  /** What should be kept could not be written. */
  readonly failed: () => void
}

/** The runbooks as this page knows them, kept in the browser for when the engine is away. */
export class RunbookShelf {
  readonly state: StoreApi<RunbooksState> = createStore<RunbooksState>(() => ({
    list: null,
    problem: null,
    kept: new Map(),
    toRead: 0,
  }))
  readonly #ports: ShelfPorts
  #facts = new Map<string, RunbookFacts>()
  /** The rounds that are under way. */
  readonly #running = new Set<number>()
  /** Counts up: what an earlier round still finds is of no use any more. */
  #round = 0
  readonly #recalled: Promise<void>
  #hasFailed = false

  constructor(ports: ShelfPorts) {
    this.#ports = ports
    this.#recalled = this.#recall()
  }

  /** True where texts outlive this page. */
  get keeps(): boolean {
    return this.#ports.rows !== null && !this.#hasFailed
  }

  /** The engine said which list it has: another one is read, and what is new in it. Never rejects. */
  async follow(revision: number): Promise<void> {
    await this.#recalled
    if (this.#ports.client.connection().phase !== 'open') return
    const { list, toRead } = this.state.getState()
    if (list?.revision === revision && (toRead === 0 || this.#running.has(this.#round))) return
    await this.refresh()
  }

  /** Reads the list again, and in the background the texts that changed. Never rejects. */
  async refresh(): Promise<void> {
    await this.#recalled
    const round = (this.#round += 1)
    this.#running.add(round)
    await this.#refresh(round)
    this.#running.delete(round)
  }

  async #refresh(round: number): Promise<void> {
    const { client, rows, now, tabs } = this.#ports
    const listed = await client.request('runbook.list', {})
    if (round !== this.#round) return
    if (!listed.ok) {
      this.state.setState({ problem: listed.error })
      return
    }
    const list = { ...listed.value, listedAt: now() }
    this.#show(list)
    if (!rows || this.#hasFailed) return
    await this.#guard(async () => {
      await rows.putList(list)
      await tabs.exclusively(LOCK, () => this.#keep(list, round, rows))
    })
  }

  /**
   * The text of a runbook: the kept one where it is no older than what the list says, else from the
   * engine, else the kept one all the same. A failure says why there is none.
   */
  async read(id: string): Promise<Result<ReadRunbook, ContractError>> {
    await this.#recalled
    const kept = await this.#keptText(id)
    const listed = this.state.getState().list?.byId.get(id)
    if (kept && listed?.hash === kept.entry.hash) {
      return ok({ entry: listed, text: kept.text, isCurrent: true })
    }
    const answer = await this.#ports.client.request('runbook.read', { id })
    if (answer.ok) {
      await this.#put(answer.value)
      return ok({ ...answer.value, isCurrent: true })
    }
    if (kept) return ok({ ...kept, isCurrent: false })
    return fail(answer.error)
  }

  /** Somebody reads it: it is among the last that are dropped. */
  async touch(id: string): Promise<void> {
    const facts = this.#facts.get(id)
    const { rows, now } = this.#ports
    if (!facts || !rows || this.#hasFailed) return
    const used = { ...facts, usedAt: now() }
    this.#facts.set(id, used)
    await this.#guard(() => rows.putFacts(used))
  }

  /** Asks the engine to fetch a page now: a person's consent for this address, this once. */
  async fetch(id: string): Promise<Result<RunbookEntry, ContractError>> {
    const answer = await this.#ports.client.request('runbook.fetch', { id })
    if (!answer.ok) return answer
    const { entry } = answer.value
    const { list } = this.state.getState()
    if (list) {
      const isNew = !list.byId.has(id)
      const entries = list.entries.map((each) => (each.id === id ? entry : each))
      this.#show({ ...list, entries: isNew ? [...entries, entry] : entries })
    }
    return ok(entry)
  }

  /** The kept texts of these, some at a time, for a search in them. Ends early where it fails. */
  async *keptTexts(ids: readonly string[]): AsyncGenerator<readonly RunbookText[]> {
    const { rows } = this.#ports
    if (!rows) return
    try {
      for await (const some of rows.texts(ids)) {
        yield some
        await breathe()
      }
    } catch {
      // What was found so far can be searched.
    }
  }

  async #recall(): Promise<void> {
    const { rows } = this.#ports
    if (!rows) return
    await this.#guard(async () => {
      this.#facts = await rows.facts()
      const list = await rows.list()
      this.#tellKept()
      if (list && !this.state.getState().list) this.#show(list)
    })
  }

  #show(list: RunbookList): void {
    const byId = new Map(list.entries.map((entry) => [entry.id, entry]))
    this.state.setState({ list: { ...list, byId }, problem: null })
  }

  /** Reads what is new in the list, and drops what is in it no more or has no room. */
  async #keep(list: RunbookList, round: number, rows: RunbookRows): Promise<void> {
    // Another tab may have read the same meanwhile.
    this.#facts = await rows.facts()
    const linked = this.#ports.linked()
    const chosen = new Set(
      chooseKept(
        list.entries.flatMap(({ id, hash, size }) =>
          hash === null || size === null
            ? []
            : [{ id, size, isLinked: linked.has(id), usedAt: this.#facts.get(id)?.usedAt ?? 0 }],
        ),
      ),
    )
    const listed = new Set(list.entries.map(({ id }) => id))
    // What is gone from the list is kept while an open incident leads to it: it may be needed now.
    const stays = (id: string) => chosen.has(id) || (!listed.has(id) && linked.has(id))
    const dropped = [...this.#facts.keys()].filter((id) => !stays(id))
    await rows.drop(dropped)
    for (const id of dropped) this.#facts.delete(id)

    const byId = new Map(list.entries.map((entry) => [entry.id, entry]))
    const waiting = [...chosen].filter((id) => this.#facts.get(id)?.hash !== byId.get(id)?.hash)
    this.#tellKept()
    let left = waiting.length
    this.state.setState({ toRead: left })
    const readOn = async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        if (round !== this.#round) return
        const answer = await this.#ports.client.request('runbook.read', { id })
        // The engine is gone: what is missing is read once it is back.
        if (!answer.ok && answer.error.code === 'engine-unreachable') return
        if (answer.ok) await this.#write(answer.value, rows)
        left -= 1
        if (left % TOLD_EACH === 0 && round === this.#round) {
          this.#tellKept()
          this.state.setState({ toRead: left })
        }
        await breathe()
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, readOn))
    this.#tellKept()
    if (round === this.#round) this.state.setState({ toRead: left })
  }

  async #put(read: RunbookText): Promise<void> {
    const { rows } = this.#ports
    if (!rows || this.#hasFailed) return
    await this.#guard(() => this.#write(read, rows))
    this.#tellKept()
  }

  async #write(read: RunbookText, rows: RunbookRows): Promise<void> {
    const { id, hash, size } = read.entry
    if (hash === null || size === null) return
    const facts = { id, hash, size, usedAt: this.#facts.get(id)?.usedAt ?? 0 }
    await rows.putText(read, facts)
    this.#facts.set(id, facts)
  }

  async #keptText(id: string): Promise<RunbookText | null> {
    const { rows } = this.#ports
    if (!rows || !this.#facts.has(id)) return null
    try {
      return await rows.text(id)
    } catch {
      return null
    }
  }

  #tellKept(): void {
    const kept = new Map([...this.#facts.values()].map(({ id, hash }) => [id, hash]))
    this.state.setState({ kept })
  }

  /** What fails once fails again: this page goes on without, and says so. */
  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch {
      this.#hasFailed = true
      this.state.setState({ toRead: 0 })
      this.#ports.failed()
    }
  }
}
