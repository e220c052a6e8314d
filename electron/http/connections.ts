import { Agent, buildConnector, type Dispatcher } from 'undici'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { attemptTimeoutMs, connectorOf, dial, type Connector, type Target } from './dial.ts'
import type { Failure } from './failure.ts'
import { keyOfWay, proxyAuthorization, type Proxy } from './proxy.ts'
import { ProxyFailure } from './proxy-failure.ts'
import type { ProxyFinder, Ways } from './proxy-finder.ts'
import { openSocks } from './socks.ts'
import { loadTlsContext, tlsFilesVersion, type TlsFiles } from './tls-context.ts'
import { openTunnel } from './tunnel.ts'

/** What is asked of a server. */
export interface Question {
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** GET when it is left out. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'DELETE'
  readonly body?: string
}

/** A way to the server that is open, or opens with the first question. */
export interface Connection {
  /** What it leads through; null when it leads straight there. */
  readonly proxy: Proxy | null
  /** True when the proxy answers in the place of the server: whose fault an answer is cannot be told. */
  readonly isForwarded: boolean
  /** True once there was a connection to the proxy. */
  isProxyReached(): boolean
  ask(question: Question): Promise<Dispatcher.ResponseData>
}

/** The connections to one server. */
export interface Connections {
  /** The way to ask by, as proxies and certificates are now. */
  open(): Promise<Result<Connection, Failure>>
  /** The connection's proxy cannot be reached: the next `open` takes another way. False: there is none. */
  moveOn(): boolean
  close(): Promise<void>
}

interface Options {
  readonly base: URL
  /** For connecting, ms. */
  readonly timeout: number
  readonly tls: (TlsFiles & { readonly serverName?: string | undefined }) | undefined
  readonly findProxies: ProxyFinder
  /** Called whenever a connection that questions are sent by is open, TLS included. */
  readonly onConnected?: () => void
}

/** Makes them; nothing is opened or read before the first question. */
export function createConnections({
  base,
  timeout,
  tls,
  findProxies,
  onConnected,
}: Options): Connections {
  const isTls = base.protocol === 'https:'
  let current: {
    readonly key: string
    readonly agent: Agent
    readonly connection: Connection
  } | null = null
  let knownWays = ''
  let place = 0
  let ways: Ways = [null]

  async function wayNow(): Promise<Result<Proxy | null, Failure>> {
    const found = await findProxies(new URL(base.origin))
    if (!found.ok) return found
    const key = found.value.map(keyOfWay).join(' ')
    if (key !== knownWays) place = 0
    knownWays = key
    ways = found.value
    return ok(ways[place] ?? null)
  }

  async function make(proxy: Proxy | null): Promise<Result<[Agent, Connection], Failure>> {
    const options = { timeout, autoSelectFamilyAttemptTimeout: attemptTimeoutMs(timeout) }
    const secure = await secureOptions(isTls ? (tls ?? {}) : null)
    if (!secure.ok) return secure
    const toServer = { ...options, ...secure.value }
    if (!proxy) {
      const agent = agentOf(onConnected ? told(buildConnector(toServer), onConnected) : toServer)
      return ok([agent, direct(agent, base)])
    }
    const secureProxy = await secureOptions(proxy.scheme === 'https' ? {} : null)
    if (!secureProxy.ok) return secureProxy
    const reach = reachOf(proxy, buildConnector({ ...options, ...secureProxy.value }))
    if (proxy.scheme !== 'socks5' && !isTls) {
      const agent = agentOf(onConnected ? told(reach.connector, onConnected) : reach.connector)
      return ok([agent, forwarded(agent, base, proxy, reach.isReached)])
    }
    const upgrade = buildConnector(toServer)
    const connector = connectorOf(async (target) => {
      const open = proxy.scheme === 'socks5' ? openSocks : openTunnel
      const socket = await open(await reach.dial(), proxy, target, timeout)
      return isTls ? dial(upgrade, { ...target, httpSocket: socket }) : socket
    })
    const agent = agentOf(onConnected ? told(connector, onConnected) : connector)
    return ok([agent, { ...direct(agent, base), proxy, isProxyReached: reach.isReached }])
  }

  async function secureOptions(files: Options['tls'] | null): Promise<Result<object, Failure>> {
    if (!files) return ok({})
    const secureContext = await loadTlsContext(files)
    if (!secureContext.ok) return secureContext
    const servername = files.serverName
    return ok({
      secureContext: secureContext.value,
      ...(servername === undefined ? {} : { servername }),
    })
  }

  const takenFor = (key: string) => (current?.key === key ? current.connection : null)

  return {
    async open() {
      const version = await tlsFilesVersion(tls ?? {})
      if (!version.ok) return version
      const way = await wayNow()
      if (!way.ok) return way
      const key = `${version.value} ${keyOfWay(way.value)}`
      const known = takenFor(key)
      if (known) return ok(known)
      const made = await make(way.value)
      if (!made.ok) return fail(made.error)
      const [agent, connection] = made.value
      // Another question was faster: its connections are the same, and in use.
      const sibling = takenFor(key)
      if (sibling) {
        await agent.destroy()
        return ok(sibling)
      }
      const previous = current
      current = { key, agent, connection }
      await previous?.agent.destroy()
      return ok(connection)
    },
    moveOn() {
      const isThereOne = place + 1 < ways.length
      place = isThereOne ? place + 1 : 0
      return isThereOne
    },
    async close() {
      await current?.agent.destroy()
    },
  }
}

/** The same, with word of each connection that is open. */
function told(connector: Connector, onConnected: () => void): Connector {
  return connectorOf(async (target) => {
    const socket = await dial(connector, target)
    onConnected()
    return socket
  })
}

function agentOf(connect: object | Connector): Agent {
  return new Agent({ connections: 2, headersTimeout: 0, bodyTimeout: 0, connect })
}

function direct(agent: Agent, base: URL): Connection {
  return {
    proxy: null,
    isForwarded: false,
    isProxyReached: () => false,
    ask: (question) => agent.request({ method: 'GET', ...question, origin: base.origin }),
  }
}

/** Without a tunnel: the proxy is asked for the whole address. Many make tunnels to port 443 only. */
function forwarded(
  agent: Agent,
  base: URL,
  proxy: Proxy,
  isProxyReached: () => boolean,
): Connection {
  const authorization = proxyAuthorization(proxy)
  return {
    proxy,
    isForwarded: true,
    isProxyReached,
    ask: ({ path, headers, ...question }) =>
      agent.request({
        method: 'GET',
        ...question,
        origin: originOf(proxy),
        path: base.origin + path,
        headers: {
          ...headers,
          host: base.host,
          ...(authorization === null ? {} : { 'proxy-authorization': authorization }),
        },
      }),
  }
}

function originOf({ scheme, label }: Proxy): string {
  return `${scheme === 'https' ? 'https' : 'http'}://${label}`
}

/** How a proxy is reached: what fails here is its failure, and nobody's behind it. */
function reachOf(proxy: Proxy, connector: Connector) {
  let isReached = false
  const target: Target = {
    hostname: proxy.hostname,
    host: proxy.label,
    protocol: proxy.scheme === 'https' ? 'https:' : 'http:',
    port: String(proxy.port),
  }
  const reach = async () => {
    try {
      const socket = await dial(connector, target)
      isReached = true
      return socket
    } catch (error) {
      isReached = false
      throw new ProxyFailure({ kind: 'unreached' }, error)
    }
  }
  return { isReached: () => isReached, dial: reach, connector: connectorOf(reach) }
}
