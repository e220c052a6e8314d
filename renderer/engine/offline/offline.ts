import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ClientPorts } from '../bridge/ports.ts'
import type { Mirror } from '../mirror/mirror.ts'
import type { UiStore } from '../page/ui-store.ts'
import { CommandBook } from './command-book.ts'
import type { DatabaseEvents, OfflineDatabase } from './database.ts'
import { keepDrafts } from './drafts.ts'
import { isAboutIncident, type KeptCommand } from './kept-command.ts'
import { withoutIncidents } from './withheld-draft.ts'
import { keepPageSettings } from './page-settings.ts'
import { createLooked, type Looked } from './looked.ts'
import { LeavingDatabase } from './leaving-database.ts'
import { toLeftRows } from './left-watch.ts'
import { recallWatch, type Recalled } from './recall-watch.ts'
import { RunbookRows } from './runbook-rows.ts'
import { onlyTab, type Tabs } from './tabs.ts'
import { createTimelineShelf, type TimelineShelf } from './timelines.ts'
import { WatchKeeper } from './watch-keeper.ts'

/** Whether this browser keeps what it is given, and why it does not. */
export type Storage = 'fine' | 'blocked' | 'failing' | 'superseded'

/** What the screen shows of what is kept. */
export interface OfflineState {
  /** Commands that were given and not settled, in the order of their delivery. */
  readonly kept: readonly KeptCommand[]
  readonly storage: Storage
  /** False until what was being written before this page is there. */
  readonly areDraftsRead: boolean
  /** When what is being written was kept last, ms since the epoch, UTC; null before, or where it failed. */
  readonly draftsSavedAt: number | null
}

/** What the browser lends to keep things. */
export interface OfflinePorts {
  /** Opens the database; null where there is none. */
  readonly open: ((events: DatabaseEvents) => OfflineDatabase) | null
  readonly tabs: Tabs
  /** Whom this page belongs to, by id; `me` is the owner. */
  readonly person: string
  /** Calls back when this page may be about to go. */
  readonly listenLeaving: (leave: () => void) => void
}

/** A page that keeps nothing beyond itself. */
export const nothingKept: OfflinePorts = {
  open: null,
  tabs: onlyTab('this-tab'),
  person: OWNER_ID,
  listenLeaving: () => undefined,
}

/** What outlives this page, or makes up for an engine that is away. */
export interface Offline {
  readonly state: Pick<StoreApi<OfflineState>, 'getState' | 'getInitialState' | 'subscribe'>
  readonly book: CommandBook
  readonly tabs: Tabs
  readonly person: string
  readonly timelines: TimelineShelf
  readonly looked: Looked
  /** Runbooks in the database; null where nothing is kept. */
  readonly runbooks: RunbookRows | null
  /** Something could not be written: this page goes on without, and says so. */
  readonly failed: () => void
  /** The last known watch; null when there is none. Never rejects. */
  recall(): Promise<Recalled | null>
  /**
   * This person may not see these incidents any more: what this browser keeps of them is erased. In
   * place of those that were named before.
   */
  withhold(incidentIds: readonly string[]): void
  /** The engine was heard: what it said is kept soon. */
  note(mirror: Mirror): void
  /** The engine is gone: what it said last is kept now. */
  lost(): void
}

/** Opens what is kept, and keeps what this page's user interface holds from now on. */
export function createOffline(
  { open, tabs, person, listenLeaving }: OfflinePorts,
  clocks: Pick<ClientPorts, 'wall' | 'steady' | 'after'>,
  ui: UiStore,
): Offline {
  const state = createStore<OfflineState>(() => ({
    kept: [],
    storage: 'fine',
    areDraftsRead: open === null,
    draftsSavedAt: null,
  }))
  /** What is known stays known: a closed database fails, and that is not the reason. */
  const say = (storage: Storage) => {
    const before = state.getState().storage
    if (before === 'fine' || before === 'blocked') state.setState({ storage })
  }
  const failed = () => {
    say('failing')
  }
  const database =
    open?.({
      superseded: () => {
        say('superseded')
      },
      blocked: () => {
        say('blocked')
      },
    }) ?? null
  database?.on('ready', () => {
    if (state.getState().storage === 'blocked') state.setState({ storage: 'fine' })
  })

  const book = new CommandBook({
    database,
    person,
    changed: (kept) => {
      state.setState({ kept })
    },
    failed,
  })
  const looked = createLooked(database)
  const forget = (shelf: TimelineShelf, incidentIds: readonly string[]) => {
    shelf.withhold(incidentIds)
    const gone = new Set(incidentIds)
    if (gone.size === 0) return
    for (const command of state.getState().kept) {
      if (isAboutIncident(command) && gone.has(command.input.incidentId))
        void book.remove(command.id)
    }
    const drafts = new Map(ui.getState().drafts)
    for (const id of gone) drafts.delete(id)
    let isChanged = drafts.size < ui.getState().drafts.size
    for (const [name, text] of drafts) {
      const rest = withoutIncidents(text, gone)
      if (rest === text) continue
      drafts.set(name, rest)
      isChanged = true
    }
    if (isChanged) ui.setState({ drafts })
  }
  if (!database) {
    const timelines = createTimelineShelf(null, clocks.wall)
    const nothing = () => undefined
    return {
      state,
      book,
      tabs,
      person,
      timelines,
      looked,
      runbooks: null,
      failed,
      recall: () => Promise.resolve(null),
      withhold: (incidentIds) => {
        forget(timelines, incidentIds)
      },
      note: nothing,
      lost: nothing,
    }
  }

  const leaving = new LeavingDatabase(database.name)
  const timelines = createTimelineShelf({ database, leaving }, clocks.wall)
  const drafts = keepDrafts({
    database,
    leaving,
    ui,
    wall: clocks.wall,
    failed: () => {
      state.setState({ draftsSavedAt: null })
      failed()
    },
    read: () => {
      state.setState({ areDraftsRead: true })
    },
    saved: (at) => {
      state.setState({ draftsSavedAt: at })
    },
  })
  void drafts.recall()
  void keepPageSettings({ database, ui, failed })
  const keeper = new WatchKeeper({ ...clocks, database, leaving, me: tabs.me, failed })
  listenLeaving(() => {
    // A page that stays, hidden, has the time to keep it; one that goes has not.
    const watch = keeper.leave()
    leaving.leave({
      watch: watch && toLeftRows(watch),
      drafts: drafts.leave(),
      timelines: timelines.leave(),
    })
    void keeper.write('leaving')
  })
  return {
    state,
    book,
    tabs,
    person,
    timelines,
    looked,
    runbooks: new RunbookRows(database),
    failed,
    async recall() {
      try {
        return await recallWatch(database, clocks, leaving)
      } catch {
        failed()
        return null
      }
    },
    withhold: (incidentIds) => {
      forget(timelines, incidentIds)
    },
    note(mirror) {
      const lastHeard = { wall: clocks.wall(), steady: clocks.steady() }
      keeper.note({ mirror, lastHeard })
    },
    lost() {
      void keeper.write('now')
    },
  }
}
