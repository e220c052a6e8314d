import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastifyWebsocket from '@fastify/websocket'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import type { Engine } from '#electron/engine/engine.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Caller } from '#shared/domain/person/caller.ts'
import { connectCockpit } from './connection.ts'
import { createGate, type Refusal } from './gate.ts'
import { contentSecurityPolicy, securityHeaders } from './headers.ts'
import { WORKER_PATH, workerPolicy, workerScript } from './shell.ts'
import type { AccessToken } from './token.ts'

/** Largest message of a cockpit, bytes: a note of 10,000 characters fits many times. */
const MAX_MESSAGE_BYTES = 128 * 1024
/** Largest request body, bytes; no route takes one. */
const MAX_BODY_BYTES = 1_024

/** The cockpit's server on the loopback address. */
export interface BrowserServer {
  /** The address that lets a browser in; it holds the token. */
  readonly url: string
  readonly port: number
  /** The same, with an incident to select. */
  urlOf(incidentId: string | null): string
  /** How many requests were refused, by reason. */
  refused(): Readonly<Record<string, number>>
  /** True while a person looks at one of its cockpits. */
  hasFocus(): boolean
  close(): Promise<void>
}

/** What the server serves. */
export interface ServerOptions {
  readonly engine: Engine
  readonly caller: () => Caller
  readonly logger: Logger
  readonly token: AccessToken
  /** 0 lets the system choose. */
  readonly port: number
  /** Folder of the built cockpit. */
  readonly cockpit: string
}

/** Starts to serve. Rejects when the port is taken or the cockpit is not built. */
export async function startServer(options: ServerOptions): Promise<BrowserServer> {
  const { logger, token } = options
  const page = readFileSync(join(options.cockpit, 'index.html'), 'utf8')
  const worker = workerScript(options.cockpit)
  const refused = new Map<string, number>()
  const focused = new Set<object>()
  let port = options.port
  const gate = createGate(token, () => port)
  const server = fastify({ bodyLimit: MAX_BODY_BYTES, logger: false, forceCloseConnections: true })

  function count(reason: string): void {
    refused.set(reason, (refused.get(reason) ?? 0) + 1)
    logger.warn({ reason, count: refused.get(reason) }, 'A request was refused')
  }

  function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
    count(refusal)
    return reply
      .code(refusal === 'no-token' ? 401 : 403)
      .type('text/plain; charset=utf-8')
      .send(
        refusal === 'no-token'
          ? 'Deckwatch: open the address that was printed in the terminal; it holds the key.\n'
          : 'Deckwatch: this request does not come from the cockpit.\n',
      )
  }

  await server.register(fastifyWebsocket, {
    options: {
      maxPayload: MAX_MESSAGE_BYTES,
      // Refused here, a foreign page does not even get a socket.
      verifyClient: (
        { req }: { req: IncomingMessage },
        done: (ok: boolean, code?: number) => void,
      ) => {
        const refusal = gate.check(req, { needsOrigin: true })
        if (refusal) count(refusal)
        done(refusal === null, refusal === 'no-token' ? 401 : 403)
      },
    },
  })
  await server.register(fastifyStatic, {
    root: join(options.cockpit, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    index: false,
  })

  server.addHook('onRequest', async (request, reply) => {
    void reply.headers(securityHeaders)
    const options = { needsOrigin: false }
    const key = keyOf(request)
    if (key !== undefined) {
      const refusal = gate.checkOrigin(request, options) ?? (token.matches(key) ? null : 'no-token')
      // The key leaves the address bar at once: it must not end in a history or a bookmark.
      return refusal
        ? refuse(reply, refusal)
        : reply.header('set-cookie', gate.cookie()).redirect('/')
    }
    const refusal = gate.check(request, options)
    return refusal ? refuse(reply, refusal) : undefined
  })

  server.get('/', (_request, reply) => {
    const nonce = randomBytes(16).toString('base64url')
    return reply
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replaceAll('__CSP_NONCE__', nonce))
  })
  server.get(WORKER_PATH, (_request, reply) =>
    reply
      .header('content-security-policy', workerPolicy)
      // Always asked for: it is how an open cockpit notices a new build.
      .header('cache-control', 'no-cache')
      .type('text/javascript; charset=utf-8')
      .send(worker),
  )
  server.get('/engine', { websocket: true }, (socket) => {
    connectCockpit(socket, {
      ...options,
      malformed: () => {
        count('malformed')
      },
      presence: (hasFocus) => {
        if (hasFocus) focused.add(socket)
        else focused.delete(socket)
      },
    })
    socket.on('error', () => {
      count('oversized-or-broken')
    })
  })
  server.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500
    count(status === 413 ? 'oversized' : 'failed')
    return reply.code(status).type('text/plain').send('Deckwatch: this request was refused.\n')
  })
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/plain').send('Not here.\n'),
  )

  await server.listen({ host: '127.0.0.1', port: options.port })
  ;({ port } = server.server.address() as AddressInfo)
  const url = `http://127.0.0.1:${String(port)}/?key=${token.value}`
  return {
    url,
    urlOf: (incidentId) =>
      incidentId === null ? url : `${url}#/incident/${encodeURIComponent(incidentId)}`,
    port,
    refused: () => Object.fromEntries(refused),
    hasFocus: () => focused.size > 0,
    close: () => server.close(),
  }
}

function keyOf(request: FastifyRequest): string | undefined {
  const query = request.query as Readonly<Record<string, unknown>>
  return typeof query['key'] === 'string' && request.url.startsWith('/?') ? query['key'] : undefined
}
