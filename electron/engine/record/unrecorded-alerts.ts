import { compareSeverity } from '#shared/domain/severity/schema.ts'
import { MAX_UNRECORDED, type Unrecorded } from '#shared/domain/unrecorded/schema.ts'
import { unrecordedNotice } from '#shared/domain/unrecorded/words.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Clock } from '../ports/clock.ts'
import type { JournalFailure } from '../ports/journal.ts'
import type { StatusBoard } from '../status/status-board.ts'
import type { Refused } from './recorder.ts'
import { refusedAlerts, type RefusedAlert, type Reporter } from './refused-alerts.ts'
import { createUnrecordedNews } from './unrecorded-news.ts'

/**
 * The alerts that the journal refused. A report that is refused is presented again by its source,
 * whole, at the next poll: so what a source's last report would have made new is what is not recorded
 * of it, and nothing has to be remembered of what was refused before.
 */
export interface UnrecordedAlerts {
  /** A report could not be recorded. */
  refused(reporter: Reporter, batch: Refused): void
  /** A report of this source is recorded: nothing of it is missing. */
  recorded(sourceId: string): void
  /** Forgets what other sources than these reported. */
  keepOnly(sourceIds: readonly string[]): void
  stop(): void
}

interface Deps {
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'after'>
  readonly inForce: Pick<InForce, 'isProvisional'>
  readonly status: Pick<StatusBoard, 'unrecorded'>
  readonly outbox: Pick<Outbox, 'failsWith'>
}

/** Nothing is missing yet. */
export function createUnrecordedAlerts({ clock, inForce, status, outbox }: Deps): UnrecordedAlerts {
  const byReporter = new Map<string, readonly RefusedAlert[]>()
  let failure: JournalFailure | null = null
  let since: number | null = null

  const news = createUnrecordedNews(clock, (paging) => {
    const total = distinct(byReporter).length
    if (paging.length === 0 || failure === null) outbox.failsWith('journal', null)
    else {
      const isDrill = paging.every((alert) => alert.isDrill)
      outbox.failsWith('journal', unrecordedNotice(paging, { ...failure, total, isDrill }))
    }
  })

  function changed(): void {
    const all = distinct(byReporter)
    since = all.length === 0 ? null : (since ?? clock.now())
    status.unrecorded(
      failure === null || since === null ? null : toStatus(all, byReporter, failure, since),
    )
    // Nobody knows what a configuration that cannot be read holds back: only the urgent goes out.
    const isUrgent = ({ severity }: RefusedAlert) => severity === 'P0' || !inForce.isProvisional()
    news.look(all.filter((alert) => alert.wouldPage && isUrgent(alert)))
  }

  return {
    refused(reporter, batch) {
      failure = batch.failure
      const alerts = refusedAlerts(reporter, batch)
      if (alerts.length > 0) byReporter.set(reporter.id, alerts)
      else if (!byReporter.delete(reporter.id)) return
      changed()
    },
    recorded(sourceId) {
      if (byReporter.delete(sourceId)) changed()
    },
    keepOnly(sourceIds) {
      const gone = [...byReporter.keys()].filter((id) => !sourceIds.includes(id))
      for (const id of gone) byReporter.delete(id)
      if (gone.length > 0) changed()
    },
    stop: () => {
      news.stop()
    },
  }
}

/** As people count: `db-2` before `db-10`. */
const natural = new Intl.Collator('en', { numeric: true })

/** Each alert once, whoever reports it: the worst first, then what fires longest. */
function distinct(
  byReporter: ReadonlyMap<string, readonly RefusedAlert[]>,
): readonly RefusedAlert[] {
  const byKey = new Map([...byReporter.values()].flat().map((alert) => [alert.key, alert]))
  return [...byKey.values()].sort(
    (a, b) =>
      compareSeverity(a.severity, b.severity) ||
      a.since - b.since ||
      natural.compare(a.title, b.title) ||
      (a.key < b.key ? -1 : 1),
  )
}

function toStatus(
  all: readonly RefusedAlert[],
  byReporter: ReadonlyMap<string, readonly RefusedAlert[]>,
  { code, message, hint }: JournalFailure,
  since: number,
): Unrecorded {
  return {
    code,
    message,
    hint,
    since,
    alerts: all.slice(0, MAX_UNRECORDED).map((alert) => ({
      severity: alert.severity,
      title: alert.title,
      labels: { ...alert.labels },
      sourceId: alert.sourceId,
      source: alert.source,
      since: alert.since,
      ...(alert.only ? { only: [...alert.only] } : {}),
    })),
    more: Math.max(0, all.length - MAX_UNRECORDED),
    bySource: Object.fromEntries(
      [...byReporter].map(([id, alerts]) => [id, alerts.length] as const),
    ),
  }
}
