import { describe, expect, it } from 'vitest'
import type { CheckEnd } from '#electron/engine/ports/checks.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { noProxies } from '#electron/http/proxy-finder.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createPlaceQueries } from '#electron/runner/queries/place-queries.ts'
import { queryPlacesSchema } from '#shared/domain/configuration/query-places.ts'
import type { PlaceQuery } from '#shared/domain/runbook/query/schema.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { startElasticsearchStub, startLokiStub } from './query-stubs.ts'

const now = Date.UTC(2026, 10, 30, 3, 0, 0)
const clock: Clock = { ...createNodeClock(), now: () => now }
const SECRET = 'glsa-0123456789abcdef'

interface Given {
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  readonly env?: Readonly<Record<string, string>>
}

function ask(place: object, query: PlaceQuery, given: Given = {}): Promise<CheckEnd> {
  const {
    timeoutMs = 60_000,
    signal = new AbortController().signal,
    env = { TOKEN: SECRET },
  } = given
  const [read] = queryPlacesSchema.parse([place])
  if (!read) throw new Error('no place')
  const queries = createPlaceQueries({
    clock,
    logger: silentLogger,
    secrets: createSecretReader({ env }),
    proxies: noProxies,
    random: () => 0.5,
    folder: '/',
  })
  return queries.run({ place: read, query }, { timeoutMs, signal })
}

const messageOf = ({ outcome }: CheckEnd) =>
  outcome.kind === 'not-started' ? outcome.message : outcome.kind

