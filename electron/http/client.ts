import { createBodyMemory } from './body-memory.ts'
import { Agent } from 'undici'
import type { Clock } from '#electron/engine/ports/clock.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Auth, Tls } from '#shared/domain/source-kind/field-value.ts'
import { pause, within, type Budget } from './budget.ts'
import { failure, type Failure } from './failure.ts'
import type { SecretReader } from './secrets.ts'
import { parseRetryAfter, statusProblem } from './status-problem.ts'
import { loadTlsContext, tlsFilesVersion } from './tls-context.ts'
import { isConnectionLost, transportProblem } from './transport-problem.ts'

/** How to reach a server: the part of a configuration that is about the network. */
export interface ConnectionConfig {
  /** The base address; paths are asked below it. */
  readonly url: string
  /** For connecting, ms. */
  readonly timeout: number
  /** Largest answer that is read, in MiB. */
  readonly maxBodyMiB: number
  readonly auth?: Auth
  readonly tls?: Tls
}

/** What the client needs of the world. */
export interface HttpDeps {
  readonly clock: Clock
  /** A fresh random fraction in [0, 1), for jitter. */
  readonly random: () => number
  readonly secrets: SecretReader
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
  /** Ends what is under way and closes all connections. */
  close(): Promise<void>
}

/** Most tries of one question: Alertmanager answers 503 beyond its limit of parallel requests. */
export const MAX_ATTEMPTS = 4
/** First wait after a 503, ms; doubles each time, half of it random. */
const BACK_OFF_MS = 100
/** As much of a refusal as is read for its reason, bytes. */
const MAX_REFUSAL_BYTES = 1_024

interface Attempt {
  readonly outcome: Result<string, Failure>
  readonly again: 'no' | 'at-once' | 'later'
}

