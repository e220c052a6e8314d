import type { PushMessage } from '#shared/contract/messages.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { createStore } from 'zustand/vanilla'
import type { ClientPorts } from '../bridge/ports.ts'
import { CommandQueue, type Delivery } from '../offline/command-queue.ts'
import type { Recalled } from '../offline/recall-watch.ts'
import { createOffline, nothingKept, type Offline, type OfflinePorts } from '../offline/offline.ts'
import { createImageShelf, type ImageShelf } from '../images/image-shelf.ts'
import { RunbookShelf } from '../offline/runbook-shelf.ts'
import { createActions, type Actions } from './actions.ts'
import {
  describeConnection,
  describeEvents,
  describeUnrecorded,
  type Announcement,
} from './announcements.ts'
import type { Connection, EngineClient } from '../bridge/engine-client.ts'
import { Listeners } from '../bridge/listeners.ts'
import { describeAsked, describeDone, describeRefusal } from '../commands/command-words.ts'
import { queueOf } from '../watch/derived.ts'
import { linkedRunbooks } from '../watch/linked-runbooks.ts'
import { sectionOf } from '../watch/queue.ts'
import type { MirrorReader, MirrorState } from '../mirror/mirror-store.ts'
import { applyMessage, disconnected, emptyMirror, missed } from '../mirror/mirror.ts'
import { Ticker } from './ticker.ts'
import { createUiStore, type UiStore, type Work } from '../page/ui-store.ts'

/** The cockpit without its screen: state, actions and the beat of a second. */
export interface Cockpit {
  readonly client: EngineClient
  readonly mirror: MirrorReader
  readonly ui: UiStore
  readonly actions: Actions
  /** What outlives this page, and what waits for the engine. */
  readonly offline: Offline
  /** The runbooks, and what is kept of them. */
  readonly runbooks: RunbookShelf
  /** The images of timelines that this page has read. */
  readonly images: ImageShelf
  /** Calls back each second and when the mirror changes; returns what stops it. */
  readonly listenBeat: (listener: () => void) => () => void
  /** Tells what a screen reader should say. */
  readonly announcements: Listeners<Announcement>
  /** ms from an arbitrary start; never goes back, and counts the time that the machine sleeps. */
  readonly steady: () => number
  /** The engine's wall clock now, ms since the epoch, UTC, counted on from its last pulse. */
  readonly engineNow: () => number
}

/** The clocks that a cockpit counts with, and its ids. */
export type CockpitPorts = Pick<ClientPorts, 'wall' | 'steady' | 'after' | 'newId'>

/** An engine that takes longer than this, ms, to say what there is: what was known last is shown. */
const PATIENCE_MS = 1_000

/** Said when somebody else made an incident confidential that this person has seen. */
const NO_LONGER_VISIBLE = 'An incident is confidential now, and no longer visible to you.'

/**
 * Wires a client to the state that mirrors it.
 *
 * @param keeps what the browser lends to keep things; without it, nothing outlives the page.
 */
