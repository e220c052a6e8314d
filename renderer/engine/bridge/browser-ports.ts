import { openDoorSocket, type OpenWire } from '../door/door-socket.ts'
import type { KeyStore } from '../door/key-store.ts'
import type { ClientPorts, Socket, SocketHandlers } from './ports.ts'
import { sleeplessClock } from './sleepless-clock.ts'

/** Where the engine of this page listens: the host that served it. */
export function engineAddress(location: Pick<Location, 'protocol' | 'host'>): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/engine`
}

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

/** What every page has, whatever carries its messages: clocks and chance. */
export function pagePorts(): Omit<ClientPorts, 'openSocket'> {
  const wall = () => Date.now()
  return {
    wall,
    steady: sleeplessClock({ wall, steady: () => performance.now() }),
    after(ms, callback) {
      const timer = setTimeout(callback, ms)
      return () => {
        clearTimeout(timer)
      }
    },
    random: () => Math.random(),
    newId: () => crypto.randomUUID(),
  }
}

function openWebSocket(address: string, handlers: SocketHandlers): Socket {
  const socket = new WebSocket(address)
  const gone = new AbortController()
  const { signal } = gone
  socket.addEventListener(
    'open',
    () => {
      handlers.opened()
    },
    { signal },
  )
  socket.addEventListener(
    'message',
    ({ data }) => {
      if (typeof data === 'string') handlers.received(data)
    },
    { signal },
  )
  socket.addEventListener(
    'close',
    () => {
      gone.abort()
      handlers.closed()
    },
    { signal },
  )
  return {
    send(text) {
      socket.send(text)
    },
    close() {
      gone.abort()
      socket.close()
    },
  }
}
