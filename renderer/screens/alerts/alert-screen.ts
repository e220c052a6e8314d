import { createStore } from 'zustand/vanilla'
import {
  noEntries,
  updateEntries,
  type AlertEntries,
  type AlertEntry,
} from './entries/alert-entry.ts'
import { doubtsOf, type FilterDoubt } from './filter/alert-filter-doubts.ts'
import { readFilter, type AlertFilter, type EntryPredicate } from './filter/alert-filter.ts'
import {
  isOnTheWay,
  textBeforeMistake,
  type FilterProblem,
  type FilterTerm,
} from '../../lists/filter-terms.ts'
import { mergeOrder, sortEntries, type AlertSort } from './entries/alert-order.ts'
import type { Preferences } from './alert-preferences.ts'
import { countValues, type KnownValues } from './filter/filter-suggestions.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { MirrorReader } from '../../engine/mirror/mirror-store.ts'
import { amongShown } from './entries/row-selection.ts'
import { runInSlices, type SlicePorts } from './sliced-work.ts'
import { compareLists, type ListNews } from '../../lists/steady-list.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import type { Reader } from '#shared/domain/person/identity.ts'

/** What the alerts screen shows. */
export interface AlertScreenState {
  /** The filter as it is typed. */
  readonly text: string
  /** What is wrong with it; the last filter that was valid holds meanwhile. */
  readonly problem: FilterProblem | null
  /** Why it may let nothing through by mistake; empty while it lets something through. */
  readonly doubts: readonly FilterDoubt[]
  /** The conditions that hold. */
  readonly terms: readonly FilterTerm[]
  /** The text that they were read from. */
  readonly appliedText: string
  /** The lines, in the order in which they are shown. */
  readonly shown: readonly AlertEntry[]
  /** Alerts that are known, and how many of them the filter lets through now. */
  readonly known: number
  readonly matching: number
  /** What would change if the lines were not held still; null when nothing would. */
  readonly news: ListNews<AlertEntry> | null
  /** True while a filter is at work on many alerts. */
  readonly isWorking: boolean
  /** What the reader asked to see: with another object the list begins at its top. */
  readonly listing: Listing
  /** The chosen lines, all of them listed. */
  readonly selected: ReadonlySet<string>
  /** The line that the keyboard is on, or was on before a filter took it away. */
  readonly activeKey: string | null
  /** True while the active line's alert is shown in full. */
  readonly isPanelOpen: boolean
  /** Where the keyboard was moved last. */
  readonly move: LineMove | null
  /** Asked for the filter field, last. */
  readonly filterRequest: FilterRequest | null
  /** What the alerts have, for suggestions; counted when the field is used. */
  readonly values: KnownValues
}

/** What the list was made from when the reader asked for it: another object each time. */
export interface Listing {
  readonly text: string
  readonly sort: AlertSort
}

/** A move by keyboard, by its line's key: another object each time. The list follows it. */
export interface LineMove {
  readonly key: string
}

/** Asks for the focus in the filter field: another object each time. */
export interface FilterRequest {
  readonly kind: 'focus-filter'
}

/** Why the lines are held still. */
export type HoldReason = 'pointer' | 'focus' | 'selection'

/** How a choice came about: made line by line, or cut down to the list that was chosen instead. */
export type ChoiceReason = 'selected' | 'listed'
export type ChoiceListener = (selected: ReadonlySet<string>, reason: ChoiceReason) => void

interface AlertScreenPorts extends SlicePorts {
  readonly mirror: MirrorReader
  readonly preferences: Pick<Preferences, 'getState' | 'subscribe'>
  /** The engine's clock, ms since the epoch, UTC. */
  readonly engineNow: () => number
}

export type AlertScreen = ReturnType<typeof createAlertScreen>

const noDoubts: readonly FilterDoubt[] = []

const keyOf = ({ key }: AlertEntry) => key

/**
 * The state of the alerts screen: which alerts pass the filter, in which order, and what of that is
 * shown while the lines are held still. It works only while the screen is attached.
 */
