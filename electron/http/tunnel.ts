import { request } from 'node:http'
import type { Socket } from 'node:net'
import type { Target } from './dial.ts'
import { proxyAuthorization, type Proxy } from './proxy.ts'
import { ProxyFailure, signInsOf } from './proxy-failure.ts'

/**
 * Asks an HTTP proxy for a tunnel to a server (CONNECT).
 *
 * @param socket to the proxy; ended where there is no tunnel.
 * @param timeoutMs for its answer.
 * @returns the same socket, which leads to the server from now on.
 */
export function openTunnel(
  socket: Socket,
  proxy: Proxy,
  target: Target,
  timeoutMs: number,
): Promise<Socket> {
  const server = serverOf(target)
  const authorization = proxyAuthorization(proxy)
  socket.setTimeout(timeoutMs)
  return new Promise((resolve, reject) => {
    const giveUp = (failure: ProxyFailure) => {
      socket.destroy()
      reject(failure)
    }
    const timeOut = () => {
      giveUp(new ProxyFailure({ kind: 'silent' }))
    }
    const asked = request({
      method: 'CONNECT',
      path: server,
      headers: {
        host: server,
        'user-agent': 'deckwatch',
        ...(authorization === null ? {} : { 'proxy-authorization': authorization }),
      },
      createConnection: () => socket,
    })
    asked.once('connect', (response, _socket, head: Buffer) => {
      const status = response.statusCode ?? 0
      if (status < 200 || status >= 300) {
        const signIns = signInsOf(response.headers['proxy-authenticate'])
        giveUp(new ProxyFailure({ kind: 'refused', status, signIns }))
        return
      }
      socket.setTimeout(0).off('timeout', timeOut)
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    socket.once('timeout', timeOut)
    asked.on('error', (error) => {
      giveUp(new ProxyFailure({ kind: 'no-proxy' }, error))
    })
    asked.end()
  })
}

/** Host and port, both of which CONNECT wants. */
function serverOf({ hostname, protocol, port }: Target): string {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname
  return `${host}:${port || (protocol === 'https:' ? '443' : '80')}`
}
