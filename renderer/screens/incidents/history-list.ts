import { createStore, type StoreApi } from 'zustand/vanilla'
import type { OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { HistoryLag, PastIncident } from '#shared/domain/history/schema.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import type { FilterProblem } from '../../lists/filter-terms.ts'
import { stepFrom, type Step } from '../../lists/list-steps.ts'
import { noFilter, toConditions, type HistoryFilter } from './history-filter.ts'

/** Incidents that are asked for at once while one scrolls, and while one goes to the end. */
const PAGE = 100
const LONG_PAGE = 500
/** What is typed is asked for this long after the last letter, ms. */
const TYPED_MS = 150
/** After a change of an open incident the list is read again this much later, ms. */
const CHANGED_MS = 1_000
/** While history catches up, the list is read again this often, ms. */
const CATCH_UP_MS = 1_000

/** What stands on the screen of past incidents. */
export interface HistoryState {
  readonly filter: HistoryFilter
  /** What is wrong with what was typed; the filter before it holds meanwhile. */
  readonly problem: FilterProblem | null
  /** Newest first, as many as were loaded; null before the first answer. */
  readonly incidents: readonly PastIncident[] | null
  /** How many match in all, and how many more of drills would. */
  readonly total: number
  readonly drills: number
  /** Null when all that match are loaded. */
  readonly next: number | null
  readonly lag: HistoryLag | null
  /** When the newest of what is shown was loaded, on the engine's clock, ms since the epoch, UTC. */
  readonly loadedAt: number | null
  readonly isLoading: boolean
  readonly error: ContractError | null
  /** The incident that is opened as a page; null shows the list. */
  readonly openId: string | null
  /** The line that the keys start from. */
  readonly activeId: string | null
  /** The focus is wanted on the active line: another object each time. */
  readonly move: { readonly id: string } | null
  /** The focus is wanted in the filter: another object each time. */
  readonly filterRequest: { readonly kind: 'filter' } | null
}

/** The past incidents as a screen shows them. */
export interface HistoryList {
  readonly store: StoreApi<HistoryState>
  /** Reads the list, and again when something changes, until the returned function is called. */
  attach(): () => void
  setFilter(change: Partial<HistoryFilter>): void
  /** Loads the next page, if there is one. */
  loadMore(): void
  /** Loads all pages that are left and goes to the last incident. */
  goToEnd(): void
  activate(id: string): void
  /** Goes to a line: it comes into view and gets the focus. */
  goTo(id: string): void
  /**
   * Goes to the line that a step leads to.
   *
   * @param pageSize how many lines a page has.
   * @returns false in an empty list.
   */
  step(step: Step, pageSize: number): boolean
  open(id: string): void
  /** Back to the list, at the incident that was open. */
  back(): void
  /** Puts the focus into the filter. */
  callFilter(): void
  retry(): void
}

type Page = OutputOf<'history.incidents'>

/** again: what is shown, newly read. more: the page after it. anew: the first page of another filter. */
type Mode = 'again' | 'more' | 'anew'

type Ports = Pick<Cockpit, 'client' | 'mirror' | 'engineNow'> & {
  readonly after: (ms: number, callback: () => void) => () => void
}

/** Makes the list; nothing is asked before it is attached. */
export function createHistoryList({ client, mirror, engineNow, after }: Ports): HistoryList {
  const store = createStore<HistoryState>(() => ({
    filter: noFilter,
    problem: null,
    incidents: null,
    total: 0,
    drills: 0,
    next: null,
    lag: null,
    loadedAt: null,
    isLoading: false,
    error: null,
    openId: null,
    activeId: null,
    move: null,
    filterRequest: null,
  }))
  /** The latest question: what an earlier one brings is not looked at. */
  let asked = 0
  /** The last filter without a mistake: the one that the list shows, or will when it is loaded. */
  let holding = noFilter
  let isAttached = false
  let isGoingToEnd = false
  let cancelTimer: (() => void) | null = null

  /** Loads in a while; a wait that goes on already stays as it is. */
  const later = (ms: number, mode: Mode) => {
    cancelTimer ??= after(ms, () => {
      cancelTimer = null
      if (isAttached) void load(mode)
    })
  }
  const stopWaiting = () => {
    cancelTimer?.()
    cancelTimer = null
  }
  const isOpen = () => mirror.getState().connection.phase === 'open'

  async function load(mode: Mode): Promise<void> {
    const { incidents, next } = store.getState()
    const conditions = toConditions(holding, engineNow())
    if ('message' in conditions || !isOpen()) return
    asked += 1
    const question = asked
    store.setState({ isLoading: true })
    const result = await client.request('history.incidents', {
      ...conditions,
      cursor: mode === 'more' ? next : null,
      limit: isGoingToEnd ? LONG_PAGE : mode === 'again' ? sizeOf(incidents) : PAGE,
    })
    if (question !== asked) return
    store.setState({ isLoading: false })
    if (!result.ok) {
      isGoingToEnd = false
      // A lost engine is said by itself; what was loaded stays.
      if (result.error.code !== 'engine-unreachable') store.setState({ error: result.error })
      return
    }
    take(result.value, mode)
    if (result.value.lag.read < result.value.lag.recorded) later(CATCH_UP_MS, 'again')
    if (isGoingToEnd) goToEnd()
  }

  function take(page: Page, mode: Mode): void {
    const { incidents, next } = store.getState()
    const before = incidents ?? []
    const last = page.incidents.at(-1)
    // What was read again stands for the newest ones; older ones that were loaded stay.
    const older =
      mode === 'again' && last && page.next !== null
        ? before.filter(({ seq }) => seq < last.seq)
        : []
    store.setState({
      incidents: [...(mode === 'more' ? before : []), ...page.incidents, ...older],
      total: page.total,
      drills: page.drills,
      next: older.length > 0 ? next : page.next,
      lag: page.lag,
      loadedAt: engineNow(),
      error: null,
    })
  }

  function goToEnd(): void {
    const { next, incidents } = store.getState()
    isGoingToEnd = next !== null && isOpen()
    if (isGoingToEnd) {
      void load('more')
      return
    }
    const last = incidents?.at(-1)
    if (last) store.setState({ activeId: last.id, move: { id: last.id } })
  }

  function goTo(id: string): void {
    isGoingToEnd = false
    store.setState({ activeId: id, move: { id } })
  }

  return {
    store,
    attach() {
      isAttached = true
      // While Deckwatch runs the drill, its incidents are what there is to see.
      if (store.getState().filter === noFilter && mirror.getState().status?.drill) {
        holding = { ...noFilter, drills: 'with' }
        store.setState({ filter: holding })
      }
      void load('again')
      const stop = mirror.subscribe((now, before) => {
        if (now.connection.phase === 'open' && before.connection.phase !== 'open')
          void load('again')
        // One reading for all that changes in a second.
        else if (now.watch?.incidents !== before.watch?.incidents) later(CHANGED_MS, 'again')
      })
      return () => {
        isAttached = false
        isGoingToEnd = false
        stopWaiting()
        stop()
      }
    },
    setFilter(change) {
      const filter = { ...store.getState().filter, ...change }
      const conditions = toConditions(filter, engineNow())
      const problem = 'message' in conditions ? conditions : null
      store.setState({ filter, problem })
      isGoingToEnd = false
      // What was asked for before the mistake is still wanted: it is what holds.
      if (problem) return
      holding = filter
      stopWaiting()
      // An answer to the filter before is not wanted any more.
      asked += 1
      store.setState({ isLoading: isOpen(), activeId: null })
      later(change.text === undefined ? 0 : TYPED_MS, 'anew')
    },
    loadMore() {
      const { next, isLoading } = store.getState()
      if (next !== null && !isLoading) void load('more')
    },
    goToEnd,
    activate(id) {
      store.setState({ activeId: id })
    },
    goTo,
    step(step, pageSize) {
      const { incidents, activeId } = store.getState()
      const id = stepFrom(incidents ?? [], (each) => each.id, activeId, step, pageSize)
      if (id === null) return false
      if (step === 'last') goToEnd()
      else goTo(id)
      return true
    },
    open(id) {
      isGoingToEnd = false
      store.setState({ activeId: id, openId: id })
    },
    back() {
      const { openId } = store.getState()
      store.setState({ openId: null, move: openId === null ? null : { id: openId } })
    },
    callFilter() {
      store.setState({ openId: null, filterRequest: { kind: 'filter' } })
    },
    retry() {
      store.setState({ error: null })
      void load('again')
    },
  }
}

function sizeOf(incidents: readonly PastIncident[] | null): number {
  return Math.min(LONG_PAGE, Math.max(PAGE, incidents?.length ?? 0))
}
