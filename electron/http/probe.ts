import type { Clock } from '#electron/engine/ports/clock.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { packingOf, readBounded, startOfText } from './body.ts'
import { within, type Budget } from './budget.ts'
import { createConnections, type Connection } from './connections.ts'
import { failure, type Failure } from './failure.ts'
import { ProxyFailure, signInsOf } from './proxy-failure.ts'
import type { ProxyFinder } from './proxy-finder.ts'
import { proxyProblem, signInProblem } from './proxy-problem.ts'
import { transportProblem } from './transport-problem.ts'

/** What one address is asked, to see how it answers. */
export interface Probe {
  readonly method: 'GET' | 'HEAD'
  readonly url: URL
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Most that is read of the body, bytes. */
  readonly maxBytes: number
}

/** How an address answers, whatever its status is. Times in ms since the question was begun. */
export interface ProbeAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The start of the body as text, of at most 16 KiB; '' without one, or where it cannot be unpacked. */
  readonly bodyStart: string
  /** Of the body as it came, as far as it was read. */
  readonly bytes: number
  /** False where the body is longer than was to be read. */
  readonly isWhole: boolean
  /** Null where it was not seen. */
  readonly connectedMs: number | null
  /** When the head of the answer was there. */
  readonly firstByteMs: number
  readonly totalMs: number
  /** Host and port of the proxy between; null: none. */
  readonly proxy: string | null
}

/** No answer, and whether there was a connection before. */
export interface NoAnswer extends Failure {
  readonly connectedMs: number | null
}

/** As much of a body as becomes text, bytes. */
const MAX_START = 16_384

/**
 * Asks an address once and measures it: nothing is followed or asked again, and nobody's credentials
 * are sent.
 */
export async function probe(
  { method, url, headers, maxBytes }: Probe,
  { clock, proxies }: { readonly clock: Clock; readonly proxies: ProxyFinder },
  budget: Budget,
): Promise<Result<ProbeAnswer, NoAnswer>> {
  const began = clock.monotonic()
  const since = () => clock.monotonic() - began
  let connectedMs: number | null = null
  const none = (error: Failure) => fail({ ...error, connectedMs })
  const connections = createConnections({
    base: url,
    timeout: budget.limitMs,
    tls: undefined,
    findProxies: proxies,
    onConnected: () => {
      connectedMs ??= since()
    },
  })
  let connection: Connection | null = null
  let status: number | null = null
  try {
    const opened = await within(budget, connections.open())
    if (opened === null) return none(ended(url, budget))
    if (!opened.ok) return none(opened.error)
    connection = opened.value
    const { proxy, isForwarded } = connection
    const response = await within(
      budget,
      connection.ask({
        method,
        path: url.pathname + url.search,
        headers: {
          accept: '*/*',
          'user-agent': 'deckwatch',
          'accept-encoding': 'identity',
          ...Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
        },
        signal: budget.signal,
      }),
    )
    if (response === null) return none(ended(url, budget))
    const firstByteMs = since()
    const { statusCode, body } = response
    status = statusCode
    if (proxy && isForwarded && status === 407) {
      body.on('error', () => undefined).destroy()
      return none(signInProblem(proxy, signInsOf(response.headers['proxy-authenticate'])))
    }
    const { chunks, size, isWhole } = await readBounded(body, maxBytes)
    const packing = packingOf([response.headers['content-encoding']].flat()[0])
    const start = [Buffer.concat(chunks).subarray(0, MAX_START)]
    return ok({
      status,
      headers: response.headers,
      bodyStart: startOfText({ chunks: start, size, isWhole }, packing, MAX_START),
      bytes: size,
      isWhole,
      connectedMs,
      firstByteMs,
      totalMs: since(),
      proxy: proxy?.label ?? null,
    })
  } catch (error) {
    if (budget.signal.aborted) return none(ended(url, budget, status))
    const hasAnswer = status !== null
    if (connection?.proxy && (connection.isForwarded || error instanceof ProxyFailure)) {
      return none(proxyProblem(error, connection.proxy, { host: url.host, hasAnswer }))
    }
    const isTls = url.protocol === 'https:'
    return none(transportProblem(error, { host: url.host, isTls, hasAnswer }))
  } finally {
    await connections.close()
  }
}

/** @param status of an answer that began and did not end. */
function ended({ host }: URL, budget: Budget, status: number | null = null): Failure {
  if (!budget.isTimeOver()) {
    return failure('internal', `Asking ${host} was cancelled.`, 'No action needed.')
  }
  const seconds = String(budget.limitMs / 1_000)
  const message =
    status === null
      ? `${host} did not answer within ${seconds} s.`
      : `${host} began to answer with status ${String(status)}, and did not end within ${seconds} s.`
  return failure('timeout', message, 'Try again later.')
}
