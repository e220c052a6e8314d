import { isIPv4, isIPv6, type Socket } from 'node:net'
import type { Target } from './dial.ts'
import type { Proxy } from './proxy.ts'
import { ProxyFailure } from './proxy-failure.ts'

const VERSION = 5
const SIGN_IN = { none: 0, password: 2 } as const
const CONNECT = 1
const KIND = { ipv4: 1, name: 3, ipv6: 4 } as const

/**
 * Asks a SOCKS 5 proxy for a connection to a server (RFC 1928, 1929). The proxy resolves the name.
 *
 * @param socket to the proxy; ended where there is no connection.
 * @param timeoutMs for each of its answers.
 * @returns the same socket, which leads to the server from now on.
 */
export async function openSocks(
  socket: Socket,
  proxy: Proxy,
  target: Target,
  timeoutMs: number,
): Promise<Socket> {
  try {
    socket.setTimeout(timeoutMs)
    await signIn(socket, proxy)
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80)
    socket.write(
      Buffer.from([VERSION, CONNECT, 0, ...addressOf(target.hostname), port >> 8, port & 255]),
    )
    const [version, reply = 1, , kind] = await take(socket, 4)
    if (version !== VERSION) throw new ProxyFailure({ kind: 'no-proxy' })
    if (reply !== 0) throw new ProxyFailure({ kind: 'socks-refused', reply })
    // The address that it uses itself, and its port: of no interest, but in the way.
    await take(socket, (await lengthOfAddress(socket, kind)) + 2)
    socket.setTimeout(0)
    return socket
  } catch (error) {
    socket.destroy()
    throw error instanceof ProxyFailure ? error : new ProxyFailure({ kind: 'no-proxy' }, error)
  }
}

async function signIn(socket: Socket, { credentials }: Proxy): Promise<void> {
  const user = credentials()
  const ways = user === null ? [SIGN_IN.none] : [SIGN_IN.none, SIGN_IN.password]
  socket.write(Buffer.from([VERSION, ways.length, ...ways]))
  const [version, chosen] = await take(socket, 2)
  if (version !== VERSION) throw new ProxyFailure({ kind: 'no-proxy' })
  if (chosen === SIGN_IN.none) return
  const name = Buffer.from(user?.username ?? '')
  const password = Buffer.from(user?.password ?? '')
  if (!user || chosen !== SIGN_IN.password || name.length > 255 || password.length > 255) {
    throw new ProxyFailure({ kind: 'socks-sign-in' })
  }
  socket.write(Buffer.from([1, name.length, ...name, password.length, ...password]))
  const [, status] = await take(socket, 2)
  if (status !== 0) throw new ProxyFailure({ kind: 'socks-sign-in' })
}

function addressOf(hostname: string): readonly number[] {
  if (isIPv4(hostname)) return [KIND.ipv4, ...hostname.split('.').map(Number)]
  if (isIPv6(hostname)) return [KIND.ipv6, ...bytesOf(hostname)]
  const name = Buffer.from(hostname)
  // A name of DNS has 253 characters at most.
  if (name.length > 255) throw new ProxyFailure({ kind: 'socks-refused', reply: 8 })
  return [KIND.name, name.length, ...name]
}

/** The 16 bytes of an address of IPv6, as a URL writes it: no IPv4 at its end. */
function bytesOf(address: string): readonly number[] {
  const [start = '', end] = address.split('::')
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const [first, last] = [groups(start), groups(end)]
  const gap = end === undefined ? [] : new Array<string>(8 - first.length - last.length).fill('0')
  return [...first, ...gap, ...last].flatMap((group) => {
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 255]
  })
}

async function lengthOfAddress(socket: Socket, kind: number | undefined): Promise<number> {
  if (kind === KIND.ipv4) return 4
  if (kind === KIND.ipv6) return 16
  if (kind !== KIND.name) throw new ProxyFailure({ kind: 'no-proxy' })
  const [length = 0] = await take(socket, 1)
  return length
}

/** Exactly so many bytes; what comes after them stays for whoever reads next. */
function take(socket: Socket, size: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      socket.off('readable', look).off('error', fail).off('close', close).off('timeout', timeOut)
      act()
    }
    const fail = (error: Error) => {
      settle(() => {
        reject(error)
      })
    }
    const close = () => {
      fail(new ProxyFailure({ kind: 'no-proxy' }))
    }
    const timeOut = () => {
      fail(new ProxyFailure({ kind: 'silent' }))
    }
    const look = () => {
      const bytes = socket.read(size) as Buffer | null
      if (bytes?.length === size) {
        settle(() => {
          resolve(bytes)
        })
      } else if (bytes !== null || socket.readableEnded) close()
    }
    socket.on('readable', look).on('error', fail).on('close', close).on('timeout', timeOut)
    look()
  })
}
