import { stat } from 'node:fs/promises'
import type { Clock } from '#electron/engine/ports/clock.ts'

/** How often the file is looked at, ms. A change is told at the second look that agrees on it. */
export const WATCH_INTERVAL_MS = 250

/** Identifies a version of a file; `none` when there is no file. */
export async function fileVersion(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
    return [dev, ino, size, mtimeNs, ctimeNs].join(':')
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code !== 'ENOENT'
      ? `unreadable:${String(error.code)}`
      : 'none'
  }
}

/**
 * Calls back after the file changed, appeared or disappeared. It polls: that is the one way that
 * works for editors which replace the file, for mounted volumes whose links are swapped, and before
 * the file or its folder exist. A change counts when two looks agree, so that a file is not read
 * half-written.
 *
 * @param since the version that the caller knows, from {@link fileVersion}.
 * @returns what ends the watch.
 */
export function watchConfiguration(
  path: string,
  onChange: () => void,
  { clock, since }: { readonly clock: Clock; readonly since: string },
): () => void {
  let known = since
  let seen = since
  let isOver = false
  let cancel: () => void = () => undefined

  const look = async () => {
    const version = await fileVersion(path)
    // Ended while looking: the caller wants to hear nothing any more.
    if (hasEnded()) return
    if (version !== known && version === seen) {
      known = version
      onChange()
    }
    seen = version
    if (!hasEnded()) next()
  }
  const hasEnded = () => isOver
  const next = () => {
    cancel = clock.after(WATCH_INTERVAL_MS, () => void look())
  }
  next()

  return () => {
    isOver = true
    cancel()
  }
}
