import type { IncomingHttpHeaders } from 'node:http'

/** Why a request is refused. Counted and logged by this word, never with what was sent. */
export type Refusal = 'foreign-host' | 'foreign-origin'

/** Lets in only the pages that this host itself served. Who somebody is, is the door's question. */
export interface RequestGuard {
  /** Null when the request may pass. */
  check(
    request: { readonly headers: IncomingHttpHeaders },
    options: { readonly needsOrigin: boolean },
  ): Refusal | null
}

/**
 * `Host` is checked against DNS rebinding, `Origin` against other pages. Only the address by its
 * number is ours: `localhost` may lead to `::1`, where another account can listen on the same port.
 */
export function createRequestGuard(port: () => number): RequestGuard {
  return {
    check({ headers }, { needsOrigin }) {
      const host = `127.0.0.1:${String(port())}`
      if (headers.host !== host) return 'foreign-host'
      if (headers.origin === undefined) return needsOrigin ? 'foreign-origin' : null
      return headers.origin === `http://${host}` ? null : 'foreign-origin'
    },
  }
}
