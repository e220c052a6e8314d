import { watch } from 'node:fs'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { FoundFolder } from './scan.ts'

/** Times of the watch, ms. */
export const watchTimes = {
  /** From what the system reports to the look: an editor's several steps are one change. */
  debounce: 100,
  /** Between the two looks that must agree, and between looks where nothing is reported. */
  settle: 250,
  /** Between looks while every change is reported: some file systems report nothing. */
  idle: 5_000,
} as const

/**
 * Looking may take at most one part in so many of the time, where that is cheap to keep: on a busy
 * machine a look lasts long without doing much, and a change must not wait for minutes.
 */
const SHARE = 20

/** Reports changes in one folder; `onEnd` when it can no longer. Throws where it cannot begin. */
export type OpenWatch = (
  folder: string,
  handlers: { readonly onEvent: () => void; readonly onEnd: () => void },
) => { close(): void }

/** What a look found out about looking. */
export interface Look {
  readonly folders: readonly FoundFolder[]
  /** True when what changes may not be reported, as behind links. */
  readonly hasLinks: boolean
  /** True when something is changing: the next look must see whether it is over. */
  readonly isUnsettled: boolean
}

/** Watches one folder by what the operating system reports. */
export const openSystemWatch: OpenWatch = (folder, { onEvent, onEnd }) => {
  const watcher = watch(folder, { persistent: false }, onEvent)
  watcher.on('error', () => {
    watcher.close()
    onEnd()
  })
  return watcher
}

/**
 * Looks again and again: soon after the system reports a change, and by itself, for a report is a
 * hint and no promise. Where reports cannot be had (no folder yet, too many watches, links) it
 * looks as often as it may.
 *
 * @returns what ends the watch.
 */
export function startWatch(
  look: () => Promise<Look>,
  { clock, openWatch }: { readonly clock: Clock; readonly openWatch: OpenWatch },
): () => void {
  const watched = new Map<string, { close(): void }>()
  let isOver = false
  let isLooking = false
  let isReported = false
  let cancel: () => void = () => undefined
  // Asked for after a wait, in which both may have changed.
  const hasEnded = () => isOver
  const hasReport = () => isReported

  const plan = (ms: number) => {
    cancel()
    cancel = clock.after(ms, () => void run())
  }
  let earliest = 0
  const onEvent = () => {
    if (isOver || isReported) return
    isReported = true
    if (!isLooking) plan(Math.max(watchTimes.debounce, earliest - clock.monotonic()))
  }

  /** Watches what is there now; true when each folder was watched before this look already. */
  const follow = (folders: readonly FoundFolder[]): 'all' | 'new' | 'not-all' => {
    const wanted = new Map(folders.map(({ path, id }) => [`${id}:${path}`, path]))
    for (const [key, each] of watched) {
      if (wanted.has(key)) continue
      each.close()
      watched.delete(key)
    }
    let isNew = false
    for (const [key, path] of wanted) {
      if (watched.has(key)) continue
      try {
        const onEnd = () => {
          watched.delete(key)
          onEvent()
        }
        watched.set(key, openWatch(path, { onEvent, onEnd }))
        isNew = true
      } catch {
        return 'not-all'
      }
    }
    return isNew ? 'new' : wanted.size > 0 ? 'all' : 'not-all'
  }

  const run = async () => {
    isLooking = true
    isReported = false
    const started = clock.monotonic()
    const { folders, hasLinks, isUnsettled } = await look()
    isLooking = false
    // Ended while looking: nothing is planned any more.
    if (hasEnded()) return
    const ended = clock.monotonic()
    earliest = ended + Math.min((ended - started) * SHARE, watchTimes.idle)
    const isReliable = follow(folders) === 'all' && !hasLinks && !isUnsettled
    const usual = isReliable ? watchTimes.idle : watchTimes.settle
    plan(Math.max(hasReport() ? watchTimes.debounce : usual, earliest - ended))
  }
  plan(watchTimes.settle)

  return () => {
    isOver = true
    cancel()
    for (const each of watched.values()) each.close()
    watched.clear()
  }
}
