import { z } from 'zod'
import { excerptOf, failure, type Failure } from './failure.ts'
import type { Proxy } from './proxy.ts'

/** An answer that is not a success, as far as it was read. */
export interface RefusedAnswer {
  readonly status: number
  /** Value of the Location header. */
  readonly location: string | null
  readonly retryAfterMs: number | null
  /** The first KiB of the body, undecoded beyond UTF-8; only an error of the API's is shown of it. */
  readonly bodyStart: string
}

/** What was asked. */
export interface AskedUrl {
  /** The whole address, without a query. */
  readonly url: URL
  /** The part below the configured address, such as `/api/v2/alerts`. */
  readonly path: string
  /** The keys of the source that hold credentials. */
  readonly credentials: readonly ('auth' | 'tls' | 'headers')[]
  /** True when it was asked as a tenant of a shared server. */
  readonly hasTenant: boolean
  /** The proxy that may have answered in its place; null for none. */
  readonly proxy: Proxy | null
  /** Reads an error out of the start of an answer; {@link apiErrorOf} when left out. */
  readonly readError?: ((bodyStart: string) => string | null) | undefined
}

/** The header by which Mimir, Cortex and Loki tell tenants apart. */
export const TENANT_HEADER = 'x-scope-orgid'

/** Says what an answer other than 2xx means and what to do about it. */
export function statusProblem(answer: RefusedAnswer, asked: AskedUrl): Failure {
  const host = asked.url.host
  const { status } = answer
  if (status >= 300 && status < 400) return redirectProblem(answer, asked)
  switch (status) {
    case 401:
    case 407:
      return isWithoutTenant(answer.bodyStart)
        ? noTenant(status, asked)
        : unauthorised(status, asked)
    case 403:
      return failure(
        'forbidden',
        `${host} does not allow reading ${asked.path} (403).`,
        'The credentials are known but lack the right: ask for read access to the API.',
      )
    case 404:
      return failure(
        'not-found',
        `${host} has nothing at ${asked.url.pathname} (404).`,
        'The server probably lives under a path prefix: add it to url, such as https://host/alertmanager. Check the type of the source too.',
      )
    case 429:
      return failure(
        'rate-limited',
        `${host} is polled too often (429).`,
        'Set a longer interval. It asked for a pause, and is polled again after at most 5 minutes.',
        answer.retryAfterMs ?? DEFAULT_RETRY_AFTER_MS,
      )
    default:
      break
  }
  const said = (asked.readError ?? apiErrorOf)(answer.bodyStart)
  const words = said === null ? '' : ` It said: ${excerptOf(said)}`
  if (asked.proxy && said === null && GATEWAY.has(status)) {
    return failure(
      'server-error',
      `The proxy ${asked.proxy.label} could not get an answer of ${host} (${String(status)}), or passed on that ${host} failed.`,
      'Check the address and port in url, and whether the proxy may reach it.',
      status === 503 ? answer.retryAfterMs : null,
    )
  }
  if (status >= 500) {
    return failure(
      'server-error',
      `${host} failed to answer (${String(status)}).${words}`,
      status === 503
        ? 'It is overloaded or starting. It is polled again at the next interval.'
        : 'Look into the log of the server, or of the proxy before it.',
      status === 503 ? answer.retryAfterMs : null,
    )
  }
  return failure(
    'misconfigured',
    `${host} refused the question (${String(status)}).${words}`,
    answer.bodyStart.includes('HTTP request to an HTTPS server')
      ? 'Use https:// in url.'
      : 'Check url, type and, where set, receiver and filter of the source.',
  )
}

/** What a proxy answers when the server behind it does not. */
const GATEWAY = new Set([502, 503, 504])

function unauthorised(status: number, { url: { host }, credentials }: AskedUrl): Failure {
  if (credentials.length === 0) {
    return failure(
      'unauthorised',
      `${host} wants credentials (${String(status)}).`,
      'Set auth with basic or bearer; the secret itself as env:NAME or file:path.',
    )
  }
  return failure(
    'unauthorised',
    `${host} did not accept the credentials (${String(status)}).`,
    !credentials.includes('headers')
      ? 'Check the secret that auth names: it may be wrong, expired or replaced.'
      : credentials.includes('auth')
        ? 'Check the secrets that auth and headers name: one may be wrong, expired or replaced.'
        : 'Check the secrets that headers name: one may be wrong, expired or replaced.',
  )
}

