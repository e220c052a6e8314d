import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** A request as a stub checks it. */
export interface StubRequest {
  readonly method: string
  readonly path: string
  readonly query: ReadonlyMap<string, string>
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** What a stub answers: a status, and a body that becomes JSON where it is no text. */
export type StubAnswer = readonly [status: number, body: unknown]

/**
 * A server until the test ends, which checks every request against the documents of its API: one
 * that they do not know is refused, as the real one does.
 */
async function startStub(
  answer: (request: StubRequest) => StubAnswer | 'never',
): Promise<{ readonly url: string; readonly requests: readonly StubRequest[] }> {
  const requests: StubRequest[] = []
  const server = createServer((incoming, response) => {
    void textOf(incoming).then((body) => {
      const url = new URL(incoming.url ?? '/', 'http://stub')
      const request = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: new Map(url.searchParams),
        headers: incoming.headers,
        body,
      }
      requests.push(request)
      const answered = url.searchParams.size === request.query.size ? answer(request) : twice
      if (answered === 'never') return
      const [status, said] = answered
      const type = typeof said === 'string' ? 'text/plain; charset=utf-8' : 'application/json'
      response.writeHead(status, { 'content-type': type })
      response.end(typeof said === 'string' ? said : JSON.stringify(said))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${String(port)}`, requests }
}

const twice: StubAnswer = [400, 'a parameter was sent twice']

const lokiParameters = new Set([
  'query',
  'limit',
  'start',
  'end',
  'since',
  'step',
  'interval',
  'direction',
])

/**
 * Loki's `GET /loki/api/v1/query_range`, after
 * https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-within-a-range-of-time.
 */
export function startLokiStub(answer: (request: StubRequest) => StubAnswer | 'never') {
  return startStub((request) => {
    const { method, path, query, body } = request
    if (path !== '/loki/api/v1/query_range') return [404, '404 page not found\n']
    if (method !== 'GET' || body !== '') return [405, 'method not allowed']
    const unknown = [...query.keys()].find((name) => !lokiParameters.has(name))
    if (unknown !== undefined) return [400, `unknown parameter ${unknown}`]
    if ((query.get('query') ?? '') === '')
      return [400, 'parse error : syntax error: unexpected $end']
    // Nanoseconds: a number of ten digits would be taken for seconds.
    for (const name of ['start', 'end']) {
      if (!/^\d{19}$/.test(query.get(name) ?? '')) return [400, `could not parse '${name}'`]
    }
    if (BigInt(query.get('end') ?? '0') < BigInt(query.get('start') ?? '0')) {
      return [400, 'end timestamp must not be before or equal to start time']
    }
    const limit = Number(query.get('limit') ?? '100')
    if (!Number.isInteger(limit) || limit < 1) return [400, 'invalid limit']
    if (limit > 5_000) return [400, 'max entries limit per query exceeded']
    if (!['forward', 'backward'].includes(query.get('direction') ?? ''))
      return [400, 'invalid direction']
    if (!/^\d+(?:\.\d+)?s?$|^\d+[mhd]$/.test(query.get('step') ?? '1')) return [400, 'invalid step']
    return answer(request)
  })
}

const searchParameters = new Set([
  'size',
  'timeout',
  'from',
  'track_total_hits',
  'ignore_unavailable',
])

const refusal = (status: number, type: string, reason: string): StubAnswer => [
  status,
  { error: { root_cause: [{ type, reason }], type, reason }, status },
]

/**
 * Elasticsearch's `POST /<index>/_search`, after
 * https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-search.
 */
export function startElasticsearchStub(answer: (request: StubRequest) => StubAnswer | 'never') {
  return startStub((request) => {
    const { method, path, query, headers, body } = request
    if (!/^(?:\/[a-z0-9*][a-z0-9.*,:_-]*)?\/_search$/.test(path)) {
      return refusal(400, 'illegal_argument_exception', `no handler found for uri [${path}]`)
    }
    if (method !== 'POST') return refusal(405, 'method_not_allowed', 'Incorrect HTTP method')
    if (!/^application\/json\b/.test(headers['content-type'] ?? '')) {
      return refusal(406, 'media_type_header_exception', 'Content-Type header is not supported')
    }
    const unknown = [...query.keys()].find((name) => !searchParameters.has(name))
    if (unknown !== undefined) {
      const reason = `request [${path}] contains unrecognized parameter: [${unknown}]`
      return refusal(400, 'illegal_argument_exception', reason)
    }
    if (!/^\d+(?:nanos|micros|ms|s|m|h|d)$/.test(query.get('timeout') ?? '1s')) {
      return refusal(400, 'illegal_argument_exception', 'failed to parse setting [timeout]')
    }
    if (!/^\d{1,5}$/.test(query.get('size') ?? '10')) {
      return refusal(400, 'illegal_argument_exception', 'Failed to parse int parameter [size]')
    }
    try {
      JSON.parse(body)
    } catch {
      return refusal(400, 'x_content_parse_exception', 'Unexpected character')
    }
    return answer(request)
  })
}
