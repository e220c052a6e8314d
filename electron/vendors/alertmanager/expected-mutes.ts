import type { Clock } from '#electron/engine/ports/clock.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { Comparison, Listing } from '#electron/polling/listing.ts'
import { compileExpression } from '#shared/domain/matcher/expression.ts'
import type { Mutes } from './groups.ts'
import type { Routing, RouteTaken } from './routing.ts'

/** Alertmanager looks at a group this much later than it is due, ms. */
const SLACK_MS = 15_000

/**
 * Alertmanager mutes groups when it would notify of them: until then (`group_wait`, or
 * `group_interval` for a group that there is) it calls a new alert active in the middle of a mute time
 * interval. By its own configuration it can be told that it will mute it, so that the alert does not
 * page before. That is believed only until Alertmanager must have said so itself.
 */
export interface ExpectedMutes {
  /** The mutes that the server reports, and the alerts that will be muted. `basis`: what was listed before. */
  added(reported: Mutes, comparison: Comparison, basis: Listing, routing: Routing | null): Mutes
  /** True while an alert stays active that should be muted by now: its server does not say so. */
  isContradicted(): boolean
}

/**
 * Expects nothing yet.
 *
 * @param receiver the source's expression for receivers, if alerts are asked for by it
 */
export function createExpectedMutes(
  clock: Pick<Clock, 'now' | 'monotonic'>,
  receiver: string | undefined,
): ExpectedMutes {
  const isAsked = receiver === undefined ? () => true : receiverPredicate(receiver)
  /** Until when (on the steady clock) an alert may be expected to be muted, by its place. */
  const until = new Map<string, number>()
  let isContradicted = false

  return {
    isContradicted: () => isContradicted,
    added(reported, { listing, changed }, basis, routing) {
      isContradicted = false
      const now = clock.now()
      const isAnyMuted = routing?.withIntervals.some((route) => mutedNow([route], routing, now))
      if (!routing || !isAnyMuted) return reported
      for (const place of until.keys()) if (!listing.entries.has(place)) until.delete(place)
      const mutes = new Map<string, readonly string[]>()
      for (const place of new Set([...until.keys(), ...changed])) {
        const entry = listing.entries.get(place)
        if (!entry) continue
        if (reported.has(entry.key)) {
          until.delete(place)
          continue
        }
        const isNew = !basis.entries.has(place) && !until.has(place)
        if (!isNew && !until.has(place)) continue
        const routes = routing
          .routesOf(entry.signal.labels)
          .filter((route) => isAsked(route.receiver))
        const ids = mutedNow(routes, routing, now)
        if (isNew && ids) {
          const flushMs = Math.max(...routes.map((route) => route.flushMs))
          until.set(place, clock.monotonic() + flushMs + SLACK_MS)
        }
        if (!ids) continue
        if (clock.monotonic() < (until.get(place) ?? -Infinity)) mutes.set(entry.key, ids)
        else isContradicted = true
      }
      return mutes.size === 0 ? reported : new Map([...reported, ...mutes])
    },
  }
}

/** The intervals that mute all these routes now, sorted; null where not all are, or nobody can say. */
function mutedNow(
  routes: readonly RouteTaken[],
  { intervals }: Routing,
  now: number,
): readonly string[] | null {
  const ids = new Set<string>()
  for (const { mutes, actives } of routes) {
    const active = actives.map((name) => intervals.contains(name, now))
    const muted = mutes.filter((name) => intervals.contains(name, now) === true)
    const isInactive = active.length > 0 && active.every((isWithin) => isWithin === false)
    const reasons = isInactive ? actives : muted
    if (reasons.length === 0) return null
    for (const name of reasons) ids.add(toPrintable(name))
  }
  return ids.size === 0 ? null : [...ids].sort()
}

function receiverPredicate(receiver: string): (name: string) => boolean {
  const compiled = compileExpression(receiver)
  return compiled.ok ? compiled.value : () => false
}
