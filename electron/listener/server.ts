import { timingSafeEqual } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { TakeHeard } from '#electron/engine/ports/listener.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { RefusalCounts } from '#shared/contract/operations/changes.ts'
import { createAllowance } from './allowance.ts'
import { readBody } from './forms/read-body.ts'
import { checkSignature, isFromGitHub } from './signature.ts'

/** Largest body, bytes. GitHub's are some tens of kilobytes. */
export const MAX_BODY_BYTES = 1024 * 1024
/** A whole request takes at most this long, ms; its headers at most half of it. */
const REQUEST_MS = 20_000
const MAX_CONNECTIONS = 64
/** Requests that are taken: so many at once, and so many a minute. */
const TAKEN = [200, 600] as const
/** Requests that are refused before nobody is heard out any more: enough for mistakes. */
const REFUSED = [60, 60] as const

/** What the server needs. */
export interface ListenerServerOptions {
  readonly clock: Clock
  readonly logger: Logger
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly path: string
  /** Reads the secret anew at each request; null where nothing need be signed. */
  readonly secret: (() => Promise<string>) | null
  /** True where others than this machine could record a request and send it again. */
  readonly isReplayRefused: boolean
  readonly take: TakeHeard
  /** ms for a whole request; for tests. */
  readonly requestMs?: number
}

/** A running listener. */
export interface ListenerServer {
  readonly port: number
  counts(): {
    readonly taken: number
    readonly lastTakenAt: number | null
    readonly refused: RefusalCounts
    readonly lastRefusedAt: number | null
  }
  close(): Promise<void>
}

