import { isActive } from '#shared/domain/alert/schema.ts'
import { runbooksOfAlert, runbooksOfPlan } from '#shared/domain/runbook/linked.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { RunbookLibrary } from '../ports/runbook-library.ts'
import type { Reactor } from './reactor.ts'

/** From a change to the look, ms: a storm is looked at once. */
const LOOK_AFTER_MS = 1_000

/** Tells the library of runbooks where active alerts and plans lead to. */
export interface FollowingRunbooks {
  readonly reactor: Reactor
  /** Looks now: at the start, and when plans are others. */
  look(): void
  stop(): void
}

interface Deps {
  readonly clock: Pick<Clock, 'after'>
  readonly inForce: Pick<InForce, 'playbook'>
  readonly library: Pick<RunbookLibrary, 'linked'>
  readonly state: () => WatchState
}

/** What a look costs is one pass over the alerts, at most once a second, and never while recording. */
export function followingRunbooks({ clock, inForce, library, state }: Deps): FollowingRunbooks {
  /** By annotations, which stay the same object for as long as they say the same. */
  const known = new WeakMap<object, readonly string[]>()
  let cancel: (() => void) | null = null
  let last: ReadonlySet<string> | null = null

  function look(): void {
    cancel?.()
    cancel = null
    const { alerts, plans } = state()
    const ids = new Set<string>()
    const named = [...inForce.playbook().plans.plans.values(), ...plans.values()]
    for (const plan of named) for (const id of runbooksOfPlan(plan)) ids.add(id)
    for (const alert of alerts.values()) {
      if (!isActive(alert)) continue
      const { annotations } = alert
      const found = known.get(annotations) ?? runbooksOfAlert(alert)
      known.set(annotations, found)
      for (const id of found) ids.add(id)
    }
    if (last?.size === ids.size && [...last].every((id) => ids.has(id))) return
    last = ids
    library.linked(ids)
  }

  return {
    look,
    stop() {
      cancel?.()
      cancel = null
    },
    reactor: {
      doing: 'following the runbooks of alerts',
      recorded({ events }) {
        if (events.length > 0) cancel ??= clock.after(LOOK_AFTER_MS, look)
      },
    },
  }
}