export function createAlertScreen(ports: AlertScreenPorts) {
  const { mirror, preferences, engineNow } = ports
  const store = createStore<AlertScreenState>(() => ({
    text: '',
    problem: null,
    doubts: noDoubts,
    terms: [],
    appliedText: '',
    shown: [],
    known: 0,
    matching: 0,
    news: null,
    isWorking: false,
    listing: { text: '', sort: preferences.getState().sort },
    selected: new Set(),
    activeKey: null,
    isPanelOpen: false,
    move: null,
    filterRequest: null,
    values: new Map(),
  }))

  const holds = new Set<HoldReason>()
  const choiceListeners = new Set<ChoiceListener>()
  /** The filter under which the selection was made. */
  let chosenUnder = ''
  let entries: AlertEntries = noEntries
  let order: readonly AlertEntry[] = []
  let orderedBy: AlertSort | null = null
  let live: readonly AlertEntry[] = []
  let filter: AlertFilter | null = null
  let test: EntryPredicate | null = null
  let me: Reader | undefined
  let verdicts = new WeakMap<AlertEntry, boolean>()
  let isChosen = true
  let stopWork: () => void = () => undefined
  let doubtedIn: AlertEntries | null = null
  let isCounting = false
  /** The state that the entries are of. */
  let takenIn: WatchState | null = null

  const passes = (entry: AlertEntry): boolean => {
    if (!test) return true
    if (filter?.isTimed) return test(entry)
    const known = verdicts.get(entry)
    if (known !== undefined) return known
    const verdict = test(entry)
    verdicts.set(entry, verdict)
    return verdict
  }

  /** Takes in what changed, at once: nothing may be taken in halfway. */
  function takeIn(): void {
    const { watch, status } = mirror.getState()
    // A list of the state is the same object as long as nothing in it changed.
    const isNew = watch?.alerts !== takenIn?.alerts || watch?.incidents !== takenIn?.incidents
    if (watch && isNew) entries = updateEntries(entries, watch.alerts, watch.incidents)
    takenIn = watch
    const { sort } = preferences.getState()
    if (orderedBy !== sort) order = sortEntries(entries, sort)
    else if (isNew) order = mergeOrder(order, entries, sort)
    orderedBy = sort
    if (filter && (test === null || filter.isTimed || readerOf(status) !== me)) {
      me = readerOf(status)
      test = filter.compile({ now: engineNow(), me })
      verdicts = new WeakMap()
    }
  }

  function* look(): Generator<undefined, undefined, undefined> {
    takeIn()
    yield
    const passing: AlertEntry[] = []
    let looked = 0
    for (const entry of order) {
      if (passes(entry)) passing.push(entry)
      looked += 1
      if (looked % 64 === 0) yield
    }
    live = passing
    publish()
  }

  function refresh(): void {
    stopWork()
    const before = live
    stopWork = runInSlices(look(), ports)
    // What is quick is done by now, and has found another list.
    if (live === before) store.setState({ isWorking: true })
  }

  function publish(isAskedFor = false): void {
    const { shown, selected, listing, appliedText } = store.getState()
    const follows = isAskedFor || isChosen || holds.size === 0
    const next = follows ? live : shown.map(latest)
    // What is not in the list that the reader asked for is nobody's target.
    const kept = follows ? amongShown(live, selected) : stillKnown(selected)
    store.setState({
      shown: next,
      known: entries.byKey.size,
      matching: live.length,
      news: follows ? null : compareLists(next, live, keyOf),
      isWorking: false,
      listing: isChosen ? { text: appliedText, sort: preferences.getState().sort } : listing,
      selected: kept,
    })
    isChosen = false
    if (kept.size === 0) holds.delete('selection')
    if (follows && kept !== selected) tellChoice('listed')
    doubt()
  }

  /** Looks for a slip of the pen where a filter lets nothing through. */
  function doubt(): void {
    if (!filter || live.length > 0 || entries.byKey.size === 0) {
      if (store.getState().doubts.length > 0) store.setState({ doubts: noDoubts })
      doubtedIn = null
    } else if (doubtedIn !== entries) {
      doubtedIn = entries
      count()
    }
  }

  /** Counts what the alerts have, beside everything else, one count at a time. */
  function count(): void {
    if (isCounting) return
    isCounting = true
    runInSlices(countAll(), ports)
  }

  function* countAll(): Generator<undefined, undefined, undefined> {
    const values = yield* countValues([...entries.byKey.values()])
    isCounting = false
    const { appliedText, terms } = store.getState()
    const isEmpty = filter !== null && live.length === 0 && entries.byKey.size > 0
    store.setState({ values, doubts: isEmpty ? doubtsOf(appliedText, terms, values) : noDoubts })
  }

  /** The entry as it is now; one that is gone stays until the list moves on. */
  function latest(entry: AlertEntry): AlertEntry {
    const now = entries.byKey.get(entry.key)
    return now ?? (entry.isGone ? entry : { ...entry, isGone: true })
  }

  function stillKnown(selected: ReadonlySet<string>): ReadonlySet<string> {
    for (const key of selected) {
      if (!entries.byKey.has(key)) {
        return new Set([...selected].filter((each) => entries.byKey.has(each)))
      }
    }
    return selected
  }

  function tellChoice(reason: ChoiceReason): void {
    const { selected } = store.getState()
    for (const listener of choiceListeners) listener(selected, reason)
  }

  function apply(read: AlertFilter): void {
    store.setState({ terms: read.terms, appliedText: read.text, doubts: noDoubts })
    filter = read.terms.length === 0 ? null : read
    doubtedIn = null
    test = null
    verdicts = new WeakMap()
    isChosen = true
    refresh()
  }

  function release(reason: HoldReason): void {
    if (holds.delete(reason) && holds.size === 0) publish()
  }

  return {
    store: store as Pick<typeof store, 'getState' | 'getInitialState' | 'subscribe'>,

    /** Follows the engine from now on; returns what stops that. */
    attach(): () => void {
      const stops = [
        mirror.subscribe((now, before) => {
          const isAnother =
            now.watch?.alerts !== before.watch?.alerts ||
            now.watch?.incidents !== before.watch?.incidents ||
            readerOf(now.status) !== readerOf(before.status)
          // A condition on time may have begun to hold, or ended.
          const mayHaveAged = filter?.isTimed === true && now.watch !== before.watch
          if (isAnother || mayHaveAged) refresh()
        }),
        preferences.subscribe((now, before) => {
          if (now.sort === before.sort) return
          isChosen = true
          refresh()
        }),
      ]
      holds.clear()
      if (store.getState().selected.size > 0) holds.add('selection')
      refresh()
      return () => {
        stopWork()
        for (const stop of stops) stop()
      }
    },

    /**
     * The filter as it is typed. One with a mistake is not applied: what is listed, and may be acted
     * on, stays what the last valid one let through. The first letters of the condition that has the
     * mistake are none: a condition that is typed leaves what one leaves that is pasted.
     */
    setFilter(text: string): void {
      const read = readFilter(text)
      const { appliedText, problem } = store.getState()
      store.setState({ text, problem: read.ok ? null : read.error })
      if (!read.ok) {
        const before = textBeforeMistake(text, read.error)
        const settled = readFilter(before)
        if (settled.ok && isOnTheWay(appliedText, before, text)) apply(settled.value)
        return
      }
      // A mistake that is taken back leaves the list where it is.
      if (problem === null || text !== appliedText) apply(read.value)
    },

    /** Counts what the suggestions are made of, beside everything else. */
    countValues(): void {
      count()
    },

    /** Keeps the lines where they are, for as long as any reason lasts. */
    hold(reason: HoldReason): void {
      holds.add(reason)
    },
    release,
    /** Shows the list as it is now; the lines are then held where they are. */
    showNews(): void {
      publish(true)
    },

    /** Selects lines: these and no others, as far as they are listed. */
    select(keys: ReadonlySet<string>): void {
      const selected = amongShown(store.getState().shown, keys)
      store.setState({ selected })
      chosenUnder = store.getState().appliedText
      tellChoice('selected')
      if (selected.size > 0) holds.add('selection')
      else release('selection')
    },
    /** Calls back with each choice that is made; what the engine lets go of is none. */
    listenChoice(listener: ChoiceListener): void {
      choiceListeners.add(listener)
    },
    /** True where another filter was applied since lines were selected. */
    isChoiceOlder(): boolean {
      return chosenUnder !== store.getState().appliedText
    },
    /** Puts the keyboard on a line. */
    activate(key: string | null): void {
      store.setState({ activeKey: key })
    },
    /** Puts the keyboard on a line and brings it into view. */
    moveTo(key: string): void {
      store.setState({ activeKey: key, move: { key } })
    },
    showPanel(isPanelOpen: boolean): void {
      store.setState({ isPanelOpen })
    },
    /** Puts the focus into the filter, as soon as it is shown. */
    callFilter(): void {
      store.setState({ filterRequest: { kind: 'focus-filter' } })
    },
    /** The selected alerts as they are now. */
    chosen(): readonly AlertEntry[] {
      return [...store.getState().selected].flatMap((key) => entries.byKey.get(key) ?? [])
    },
    /** The alert of the line that the keyboard is on, as it is now; undefined where none is listed. */
    active(): AlertEntry | undefined {
      const { activeKey, shown } = store.getState()
      const line = activeKey === null ? undefined : shown.find(({ key }) => key === activeKey)
      return line && (entries.byKey.get(line.key) ?? line)
    },
  }
}
