import type { Clock } from '#electron/engine/ports/clock.ts'
import type { DrillSource } from '#electron/engine/ports/drill.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import type { SourceReport } from '#electron/engine/ports/source.ts'
import type { Labels, Signal } from '#shared/domain/alert/schema.ts'
import type { DrillConfig } from './kind.ts'
import { DRILL_TYPE } from '#shared/domain/source/drill.ts'
import { ok } from '#shared/domain/result/result.ts'
import { sceneAt, STORY_LENGTH_MS } from './plot/scenes.ts'
import { createProgress } from './progress.ts'
import { toSignal } from './signal.ts'

interface Listed {
  readonly signal: Signal
  /** The whole signal as text: how two polls are compared. */
  readonly text: string
}

type Listing = ReadonlyMap<string, Listed>

/**
 * The drill: a story of a food-delivery company, told as a source tells it. No server, no network:
 * a poll only looks where the story is.
 *
 * What is kept over a restart lies in `marks`, so that after a crash the story goes on and alerts
 * that run keep their start (and with it what was acknowledged).
 */
export function createDrillSource(
  config: DrillConfig,
  { clock, marks }: { readonly clock: Clock; readonly marks: Marks },
): DrillSource {
  const progress = createProgress(config, { clock, marks })
  let accepted: Listing | null = null
  let pending: Listing | null = null

  function look(): Listing {
    const { telling, active } = progress.look()
    const listing = new Map<string, Listed>()
    for (const alert of active) {
      const signal = toSignal(alert, telling)
      listing.set(labelsText(signal.labels), { signal, text: JSON.stringify(signal) })
    }
    return listing
  }

  return {
    id: config.name,
    name: config.name,
    type: 'drill',
    intervalMs: config.interval,
    heartbeats: ['alertname="Watchdog"'],
    // What is made up is never the same as what is real.
    realm: DRILL_TYPE,
    poll() {
      progress.advance()
      pending = look()
      return Promise.resolve(ok(compare(accepted, pending)))
    },
    accept() {
      accepted = pending ?? accepted
    },
    forget() {
      accepted = null
      pending = null
    },
    test() {
      const { telling, atMs, active } = progress.look()
      return Promise.resolve({
        isWorking: true,
        findings: [
          `The drill needs no server: it tells the story of seed ${config.seed} by itself.`,
          `Telling ${telling.loop + 1}, ${minutes(atMs)} of ${minutes(STORY_LENGTH_MS)}: ${sceneAt(atMs)}.`,
          `${active.length} alerts, ${active.filter(({ hold }) => hold !== null).length} suppressed.`,
        ],
        problem: null,
      })
    },
    close: () => Promise.resolve(),
    status() {
      const { telling, atMs } = progress.look()
      return {
        isPaused: telling.isPaused,
        speed: telling.speed,
        at: Math.round(atMs),
        length: STORY_LENGTH_MS,
        scene: sceneAt(atMs),
      }
    },
    control(change) {
      progress.control(change)
    },
  }
}

function compare(basis: Listing | null, listing: Listing): SourceReport {
  const signals: Signal[] = []
  for (const [key, { signal, text }] of listing) {
    if (basis?.get(key)?.text !== text) signals.push(signal)
  }
  const gone = basis
    ? [...basis].filter(([key]) => !listing.has(key)).map(([, { signal }]) => signal.labels)
    : []
  return {
    kind: basis ? 'changes' : 'all',
    signals,
    gone,
    rejections: [],
    moreRejections: 0,
    instance: null,
    total: listing.size,
    selfAlerts: [],
  }
}

function labelsText(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function minutes(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
