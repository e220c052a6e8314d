import { isRecord } from '#electron/polling/labels.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import { parseDuration } from '#shared/domain/duration/duration.ts'
import {
  compileMatchers,
  formatMatcher,
  parseMatchers,
  type LabelPredicate,
} from '#shared/domain/matcher/matcher.ts'
import { parse } from 'yaml'
import { z } from 'zod'
import { readTimeIntervals, type TimeIntervals } from './time-intervals.ts'

/** A route that an alert takes. */
export interface RouteTaken {
  readonly receiver: string
  /** Names of the intervals in which it is muted. */
  readonly mutes: readonly string[]
  /** Names of the intervals outside of which it is muted; empty: none. */
  readonly actives: readonly string[]
  /** Until Alertmanager looks at a group of it at the latest, ms. */
  readonly flushMs: number
}

/** How an Alertmanager routes alerts, by its own configuration. */
export interface Routing {
  /** The routes that an alert takes, at least one. */
  routesOf(labels: Labels): readonly RouteTaken[]
  /** Every route that has intervals. */
  readonly withIntervals: readonly RouteTaken[]
  readonly intervals: TimeIntervals
}

interface Route extends RouteTaken {
  readonly matches: LabelPredicate
  readonly isContinued: boolean
  readonly routes: readonly Route[]
}

/** Longest text of routes and intervals that is read, UTF-16 units, and deepest route. */
const MAX_LENGTH = 524_288
const MAX_DEPTH = 64
/** Alertmanager's own defaults, ms. */
const GROUP_WAIT_MS = 30_000
const GROUP_INTERVAL_MS = 300_000

const names = z.array(z.string()).default([])
const conditions = z.record(z.string(), z.string()).default({})
const routeSchema = z.object({
  receiver: z.string().optional(),
  match: conditions,
  match_re: conditions,
  matchers: z.union([z.string().transform((text) => [text]), z.array(z.string())]).default([]),
  continue: z.string().default('false'),
  group_wait: z.string().optional(),
  group_interval: z.string().optional(),
  mute_time_intervals: names,
  active_time_intervals: names,
  routes: z.array(z.unknown()).default([]),
})

/** A block at the top of a YAML text as Alertmanager prints it, where lists are not indented. */
const blockOf = (name: string) => new RegExp(`^${name}:[^\\n]*(?:\\n(?:[ \\t-][^\\n]*)?)*`, 'm')
const blocks = ['route', 'time_intervals', 'mute_time_intervals'].map(blockOf)

/**
 * Reads routes and time intervals of a configuration as Alertmanager prints it. Only their blocks are
 * parsed: receivers and templates are the bulk of it.
 *
 * @returns null where a part of it is not understood: no guess is made then.
 */
export function readRouting(original: string): Routing | null {
  const text = blocks.map((block) => block.exec(original)?.[0] ?? '').join('\n')
  if (text.length > MAX_LENGTH) return null
  let root: unknown
  try {
    // In the failsafe schema every scalar is a text, as label values and names are.
    root = parse(text, { schema: 'failsafe', maxAliasCount: 0, logLevel: 'silent' })
  } catch {
    return null
  }
  if (!isRecord(root)) return null
  const top = readRoute(root['route'], null, 0)
  const intervals = readTimeIntervals([root['time_intervals'], root['mute_time_intervals']])
  if (!top || !intervals) return null
  return { routesOf: (labels) => taken(top, labels), withIntervals: withIntervals(top), intervals }
}

interface Inherited {
  readonly receiver: string
  readonly groupWaitMs: number
  readonly groupIntervalMs: number
}

const atTop: Inherited = {
  receiver: '',
  groupWaitMs: GROUP_WAIT_MS,
  groupIntervalMs: GROUP_INTERVAL_MS,
}

function readRoute(value: unknown, above: Inherited | null, depth: number): Route | null {
  const parsed = depth > MAX_DEPTH ? null : routeSchema.safeParse(value)
  if (!parsed?.success) return null
  const route = parsed.data
  const { receiver, groupWaitMs, groupIntervalMs } = above ?? atTop
  const inherited: Inherited = {
    // An empty text is none, as in Alertmanager.
    receiver: route.receiver ?? receiver,
    groupWaitMs: durationOf(route.group_wait) ?? groupWaitMs,
    groupIntervalMs: durationOf(route.group_interval) ?? groupIntervalMs,
  }
  const matches = predicateOf(route)
  const routes = route.routes.map((child) => readRoute(child, inherited, depth + 1))
  const known = routes.filter((child) => child !== null)
  if (!matches || known.length !== routes.length) return null
  return {
    receiver: inherited.receiver,
    mutes: route.mute_time_intervals,
    actives: route.active_time_intervals,
    flushMs: Math.max(inherited.groupWaitMs, inherited.groupIntervalMs),
    matches,
    isContinued: route.continue === 'true',
    routes: known,
  }
}

function durationOf(text: string | undefined): number | null {
  return text === undefined ? null : parseDuration(text)
}

/** All conditions of a route, old and new; null for one that is not understood. */
function predicateOf(route: z.infer<typeof routeSchema>): LabelPredicate | null {
  const texts = [
    ...route.matchers,
    ...Object.entries(route.match).map(([name, value]) =>
      formatMatcher({ name, operator: '=', value }),
    ),
    ...Object.entries(route.match_re).map(([name, value]) =>
      formatMatcher({ name, operator: '=~', value }),
    ),
  ]
  const parsed = texts.map((text) => parseMatchers(text))
  return parsed.every((each) => each.ok)
    ? compileMatchers(parsed.flatMap((each) => each.value))
    : null
}

function withIntervals(route: Route): readonly Route[] {
  const own = route.mutes.length + route.actives.length > 0 ? [route] : []
  return [...own, ...route.routes.flatMap(withIntervals)]
}

/** The routes of an alert: of siblings the first that fits, and the next ones while it continues. */
function taken(route: Route, labels: Labels): readonly Route[] {
  if (!route.matches(labels)) return []
  const found: Route[] = []
  for (const child of route.routes) {
    const below = taken(child, labels)
    found.push(...below)
    if (below.length > 0 && !child.isContinued) break
  }
  return found.length > 0 ? found : [route]
}
