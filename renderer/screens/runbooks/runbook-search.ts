import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import type { RunbookShelf } from '../../engine/offline/runbook-shelf.ts'
import { breathe } from '../../engine/offline/slices.ts'
import type { LinkedRunbooks } from '../../engine/watch/linked-runbooks.ts'
import { RunbookIndex, type Found } from './runbook-index.ts'

/** Texts that are searched at most, in UTF-16 units: an index takes a few times the memory. */
const MAX_SEARCHED = 16 * 1024 * 1024

/** How far the index is. */
export interface SearchState {
  /** Another number when a search would find something else. */
  readonly version: number
  /** Runbooks that are still to be taken up. */
  readonly waiting: number
  /** Runbooks that have a text, and of which only the title and the names are searched. */
  readonly untexted: number
}

interface SearchPorts {
  readonly shelf: Pick<RunbookShelf, 'state' | 'keptTexts'>
  readonly linked: () => LinkedRunbooks
  readonly changed: (state: SearchState) => void
  /** Texts that are searched at most, in UTF-16 units. */
  readonly maxSearched?: number
}

/** Keeps the index in step with what is kept, in the background. */
export class RunbookSearch {
  readonly #ports: SearchPorts
  readonly #index = new RunbookIndex()
  /** Lengths of the texts that are searched, by id. */
  readonly #lengths = new Map<string, number>()
  /** Texts that were read here and are kept nowhere. */
  readonly #loose = new Map<string, { readonly hash: string; readonly text: string }>()
  #version = 0
  #isRunning = false
  #isWanted = false

  constructor(ports: SearchPorts) {
    this.#ports = ports
  }

  find(query: string): Found {
    return this.#index.find(query)
  }

  /** A text was read that may be kept nowhere: it is searched as long as this page is there. */
  note(entry: RunbookEntry, text: string): void {
    if (entry.hash === null || this.#ports.shelf.state.getState().kept.has(entry.id)) return
    this.#loose.set(entry.id, { hash: entry.hash, text })
    void this.update()
  }

  /** Takes up what changed; one after the other, and never long in one go. */
  async update(): Promise<void> {
    this.#isWanted = true
    if (this.#isRunning) return
    this.#isRunning = true
    while (this.#isWanted) {
      this.#isWanted = false
      await this.#round()
    }
    this.#isRunning = false
  }

  async #round(): Promise<void> {
    const { list, kept } = this.#ports.shelf.state.getState()
    if (!list) return
    for (const id of [...this.#index.ids]) if (!list.byId.has(id)) this.#remove(id)
    const linked = this.#ports.linked()
    const alertsOf = (id: string) => [...(linked.get(id) ?? [])]
    const keyOf = (entry: RunbookEntry, hash: string | undefined) =>
      JSON.stringify([entry.title, alertsOf(entry.id), hash ?? null])
    const stale = list.entries.filter(
      (entry) =>
        !this.#index.has(
          entry.id,
          keyOf(entry, kept.get(entry.id) ?? this.#loose.get(entry.id)?.hash),
        ),
    )
    let waiting = stale.length
    const put = (entry: RunbookEntry, hash: string | undefined, text: string | null) => {
      this.#remove(entry.id)
      const { maxSearched = MAX_SEARCHED } = this.#ports
      const hasRoom = text !== null && this.#searched() + text.length <= maxSearched
      this.#index.put(entry, keyOf(entry, hash), alertsOf(entry.id), hasRoom ? text : null)
      if (hasRoom) this.#lengths.set(entry.id, text.length)
      waiting -= 1
    }
    const withText: string[] = []
    for (const entry of stale) {
      const loose = this.#loose.get(entry.id)
      if (kept.has(entry.id)) withText.push(entry.id)
      else put(entry, loose?.hash, loose?.text ?? null)
    }
    this.#tell(waiting)
    for await (const some of this.#ports.shelf.keptTexts(withText)) {
      for (const { entry, text } of some) {
        const listed = list.byId.get(entry.id)
        if (listed) put(listed, kept.get(entry.id), text)
        await breathe()
      }
      this.#tell(waiting)
    }
    this.#tell(0)
  }

  #searched(): number {
    let sum = 0
    for (const length of this.#lengths.values()) sum += length
    return sum
  }

  #remove(id: string): void {
    this.#index.remove(id)
    this.#lengths.delete(id)
  }

  #tell(waiting: number): void {
    const { list } = this.#ports.shelf.state.getState()
    this.#version += 1
    this.#ports.changed({
      version: this.#version,
      waiting,
      untexted: (list?.entries ?? []).filter(
        ({ id, hash }) => hash !== null && !this.#lengths.has(id),
      ).length,
    })
  }
}
