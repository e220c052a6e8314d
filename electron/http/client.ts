import type { Clock } from '#electron/engine/ports/clock.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Auth, Tls } from '#shared/domain/source-kind/field-value.ts'
import { headerReferences, type Headers } from '#shared/domain/source-kind/headers.ts'
import { packingOf, readBounded, startOfText, textOf } from './body.ts'
import { createBodyMemory } from './body-memory.ts'
import { pause, within, type Budget } from './budget.ts'
import { createConnections, type Connection } from './connections.ts'
import { readCredentials } from './credentials.ts'
import { failure, type Failure } from './failure.ts'
import { isLoopback } from './no-proxy.ts'
import type { Proxy } from './proxy.ts'
import { ProxyFailure, signInsOf } from './proxy-failure.ts'
import { noProxies, type ProxyFinder } from './proxy-finder.ts'
import { namedWhere, proxyProblem, signInProblem } from './proxy-problem.ts'
import type { SecretReader } from './secrets.ts'
import { parseRetryAfter, statusProblem, TENANT_HEADER } from './status-problem.ts'
import { isConnectionLost, isNeverSent, transportProblem } from './transport-problem.ts'
import { writeProblem } from './write-problem.ts'

/** How to reach a server: the part of a configuration that is about the network. */
export interface ConnectionConfig {
  /** The base address; paths are asked below it. */
  readonly url: string
  /** For connecting, ms. */
  readonly timeout: number
  /** Largest answer that is read, in MiB, once it is unpacked. */
  readonly maxBodyMiB: number
  readonly auth?: Auth
  readonly tls?: Tls
  /** Sent with each request; values are plain or name a secret. */
  readonly headers?: Headers | undefined
  /** Reads what is wrong out of the start of a refusal; as Prometheus words it when left out. */
  readonly readError?: ((bodyStart: string) => string | null) | undefined
}

/** What the client needs of the world. */
export interface HttpDeps {
  readonly clock: Clock
  /** A fresh random fraction in [0, 1), for jitter. */
  readonly random: () => number
  readonly secrets: SecretReader
  /** The proxies of this machine; without it every way is straight. */
  readonly proxies?: ProxyFinder | undefined
}

/** Names and values of a query; a name may come several times. */
export type Query = readonly (readonly [name: string, value: string])[]

/** Asks one server. */
export interface HttpClient {
  /** Host and port that are asked, for messages. */
  readonly host: string
  /**
   * GET of a path below the configured address; resolves to the body's text. Follows no redirect,
   * asks again after 503 (at most {@link MAX_ATTEMPTS} times in all) and once after a connection
   * that was lost before an answer. Ends with the budget.
   */
  get(path: string, query: Query, budget: Budget): Promise<Result<string, Failure>>
  /**
   * A question that has a body: POST of a path where that changes nothing. As {@link HttpClient.get}
   * otherwise.
   *
   * @param json is sent as it is.
   */
  ask(path: string, query: Query, json: string, budget: Budget): Promise<Result<string, Failure>>
  /**
   * Asks for a change below the configured address, once: it is never asked again, whatever comes.
   * Resolves to the text of the answer. Ends with the budget.
   *
   * @param body becomes JSON; null for none.
   */
  send(
    method: 'POST' | 'DELETE',
    path: string,
    body: unknown,
    budget: Budget,
  ): Promise<Result<string, SendFailure>>
  /** The proxy that the last question went through; null when it went straight. */
  via(): Proxy | null
  /** Ends what is under way and closes all connections. */
  close(): Promise<void>
}

/** A change that brought no usable answer. */
export interface SendFailure extends Failure {
  /** True when the server may have made it all the same. */
  readonly mayBeDone: boolean
}

/** Most tries of one question: Alertmanager answers 503 beyond its limit of parallel requests. */
export const MAX_ATTEMPTS = 4
/** First wait after a 503, ms; doubles each time, half of it random. */
const BACK_OFF_MS = 100
/** As much of a refusal as is read for its reason, bytes. */
const MAX_REFUSAL_BYTES = 1_024

interface Attempt {
  readonly outcome: Result<string, Failure>
  readonly again: 'no' | 'at-once' | 'later' | 'by-another-way'
  /** True when the server may have done what was asked although there is no good answer. */
  readonly mayBeDone?: boolean
}

/** What is asked for. */
interface Outgoing {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** JSON. */
  readonly body?: string
}

const reading: Outgoing = { method: 'GET' }

/** Whether something is only asked for, or is to be changed. */
type Purpose = 'read' | 'change'

