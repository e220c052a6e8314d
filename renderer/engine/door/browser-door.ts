import { engineAddress, openWebSocket, pagePorts } from '../bridge/browser-ports.ts'
import type { ClientPorts } from '../bridge/ports.ts'
import { openDoorSocket, type OpenWire } from './door-socket.ts'
import type { KeyStore } from './key-store.ts'

/** What the door needs of a browser. */
export function doorPorts({ protocol, host }: Pick<Location, 'protocol' | 'host'>, keys: KeyStore) {
  const wire: OpenWire = (handlers) => openWebSocket(engineAddress({ protocol, host }), handlers)
  return { wire, keys, host, now: () => Date.now() }
}

/**
 * The browser's own clocks, chance and WebSocket, through the door of the host.
 *
 * @param person whom this page belongs to; `me` for the owner.
 */
export function browserPorts(
  location: Pick<Location, 'protocol' | 'host'>,
  keys: KeyStore,
  person: string,
): ClientPorts {
  const door = doorPorts(location, keys)
  return { ...pagePorts(), openSocket: (handlers) => openDoorSocket(door, person, handlers) }
}