/** Starts to listen. Rejects with the system's error where it cannot. */
export async function startListenerServer(options: ListenerServerOptions): Promise<ListenerServer> {
  const { clock, logger, secret, isReplayRefused, take } = options
  const requestMs = options.requestMs ?? REQUEST_MS
  const steady = () => clock.monotonic()
  const mayTake = createAllowance(...TAKEN, steady)
  const mayRefuse = createAllowance(...REFUSED, steady)
  const used = new Map<string, number>()
  const refused = { misdirected: 0, unsigned: 0, oversized: 0, tooMany: 0, notUnderstood: 0 }
  let taken = 0
  let lastTakenAt: number | null = null
  let lastRefusedAt: number | null = null

  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    logger: false,
    forceCloseConnections: true,
    // Node's own limit for headers is stricter than what follows from it.
    requestTimeout: requestMs,
    http: { headersTimeout: requestMs / 2, connectionsCheckingInterval: requestMs / 10 },
    keepAliveTimeout: 5_000,
    routerOptions: { maxParamLength: 100 },
  })
  server.server.maxConnections = MAX_CONNECTIONS

  function refuse(
    reply: FastifyReply,
    reason: keyof RefusalCounts,
    [status, text]: readonly [status: number, text: string],
  ): FastifyReply {
    // Who guesses learns no more after a while, and neither does the log.
    const isHeardOut = mayRefuse.take()
    count(isHeardOut ? reason : 'tooMany')
    const [code, words] = isHeardOut ? ([status, text] as const) : TOO_MANY
    hangUp(reply)
    return reply.code(code).type('text/plain; charset=utf-8').send(`${words}\n`)
  }

  function count(reason: keyof RefusalCounts): void {
    refused[reason] += 1
    lastRefusedAt = clock.now()
    // The first, second, fourth…: who is refused again and again must not fill the disk.
    if (Number.isInteger(Math.log2(refused[reason]))) {
      logger.warn({ reason, count: refused[reason] }, 'The webhook listener refused a request')
    }
  }

  function isUsed(key: string, until: number): boolean {
    const now = clock.now()
    for (const [each, end] of used) if (end < now) used.delete(each)
    if (used.has(key)) return true
    used.set(key, until)
    return false
  }

  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    /^application\/json\b/,
    { parseAs: 'buffer' },
    (_request, body, done) => {
      done(null, body)
    },
  )

  // Everything that can be known before the body is read.
  server.addHook('onRequest', async (request, reply) => {
    if (!isPath(request.url, options.path)) return refuse(reply, 'misdirected', NOT_HERE)
    if (request.method !== 'POST') return refuse(reply, 'misdirected', NOT_POST)
    // No program sends it: a page in a browser does.
    if (request.headers.origin !== undefined) return refuse(reply, 'misdirected', NOT_HERE)
    const type = request.headers['content-type'] ?? ''
    if (!/^application\/json\b/i.test(type)) return refuse(reply, 'misdirected', NOT_JSON)
    if (secret !== null && !hasSignature(request)) return refuse(reply, 'unsigned', NOT_SIGNED)
    return undefined
  })

  server.post(options.path, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    if (secret !== null) {
      const rules = { secret: await secret(), isReplayRefused, now: clock.now() }
      const checked = checkSignature(request.headers, body, rules)
      const isAgain =
        checked.isValid && checked.once && isUsed(checked.once.key, checked.once.until)
      if (!checked.isValid || isAgain) return refuse(reply, 'unsigned', NOT_SIGNED)
    }
    if (!mayTake.take()) {
      count('tooMany')
      hangUp(reply)
      return answer(reply, ...TOO_MANY)
    }
    return receive(request, body, reply)
  })

  function receive(request: FastifyRequest, body: Buffer, reply: FastifyReply): FastifyReply {
    const reading = readBody(request.headers, body, clock.now())
    if (reading.kind === 'nothing') return answer(reply, 200, reading.message)
    if (reading.kind === 'refused') {
      count('notUnderstood')
      return answer(reply, 422, `Invalid content. ${reading.message}`)
    }
    const outcome = take(reading.heard)
    if (outcome.ok) {
      taken += 1
      lastTakenAt = clock.now()
      return answer(reply, 200, outcome.value.isKnown ? 'Known already.' : 'Recorded.')
    }
    if (outcome.error.code === 'unknown') {
      count('notUnderstood')
      return answer(reply, 422, outcome.error.message)
    }
    // The sender tries again.
    return answer(reply, 503, 'It could not be recorded. Try again later.')
  }

  server.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) => {
    if (error.statusCode === 413) return refuse(reply, 'oversized', TOO_LARGE)
    if ((error.statusCode ?? 500) < 500) return refuse(reply, 'notUnderstood', NOT_READ)
    logger.error({ err: error }, 'The webhook listener could not answer')
    return answer(reply, 500, 'It could not be taken. Try again later.')
  })
  server.setNotFoundHandler((_request, reply) => refuse(reply, 'misdirected', NOT_HERE))
  // Too slow, or no HTTP at all: there is nobody to answer in words.
  server.server.on('clientError', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET') count('oversized')
  })

  await server.listen({ host: options.host, port: options.port })
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    counts: () => ({ taken, lastTakenAt, refused: { ...refused }, lastRefusedAt }),
    close: () => server.close(),
  }
}

const NOT_HERE = [404, 'Not here.'] as const
const NOT_POST = [405, 'Send it with POST.'] as const
const NOT_JSON = [415, 'Send it as application/json.'] as const
const NOT_SIGNED = [401, 'The signature is missing or not valid.'] as const
const NOT_READ = [400, 'The request is not readable.'] as const
const TOO_LARGE = [413, 'At most 1 MiB.'] as const
const TOO_MANY = [429, 'Too many requests. Try again in a minute.'] as const

function answer(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`)
}

/** What is still to come is not read: once the answer is out, the connection ends. */
function hangUp(reply: FastifyReply): void {
  void reply.header('connection', 'close')
  reply.raw.once('finish', () => {
    reply.raw.socket?.destroySoon()
  })
}

function hasSignature({ headers }: FastifyRequest): boolean {
  const names = ['x-deckwatch-signature', 'x-hub-signature-256', 'x-gitlab-token']
  return isFromGitHub(headers) || names.some((name) => headers[name] !== undefined)
}

function isPath(given: string, path: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(path)
  return a.length === b.length && timingSafeEqual(a, b)
}
