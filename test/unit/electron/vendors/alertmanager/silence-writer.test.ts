import type { IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SilencesPort } from '#electron/engine/ports/silences.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import {
  reply,
  startStandIn,
  type Handler,
  type StandInServer,
} from '../../http/stand-in-server.ts'
import { createShiftedClock, ids } from '../../http/world.ts'

const clock = createShiftedClock()
const signal = new AbortController().signal

interface Asked {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly type: string | undefined
  readonly body: unknown
}

let server: StandInServer
let asked: Asked[]
let port: SilencesPort
let close: () => Promise<void>

const stored = (over: object = {}) => ({
  id: '3cfdedcb-23b6-412a-9a31-fd8cbe731be9',
  status: { state: 'active' },
  updatedAt: '2026-11-21T04:32:13.967Z',
  comment: 'INC-1234 disk being extended',
  createdBy: 'alice@example.com',
  endsAt: '2026-11-21T06:32:13.000Z',
  startsAt: '2026-11-21T04:32:13.967Z',
  matchers: [
    { isEqual: true, isRegex: false, name: 'alertname', value: 'DiskWillFillIn4Hours' },
    { isEqual: false, isRegex: true, name: 'service', value: 'search|catalog' },
  ],
  ...over,
})

/** Answers by the first of these whose key is `METHOD path`, and notes what was asked. */
function answer(answers: Readonly<Record<string, Handler>>): void {
  server.handle((request, response) => {
    void textOf(request).then((text) => {
      asked.push({
        method: request.method,
        path: request.url,
        type: request.headers['content-type'],
        body: text === '' ? null : JSON.parse(text),
      })
      const handler = answers[`${request.method ?? ''} ${request.url ?? ''}`] ?? reply(500)
      handler(request, response)
    })
  })
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const json = (value: unknown) => reply(200, JSON.stringify(value))
const never: Handler = () => undefined

beforeEach(async () => {
  asked = []
  server = await startStandIn(reply(500))
  const config = { type: 'alertmanager', name: 'am', url: `${server.url}/am`, timeout: '1s' }
  const source = createAlertmanagerSource(
    alertmanagerConfigSchema.parse({ ...config, auth: { bearer: 'env:TOKEN' } }),
    { clock, ids, secrets: createSecretReader({ env: { TOKEN: 'swordfish' } }) },
  )
  if (!source.silences) throw new Error('an Alertmanager has silences')
  port = source.silences
  close = () => source.close()
})
afterEach(async () => {
  await close()
  await server.close()
})

const wanted = {
  matchers: [
    { name: 'alertname', operator: '=' as const, value: 'A' },
    { name: 'a.b', operator: '!~' as const, value: 'x"y\\z|ü' },
  ],
  startsAt: Date.UTC(2026, 10, 21, 5),
  endsAt: Date.UTC(2026, 10, 21, 7),
  createdBy: 'Ada',
  comment: 'moving',
}

describe('what is sent', () => {
  it('is what the API describes, with a start that is past', async () => {
    answer({ 'POST /am/api/v2/silences': json({ silenceID: 's-1' }) })
    expect(await port.create(wanted, signal)).toEqual({ ok: true, value: 's-1' })
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/am/api/v2/silences',
        type: 'application/json',
        body: {
          matchers: [
            { name: 'alertname', value: 'A', isRegex: false, isEqual: true },
            { name: 'a.b', value: 'x"y\\z|ü', isRegex: true, isEqual: false },
          ],
          startsAt: '2026-11-21T04:50:00.000Z',
          endsAt: '2026-11-21T07:00:00.000Z',
          createdBy: 'Ada',
          comment: 'moving',
        },
      },
    ])
    expect(server.requests[0]?.headers.authorization).toBe('Bearer swordfish')
  })

  it('extends with everything as the server has it but the end', async () => {
    const silence = stored({ comment: 'odd \u202e text' })
    answer({
      'GET /am/api/v2/silence/s-1': json(silence),
      'POST /am/api/v2/silences': json({ silenceID: 'another' }),
    })
    expect(await port.extend('s-1', Date.UTC(2026, 10, 21, 9), signal)).toEqual({
      ok: true,
      value: 'another',
    })
    expect(asked[1]?.body).toEqual({
      id: 's-1',
      matchers: silence.matchers,
      startsAt: silence.startsAt,
      endsAt: '2026-11-21T09:00:00.000Z',
      createdBy: silence.createdBy,
      comment: silence.comment,
    })
  })

  it('does not bring an expired silence back to life', async () => {
    answer({ 'GET /am/api/v2/silence/s-1': json(stored({ status: { state: 'expired' } })) })
    expect(await port.extend('s-1', Date.UTC(2026, 10, 21, 9), signal)).toMatchObject({
      ok: false,
      error: { problem: { code: 'not-found' }, mayBeDone: false },
    })
    expect(asked.map(({ method }) => method)).toEqual(['GET'])
  })

  it('never leaves its path by an id', async () => {
    answer({})
    await port.expire('../../-/reload', signal)
    expect(asked[0]).toMatchObject({
      method: 'DELETE',
      path: '/am/api/v2/silence/..%2F..%2F-%2Freload',
      body: null,
    })
  })
})

