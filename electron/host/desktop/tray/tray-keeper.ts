import type { Engine } from '#electron/engine/engine.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import { LOST_AFTER_MS, type PushMessage } from '#shared/contract/index.ts'
import type { Pulse } from '#shared/domain/source/schema.ts'
import { trayState, type TrayFacts, type TrayState } from './tray-state.ts'

/** The tray is drawn anew at most this often, ms: a storm brings many changes a second. */
const DRAW_EVERY_MS = 250
/** After "going to sleep" a machine still runs for a while; what it says then is not believed, ms. */
const FALLING_ASLEEP_MS = 30_000

interface Deps {
  readonly engine: Pick<Engine, 'listen' | 'greeting' | 'state' | 'status'>
  readonly clock: Pick<Clock, 'monotonic' | 'after'>
  /** What does not come from the engine. */
  readonly surroundings: () => Pick<TrayFacts, 'isAutostart' | 'remarks' | 'timeOfDay'>
  readonly draw: (state: TrayState) => void
}

/** Keeps the tray up to date with the engine. */
export interface TrayKeeper {
  /** What the tray shows now. */
  state(): TrayState
  /** The machine goes to sleep: nothing is known until it has woken and the engine is heard again. */
  fellAsleep(): void
  wokeUp(): void
  /** Something outside of the engine changed. */
  refresh(): void
  stop(): void
}

/** Listens to the engine and draws; an engine that falls silent is drawn as such. */
export function createTrayKeeper({ engine, clock, surroundings, draw }: Deps): TrayKeeper {
  let pulses: ReadonlyMap<string, Pulse> = new Map()
  let heardAt: number | null = null
  let sleepsUntil = -Infinity
  let cancelDraw: (() => void) | null = null
  let cancelWatch: () => void = () => undefined

  const state = () =>
    trayState({
      watch: engine.state(),
      status: engine.status.value(),
      pulses,
      isHeard: heardAt !== null && clock.monotonic() - heardAt < LOST_AFTER_MS,
      ...surroundings(),
    })

  function take(message: PushMessage): void {
    if (message.type === 'pulse' && clock.monotonic() >= sleepsUntil) {
      pulses = new Map(message.pulses.map((pulse) => [pulse.sourceId, pulse]))
      heardAt = clock.monotonic()
      cancelWatch()
      cancelWatch = clock.after(LOST_AFTER_MS, refresh)
    }
    cancelDraw ??= clock.after(DRAW_EVERY_MS, refresh)
  }

  function refresh(): void {
    cancelDraw?.()
    cancelDraw = null
    draw(state())
  }

  for (const message of engine.greeting()) if (message.type === 'pulse') take(message)
  const unlisten = engine.listen(take)

  return {
    state,
    fellAsleep() {
      heardAt = null
      sleepsUntil = clock.monotonic() + FALLING_ASLEEP_MS
      refresh()
    },
    wokeUp() {
      sleepsUntil = -Infinity
    },
    refresh,
    stop() {
      unlisten()
      cancelDraw?.()
      cancelWatch()
    },
  }
}
