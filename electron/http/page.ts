import type { Clock } from '#electron/engine/ports/clock.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { packingOf, readBounded, textOf } from './body.ts'
import { within, type Budget } from './budget.ts'
import { createConnections, type Connection } from './connections.ts'
import { failure, type Failure } from './failure.ts'
import { isLoopback } from './no-proxy.ts'
import { ProxyFailure, signInsOf } from './proxy-failure.ts'
import { noProxies, type ProxyFinder } from './proxy-finder.ts'
import { proxyProblem, signInProblem } from './proxy-problem.ts'
import { parseRetryAfter } from './status-problem.ts'
import { transportProblem } from './transport-problem.ts'

/** What one address answers. */
export type PageAnswer =
  /** `type`: its media type in small letters, without parameters; empty where the server names none. */
  | { readonly kind: 'text'; readonly type: string; readonly text: string }
  /** The server sends something else than was asked for; nothing of it was read. */
  | { readonly kind: 'other-type'; readonly type: string }
  /** Where it leads on to, as the server says; not followed. */
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'refused'; readonly status: number; readonly retryAfterMs: number | null }

/** What pages are asked with: no secret, no cookie and no certificate of anybody. */
export interface PageDeps {
  readonly clock: Clock
  /** The proxies of this machine; without it every way is straight. */
  readonly proxies?: ProxyFinder | undefined
}

/** What is wanted of a page. */
export interface PageWish {
  /** Media types that are read. */
  readonly types: readonly string[]
  /** Most that is read of it, once it is unpacked, bytes. */
  readonly maxBytes: number
}

/** For connecting, ms. */
const CONNECT_TIMEOUT_MS = 10_000
/** Of an answer that is no page nothing is shown, so little is read, bytes. */
const MAX_REFUSAL_BYTES = 1_024

/** Asks one address once for a page of text. Follows nothing and sends nobody's credentials. */
export async function askPage(
  url: URL,
  wish: PageWish,
  { clock, proxies }: PageDeps,
  budget: Budget,
): Promise<Result<PageAnswer, Failure>> {
  const connections = createConnections({
    base: url,
    timeout: CONNECT_TIMEOUT_MS,
    tls: undefined,
    findProxies: proxies ?? noProxies,
  })
  try {
    const opened = await within(budget, connections.open())
    if (opened === null) return fail(ended(url, budget))
    if (!opened.ok) return opened
    return await ask(opened.value, url, wish, clock, budget)
  } finally {
    await connections.close()
  }
}

async function ask(
  connection: Connection,
  url: URL,
  wish: PageWish,
  clock: Clock,
  budget: Budget,
): Promise<Result<PageAnswer, Failure>> {
  let hasAnswer = false
  try {
    const response = await within(
      budget,
      connection.ask({
        path: url.pathname + url.search,
        headers: {
          accept: [...wish.types, '*/*;q=0.1'].join(', '),
          'user-agent': 'deckwatch',
          ...(isLoopback(url) ? {} : { 'accept-encoding': 'gzip' }),
        },
        signal: budget.signal,
      }),
    )
    if (response === null) return fail(ended(url, budget))
    hasAnswer = true
    const { statusCode: status, headers, body } = response
    const header = (name: string) => [headers[name]].flat()[0]
    if (status < 200 || status >= 300) {
      await readBounded(body, MAX_REFUSAL_BYTES)
      const { proxy, isForwarded } = connection
      if (proxy && isForwarded && status === 407) {
        return fail(signInProblem(proxy, signInsOf(headers['proxy-authenticate'])))
      }
      const location = header('location')
      if (status >= 300 && status < 400 && location !== undefined) {
        return ok({ kind: 'redirect', location })
      }
      const retryAfterMs = parseRetryAfter(header('retry-after'), clock.now())
      return ok({ kind: 'refused', status, retryAfterMs })
    }
    const type = (header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
    if (type !== '' && !wish.types.includes(type)) {
      body.on('error', () => undefined).destroy()
      return ok({ kind: 'other-type', type })
    }
    const announced = Number(header('content-length') ?? '0')
    const read = await readBounded(body, wish.maxBytes, announced)
    if (!read.isWhole) return fail(tooLarge(url, wish))
    const text = await textOf(read.chunks, packingOf(header('content-encoding')), {
      maxBytes: wish.maxBytes,
      host: url.host,
      tooLarge: () => tooLarge(url, wish),
    })
    if (text.ok) return ok({ kind: 'text', type, text: text.value })
    return text.error.problem.code === 'too-large' ? text : fail(noText(url))
  } catch (error) {
    if (budget.signal.aborted) return fail(ended(url, budget))
    const { proxy, isForwarded } = connection
    if (proxy && (isForwarded || error instanceof ProxyFailure)) {
      return fail(proxyProblem(error, proxy, { host: url.host, hasAnswer }))
    }
    const isTls = url.protocol === 'https:'
    return fail(transportProblem(error, { host: url.host, isTls, hasAnswer }))
  }
}

function ended({ host }: URL, budget: Budget): Failure {
  if (!budget.isTimeOver()) {
    return failure('internal', `Asking ${host} was cancelled.`, 'No action needed.')
  }
  const seconds = String(budget.limitMs / 1_000)
  return failure('timeout', `${host} did not answer within ${seconds} s.`, 'Try again later.')
}

function tooLarge({ host }: URL, { maxBytes }: PageWish): Failure {
  return failure(
    'too-large',
    `The page of ${host} is over ${String(maxBytes / 1_048_576)} MiB and was not read.`,
    'Split it, or link to the part that is needed.',
  )
}

function noText({ host }: URL): Failure {
  return failure(
    'not-json',
    `The page of ${host} cannot be read as text in UTF-8.`,
    'Let the server send it as UTF-8, without compression or with gzip.',
  )
}
