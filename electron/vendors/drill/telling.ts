import { z } from 'zod'

/** From `wall` (ms since the epoch, UTC) on, the story goes on from `at` (ms) at this rate; 0 stands. */
const segmentSchema = z.object({
  wall: z.number(),
  at: z.number().nonnegative(),
  rate: z.number().nonnegative(),
})
export type Segment = Readonly<z.infer<typeof segmentSchema>>

/**
 * Where the telling is and how it got there. It changes when somebody steers it and when a telling
 * begins, not as time passes: the position follows from the clock.
 */
export const tellingSchema = z.object({
  seed: z.number(),
  /** The speed of the configuration when it was last applied: a new one there overrides. */
  configuredSpeed: z.number(),
  /** When the drill first ran, ms since the epoch, UTC. */
  epoch: z.number(),
  /** Counts the tellings from 0. */
  loop: z.number().int().nonnegative(),
  speed: z.number().positive(),
  isPaused: z.boolean(),
  /** Oldest first, at least one. */
  segments: z.array(segmentSchema).min(1),
})
export type Telling = Readonly<z.infer<typeof tellingSchema>>

/** Reads a telling that was written as JSON; null for anything else, which then counts as none. */
export function parseTelling(text: string | null): Telling | null {
  if (text === null) return null
  try {
    return tellingSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** The segment that is under way. */
export function currentSegment({ segments }: Telling): Segment {
  const last = segments.at(-1)
  if (!last) throw new Error('A telling without a segment was made: this is a bug')
  return last
}

/**
 * When the story was at `storyMs`, ms since the epoch, UTC. For what began in a segment that was
 * kept the answer never changes again, whatever is steered later.
 */
export function wallOf({ segments }: Telling, storyMs: number): number {
  const index = segments.findIndex((_, i) => storyMs <= (segments[i + 1]?.at ?? Infinity))
  const segment = segments[index]
  if (!segment) throw new Error('A telling without a segment was made: this is a bug')
  const played = storyMs - segment.at
  return Math.round(segment.rate === 0 ? segment.wall : segment.wall + played / segment.rate)
}

/**
 * The telling with a new segment that starts at `at` on the story's clock, at `wall`. Of the older
 * segments those stay in which something began that still runs: so their number is bounded by what
 * runs, however often the speed is changed.
 *
 * @param runningSince when each running alert began, ms on the story's clock.
 */
export function cut(
  telling: Telling,
  { at, wall }: { readonly at: number; readonly wall: number },
  runningSince: readonly number[],
): Telling {
  const { segments, speed, isPaused } = telling
  const kept = segments.filter((segment, index) => {
    const end = segments[index + 1]?.at ?? at
    return runningSince.some(
      (since) => since <= end && (since > segment.at || (index === 0 && since === segment.at)),
    )
  })
  return { ...telling, segments: [...kept, { wall, at, rate: isPaused ? 0 : speed }] }
}
