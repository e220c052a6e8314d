import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Guest } from '#electron/host/browser/door/guest.ts'
import { openDoor } from '#electron/host/browser/door/door.ts'
import { ownerGuest } from '#electron/host/browser/door/owner-sign-in.ts'
import { startServer, type BrowserServer } from '#electron/host/browser/server.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { contract, isOperationName } from '#shared/contract/index.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { CANARY, cy, startConfidentialWorld } from '#test/fixtures/confidential-world.ts'
import { proveAt, signInAt, type Knocked } from '#test/fixtures/door-client.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { operationProbes } from '#test/fixtures/operation-probes.ts'
import { ada, bo } from '#test/fixtures/persons.ts'
import { inviteCode } from '#test/fixtures/sign-in.ts'

let folder: string
let server: BrowserServer
let world: Awaited<ReturnType<typeof startConfidentialWorld>>
const sockets: Knocked[] = []

async function serve(isByRule: boolean): Promise<void> {
  world = await startConfidentialWorld({ isByRule })
  const clock = createNodeClock()
  server = await startServer({
    engine: world.test.engine,
    logger: silentLogger,
    door: openDoor({ dataDirectory: folder, clock, logger: silentLogger }),
    directory: {
      owner: () => ada,
      people: () => [ada, bo, cy].map((each) => ({ ...each, runs: true })),
    },
    clock,
    port: 0,
    cockpit: join(folder, 'cockpit'),
  })
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-confidential-'))
  mkdirSync(join(folder, 'cockpit', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'cockpit', 'index.html'), '<meta content="__CSP_NONCE__">')
  writeFileSync(join(folder, 'cockpit', 'service-worker.js'), '')
})

afterEach(async () => {
  for (const { socket } of sockets.splice(0)) socket.terminate()
  await server.close()
  await world.test.engine.stop()
  rmSync(folder, { recursive: true })
})

const guestOf = (person: Person): Guest =>
  person.id === ada.id
    ? ownerGuest
    : { person: { kind: 'invited', ...person }, rights: ['read', 'act'] }

async function signIn(person: Person): Promise<Knocked> {
  const knocked = await signInAt({ port: server.port }, inviteCode(folder, guestOf(person)))
  sockets.push(knocked)
  await until(knocked, '"type":"snapshot"')
  return knocked
}

/** Waits until something came. */
async function until({ socket, messages }: Knocked, text: string): Promise<void> {
  while (!messages.some((message) => message.includes(text))) await once(socket, 'deckwatch')
}

/** Asks over the socket, and waits for the answer. */
async function ask(knocked: Knocked, name: string, input: unknown): Promise<string> {
  const id = `request-${name}-${String(knocked.messages.length)}`.slice(0, 64)
  knocked.socket.send(JSON.stringify({ type: 'request', id, name, input }))
  await until(knocked, `"id":"${id}"`)
  return knocked.messages.find((message) => message.includes(`"id":"${id}"`)) ?? ''
}

/** Greeted once more: nothing that was sent before is on its way any more. */
async function synced(knocked: Knocked): Promise<void> {
  const from = knocked.messages.length
  knocked.socket.send(JSON.stringify({ type: 'sync' }))
  while (!knocked.messages.slice(from).some((message) => message.includes('"type":"services"'))) {
    await once(knocked.socket, 'deckwatch')
  }
}

async function overHttp(path: string): Promise<string> {
  const asked = request({ host: '127.0.0.1', port: server.port, path })
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  response.setEncoding('utf8')
  let text = JSON.stringify(response.headers)
  for await (const chunk of response) text += String(chunk)
  return text
}

/** Where a word stands in what came, whatever its case, with what is around it. */
function aroundIn(texts: readonly string[], word: string): readonly string[] {
  return texts.flatMap((text) => {
    const at = text.toLowerCase().indexOf(word.toLowerCase())
    return at < 0 ? [] : [text.slice(Math.max(0, at - 300), at + 100)]
  })
}

it('of a confidential incident reaches a third person by no byte of their connection', async () => {
  await serve(true)
  const [owner, named, third] = [await signIn(ada), await signIn(bo), await signIn(cy)]
  await world.work()
  await ask(owner, 'incident.note', { incidentId: world.publicId, text: 'Seen by all' })
  await until(third, 'Seen by all')

  // Everything that can be asked, about it and for it.
  for (const name of Object.keys(contract).filter(isOperationName)) {
    const { input } = operationProbes(world.things())[name]
    await ask(third, name, input)
  }
  await synced(third)
  // Another connection, of the session that there is, and one that is signed in anew.
  const again = await proveAt({ port: server.port }, third.record!)
  sockets.push(again)
  await until(again, '"type":"snapshot"')
  const anew = await signIn(cy)
  for (const each of [again, anew]) await synced(each)
  // All that an ordinary request gets.
  const { secretId } = world
  const http = await Promise.all(
    ['/', '/engine', '/service-worker.js', `/incident/${secretId}`, `/assets/${secretId}`].map(
      overHttp,
    ),
  )

  const all = [...third.messages, ...again.messages, ...anew.messages, ...http]
  expect(all.join('\n')).toContain('Seen by all')
  const { alertKey, executionId } = world.things()
  for (const word of [CANARY, secretId, alertKey, executionId]) {
    expect(aroundIn(all, word)).toEqual([])
  }
  for (const each of [owner, named]) {
    await synced(each)
    for (const part of ['Leak', ' summary', ' note', ' impact', ' plan', ' title', ' text']) {
      expect(each.messages.join('\n')).toContain(`${CANARY}${part}`)
    }
  }
  // The machine's notifications are read by whoever passes.
  expect(JSON.stringify(world.channel.sent.map(({ title, body }) => title + body))).not.toContain(
    CANARY,
  )
})

it('is taken from who has seen it, and given back, while they are connected', async () => {
  await serve(false)
  const [named, third] = [await signIn(bo), await signIn(cy)]
  const incidentId = world.secretId
  expect(third.messages.join('\n')).toContain(CANARY)

  await ask(named, 'incident.restrict', { incidentId, people: ['bo'], reason: 'Names in it' })
  await until(third, `"withheld":["${incidentId}"]`)
  const from = third.messages.findIndex((message) => message.includes('"withheld"'))
  await world.work()
  await synced(third)
  await ask(third, 'incident.timeline', { incidentId })
  await ask(third, 'history.incidents', { text: CANARY })
  expect(aroundIn(third.messages.slice(from), CANARY)).toEqual([])

  await ask(named, 'incident.unrestrict', { incidentId })
  await until(third, `${CANARY} impact`)
  expect(await ask(third, 'incident.timeline', { incidentId })).toContain(`${CANARY} note`)
})
