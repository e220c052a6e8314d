import type { ClientPorts, Socket, SocketHandlers } from './ports.ts'
import { sleeplessClock } from './sleepless-clock.ts'

/** Where the engine of this page listens: the host that served it. */
export function engineAddress(location: Pick<Location, 'protocol' | 'host'>): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/engine`
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

/** A bare WebSocket. */
export function openWebSocket(address: string, handlers: SocketHandlers): Socket {
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
