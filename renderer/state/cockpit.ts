import type { PushMessage } from '#shared/contract/messages.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { createStore } from 'zustand/vanilla'
import { createActions, type Actions } from './actions.ts'
import { describeConnection, describeEvents, type Announcement } from './announcements.ts'
import type { EngineClient } from '../bridge/engine-client.ts'
import { Listeners } from '../bridge/listeners.ts'
import { queueOf } from './derived.ts'
import { sectionOf } from './queue.ts'
import type { MirrorReader, MirrorState } from './mirror-store.ts'
import { applyMessage, disconnected, emptyMirror } from './mirror.ts'
import { Ticker } from './ticker.ts'
import { createUiStore, type UiStore, type Work } from './ui-store.ts'

/** The cockpit without its screen: state, actions and the beat of a second. */
export interface Cockpit {
  readonly client: EngineClient
  readonly mirror: MirrorReader
  readonly ui: UiStore
  readonly actions: Actions
  /** Calls back each second and when the mirror changes; returns what stops it. */
  readonly listenBeat: (listener: () => void) => () => void
  /** Tells what a screen reader should say. */
  readonly announcements: Listeners<Announcement>
  /** ms from an arbitrary start; never jumps. */
  readonly steady: () => number
  /** The engine's wall clock now, ms since the epoch, UTC, counted on from its last pulse. */
  readonly engineNow: () => number
}

/** The clocks that a cockpit counts with. */
export interface CockpitClocks {
  readonly wall: () => number
  readonly steady: () => number
}

/** Wires a client to the state that mirrors it. */
export function createCockpit(client: EngineClient, clocks: CockpitClocks): Cockpit {
  const mirror = createStore<MirrorState>(() => ({
    ...emptyMirror,
    connection: client.connection(),
  }))
  const ui = createUiStore()
  const announcements = new Listeners<Announcement>()

  const actions = createActions({
    client,
    mirror,
    ui,
    say: (text) => {
      announcements.tell({ politeness: 'polite', text })
    },
  })

  const engineNow = () => {
    const { engineClock } = mirror.getState()
    return engineClock
      ? engineClock.value + clocks.steady() - engineClock.receivedAt
      : clocks.wall()
  }

  client.listen((message: PushMessage) => {
    if (message.type === 'open') {
      actions.goTo(message.incidentId)
      return
    }
    const before = mirror.getState()
    const applied = applyMessage(before, message, clocks.steady())
    const { watch } = applied.mirror
    if (watch && watch !== before.watch) {
      keepSelection(ui, before.watch, watch)
      rememberPlace(ui, before.watch, watch)
    }
    mirror.setState(applied.mirror)
    if (applied.needsSync) client.sync()
    const announcement = watch && describeEvents(applied.events, watch)
    if (announcement) announcements.tell(announcement)
  })
  client.listenConnection((connection) => {
    const before = mirror.getState()
    const after = connection.phase === 'lost' ? disconnected(before, clocks.steady()) : before
    mirror.setState({ ...after, connection })
    if (connection.phase === 'open') forgetUnreachable(ui)
    const announcement = describeConnection(before.connection, connection)
    if (announcement) announcements.tell(announcement)
  })
  client.listenUnreadable((reason) => {
    // One snapshot may mend it; a flood of unreadable messages must not become a flood of requests.
    if (ui.getState().unreadable === null) client.sync()
    ui.setState({ unreadable: reason })
  })

  const ticker = new Ticker()
  const listenBeat = (listener: () => void) => {
    const stops = [ticker.listen(listener), mirror.subscribe(listener)]
    return () => {
      for (const stop of stops) stop()
    }
  }

  return {
    client,
    mirror,
    ui,
    actions,
    listenBeat,
    announcements,
    steady: clocks.steady,
    engineNow,
  }
}

/**
 * The selection is kept by id. An incident that the engine let go of stays on the screen as it was;
 * where nothing is selected yet, the most urgent one is.
 */
function keepSelection(ui: UiStore, before: WatchState | null, after: WatchState): void {
  const { selectedId, departed } = ui.getState()
  if (selectedId === null) {
    const queue = queueOf(after.incidents)
    const first = queue['needs-you'][0] ?? queue.acknowledged[0]
    if (first) ui.setState({ selectedId: first.id })
    return
  }
  if (after.incidents.has(selectedId)) {
    if (departed) ui.setState({ departed: null })
    return
  }
  const last = before?.incidents.get(selectedId)
  if (last) ui.setState({ departed: last })
}

/**
 * The selection does not follow what waits, so the place is remembered: once the selected incident
 * has left "Needs you", the next move goes on from where it was.
 */
function rememberPlace(ui: UiStore, before: WatchState | null, after: WatchState): void {
  const { selectedId, leftWaiting } = ui.getState()
  if (selectedId === null) return
  const waited = isWaiting(before, selectedId)
  const waits = isWaiting(after, selectedId)
  if (waited && !waits) ui.setState({ leftWaiting: selectedId })
  else if (waits && leftWaiting !== null) ui.setState({ leftWaiting: null })
}

function isWaiting(watch: WatchState | null, incidentId: string): boolean {
  const incident = watch?.incidents.get(incidentId)
  return incident !== undefined && sectionOf(incident) === 'needs-you'
}

/** What failed because the engine was not there is no longer worth a word once it is. */
function forgetUnreachable(ui: UiStore): void {
  const work = new Map<string, Work>()
  for (const [incidentId, each] of ui.getState().work) {
    const isPast = each.refusal?.error.code === 'engine-unreachable'
    const kept = isPast ? { ...each, refusal: null } : each
    if (kept.pending.size > 0 || kept.refusal) work.set(incidentId, kept)
  }
  ui.setState({ work })
}
