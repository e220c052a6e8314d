import { restOf, type WatchState } from '#shared/domain/watch/state.ts'
import type { Moment } from '../bridge/engine-client.ts'
import type { Mirror } from '../mirror/mirror.ts'
import type { OfflineDatabase } from './database.ts'
import type { LeavingDatabase } from './leaving-database.ts'
import { forgetLeft, type LeftWatch } from './left-watch.ts'
import { slices } from './slices.ts'
import { changesBetween, heardRowSchema, type HeardRow } from './watch-rows.ts'

/** What a page shows first is written this long after, ms: as soon as it has been painted. */
const FIRST_KEEP_AFTER_MS = 100
/** Changes are written this long after the first of them, ms: a storm costs one write. */
export const KEEP_AFTER_MS = 1_000
/** More services would make the one row that is written at every change a large one. */
const MAX_SERVICES = 300
/** A tab that has not written for this long, ms, keeps nothing any more: another one takes over. */
const LEASE_MS = 15_000

const leaseSchema = heardRowSchema.pick({ writer: true, isReleased: true, heardAt: true })

/** The clocks and timers of a keeper. */
interface KeeperPorts {
  readonly database: OfflineDatabase
  /** Where this page leaves what it has not kept when it goes. */
  readonly leaving: LeavingDatabase
  /** Names this tab among those that could keep the same watch. */
  readonly me: string
  readonly wall: () => number
  readonly steady: () => number
  readonly after: (ms: number, callback: () => void) => () => void
  /** The watch cannot be written: this page goes on without. */
  readonly failed: () => void
}

/** What is worth keeping of a mirror. */
export interface Heard {
  readonly mirror: Mirror
  readonly lastHeard: Moment
}

/**
 * Keeps the last known watch in the database: what changed, in one transaction, so that what is read
 * later is a state that once was. It is written in slices, each a task of its own, a second after a
 * change; and at once when the engine is lost or the page may go. One tab writes for all.
 *
 * A page that goes in the middle of that takes the write with it. So what was not kept by then is
 * left behind besides, by each tab: see {@link LeavingDatabase}.
 */
export class WatchKeeper {
  readonly #ports: KeeperPorts
  #latest: Heard | null = null
  /** What the rows hold, as long as nobody else has written them. */
  #kept: WatchState | null = null
  #cancelTimer: (() => void) | null = null
  #writing: Promise<void> | null = null
  #hasFailed = false
  /** False once nothing of this page or of one before it is left behind. */
  #isSomethingLeft = true

  constructor(ports: KeeperPorts) {
    this.#ports = ports
  }

  /** Something was heard: it is kept soon. */
  note(heard: Heard): void {
    const wait = this.#latest ? KEEP_AFTER_MS : FIRST_KEEP_AFTER_MS
    this.#latest = heard
    this.#cancelTimer ??= this.#ports.after(wait, () => {
      this.#cancelTimer = null
      void this.write('shared')
    })
  }

  /**
   * Writes what was heard last.
   *
   * @param mode `shared` leaves it to another tab that does it already; `now` writes in any case;
   * `leaving` does too, and lets another tab go on from there.
   */
  async write(mode: 'shared' | 'now' | 'leaving'): Promise<void> {
    // One after the other: each begins from what the one before has written.
    while (this.#writing) await this.#writing
    if (this.#hasFailed || !this.#latest?.mirror.watch) return
    this.#writing = this.#write(this.#latest, this.#latest.mirror.watch, mode).then(
      () => {
        this.#writing = null
      },
      () => {
        this.#writing = null
        this.#hasFailed = true
        this.#ports.failed()
      },
    )
    await this.#writing
  }

  /**
   * What has to be left behind now, as the page may be gone before it is written: all that was heard
   * last, but for the entities that are kept already. Null when nothing was heard.
   */
  leave(): LeftWatch | null {
    const watch = this.#latest?.mirror.watch
    if (this.#hasFailed || !this.#latest || !watch || !this.#ports.database.isOpen()) return null
    this.#isSomethingLeft = true
    const isKept = this.#kept === watch && !this.#writing
    return {
      heard: this.#toRow(this.#latest, watch, true),
      entities: isKept ? null : changesBetween(null, watch).puts,
    }
  }

  async #write(heard: Heard, watch: WatchState, mode: 'shared' | 'now' | 'leaving') {
    const { database, leaving, me, wall } = this.#ports
    const row = this.#toRow(heard, watch, mode === 'leaving')
    const tables = [database.entities, database.heard]
    const isWritten = await database.transaction('rw', tables, async () => {
      const last = leaseSchema.safeParse(await database.heard.get('last')).data
      const isMine = last?.writer === me
      const isTaken = last?.isReleased === false && Math.abs(wall() - last.heardAt) < LEASE_MS
      if (!isMine && isTaken && mode === 'shared') return false
      // A tab that lost the engine long ago: what another one has heard since is worth more. One
      // from the future was written before the clock was set back, and would stay for ever.
      const isOutrun = last && last.heardAt > row.heardAt && last.heardAt <= wall()
      if (!isMine && isOutrun) return false
      const before = isMine ? this.#kept : null
      if (!before) await database.entities.clear()
      const { puts, deletes } = changesBetween(before, watch)
      for (const slice of slices(puts)) await database.entities.bulkPut([...slice])
      for (const slice of slices(deletes)) await database.entities.bulkDelete([...slice])
      await database.heard.put(row)
      return true
    })
    this.#kept = isWritten ? watch : null
    if (isWritten && this.#isSomethingLeft) {
      this.#isSomethingLeft = false
      // What stays is older than what is kept, and nobody asks for it.
      void forgetLeft(leaving, row.heardAt).catch(() => undefined)
    }
  }

  #toRow({ mirror, lastHeard }: Heard, watch: WatchState, isReleased: boolean): HeardRow {
    // A page's steady clock means nothing to the next page: moments are kept on the wall's.
    const offset = this.#ports.wall() - this.#ports.steady()
    return {
      key: 'last',
      writer: this.#ports.me,
      isReleased,
      heardAt: lastHeard.steady + offset,
      seq: watch.seq,
      rest: restOf(watch),
      status: mirror.status,
      ...(mirror.services.length > MAX_SERVICES ? {} : { services: [...mirror.services] }),
      pulses: [...mirror.pulses.values()].map(({ value, receivedAt }) => ({
        value,
        receivedAt: receivedAt + offset,
      })),
      engineClock: mirror.engineClock && {
        value: mirror.engineClock.value,
        receivedAt: mirror.engineClock.receivedAt + offset,
      },
    }
  }
}
