import { isWorse } from '#shared/domain/severity/schema.ts'
import type { Clock } from '../ports/clock.ts'
import type { RefusedAlert } from './refused-alerts.ts'

/** Between two notifications about what is not recorded, ms, unless something worse is among it. */
const EVERY_MS = 10_000

/** Decides when a notification about what is not recorded is due. */
export interface UnrecordedNews {
  /** How things stand: the alerts that would page, the worst first. */
  look(paging: readonly RefusedAlert[]): void
  stop(): void
}

/**
 * An incident is worth one notification, and another one once it has twice the alerts, and three
 * more at least. Many within seconds are one.
 *
 * @param say is called with all that would page now; with none when that is over.
 */
export function createUnrecordedNews(
  clock: Pick<Clock, 'monotonic' | 'after'>,
  say: (paging: readonly RefusedAlert[]) => void,
): UnrecordedNews {
  /** How many alerts of each incident the last notification that was about it counted. */
  const said = new Map<string, number>()
  let saidAt: number | null = null
  let worstSaid: RefusedAlert['severity'] | null = null
  let latest: readonly RefusedAlert[] = []
  let cancel: (() => void) | null = null

  function speak(): void {
    cancel?.()
    cancel = null
    saidAt = clock.monotonic()
    worstSaid = latest[0]?.severity ?? null
    for (const [id, alerts] of Map.groupBy(latest, ({ incidentId }) => incidentId)) {
      said.set(id, alerts.length)
    }
    say(latest)
  }

  function isDue(): boolean {
    return [...Map.groupBy(latest, ({ incidentId }) => incidentId)].some(([id, alerts]) => {
      const before = said.get(id)
      return before === undefined || alerts.length >= Math.max(2 * before, before + 3)
    })
  }

  /** The last notification has been there for long enough, or this is worse. */
  function speakInTime(): void {
    const [worst] = latest
    if (!worst || !isDue()) return
    const waited = saidAt === null ? EVERY_MS : clock.monotonic() - saidAt
    const isUrgent = worstSaid === null || isWorse(worst.severity, worstSaid)
    if (waited >= EVERY_MS || isUrgent) speak()
    else cancel ??= clock.after(EVERY_MS - waited, speakLater)
  }

  function speakLater(): void {
    cancel = null
    speakInTime()
  }

  return {
    look(paging) {
      const wasSome = latest.length > 0
      latest = paging
      if (paging.length > 0) {
        speakInTime()
        return
      }
      cancel?.()
      cancel = null
      said.clear()
      worstSaid = null
      if (wasSome) say([])
    },
    stop() {
      cancel?.()
    },
  }
}
