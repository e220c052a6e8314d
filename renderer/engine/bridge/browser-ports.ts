import type { ClientPorts, Socket, SocketHandlers } from './ports.ts'
import { sleeplessClock } from './sleepless-clock.ts'

/** Where the engine of this page listens: the host that served it. */
export function engineAddress(location: Pick<Location, 'protocol' | 'host'>): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/engine`
}

/** The browser's own clocks, chance and WebSocket. */
export function browserPorts(address: string): ClientPorts {
  return {
    ...pagePorts(),
    openSocket: (handlers) => openWebSocket(address, handlers),
    isKeyRefused,
  }
}

/** What every page has, whatever carries its messages: clocks and chance. */
export function pagePorts(): Omit<ClientPorts, 'openSocket' | 'isKeyRefused'> {
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

/** The socket's failure has no status; the page's own address has one. */
async function isKeyRefused(): Promise<boolean> {
  try {
    const { status } = await fetch('/', { method: 'HEAD', cache: 'no-store' })
    return status === 401 || status === 403
  } catch {
    return false
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
