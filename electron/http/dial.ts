import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'

/** Opens connections, as undici wants them opened. */
export type Connector = buildConnector.connector
/** Where to. */
export type Target = buildConnector.Options

/** Shortest time that one of several addresses of a host is tried for, ms: Node's own. */
const SHORTEST_ATTEMPT_MS = 250
/** The part of the time for connecting that one of several addresses may take. */
const ATTEMPT_PART = 5

/**
 * How long one of several addresses of a host (IPv6 and IPv4, often) may take before the next one is
 * tried. Node gives up the first one then: with its quarter of a second no connection ever comes
 * about where the way to the server and back takes longer.
 *
 * @param timeoutMs for connecting as a whole.
 */
export function attemptTimeoutMs(timeoutMs: number): number {
  return Math.max(SHORTEST_ATTEMPT_MS, Math.round(timeoutMs / ATTEMPT_PART))
}

/** A connection, as a promise. */
export function dial(connector: Connector, target: Target): Promise<Socket> {
  return new Promise((resolve, reject) => {
    connector(target, (...[error, socket]) => {
      if (error) reject(error)
      else resolve(socket)
    })
  })
}

/** A connector of a function that opens connections. */
export function connectorOf(open: (target: Target) => Promise<Socket>): Connector {
  return (target, callback) => {
    open(target).then(
      (socket) => {
        callback(null, socket)
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error('no connection'), null)
      },
    )
  }
}
