import type { Clock } from '#electron/engine/ports/clock.ts'
import type { DrillSource } from '#electron/engine/ports/drill.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import type { DrillConfig } from './kind.ts'
import type { Actor } from './plot/actor.ts'
import { STORY_LENGTH_MS } from './plot/scenes.ts'
import { activeAt, storyOf, type StoryAlert } from './story.ts'
import { currentSegment, cut, parseTelling, type Telling } from './telling.ts'

/** The wall clock may run this far from the steady one, ms, before its new time counts for starts. */
const CLOCK_TOLERANCE_MS = 2_000

/** Where the story is now. */
export interface Look {
  readonly telling: Telling
  /** ms on the story's clock, at most its length. */
  readonly atMs: number
  readonly active: readonly StoryAlert[]
}

/** The story's clock. */
export interface Progress {
  /** Where the story is, without any effect. */
  look(): Look
  /** Begins the next telling when this one is over, and takes note of a wall clock that jumped. */
  advance(): void
  control(change: Parameters<DrillSource['control']>[0]): void
}

/**
 * Keeps where the story is. The rules:
 * - It moves with the steady clock, so that a wall clock that is set does not move it; only over a
 *   restart of the engine, where there is no steady clock, does the wall clock tell how long it was.
 * - Start times are wall time. After a jump, what begins from then on has the new time; what runs
 *   keeps the start that it had.
 * - A telling that ended is followed by the next at the moment that this is noticed, also after a
 *   long absence: nobody starts in the middle of a storm.
 */
export function createProgress(
  config: DrillConfig,
  { clock, marks }: { readonly clock: Clock; readonly marks: Marks },
): Progress {
  const markKey = `drill/${config.name}/telling`
  let actors: readonly Actor[] = []
  let actorsOf = -1
  /** When, on the steady clock, the current segment began. */
  let began = clock.monotonic()
  let telling = resume()

  function resume(): Telling {
    const known = parseTelling(marks.read(markKey))
    if (known?.seed !== config.seed) return firstTelling()
    began = clock.monotonic() - Math.max(0, clock.now() - currentSegment(known).wall)
    return known
  }

  function firstTelling(): Telling {
    const wall = clock.now()
    const first = {
      seed: config.seed,
      configuredSpeed: config.speed,
      epoch: wall,
      loop: 0,
      speed: config.speed,
      isPaused: false,
      segments: [{ wall, at: 0, rate: config.speed }],
    }
    marks.write(markKey, JSON.stringify(first))
    return first
  }

  function position(): number {
    const { at, rate } = currentSegment(telling)
    return Math.min(at + (clock.monotonic() - began) * rate, STORY_LENGTH_MS)
  }

  function look(): Look {
    if (actorsOf !== telling.loop) {
      actors = storyOf(config.seed, telling.loop)
      actorsOf = telling.loop
    }
    const atMs = position()
    return { telling, atMs, active: activeAt(actors, atMs) }
  }

  /** From now on the story goes on from `at`, at the speed of `next`. */
  function goOn(next: Telling, at: number): void {
    const running = next.loop === telling.loop ? look().active : []
    const since = running.map(({ sinceMs }) => sinceMs).filter((ms) => ms !== null)
    telling = cut(next, { at, wall: clock.now() }, since)
    began = clock.monotonic()
    marks.write(markKey, JSON.stringify(telling))
  }

  function hasClockJumped(): boolean {
    const steady = clock.monotonic() - began
    const wall = clock.now() - currentSegment(telling).wall
    return Math.abs(wall - steady) > CLOCK_TOLERANCE_MS
  }

  if (telling.configuredSpeed !== config.speed) {
    goOn({ ...telling, configuredSpeed: config.speed, speed: config.speed }, position())
  }

  return {
    look,
    advance() {
      if (position() >= STORY_LENGTH_MS) goOn({ ...telling, loop: telling.loop + 1 }, 0)
      else if (hasClockJumped()) goOn(telling, position())
    },
    control({ restart = false, isPaused, speed = telling.speed }) {
      // Who starts the story again wants to see it, also when it stood still.
      const steered = { ...telling, isPaused: isPaused ?? (!restart && telling.isPaused), speed }
      if (restart) goOn({ ...steered, loop: telling.loop + 1 }, 0)
      else goOn(steered, position())
    },
  }
}