describe('what is listed', () => {
  it('is what holds or will hold, every text safe to show', async () => {
    answer({
      'GET /am/api/v2/silences': json([
        stored({ id: 'a', createdBy: 'mal\u202eice' }),
        stored({ id: 'b', status: { state: 'pending' } }),
        stored({ id: 'c', status: { state: 'expired' } }),
        { id: 'd' },
        null,
      ]),
    })
    const listed = await port.list(signal)
    expect(listed).toMatchObject({
      ok: true,
      value: [
        {
          id: 'a',
          state: 'active',
          createdBy: 'mal⟨U+202E⟩ice',
          endsAt: Date.UTC(2026, 10, 21, 6, 32, 13),
          matchers: [
            { name: 'alertname', operator: '=', value: 'DiskWillFillIn4Hours' },
            { name: 'service', operator: '!~', value: 'search|catalog' },
          ],
        },
        { id: 'b', state: 'pending' },
      ],
    })
  })

  it('takes matchers of before there were negative ones', async () => {
    answer({
      'GET /am/api/v2/silences': json([
        stored({ matchers: [{ name: 'a', value: 'x', isRegex: false }] }),
      ]),
    })
    expect(await port.list(signal)).toMatchObject({
      value: [{ matchers: [{ name: 'a', operator: '=', value: 'x' }] }],
    })
  })
})

describe('a server that forbids it', () => {
  it.each([
    [
      403,
      '{"code":403,"message":"viewers may not"}',
      'forbidden',
      /does not allow changes \(403\).*viewers may not/,
    ],
    [403, '<html>secret of the intranet</html>', 'forbidden', /does not allow changes \(403\)\.$/],
    [405, '', 'forbidden', /lets only reading through \(405\)/],
    [401, '', 'unauthorised', /does not accept changes with these credentials/],
    [
      400,
      '"bad matcher format"',
      'misconfigured',
      /refused the change \(400\).*bad matcher format/,
    ],
    [
      422,
      '{"code":612,"message":"matchers in body should have at least 1 items"}',
      'misconfigured',
      /at least 1 items/,
    ],
  ])('says why: %i %s', async (status, body, code, message) => {
    answer({ 'POST /am/api/v2/silences': reply(status, body) })
    const outcome = await port.create(wanted, signal)
    expect(outcome).toMatchObject({ ok: false, error: { problem: { code }, mayBeDone: false } })
    expect(!outcome.ok && outcome.error.problem.message).toMatch(message)
    expect(JSON.stringify(outcome)).not.toMatch(/intranet|swordfish/)
  })

  it('is followed nowhere', async () => {
    answer({
      'POST /am/api/v2/silences': reply(307, '', { location: `${server.url}/elsewhere` }),
    })
    expect(await port.create(wanted, signal)).toMatchObject({
      error: { problem: { code: 'redirected' }, mayBeDone: false },
    })
    expect(asked).toHaveLength(1)
  })
})

describe('a change whose end nobody knows', () => {
  it.each([
    ['no answer in time', never],
    ['a proxy that gives up', reply(504)],
    ['a server that is overloaded', reply(503)],
    ['a connection that breaks', (_request, response) => response.destroy()],
    ['an answer that is no JSON', reply(200, 'ok')],
    ['an answer without an id', json({})],
  ])('is said to be one, and is asked for once: %s', async (_, handler) => {
    answer({ 'POST /am/api/v2/silences': handler })
    expect(await port.create(wanted, signal)).toMatchObject({
      ok: false,
      error: { mayBeDone: true },
    })
    expect(asked).toHaveLength(1)
  })

  it('is none where nothing was sent', async () => {
    await server.close()
    expect(await port.create(wanted, signal)).toMatchObject({
      error: { problem: { code: 'unreachable' }, mayBeDone: false },
    })
    server = await startStandIn(reply(500))
  })
})