export function createCockpit(
  client: EngineClient,
  clocks: CockpitPorts,
  keeps: OfflinePorts = nothingKept,
): Cockpit {
  const mirror = createStore<MirrorState>(() => ({
    ...emptyMirror,
    connection: client.connection(),
  }))
  const ui = createUiStore()
  const announcements = new Listeners<Announcement>()

  const offline = createOffline(keeps, clocks, ui)
  const say = (text: string) => {
    announcements.tell({ politeness: 'polite', text })
  }

  const engineNow = () => {
    const { engineClock } = mirror.getState()
    return engineClock
      ? engineClock.value + clocks.steady() - engineClock.receivedAt
      : clocks.wall()
  }

  const commandQueue = new CommandQueue({
    client,
    book: offline.book,
    // What was said is dated by the person's own clock.
    now: clocks.wall,
    newId: clocks.newId,
    after: clocks.after,
    tabs: offline.tabs,
    person: offline.person,
    delivered: (delivery) => {
      say(describeDelivery(delivery, engineNow()))
    },
  })
  const runbooks = new RunbookShelf({
    client,
    rows: offline.runbooks,
    tabs: offline.tabs,
    now: engineNow,
    linked: () => {
      const { watch } = mirror.getState()
      return watch ? linkedRunbooks(watch) : new Map()
    },
    failed: offline.failed,
  })
  mirror.subscribe((after, before) => {
    const revision = after.status?.runbooks?.revision
    if (revision === undefined || after.connection.phase !== 'open') return
    const isSame = revision === before.status?.runbooks?.revision
    if (!isSame || before.connection.phase !== 'open') void runbooks.follow(revision)
  })
  // Another tab may have kept a command, or died before the answer to one.
  offline.state.subscribe(() => {
    commandQueue.deliver()
  })
  const actions = createActions({
    client,
    commandQueue,
    kept: () => offline.state.getState().kept,
    newId: clocks.newId,
    now: engineNow,
    mirror,
    ui,
    say,
  })

  // Whoever comes to Now wants to see what needs a response, not what was collapsed behind their back.
  ui.subscribe((now, before) => {
    if (now.screen !== 'now' || before.screen === 'now') return
    const { watch } = mirror.getState()
    if (watch) leaveEnded(ui, watch)
    ui.setState({ queueRequest: { kind: 'follow' } })
  })

  let shown: Recalled | null = null
  /** What was known before this page was loaded, until the engine says something newer. */
  const recall = async () => {
    const recalled = await offline.recall()
    if (!recalled) return
    const show = () => {
      if (shown || mirror.getState().watch) return
      shown = recalled
      if (recalled.mirror.watch) keepSelection(ui, null, recalled.mirror.watch)
      mirror.setState({
        ...recalled.mirror,
        connection: connectionSince(shown, client.connection()),
      })
    }
    if (client.connection().phase === 'lost') show()
    else clocks.after(PATIENCE_MS, show)
    client.listenConnection(({ phase }) => {
      if (phase === 'lost') show()
    })
  }
  void recall()

  /** What this person may not see any more is neither shown as it was nor kept. */
  const withhold = (incidentIds: readonly string[]) => {
    offline.withhold(incidentIds)
    // What was read out last stays in the page until something else is.
    if (incidentIds.some((id) => mirror.getState().watch?.incidents.has(id))) {
      announcements.tell({ politeness: 'polite', text: NO_LONGER_VISIBLE })
      announcements.tell({ politeness: 'assertive', text: NO_LONGER_VISIBLE })
    }
    const { selectedId } = ui.getState()
    if (selectedId === null || !incidentIds.includes(selectedId)) return
    ui.setState({ selectedId: null, departed: null, leftWaiting: null, endedDuring: null })
  }

  client.listen((message: PushMessage) => {
    if (message.type === 'open') {
      actions.goTo(message.incidentId)
      return
    }
    const before = mirror.getState()
    const applied = applyMessage(before, message, clocks.steady())
    const { watch } = applied.mirror
    if (message.type === 'snapshot' && shown) {
      // Chosen from what was known, by nobody: the most urgent one now may be another.
      if (ui.getState().choice === null) ui.setState({ selectedId: null })
      shown = null
    }
    if (message.type === 'snapshot') withhold(message.withheld ?? [])
    if (watch && watch !== before.watch) {
      keepSelection(ui, before.watch, watch)
      rememberPlace(ui, before.watch, watch)
      rememberEnd(ui, before.watch, watch)
      if (ui.getState().screen !== 'now') leaveEnded(ui, watch)
    }
    mirror.setState(applied.mirror)
    // What waits for a snapshot is older than its last pulse.
    if (applied.mirror.awaitingSince === null) offline.note(applied.mirror)
    if (applied.needsSync) client.sync()
    const announcement =
      (watch && describeEvents(applied.events, watch)) ??
      describeUnrecorded(before.status, applied.mirror.status)
    if (announcement) announcements.tell(announcement)
  })
  client.listenConnection((connection) => {
    const before = mirror.getState()
    const after = connection.phase === 'lost' ? disconnected(before, clocks.steady()) : before
    mirror.setState({ ...after, connection: connectionSince(shown, connection) })
    if (connection.phase === 'open') {
      forgetUnreachable(ui)
      commandQueue.deliver()
    }
    if (connection.phase === 'lost' && before.connection.phase === 'open') offline.lost()
    const announcement = describeConnection(before.connection, connection)
    if (announcement) announcements.tell(announcement)
  })
  let missedAt = -Infinity
  client.listenUnreadable(({ reason, isStateMissing }) => {
    ui.setState({ unreadable: reason })
    if (!isStateMissing) return
    // One snapshot may mend it; a flood of unreadable messages must not become a flood of requests.
    const { mirror: after, needsSync } = missed(mirror.getState(), missedAt, clocks.steady())
    mirror.setState(after)
    if (!needsSync) return
    missedAt = clocks.steady()
    client.sync()
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
    offline,
    runbooks,
    images: createImageShelf(client),
    listenBeat,
    announcements,
    steady: clocks.steady,
    engineNow,
  }
}

/** While only what was known before is shown, that is as old as it is, whatever is being tried. */
function connectionSince(shown: Recalled | null, connection: Connection): Connection {
  if (!shown || connection.phase === 'open') return connection
  if (connection.phase === 'connecting') {
    return { phase: 'lost', lastHeard: shown.lastHeard, isTrying: true }
  }
  return { ...connection, lastHeard: connection.lastHeard ?? shown.lastHeard }
}

function describeDelivery(delivery: Delivery, now: number): string {
  const { command } = delivery
  const { name, input, title } = command
  return delivery.kind === 'done'
    ? `Delivered. ${describeDone(name, 'until' in input ? input.until : null, now, title)}`
    : `${describeAsked(command, now)} of ${title}: ${describeRefusal(delivery.error)}`
}

/**
 * The selection is kept by id. An incident that the engine let go of is shown as it was;
 * where nothing is selected yet, the most urgent one is.
 */
function keepSelection(ui: UiStore, before: WatchState | null, after: WatchState): void {
  const { selectedId, departed } = ui.getState()
  if (selectedId === null) {
    const queue = queueOf(after.incidents)
    const first = queue['triggered'][0] ?? queue.acknowledged[0]
    if (first) ui.setState({ selectedId: first.id })
    return
  }
  if (after.incidents.has(selectedId)) {
    if (departed) ui.setState({ departed: null })
    return
  }
  const last = before?.incidents.get(selectedId)
  if (last?.isDrill) {
    // Practice that is over is nothing to look at any more.
    ui.setState({ selectedId: null, departed: null, leftWaiting: null })
    keepSelection(ui, null, after)
  } else if (last) ui.setState({ departed: last })
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

/** Notes that the selected incident was closed by nobody: by a rule, or with its source. */
function rememberEnd(ui: UiStore, before: WatchState | null, after: WatchState): void {
  const { selectedId, choice } = ui.getState()
  if (selectedId === null) return
  const last = before?.incidents.get(selectedId)
  const closed = after.incidents.get(selectedId)?.closed
  if (last?.closed === null && closed && closed.by.kind !== 'person') {
    ui.setState({ endedDuring: { choice } })
  }
}

/**
 * Selects what needs somebody instead of an incident that Deckwatch closed and that nobody has chosen
 * since; where nothing does, nothing is selected. Only while the person looks elsewhere: what they look at does not change under their hands.
 */
function leaveEnded(ui: UiStore, watch: WatchState): void {
  const { endedDuring, choice } = ui.getState()
  if (endedDuring === null) return
  if (endedDuring.choice !== choice) {
    ui.setState({ endedDuring: null })
    return
  }
  ui.setState({
    selectedId: null,
    departed: null,
    leftWaiting: null,
    endedDuring: null,
    queueRequest: { kind: 'follow' },
  })
  keepSelection(ui, null, watch)
}

function isWaiting(watch: WatchState | null, incidentId: string): boolean {
  const incident = watch?.incidents.get(incidentId)
  return incident !== undefined && sectionOf(incident) === 'triggered'
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