/** Mimir and its relatives say this, whatever else was right, to who names no tenant. */
function isWithoutTenant(bodyStart: string): boolean {
  return (apiErrorOf(bodyStart) ?? bodyStart).trim().toLowerCase() === 'no org id'
}

function noTenant(status: number, { url: { host }, hasTenant }: AskedUrl): Failure {
  return hasTenant
    ? failure(
        'unauthorised',
        `${host} received no tenant (${String(status)}), although X-Scope-OrgID was sent.`,
        'A proxy before it drops the header, or sets it by who signs in.',
      )
    : failure(
        'unauthorised',
        `${host} requires a tenant (${String(status)}: no org id).`,
        'Set the tenant: the header X-Scope-OrgID, in headers.',
      )
}

/** What Alertmanager says as plain text when too many ask at once. */
const LIMIT = /^Limit of concurrent [A-Z]+ requests reached \(\d+\)/

/** An error as Alertmanager and Prometheus report theirs. */
const apiErrorSchema = z.union([
  z.string().min(1),
  z.object({ status: z.literal('error'), error: z.string().min(1) }),
  z.object({ code: z.number(), message: z.string().min(1) }),
])

/**
 * The words of an error of the APIs that we speak; null for anything else. An address may be led to
 * any server that this machine reaches: what such a one says is nobody's to read.
 */
export function apiErrorOf(bodyStart: string): string | null {
  const limit = LIMIT.exec(bodyStart)
  if (limit) return limit[0]
  let value: unknown
  try {
    value = JSON.parse(bodyStart)
  } catch {
    return null
  }
  const error = apiErrorSchema.safeParse(value)
  if (!error.success) return null
  const { data } = error
  return typeof data === 'string' ? data : 'error' in data ? data.error : data.message
}

/** What a 429 without Retry-After is taken to ask for, ms. */
const DEFAULT_RETRY_AFTER_MS = 30_000

/** A redirect, which is never followed. */
export function redirectProblem({ status, location }: RefusedAnswer, asked: AskedUrl): Failure {
  const target = location === null ? null : URL.parse(location, asked.url.href)
  const host = asked.url.host
  if (!target || !/^https?:$/.test(target.protocol)) {
    return failure(
      'redirected',
      `${host} redirects without a usable target (${String(status)}).`,
      'Check url: redirects are not followed, so that credentials go nowhere else.',
    )
  }
  // Only the origin and a path that we asked for ourselves: the rest may hold a token.
  const isSameApi = target.pathname.endsWith(asked.path)
  const address = isSameApi
    ? target.origin + target.pathname.slice(0, -asked.path.length)
    : target.origin
  return failure(
    'redirected',
    `${host} redirects to ${excerptOf(address)} (${String(status)}). Redirects are not followed, so that credentials go nowhere else.`,
    isSameApi
      ? `Set url to ${excerptOf(address)} if that is the server you mean.`
      : 'A login proxy is probably in front: set auth to what it accepts, or use the address behind it. If the server has moved, set url to the new address.',
  )
}

/** Longest time that a server may silence us for, ms: it must not be able to do so for good. */
export const MAX_RETRY_AFTER_MS = 300_000

/**
 * Reads a Retry-After header, seconds or an HTTP date, as ms from `now` (ms since the epoch, UTC),
 * at least 0 and at most {@link MAX_RETRY_AFTER_MS}; null when absent or not understood.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null
  const trimmed = value.trim()
  // Date.parse alone takes "-1" for a year.
  if (!/^(\d+$|[A-Z][a-z]{2})/.test(trimmed)) return null
  const ms = /^\d/.test(trimmed) ? Number(trimmed) * 1_000 : Date.parse(trimmed) - now
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS)
}
