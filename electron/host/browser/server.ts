import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastifyWebsocket from '@fastify/websocket'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Engine } from '#electron/engine/engine.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { connectCockpit } from './connection.ts'
import { createAdmission } from './admission.ts'
import type { Door } from './door/door.ts'
import { toCaller, type Directory } from './door/guest.ts'
import type { Session } from './door/sessions.ts'
import { createRequestGuard, type Refusal } from './request-guard.ts'
import { contentSecurityPolicy, securityHeaders } from './headers.ts'
import { WORKER_PATH, workerPolicy, workerScript } from './shell.ts'

/** Largest message of a cockpit, bytes: the longest handoff fits with room to spare. */
const MAX_MESSAGE_BYTES = 1024 * 1024
/** Largest request body, bytes; no route takes one. */
const MAX_BODY_BYTES = 1_024
/** Connections of all kinds; others are not taken. Files of the process are for the engine too. */
const MAX_CONNECTIONS = 512

/** The cockpit's server on the loopback address. */
export interface BrowserServer {
  /** The plain address: who opens it and is not signed in learns how to. */
  readonly url: string
  readonly port: number
  /** How many requests were refused, by reason. */
  refused(): Readonly<Record<string, number>>
  /** True while the owner looks at one of their cockpits. */
  hasFocus(): boolean
  close(): Promise<void>
}

/** What the server serves. */
export interface ServerOptions {
  readonly engine: Engine
  readonly logger: Logger
  readonly door: Door
  readonly directory: Directory
  readonly clock: Clock
  /** 0 lets the system choose. */
  readonly port: number
  /** Folder of the built cockpit. */
  readonly cockpit: string
}

/** Starts to serve. Rejects when the port is taken or the cockpit is not built. */
export async function startServer(options: ServerOptions): Promise<BrowserServer> {
  const { logger, door, directory, clock } = options
  const page = readFileSync(join(options.cockpit, 'index.html'), 'utf8')
  const worker = workerScript(options.cockpit)
  const refused = new Map<string, number>()
  const focused = new Set<object>()
  let port = options.port
  const guard = createRequestGuard(() => port)
  const server = fastify({ bodyLimit: MAX_BODY_BYTES, logger: false, forceCloseConnections: true })

  function count(reason: string): void {
    const counted = (refused.get(reason) ?? 0) + 1
    refused.set(reason, counted)
    // The first, second, fourth…: who is refused again and again must not fill the disk.
    if (Number.isInteger(Math.log2(counted))) {
      logger.warn({ reason, count: counted }, 'A request was refused')
    }
  }

  function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
    count(refusal)
    return reply
      .code(403)
      .type('text/plain; charset=utf-8')
      .send(`Deckwatch: open http://127.0.0.1:${String(port)}/ instead.\n`)
  }

  const admission = createAdmission({ door, clock, logger, refused: count })

  server.server.maxConnections = MAX_CONNECTIONS
  await server.register(fastifyWebsocket, {
    options: {
      maxPayload: MAX_MESSAGE_BYTES,
      // Refused here, a foreign page does not even get a socket.
      verifyClient: (
        { req }: { req: IncomingMessage },
        done: (ok: boolean, code?: number) => void,
      ) => {
        const refusal = guard.check(req, { needsOrigin: true })
        if (refusal) count(refusal)
        done(refusal === null, 403)
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
    const refusal = guard.check(request, { needsOrigin: false })
    return refusal ? refuse(reply, refusal) : undefined
  })

  server.get('/', (request, reply) => {
    const nonce = randomBytes(16).toString('base64url')
    forgetOldCookie(request, reply, port)
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
  server.get('/engine', { websocket: true }, (socket, { headers }) => {
    const from = { host: headers.host ?? '', browser: headers['user-agent'] ?? '' }
    admission.receive(socket, from, (session) => {
      welcome(socket, session)
    })
    socket.on('error', () => {
      count('oversized-or-broken')
    })
  })

  function welcome(socket: WebSocket, session: Session): void {
    const isOwners = session.person.kind === 'owner' && session.rights.includes('act')
    connectCockpit(socket, {
      ...options,
      // A notification is pressed by who sits at this machine: nobody else's page follows, or makes
      // up for a window of theirs.
      opens: isOwners,
      caller() {
        const caller = toCaller(session, directory)
        return door.sessions.isRevoked(session.id) ? { ...caller, rights: [] } : caller
      },
      malformed: () => {
        count('malformed')
      },
      presence: (hasFocus) => {
        if (hasFocus && isOwners) focused.add(socket)
        else focused.delete(socket)
      },
    })
  }
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
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    port,
    refused: () => Object.fromEntries(refused),
    hasFocus: () => focused.size > 0,
    close() {
      admission.close()
      return server.close()
    },
  }
}

/** Versions before sessions kept their key in a cookie that lasts a year. */
function forgetOldCookie({ headers }: FastifyRequest, reply: FastifyReply, port: number): void {
  const name = `deckwatch-${String(port)}`
  if (!headers.cookie?.includes(`${name}=`)) return
  void reply.header('set-cookie', `${name}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`)
}
