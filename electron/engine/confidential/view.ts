import type { EngineStatus, PushMessage } from '#shared/contract/index.ts'
import type { Viewer } from '#shared/domain/confidential/may-see.ts'
import { currentId } from '#shared/domain/person/identity.ts'
import { toSnapshot, type WatchState } from '#shared/domain/watch/state.ts'
import {
  hiddenIn,
  mustBeToldAnew,
  visibleEvent,
  visibleState,
  type Hidden,
} from '#shared/domain/watch/visible.ts'

/** What the engine says to one connection: only what the person whose it is may see. */
export interface EngineView {
  /** What a cockpit needs first. Begins what {@link EngineView.listen} goes on from. */
  greeting(): readonly PushMessage[]
  /** Everything after the greeting, in order. */
  listen(listener: (message: PushMessage) => void): () => void
}

interface Deps {
  /** Whose it is, asked for each message: names, and who is the owner, change while it is open. */
  readonly viewer: () => Viewer
  readonly state: () => WatchState
  /** What of a greeting is not the state. */
  readonly besideState: () => readonly PushMessage[]
  /** All that is measured. */
  readonly measured: () => PushMessage
  readonly listen: (listener: (message: PushMessage) => void) => () => void
}

/**
 * Makes the view of one connection. While nothing is confidential, which is nearly always, each
 * message passes as the very object that it is.
 */
export function createView({ viewer, state, besideState, measured, listen }: Deps): EngineView {
  let told: { readonly state: WatchState; readonly hidden: Hidden } | null = null

  const look = () => {
    const now = state()
    return { state: now, hidden: hiddenIn(now, viewer()) }
  }
  const show = (message: PushMessage, now: { state: WatchState; hidden: Hidden }) =>
    visibleMessage(message, now.state, now.hidden, viewer())

  return {
    greeting() {
      const now = look()
      told = now
      return [
        snapshotOf(now.state, now.hidden),
        ...besideState().flatMap((message) => show(message, now) ?? []),
      ]
    },
    listen: (listener) =>
      listen((message) => {
        const now = look()
        const events = message.type === 'delta' ? message.events : []
        const isAnew = told !== null && mustBeToldAnew(told, events, now)
        told = now
        if (isAnew) {
          listener(snapshotOf(now.state, now.hidden))
          const measurements = show(measured(), now)
          if (measurements) listener(measurements)
          // The snapshot has its events.
          if (message.type === 'delta') return
        }
        const visible = show(message, now)
        if (visible) listener(visible)
      }),
  }
}

function snapshotOf(state: WatchState, hidden: Hidden): PushMessage {
  const withheld = [...hidden].filter((id) => state.restrictions.get(id)?.wasOpen)
  return {
    type: 'snapshot',
    state: toSnapshot(visibleState(state, hidden)),
    ...(withheld.length === 0 ? {} : { withheld }),
  }
}

/** A message as somebody may see it; null where nothing is left of it. */
function visibleMessage(
  message: PushMessage,
  state: WatchState,
  hidden: Hidden,
  viewer: Viewer,
): PushMessage | null {
  switch (message.type) {
    case 'snapshot':
      return snapshotOf(state, hidden)
    case 'delta':
      return hidden.size === 0 ? message : visibleDelta(message, state, hidden)
    case 'status':
      return { ...message, status: visibleStatus(message.status, viewer) }
    case 'open':
      return hidden.has(message.incidentId) ? null : message
    case 'measurements': {
      const { incidents } = message
      const seen = incidents.filter(({ incidentId }) => !hidden.has(incidentId))
      if (seen.length === incidents.length) return message
      return seen.length === 0 && !message.all ? null : { ...message, incidents: seen }
    }
    case 'pulse':
    case 'services':
      return message
  }
}

/** Says which numbers it stands for, so that the events that are left out are no gap. */
function visibleDelta(
  delta: Extract<PushMessage, { type: 'delta' }>,
  state: WatchState,
  hidden: Hidden,
): PushMessage {
  const events = delta.events.flatMap((event) => visibleEvent(event, state, hidden) ?? [])
  const [from, through] = [delta.events[0]?.seq, delta.events.at(-1)?.seq]
  if (events.length === delta.events.length || from === undefined || through === undefined) {
    return { ...delta, events }
  }
  return { ...delta, events, covers: { from, through } }
}

/** Alerts that could not be recorded are of no incident yet: each says itself who may see it. */
function visibleStatus(status: EngineStatus, viewer: Viewer): EngineStatus {
  const { unrecorded } = status
  if (!unrecorded || viewer.id === viewer.owner) return status
  const isVisible = ({ only }: (typeof unrecorded.alerts)[number]) =>
    only === undefined || only.some((id) => currentId(id, viewer) === viewer.id)
  const alerts = unrecorded.alerts.filter(isVisible)
  if (alerts.length === unrecorded.alerts.length) return status
  const { unrecorded: _hidden, ...rest } = status
  return alerts.length === 0 ? rest : { ...rest, unrecorded: { ...unrecorded, alerts } }
}
