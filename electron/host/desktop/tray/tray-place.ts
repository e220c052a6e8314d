import type { Clock } from '#electron/engine/ports/clock.ts'
import type { TrayHost } from './tray-host.ts'

/** A desktop without a tray is asked again after this, ms: at login its panel may come late. */
const SOON_MS = 10_000
/** And from then on each time after this, ms. */
const LATER_MS = 30_000

/** The place for the tray icon, which may come later than the icon. */
export interface TrayPlace {
  /** Whether an icon is seen by anybody, asked now. */
  isThere(): Promise<boolean>
  stop(): void
}

/**
 * Watches whether the desktop has a place for the tray icon, as long as it has none.
 *
 * @param look asks the desktop.
 */
export function watchTrayPlace({
  look,
  clock,
  appeared,
  missing,
}: {
  readonly look: () => Promise<TrayHost>
  readonly clock: Pick<Clock, 'after'>
  /** There is one now, and there was none before. */
  readonly appeared: () => void
  /** There still is none when the desktop had time to bring it. Called once at most. */
  readonly missing: () => void
}): TrayPlace {
  let isStopped = false
  let cancel: () => void = () => undefined

  async function watch(looks: number): Promise<void> {
    const found = await look()
    if (isStopped) return
    if (found === 'absent') {
      if (looks === 1) missing()
      cancel = clock.after(looks === 0 ? SOON_MS : LATER_MS, () => void watch(looks + 1))
    } else if (found === 'there' && looks > 0) appeared()
  }

  void watch(0)
  return {
    isThere: async () => (await look()) !== 'absent',
    stop() {
      isStopped = true
      cancel()
    },
  }
}