describe('queries to Loki', () => {
  const logql = (text = '{app="shop"}', sinceMs = 3_600_000): PlaceQuery => ({
    kind: 'logql',
    text,
    sinceMs,
  })
  const loki = (url: string, more: object = {}) => ({ type: 'loki', name: 'logs', url, ...more })
  const streams = (...result: readonly object[]) => ({
    status: 'success',
    data: { resultType: 'streams', result, stats: {} },
  })
  const at = (seconds: number) => `${String(now / 1_000 - seconds)}000000001`

  it('give the lines of all streams in their order, each with what tells them apart', async () => {
    const stub = await startLokiStub(() => [
      200,
      streams(
        {
          stream: { app: 'shop', pod: 'a' },
          values: [
            [at(1), 'last'],
            [at(30), 'first\nline'],
          ],
        },
        { stream: { app: 'shop', pod: 'b' }, values: [[at(10), 'middle', { trace: 'x' }]] },
      ),
    ])
    const end = await ask(
      loki(stub.url, { auth: { bearer: 'env:TOKEN' }, headers: { 'X-Scope-OrgID': 'shop' } }),
      logql('{app="shop"} |= "a&b"', 900_000),
    )
    expect(end).toMatchObject({
      outcome: { kind: 'answered' },
      summary: '3 lines',
      numbers: { lines: 3, values: 3 },
      text: [
        '2026-11-30T02:59:30.000Z  pod="a"  first\\nline',
        '2026-11-30T02:59:50.000Z  pod="b"  middle',
        '2026-11-30T02:59:59.000Z  pod="a"  last',
        '(3 lines)',
      ].join('\n'),
    })
    const [request] = stub.requests
    expect(Object.fromEntries(request?.query ?? [])).toEqual({
      query: '{app="shop"} |= "a&b"',
      start: `${String(now - 900_000)}000000`,
      end: `${String(now)}000000`,
      limit: '1000',
      direction: 'backward',
      step: '4s',
    })
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${SECRET}`,
      'x-scope-orgid': 'shop',
    })
  })

  it('say where there are no lines, and where there may be more', async () => {
    const none = await startLokiStub(() => [200, streams()])
    expect(await ask(loki(none.url), logql())).toMatchObject({
      summary: 'no lines',
      numbers: { lines: 0 },
    })
    const values = Array.from({ length: 1_000 }, (_, index) => [at(index), `line ${String(index)}`])
    const full = await startLokiStub(() => [200, streams({ stream: {}, values })])
    expect(await ask(loki(full.url), logql())).toMatchObject({
      summary: 'the newest 1,000 lines, and there may be more',
      numbers: { lines: 1_000 },
    })
  })

  it('give the last value of each series', async () => {
    const series = (pod: string, value: string) => ({
      metric: { pod },
      values: [
        [1, '7'],
        [2, value],
      ],
    })
    const matrix = (...result: readonly object[]) =>
      [200, { status: 'success', data: { resultType: 'matrix', result } }] as const
    const stub = await startLokiStub(() => matrix(series('a', '0.5'), series('b', '2')))
    expect(await ask(loki(stub.url), logql('rate({app="shop"}[5m])'))).toMatchObject({
      text: '2  pod="b"\n0.5  pod="a"',
      summary: '2 values, highest 2 pod="b"',
      numbers: { lines: 2, values: 2, value: 2 },
    })
    const one = await startLokiStub(() => matrix(series('a', '0.5')))
    expect(await ask(loki(one.url), logql())).toMatchObject({
      summary: '0.5',
      numbers: { value: 0.5 },
    })
    const none = await startLokiStub(() => matrix())
    expect(await ask(loki(none.url), logql())).toMatchObject({
      summary: 'no data',
      numbers: { values: 0 },
    })
  })

  it('say what is wrong in the words of the server', async () => {
    const stub = await startLokiStub(() => [400, 'parse error at line 1, col 7: syntax error\n'])
    expect(messageOf(await ask(loki(stub.url), logql()))).toContain(
      'refused the question (400). It said: parse error at line 1, col 7: syntax error',
    )
    const denied = await startLokiStub(() => [401, 'no org id'])
    expect(await ask(loki(denied.url), logql())).toMatchObject({
      outcome: { message: expect.stringContaining('requires a tenant') as string },
      text: expect.stringContaining('X-Scope-OrgID') as string,
    })
    const odd = await startLokiStub(() => [200, { status: 'success', data: {} }])
    expect(messageOf(await ask(loki(odd.url), logql()))).toContain('not as Loki does')
    const page = await startLokiStub(() => [200, '<html>'])
    expect((await ask(loki(page.url), logql())).outcome.kind).toBe('not-started')
    expect(messageOf(await ask(loki('http://127.0.0.1:1'), logql()))).toContain(
      'refused the connection',
    )
  })

  it('end when the time is over, or somebody gives up', async () => {
    const stub = await startLokiStub(() => 'never')
    expect((await ask(loki(stub.url), logql(), { timeoutMs: 200 })).outcome).toEqual({
      kind: 'timed-out',
    })
    expect((await ask(loki(stub.url), logql(), { signal: AbortSignal.abort() })).outcome).toEqual({
      kind: 'cancelled',
      by: null,
    })
  })

  it('never show what they sign in with', async () => {
    const stub = await startLokiStub(({ headers }) => [
      200,
      streams({ stream: {}, values: [[at(1), headers.authorization ?? '']] }),
    ])
    const place = loki(stub.url, {
      auth: { basic: { username: 'on-call', password: 'env:TOKEN' } },
    })
    const end = await ask(place, logql())
    expect(end.numbers).toMatchObject({ lines: 1 })
    expect(end.text).not.toContain(SECRET)
    expect(messageOf(await ask(place, logql(), { env: {} }))).toContain('TOKEN is not set')
  })
})

describe('queries to Elasticsearch', () => {
  const search = (body: object = {}, index: string | null = null): PlaceQuery => ({
    kind: 'elasticsearch',
    index,
    body: JSON.stringify(body),
  })
  const place = (url: string, more: object = {}) => ({
    type: 'elasticsearch',
    name: 'logs',
    url,
    ...more,
  })
  const shards = { total: 5, successful: 5, skipped: 0, failed: 0 }
  const answer = (more: object = {}) => ({
    took: 3,
    timed_out: false,
    _shards: shards,
    hits: { total: { value: 0, relation: 'eq' }, max_score: null, hits: [] },
    ...more,
  })
  const hit = (source: object) => ({ _index: 'logs-1', _id: 'x', _score: 1, _source: source })

  it('give the hits as lines, and how many there are', async () => {
    const stub = await startElasticsearchStub(() => [
      200,
      answer({
        hits: {
          total: { value: 10_000, relation: 'gte' },
          hits: [hit({ message: 'a' }), hit({ message: 'b' })],
        },
      }),
    ])
    const body = { query: { match: { message: 'a' } } }
    expect(await ask(place(stub.url), search(body, 'logs-*'))).toMatchObject({
      outcome: { kind: 'answered' },
      summary: 'at least 10,000 hits',
      numbers: { lines: 2, values: 2, value: 10_000 },
      text: 'logs-1  {"message":"a"}\nlogs-1  {"message":"b"}\n(at least 10,000 hits, 2 shown)',
    })
    expect(stub.requests).toMatchObject([{ path: '/logs-*/_search', body: JSON.stringify(body) }])
    expect(Object.fromEntries(stub.requests[0]?.query ?? [])).toEqual({
      size: '10',
      timeout: '60000ms',
    })
  })

  it('ask for at most a hundred, at the indices of the place where they name none', async () => {
    const stub = await startElasticsearchStub(() => [200, answer()])
    await ask(place(stub.url), search({ size: 5_000 }))
    await ask(place(stub.url), search({ size: 3 }))
    await ask(place(stub.url, { index: 'app-*' }), search({ size: 0 }))
    await ask(place(stub.url, { index: 'app-*' }), search({}, 'logs'))
    expect(stub.requests.map(({ path, query }) => [path, query.get('size')])).toEqual([
      ['/_search', '100'],
      ['/_search', '3'],
      ['/app-*/_search', '0'],
      ['/logs/_search', '10'],
    ])
  })

  it('show aggregations', async () => {
    const aggregations = { by: { buckets: [{ key: 'a', doc_count: 2 }] } }
    const stub = await startElasticsearchStub(() => [
      200,
      answer({ aggregations, hits: { total: 7, hits: [] } }),
    ])
    const end = await ask(place(stub.url), search({ size: 0 }))
    expect(end.text).toContain('"doc_count": 2')
    expect(end).toMatchObject({ summary: '7 hits', numbers: { value: 7, lines: 0 } })
  })

  it('say where an answer is not whole', async () => {
    const stub = await startElasticsearchStub(() => [
      200,
      answer({
        timed_out: true,
        _shards: { ...shards, failed: 2 },
        hits: { hits: [{ _index: 'a', _id: 'x', fields: { a: [1] } }] },
      }),
    ])
    const { text, summary } = await ask(place(stub.url), search())
    expect(text.split('\n')).toEqual([
      'The search ran out of time: the answer is not whole',
      '2 of 5 shards failed: the answer is not whole',
      'a  {"a":[1]}',
      '(1 hit shown)',
    ])
    expect(summary).toContain('2 of 5 shards failed')
  })

  it('say what is wrong in the words of the server, also where they are cut', async () => {
    const reason = 'Unknown key for a START_OBJECT in [quer].'
    const error = { root_cause: [{ type: 'parsing_exception', reason }], pad: 'x'.repeat(5_000) }
    const stub = await startElasticsearchStub(() => [400, { error, status: 400 }])
    expect(messageOf(await ask(place(stub.url), search()))).toContain(`It said: ${reason}`)
    const odd = await startElasticsearchStub(() => [200, { tagline: 'You Know, for Search' }])
    expect(messageOf(await ask(place(odd.url), search()))).toContain('not as Elasticsearch does')
    const plain = await startElasticsearchStub(() => [500, 'no'])
    expect(messageOf(await ask(place(plain.url), search()))).toContain('failed to answer (500)')
  })
})
