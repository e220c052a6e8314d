import { isRecord } from '#electron/polling/labels.ts'
import { readRouting, type Routing } from './routing.ts'

/** What an Alertmanager's configuration says of mute time intervals. */
export interface MuteSettings {
  /** Whether a route has intervals that mute it; unknown where the configuration is not shown whole. */
  readonly intervals: 'some' | 'none' | 'unknown'
  /** Grafana's own Alertmanager shows its configuration in another form. */
  readonly isGrafana: boolean
  /**
   * How alerts are routed; null where that is not understood. Read when first asked for: that may take
   * a second where there are thousands of routes.
   */
  readonly routing: () => Routing | null
}

/** Of a server that does not show its configuration. */
export const unknownSettings: MuteSettings = {
  intervals: 'unknown',
  isGrafana: false,
  routing: () => null,
}

/** A route's own intervals, as Alertmanager prints them: definitions stand at the start of a line. */
const IN_A_ROUTE = /^[ \t]+(?:- )?(?:mute|active)_time_intervals:/m
/** Without receivers there is no Alertmanager: what has none is a part of a configuration. */
const RECEIVERS = /^receivers:/m
/** Deepest route that is looked at. */
const MAX_DEPTH = 64

/**
 * Reads the `config` of a status: `{"original": "<YAML>"}`, or Grafana's object. The text is searched
 * and not parsed, as it can have megabytes; only where it mutes something is its routing read.
 */
export function readMuteSettings(config: unknown): MuteSettings {
  if (!isRecord(config)) return unknownSettings
  const { original } = config
  if (typeof original !== 'string') return readGrafanaSettings(config)
  const isSome = IN_A_ROUTE.test(original)
  let routing: Routing | null | undefined
  return {
    intervals: isSome ? 'some' : RECEIVERS.test(original) ? 'none' : 'unknown',
    isGrafana: false,
    routing: () => (routing ??= isSome ? readRouting(original) : null),
  }
}

/** True when two answers show the very same text; objects are not compared. */
export function isSameConfiguration(a: unknown, b: unknown): boolean {
  return isRecord(a) && isRecord(b) && 'original' in a && a['original'] === b['original']
}

function readGrafanaSettings(config: Readonly<Record<string, unknown>>): MuteSettings {
  const isWhole = isRecord(config['route']) && Array.isArray(config['receivers'])
  const isSome = hasIntervals(config['route'], 0)
  return {
    ...unknownSettings,
    isGrafana: true,
    intervals: isSome ? 'some' : isWhole ? 'none' : 'unknown',
  }
}

function hasIntervals(route: unknown, depth: number): boolean {
  if (!isRecord(route) || depth > MAX_DEPTH) return false
  const isOwn = ['mute_time_intervals', 'active_time_intervals'].some((name) => {
    const names = route[name]
    return Array.isArray(names) && names.length > 0
  })
  const { routes } = route
  return isOwn || (Array.isArray(routes) && routes.some((each) => hasIntervals(each, depth + 1)))
}
