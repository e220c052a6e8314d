import type { IncomingHttpHeaders } from 'node:http'
import type { AccessToken } from './token.ts'

/** Why a request is refused. Counted and logged by this word, never with what was sent. */
export type Refusal = 'foreign-host' | 'foreign-origin' | 'no-token'

/** Lets in only the pages that this host itself served to someone who knows the token. */
export interface Gate {
  /** Null when the request may pass. */
  check(
    request: { readonly headers: IncomingHttpHeaders },
    options: { readonly needsOrigin: boolean },
  ): Refusal | null
  /** Host and Origin only: for the one address that brings the token. */
  checkOrigin(
    request: { readonly headers: IncomingHttpHeaders },
    options: { readonly needsOrigin: boolean },
  ): Refusal | null
  cookie(): string
}

/**
 * `Host` is checked against DNS rebinding, `Origin` against other pages, the cookie against other
 * users. The cookie's name holds the port: cookies do not tell the ports of one host apart.
 */
export function createGate(token: AccessToken, port: () => number): Gate {
  const cookieName = () => `deckwatch-${String(port())}`
  const hosts = () => ['127.0.0.1', 'localhost'].map((name) => `${name}:${String(port())}`)

  const checkOrigin: Gate['checkOrigin'] = ({ headers }, { needsOrigin }) => {
    if (!headers.host || !hosts().includes(headers.host)) return 'foreign-host'
    if (headers.origin === undefined) return needsOrigin ? 'foreign-origin' : null
    // The page and the socket must be of the very same origin, not of any that is allowed.
    return headers.origin === `http://${headers.host}` ? null : 'foreign-origin'
  }

  return {
    checkOrigin,
    check(request, options) {
      const refusal = checkOrigin(request, options)
      if (refusal) return refusal
      return token.matches(readCookie(request.headers.cookie, cookieName())) ? null : 'no-token'
    },
    cookie: () =>
      `${cookieName()}=${token.value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000`,
  }
}

function readCookie(header: string | undefined, name: string): string | undefined {
  return header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)
}
