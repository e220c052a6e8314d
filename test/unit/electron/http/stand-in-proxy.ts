import { once } from 'node:events'
import { createServer, request as ask } from 'node:http'
import { createServer as createSocketServer, connect, type Server, type Socket } from 'node:net'

/** A proxy on the loopback address that leads every name to one server. */
export interface StandInProxy {
  readonly port: number
  /** What it was asked for, as `GET http://…`, `CONNECT host:port` or `SOCKS host:port`. */
  readonly asked: readonly string[]
  /** How each question signed in; undefined where it did not. */
  readonly signIns: readonly (string | undefined)[]
  close(): Promise<void>
}

interface ProxyOptions {
  /** Port on 127.0.0.1 that everything is led to. */
  readonly to: number
  /** Answers with this status instead. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** An HTTP proxy: whole addresses are passed on, CONNECT opens tunnels. */
export async function startProxy({
  to,
  status,
  headers = {},
}: ProxyOptions): Promise<StandInProxy> {
  const asked: string[] = []
  const signIns: (string | undefined)[] = []
  const server = createServer((incoming, response) => {
    asked.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`)
    signIns.push(incoming.headers['proxy-authorization'])
    if (status !== undefined) {
      response.writeHead(status, headers).end('<html>from the proxy</html>')
      return
    }
    const { pathname, search } = new URL(incoming.url ?? '')
    const passed = { host: '127.0.0.1', port: to, path: pathname + search }
    const { method, headers: sent } = incoming
    const outgoing = ask({ ...passed, method, headers: sent }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(response)
    })
    outgoing.on('error', () => response.destroy())
    incoming.pipe(outgoing)
  })
  const tunnels = new Set<Socket>()
  server.on('connect', (incoming, socket: Socket) => {
    asked.push(`CONNECT ${incoming.url ?? ''}`)
    signIns.push(incoming.headers['proxy-authorization'])
    tunnels.add(socket.on('error', () => undefined))
    if (status !== undefined) {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.end(`HTTP/1.1 ${String(status)} No\r\n${lines.join('')}\r\n`)
      return
    }
    const far = connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      far.pipe(socket)
      socket.pipe(far)
    })
    tunnels.add(far.on('error', () => socket.destroy()))
  })
  const port = await listen(server)
  return {
    port,
    asked,
    signIns,
    async close() {
      for (const tunnel of tunnels) tunnel.destroy()
      server.closeAllConnections()
      await end(server)
    },
  }
}

interface SocksOptions {
  readonly to: number
  /** `user:password` that it wants. */
  readonly user?: string
  /** What it answers to the wish for a connection; 0 opens it. */
  readonly reply?: number
}

/** A SOCKS 5 proxy. It answers byte by byte, as a slow network may. */
export async function startSocks({ to, user, reply = 0 }: SocksOptions): Promise<StandInProxy> {
  const asked: string[] = []
  const signIns: (string | undefined)[] = []
  const sockets = new Set<Socket>()
  const server = createSocketServer((socket) => {
    sockets.add(socket.setNoDelay().on('error', () => undefined))
    const say = (bytes: readonly number[]) => {
      for (const byte of bytes) socket.write(Buffer.from([byte]))
    }
    let step: 'methods' | 'user' | 'connect' = 'methods'
    const listener = (data: Buffer) => {
      if (step === 'methods') {
        step = user === undefined ? 'connect' : 'user'
        const offered = [...data.subarray(2)]
        say([5, user === undefined ? 0 : offered.includes(2) ? 2 : 255])
      } else if (step === 'user') {
        const name = data.subarray(2, 2 + (data[1] ?? 0)).toString()
        const given = `${name}:${data.subarray(3 + name.length).toString()}`
        signIns.push(given)
        step = 'connect'
        say([1, given === user ? 0 : 1])
      } else {
        asked.push(`SOCKS ${targetOf(data)}`)
        if (reply !== 0) {
          say([5, reply, 0, 1, 0, 0, 0, 0, 0, 0])
          return
        }
        socket.off('data', listener)
        const far = connect(to, '127.0.0.1', () => {
          // It calls itself by a name.
          say([5, 0, 0, 3, 3, 0x61, 0x62, 0x63, 0, 80])
          far.pipe(socket)
          socket.pipe(far)
        })
        sockets.add(far.on('error', () => socket.destroy()))
      }
    }
    socket.on('data', listener)
  })
  const port = await listen(server)
  return {
    port,
    asked,
    signIns,
    async close() {
      for (const socket of sockets) socket.destroy()
      await end(server)
    },
  }
}

function targetOf(data: Buffer): string {
  const port = data.readUInt16BE(data.length - 2)
  const address = data.subarray(4, -2)
  if (data[3] === 3) return `${address.subarray(1).toString()}:${String(port)}`
  return `${data[3] === 4 ? address.toString('hex') : address.join('.')}:${String(port)}`
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was assigned')
  return address.port
}

async function end(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  await closed
}
