import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A service that Prometheus scrapes and that can go down. */
export interface ScrapeTarget {
  /** `host:port`, the same over a restart. */
  readonly address: string
  down(): Promise<void>
  up(): Promise<void>
}

/** Starts a service with one metric on the loopback address. */
export async function startScrapeTarget(): Promise<ScrapeTarget> {
  let server: Server | null = null
  let port = 0

  async function up(): Promise<void> {
    server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4')
      response.end('orders_total 1\n')
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    ;({ port } = server.address() as AddressInfo)
  }

  await up()
  return {
    address: `127.0.0.1:${String(port)}`,
    up,
    async down() {
      if (!server?.listening) return
      const closed = once(server, 'close')
      server.closeAllConnections()
      server.close()
      await closed
    },
  }
}
