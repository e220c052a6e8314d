import type { PushMessage } from '#shared/contract/index.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { toSnapshot, type WatchState } from '#shared/domain/watch/state.ts'
import type { StatusBoard } from '../status/status-board.ts'
import { createView, type EngineView } from './view.ts'

/** Whoever listens to all that the engine says. */
export interface Listeners {
  readonly push: (message: PushMessage) => void
  readonly listen: (listener: (message: PushMessage) => void) => () => void
}

/** Nobody listens yet. */
export function createListeners(): Listeners {
  const listeners = new Set<(message: PushMessage) => void>()
  return {
    push(message) {
      for (const listener of listeners) listener(message)
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

interface Deps extends Pick<Listeners, 'listen'> {
  readonly measured: () => PushMessage
  readonly owner: () => Person
  readonly pulse: () => PushMessage
  readonly services: () => PushMessage
  readonly state: () => WatchState
  readonly status: Pick<StatusBoard, 'value'>
}

/** The ways to hear the engine: all that it says, or what one person may hear of it. */
export function createViews({ listen, measured, owner, pulse, services, state, status }: Deps) {
  const besideState = (): readonly PushMessage[] => [
    { type: 'status', status: status.value() },
    pulse(),
    measured(),
    services(),
  ]
  return {
    listen,
    greeting: (): readonly PushMessage[] => [
      { type: 'snapshot', state: toSnapshot(state()) },
      ...besideState(),
    ],
    viewFor: (person: () => string): EngineView =>
      createView({
        viewer: () => ({ id: person(), owner: owner().id }),
        state,
        besideState,
        measured,
        listen,
      }),
  }
}
