import type { NetworkInterfaceInfo } from 'node:os'
import type { Clock } from '#electron/engine/ports/clock.ts'

/** How often the machine's addresses are looked at, ms. It costs a tenth of a millisecond. */
const LOOK_EVERY_MS = 5_000

/**
 * Calls back when the machine's addresses change: another Wi-Fi, a cable, a VPN that came or went.
 * Electron tells the page of this, but the page may be hidden.
 *
 * @param read the machine's interfaces (`os.networkInterfaces`).
 * @returns what stops it.
 */
export function watchNetwork(
  read: () => NodeJS.Dict<NetworkInterfaceInfo[]>,
  clock: Pick<Clock, 'after'>,
  changed: () => void,
): () => void {
  let before = addresses(read())
  let cancel = clock.after(LOOK_EVERY_MS, look)

  function look(): void {
    const now = addresses(read())
    if (now !== before) {
      before = now
      changed()
    }
    cancel = clock.after(LOOK_EVERY_MS, look)
  }

  return () => {
    cancel()
  }
}

function addresses(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string {
  return Object.entries(interfaces)
    .flatMap(([name, infos = []]) =>
      infos
        .filter(({ internal }) => !internal)
        .map(({ address, netmask }) => `${name} ${address} ${netmask}`),
    )
    .sort()
    .join('\n')
}