/** Makes a client; nothing is opened or read before the first question. */
export function createHttpClient(config: ConnectionConfig, deps: HttpDeps): HttpClient {
  const base = new URL(config.url)
  const prefix = base.pathname.replace(/\/+$/, '')
  const isTls = base.protocol === 'https:'
  const maxBytes = config.maxBodyMiB * 1_048_576
  const bodies = createBodyMemory()
  const hasCredentials = config.auth !== undefined || config.tls?.cert !== undefined
  let agent: { readonly version: string; readonly dispatcher: Agent } | null = null
  let isClosed = false

  async function connect(): Promise<Result<Agent, Failure>> {
    const files = config.tls ?? {}
    const version = await tlsFilesVersion(files)
    if (!version.ok) return version
    if (agent?.version === version.value) return ok(agent.dispatcher)
    let tls = {}
    if (isTls) {
      const secureContext = await loadTlsContext(files)
      if (!secureContext.ok) return secureContext
      const servername = config.tls?.serverName
      tls = {
        secureContext: secureContext.value,
        ...(servername === undefined ? {} : { servername }),
      }
    }
    const dispatcher = new Agent({
      connections: 2,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: config.timeout, ...tls },
    })
    const previous = agent
    agent = { version: version.value, dispatcher }
    await previous?.dispatcher.destroy()
    return ok(dispatcher)
  }

  async function authorise(): Promise<Result<string | null, Failure>> {
    const { auth } = config
    if (!auth) return ok(null)
    const reference = 'basic' in auth ? auth.basic.password : auth.bearer
    let secret: string
    try {
      secret = await deps.secrets(reference)
    } catch (error) {
      return fail(
        failure(
          'misconfigured',
          `The secret for ${base.host} is missing: ${error instanceof Error ? error.message : 'it cannot be read'}.`,
          'Set it where Deckwatch runs; the configuration only names it.',
        ),
      )
    }
    if ('basic' in auth) {
      const pair = Buffer.from(`${auth.basic.username}:${secret}`, 'utf8')
      return ok(`Basic ${pair.toString('base64')}`)
    }
    if (!/^[\x21-\x7e]+$/.test(secret)) {
      return fail(
        failure(
          'misconfigured',
          `The token for ${base.host} holds white space or characters that cannot be sent.`,
          'Check that the secret is the bare token, on one line, without "Bearer".',
        ),
      )
    }
    return ok(`Bearer ${secret}`)
  }

  async function prepare(): Promise<
    Result<{ readonly authorization: string | null; readonly dispatcher: Agent }, Failure>
  > {
    const authorization = await authorise()
    if (!authorization.ok) return authorization
    const connected = await connect()
    if (!connected.ok) return connected
    return ok({ authorization: authorization.value, dispatcher: connected.value })
  }

  async function attempt(path: string, query: Query, budget: Budget): Promise<Attempt> {
    const stop = (error: Failure): Attempt => ({ outcome: fail(error), again: 'no' })
    // A file on a disk that does not answer must not take longer than the server may.
    const prepared = await within(budget, prepare())
    if (prepared === null) return stop(ended(budget))
    if (!prepared.ok) return stop(prepared.error)
    const { authorization, dispatcher } = prepared.value
    let hasAnswer = false
    try {
      const response = await dispatcher.request({
        origin: base.origin,
        path: prefix + path + formatQuery(query),
        method: 'GET',
        headers: {
          accept: 'application/json',
          'user-agent': 'deckwatch',
          ...(authorization === null ? {} : { authorization }),
        },
        signal: budget.signal,
      })
      hasAnswer = true
      const { statusCode: status, headers } = response
      if (status < 200 || status >= 300) {
        const start = await readBounded(response.body, MAX_REFUSAL_BYTES)
        const refused = statusProblem(
          {
            status,
            location: headerText(headers['location']) ?? null,
            retryAfterMs: parseRetryAfter(headerText(headers['retry-after']), deps.clock.now()),
            bodyStart: Buffer.concat(start.chunks).toString('utf8', 0, MAX_REFUSAL_BYTES),
          },
          { url: new URL(base.origin + prefix + path), path, hasCredentials },
        )
        // One that names a time is not asked again before it.
        const isAgain = status === 503 && refused.retryAfterMs === null
        return { outcome: fail(refused), again: isAgain ? 'later' : 'no' }
      }
      const announced = Number(headerText(headers['content-length']) ?? '0')
      const body = await readBounded(response.body, maxBytes, announced)
      return body.isWhole
        ? { outcome: ok(bodies.textOf(path, body.chunks, body.size)), again: 'no' }
        : stop(tooLarge())
    } catch (error) {
      if (budget.signal.aborted || isClosed) return stop(ended(budget))
      return {
        outcome: fail(transportProblem(error, { host: base.host, isTls, hasAnswer })),
        again: !hasAnswer && isConnectionLost(error) ? 'at-once' : 'no',
      }
    }
  }

  function ended(budget: Budget): Failure {
    return budget.isTimeOver()
      ? failure(
          'timeout',
          `${base.host} did not answer within ${String(budget.limitMs / 1_000)} s.`,
          'It may be overloaded or hanging; a longer timeout helps where it is only slow.',
        )
      : failure('internal', `Polling ${base.host} was cancelled.`, 'No action needed.')
  }

  function tooLarge(): Failure {
    return failure(
      'too-large',
      `The answer of ${base.host} is over ${String(config.maxBodyMiB)} MiB and was not read.`,
      'Narrow it down with receiver or filter, or raise maxBodyMiB.',
    )
  }

  return {
    host: base.host,
    async get(path, query, budget) {
      const isOver = () => budget.signal.aborted || isClosed
      let mayReconnect = true
      for (let tries = 1; ; tries += 1) {
        if (isOver()) return fail(ended(budget))
        const { outcome, again } = await attempt(path, query, budget)
        if (again === 'no' || tries >= MAX_ATTEMPTS) return outcome
        if (again === 'at-once') {
          if (!mayReconnect) return outcome
          mayReconnect = false
        } else {
          await pause(deps.clock, BACK_OFF_MS * 2 ** (tries - 1) * (0.5 + deps.random()), budget)
          // The server's own words say more than that the time is over.
          if (isOver()) return outcome
        }
      }
    },
    async close() {
      isClosed = true
      await agent?.dispatcher.destroy()
    },
  }
}

function formatQuery(query: Query): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of query) parameters.append(name, value)
  return query.length === 0 ? '' : `?${parameters.toString()}`
}

function headerText(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}

/**
 * Reads at most `maxBytes`; what is longer, or announces to be, is cut off with its connection.
 */
async function readBounded(
  body: AsyncIterable<unknown> & { destroy(): unknown },
  maxBytes: number,
  announced = 0,
): Promise<{
  readonly chunks: readonly Buffer[]
  readonly size: number
  readonly isWhole: boolean
}> {
  const chunks: Buffer[] = []
  let size = 0
  if (announced <= maxBytes) {
    for await (const chunk of body) {
      if (!Buffer.isBuffer(chunk)) continue
      chunks.push(chunk)
      size += chunk.length
      if (size > maxBytes) break
    }
    if (size <= maxBytes) return { chunks, size, isWhole: true }
  }
  body.destroy()
  return { chunks, size, isWhole: false }
}