/** Makes a client; nothing is opened or read before the first question. */
export function createHttpClient(config: ConnectionConfig, deps: HttpDeps): HttpClient {
  const base = new URL(config.url)
  const prefix = base.pathname.replace(/\/+$/, '')
  const isTls = base.protocol === 'https:'
  const maxBytes = config.maxBodyMiB * 1_048_576
  const bodies = createBodyMemory()
  const connections = createConnections({
    base,
    timeout: config.timeout,
    tls: config.tls,
    findProxies: deps.proxies ?? noProxies,
  })
  const standing = {
    accept: 'application/json',
    'user-agent': 'deckwatch',
    // On this machine packing costs more than it saves.
    ...(isLoopback(base) ? {} : { 'accept-encoding': 'gzip' }),
  }
  const credentials = [
    ...(config.auth ? (['auth'] as const) : []),
    ...(config.tls?.cert === undefined ? [] : (['tls'] as const)),
    ...(headerReferences(config.headers).length === 0 ? [] : (['headers'] as const)),
  ]
  const hasTenant = Object.keys(config.headers ?? {}).some(
    (name) => name.toLowerCase() === TENANT_HEADER,
  )
  let lastProxy: Proxy | null = null
  let isClosed = false

  async function prepare(): Promise<
    Result<
      { readonly shown: Readonly<Record<string, string>>; readonly connection: Connection },
      Failure
    >
  > {
    const shown = await readCredentials(config, base.host, deps.secrets)
    if (!shown.ok) return shown
    const connection = await connections.open()
    if (!connection.ok) return connection
    return ok({ shown: shown.value, connection: connection.value })
  }

  async function attempt(
    path: string,
    query: Query,
    budget: Budget,
    outgoing: Outgoing,
    purpose: Purpose,
  ): Promise<Attempt> {
    const stop = (error: Failure, mayBeDone = false): Attempt => ({
      outcome: fail(error),
      again: 'no',
      mayBeDone,
    })
    // A file on a disk that does not answer must not take longer than the server may.
    const prepared = await within(budget, prepare())
    if (prepared === null) return stop(ended(budget, null))
    if (!prepared.ok) return stop(prepared.error)
    const { shown, connection } = prepared.value
    const { proxy } = connection
    lastProxy = proxy
    let hasAnswer = false
    try {
      // While it connects undici hears no signal.
      const response = await within(
        budget,
        connection.ask({
          path: prefix + path + formatQuery(query),
          ...outgoing,
          headers: { ...standing, ...shown, ...contentType(outgoing) },
          signal: budget.signal,
        }),
      )
      if (response === null) return stop(ended(budget, connection), true)
      hasAnswer = true
      const { statusCode: status, headers } = response
      const packing = packingOf(headerText(headers['content-encoding']))
      if (status < 200 || status >= 300) {
        const start = await readBounded(response.body, MAX_REFUSAL_BYTES)
        const proxyOfAnswer = connection.isForwarded ? proxy : null
        if (proxyOfAnswer && status === 407) {
          return stop(signInProblem(proxyOfAnswer, signInsOf(headers['proxy-authenticate'])))
        }
        const toProblem = purpose === 'read' ? statusProblem : writeProblem
        const refused = toProblem(
          {
            status,
            location: headerText(headers['location']) ?? null,
            retryAfterMs: parseRetryAfter(headerText(headers['retry-after']), deps.clock.now()),
            bodyStart: startOfText(start, packing, MAX_REFUSAL_BYTES),
          },
          {
            url: new URL(base.origin + prefix + path),
            path,
            credentials,
            hasTenant,
            proxy: proxyOfAnswer,
            readError: config.readError,
          },
        )
        // One that names a time is not asked again before it.
        const isAgain = status === 503 && refused.retryAfterMs === null
        return {
          outcome: fail(proxyOfAnswer ? askedThrough(refused, proxyOfAnswer) : refused),
          again: isAgain ? 'later' : 'no',
          // A proxy that gives up knows as little as we do.
          mayBeDone: status >= 500,
        }
      }
      const announced = Number(headerText(headers['content-length']) ?? '0')
      const body = await readBounded(response.body, maxBytes, announced)
      if (!body.isWhole) return stop(tooLarge(), true)
      // What a change answers is no answer of the same path for the next time.
      const question = `${outgoing.method} ${path}${formatQuery(query)}`
      const known = bodies.recall(question, packing, body.chunks)
      if (known !== null) return { outcome: ok(known), again: 'no' }
      const text = await textOf(body.chunks, packing, { maxBytes, host: base.host, tooLarge })
      if (text.ok) bodies.keep(question, packing, body.chunks, text.value)
      return { outcome: text, again: 'no', mayBeDone: true }
    } catch (error) {
      if (budget.signal.aborted || isClosed) return stop(ended(budget, connection), true)
      return {
        ...failed(error, connection, hasAnswer),
        // A proxy that opens no way has passed nothing on.
        mayBeDone: !(error instanceof ProxyFailure) && !isNeverSent(error),
      }
    }
  }

  function failed(error: unknown, { proxy, isForwarded }: Connection, hasAnswer: boolean): Attempt {
    const again = !hasAnswer && isConnectionLost(error) ? 'at-once' : 'no'
    if (proxy && (isForwarded || error instanceof ProxyFailure)) {
      const isUnreached = error instanceof ProxyFailure && error.fault.kind === 'unreached'
      return {
        outcome: fail(proxyProblem(error, proxy, { host: base.host, hasAnswer })),
        again: isUnreached && connections.moveOn() ? 'by-another-way' : again,
      }
    }
    const problem = transportProblem(error, { host: base.host, isTls, hasAnswer })
    return { outcome: fail(proxy ? askedThrough(problem, proxy) : problem), again }
  }

  function ended(budget: Budget, connection: Connection | null): Failure {
    if (!budget.isTimeOver()) {
      return failure('internal', `Polling ${base.host} was cancelled.`, 'No action needed.')
    }
    const seconds = String(budget.limitMs / 1_000)
    const proxy = connection?.proxy ?? null
    if (proxy && connection?.isProxyReached() === false) {
      return failure(
        'timeout',
        `The proxy ${proxy.label} did not accept the connection within ${seconds} s, so ${base.host} was not reached.`,
        `Check its address, that it runs, and the VPN. ${namedWhere(proxy)}`,
      )
    }
    const problem = failure(
      'timeout',
      `${base.host} did not answer within ${seconds} s.`,
      'It may be overloaded or hanging; a longer timeout helps where it is only slow.',
    )
    return proxy ? askedThrough(problem, proxy) : problem
  }

  function tooLarge(): Failure {
    return failure(
      'too-large',
      `The answer of ${base.host} is over ${String(config.maxBodyMiB)} MiB and was not read.`,
      'Narrow it down with receiver or filter, or raise maxBodyMiB.',
    )
  }

  async function askUntilAnswered(
    path: string,
    query: Query,
    budget: Budget,
    outgoing: Outgoing,
  ): Promise<Result<string, Failure>> {
    const isOver = () => budget.signal.aborted || isClosed
    let mayReconnect = true
    for (let tries = 1; ; tries += 1) {
      if (isOver()) return fail(ended(budget, null))
      const { outcome, again } = await attempt(path, query, budget, outgoing, 'read')
      if (again === 'no' || tries >= MAX_ATTEMPTS) return outcome
      if (again === 'at-once') {
        if (!mayReconnect) return outcome
        mayReconnect = false
      } else if (again === 'later') {
        await pause(deps.clock, BACK_OFF_MS * 2 ** (tries - 1) * (0.5 + deps.random()), budget)
        // The server's own words say more than that the time is over.
        if (isOver()) return outcome
      }
    }
  }

  return {
    host: base.host,
    get: (path, query, budget) => askUntilAnswered(path, query, budget, reading),
    ask: (path, query, json, budget) =>
      askUntilAnswered(path, query, budget, { method: 'POST', body: json }),
    async send(method, path, body, budget) {
      const outgoing = body === null ? { method } : { method, body: JSON.stringify(body) }
      if (budget.signal.aborted || isClosed) {
        return fail({ ...ended(budget, null), mayBeDone: false })
      }
      const { outcome, mayBeDone = false } = await attempt(path, [], budget, outgoing, 'change')
      return outcome.ok ? outcome : fail({ ...outcome.error, mayBeDone })
    },
    via: () => lastProxy,
    async close() {
      isClosed = true
      await connections.close()
    },
  }
}

function contentType({ body }: Outgoing): Readonly<Record<string, string>> {
  return body === undefined ? {} : { 'content-type': 'application/json' }
}

/** The same, with the proxy that may have a part in it. */
function askedThrough({ problem, retryAfterMs }: Failure, proxy: Proxy): Failure {
  const { code, message, hint } = problem
  return failure(
    code,
    message,
    `${hint} It is reached through the proxy ${proxy.label}. ${namedWhere(proxy)}`,
    retryAfterMs,
  )
}

function formatQuery(query: Query): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of query) parameters.append(name, value)
  return query.length === 0 ? '' : `?${parameters.toString()}`
}

function headerText(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}
