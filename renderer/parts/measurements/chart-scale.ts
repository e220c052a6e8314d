/** A straight scale: what lies at `from` is drawn at 0, what lies at `to` at 1. */
export interface Scale {
  readonly from: number
  readonly to: number
}

/** Where a value is drawn, as a share of the scale. */
export function shareOf({ from, to }: Scale, value: number): number {
  return to === from ? 0.5 : (value - from) / (to - from)
}

/** About so many steps of values are written beside a chart. */
const VALUE_STEPS = 3

/** A scale of values, and where its ticks are. */
export interface ValueScale extends Scale {
  readonly ticks: readonly number[]
}

/**
 * The scale for values: round numbers around all of them, with 0 in it unless all of them are far from
 * it, so that a small change does not look like a large one.
 */
export function valueScale(values: readonly number[]): ValueScale {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return { from: 0, to: 1, ticks: [0, 1] }
  const isFarFromZero = Math.abs(high - low) < Math.min(Math.abs(low), Math.abs(high)) / 2
  if (!isFarFromZero || low === high) {
    low = Math.min(low, 0)
    high = Math.max(high, 0)
  }
  if (low === high) high = 1
  const step = roundStep((high - low) / VALUE_STEPS)
  const first = Math.floor(rounded(low / step))
  const last = Math.ceil(rounded(high / step))
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    rounded((first + index) * step),
  )
  return { from: rounded(first * step), to: rounded(last * step), ticks }
}

/** The next of 1, 2, 5, 10 … that is not smaller. */
function roundStep(step: number): number {
  const size = 10 ** Math.floor(Math.log10(step))
  const times = [1, 2, 5].find((each) => step <= each * size * (1 + 1e-9)) ?? 10
  return times * size
}

/** `3 * 0.1` is 0.3 to people. */
function rounded(value: number): number {
  return Number(value.toPrecision(12))
}

const HALF_HOUR_MS = 1_800_000

/**
 * The half hours of the reader's clock within a time.
 *
 * @param offsetMs how far that clock is ahead of UTC.
 */
export function timeTicks({ from, to }: Scale, offsetMs: number): readonly number[] {
  const ticks: number[] = []
  const first = Math.ceil((from + offsetMs) / HALF_HOUR_MS) * HALF_HOUR_MS - offsetMs
  for (let at = first; at <= to; at += HALF_HOUR_MS) ticks.push(at)
  return ticks
}

/** The drawing has its own units; it is stretched to the room that there is, its lines are not. */
export const CHART_WIDTH = 1_000
export const CHART_HEIGHT = 200

/** Where values are drawn. */
export interface Plane {
  readonly times: Scale
  readonly values: Scale
  /** In the units of the drawing. */
  readonly width: number
  readonly height: number
}

/** The plane of a chart with its ticks. */
export interface ChartPlane extends Plane {
  readonly values: ValueScale
}

/** The plane of a time, with room for all the values. */
export function planeOf(times: Scale, values: readonly number[]): ChartPlane {
  return { times, values: valueScale(values), width: CHART_WIDTH, height: CHART_HEIGHT }
}

/** How far from the upper edge a value is drawn. */
export function heightOf({ values, height }: Plane, value: number): number {
  return (1 - shareOf(values, value)) * height
}

/**
 * The path of a line. Where two points are further apart than `gapMs` nothing is drawn: nobody knows
 * what was between.
 */
export function pathOf(
  points: readonly (readonly [at: number, value: number])[],
  plane: Plane,
  gapMs: number,
): string {
  const { times, width } = plane
  let path = ''
  let before = -Infinity
  for (const [index, [at, value]] of points.entries()) {
    const x = (shareOf(times, at) * width).toFixed(1)
    const y = heightOf(plane, value).toFixed(1)
    const isApart = at - before > gapMs
    const next = points[index + 1]
    path += `${isApart ? 'M' : 'L'}${x} ${y}`
    // One that stands alone is a dot: a line of no length with round ends.
    if (isApart && (!next || next[0] - at > gapMs)) path += `L${x} ${y}`
    before = at
  }
  return path
}
