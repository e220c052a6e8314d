import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'

/** Answers one request; never answering is an answer too. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A server on the loopback address that says whatever a test wants. */
export interface StandInServer {
  readonly url: string
  readonly port: number
  /** Paths with queries and the headers of all requests so far, in order. */
  readonly requests: readonly {
    readonly path: string
    readonly headers: IncomingMessage['headers']
  }[]
  /** Replaces what it answers. */
  handle(handler: Handler): void
  close(): Promise<void>
}

/** Starts it; with `tls` it speaks https. */
export async function startStandIn(handler: Handler, tls?: ServerOptions): Promise<StandInServer> {
  let current = handler
  const requests: { path: string; headers: IncomingMessage['headers'] }[] = []
  const listener: Handler = (request, response) => {
    requests.push({ path: request.url ?? '', headers: request.headers })
    current(request, response)
  }
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  // A client that refuses the certificate is part of the tests.
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was assigned')
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${String(address.port)}`,
    port: address.port,
    requests,
    handle: (next) => {
      current = next
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** Answers with a status, a body and headers. */
export function reply(
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): Handler {
  return (_request, response) => {
    response.writeHead(status, headers).end(body)
  }
}
