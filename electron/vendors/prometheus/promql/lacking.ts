import type { Reading } from './parse.ts'

/**
 * The metrics for want of which an expression has no result; none when it can have one.
 *
 * @param metricLacks what a metric lacks to have series: itself, or what the rule that records it lacks
 */
export function lackingOf(
  reading: Reading,
  metricLacks: (metric: string) => readonly string[],
): readonly string[] {
  switch (reading.kind) {
    case 'always':
      return []
    case 'metric':
      return metricLacks(reading.name)
    case 'all':
      return reading.parts.flatMap((part) => lackingOf(part, metricLacks))
    case 'any': {
      const lacks = reading.parts.map((part) => lackingOf(part, metricLacks))
      return lacks.some((lack) => lack.length === 0) ? [] : lacks.flat()
    }
  }
}
