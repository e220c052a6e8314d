import { describe, expect, it } from 'vitest'
import type { Connection } from '#renderer/engine/bridge/engine-client.ts'
import { COMMAND_TIMEOUT_MS } from '#renderer/engine/bridge/request-book.ts'
import { SocketClient } from '#renderer/engine/bridge/socket-client.ts'
import { LOST_AFTER_MS, PULSE_INTERVAL_MS, type PushMessage } from '#shared/contract/messages.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { emptySnapshot, FakePorts, pulseAt } from './fake-engine.ts'

function connected() {
  const ports = new FakePorts()
  const client = new SocketClient(ports)
  const phases: Connection['phase'][] = []
  client.listenConnection(({ phase }) => phases.push(phase))
  ports.greet()
  return { ports, client, phases }
}

describe('the connection', () => {
  it('is open from the first snapshot on, not from the socket on', () => {
    const ports = new FakePorts()
    const client = new SocketClient(ports)
    ports.socket.handlers.opened()
    ports.say(pulseAt(0))
    expect(client.connection().phase).toBe('connecting')
    ports.greet()
    expect(client.connection().phase).toBe('open')
  })

  it('stays open for as long as the heart beats', () => {
    const { ports, client } = connected()
    for (let beat = 1; beat <= 20; beat += 1) {
      ports.pass(PULSE_INTERVAL_MS)
      ports.say(pulseAt(beat))
    }
    expect(client.connection().phase).toBe('open')
    expect(ports.sockets).toHaveLength(1)
  })

  it('is lost after silence though the socket never closed', () => {
    const { ports, client } = connected()
    ports.pass(2_000)
    ports.say(pulseAt(1))
    ports.pass(LOST_AFTER_MS - 1)
    expect(client.connection().phase).toBe('open')
    ports.pass(1)
    expect(client.connection()).toEqual({
      phase: 'lost',
      lastHeard: { wall: ports.wallOffset + 2_000, steady: 2_000 },
      isTrying: false,
    })
    expect(ports.sockets[0]?.isClosed).toBe(true)
  })

  it('is judged by the steady clock: a wall clock that jumps changes nothing', () => {
    const { ports, client } = connected()
    ports.wallOffset += 24 * 3_600_000
    ports.pass(LOST_AFTER_MS - 1)
    ports.say(pulseAt(1))
    ports.wallOffset -= 48 * 3_600_000
    ports.pass(LOST_AFTER_MS - 1)
    expect(client.connection().phase).toBe('open')
  })

  it('is lost at once when the socket closes, and comes back by itself', () => {
    const { ports, client, phases } = connected()
    ports.socket.handlers.closed()
    expect(client.connection().phase).toBe('lost')
    ports.pass(300)
    expect(ports.sockets).toHaveLength(2)
    ports.greet()
    expect(client.connection().phase).toBe('open')
    expect(phases).toEqual(['open', 'lost', 'lost', 'open'])
  })

  it('waits longer after each failure, but never beyond five seconds', () => {
    const { ports } = connected()
    const waits: number[] = []
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const count = ports.sockets.length
      ports.socket.handlers.closed()
      const from = ports.now
      while (ports.sockets.length === count) ports.pass(50)
      waits.push(ports.now - from)
    }
    expect(waits[0]).toBe(300)
    expect(waits.at(-1)).toBe(2_500)
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
  })

  it('gives up an attempt that hangs', () => {
    const ports = new FakePorts()
    new SocketClient(ports)
    ports.pass(LOST_AFTER_MS)
    expect(ports.sockets[0]?.isClosed).toBe(true)
    ports.pass(5_000)
    expect(ports.sockets.length).toBeGreaterThan(1)
  })

  it('connects at once when nudged while it waits', () => {
    const { ports, client } = connected()
    ports.socket.handlers.closed()
    client.nudge()
    expect(ports.sockets).toHaveLength(2)
  })

  it('when nudged, notices silence that its timers slept through', () => {
    const { ports, client } = connected()
    // A page in the background: time went on, no timer ran.
    ports.now += LOST_AFTER_MS
    client.nudge()
    expect(client.connection()).toMatchObject({ phase: 'lost', isTrying: true })
    expect(ports.sockets).toHaveLength(2)
  })

  it('leaves a healthy connection alone when nudged', () => {
    const { ports, client } = connected()
    client.nudge()
    expect(ports.sockets).toHaveLength(1)
  })

  it('ends for good when closed', () => {
    const { ports, client } = connected()
    client.close()
    ports.pass(60_000)
    client.nudge()
    expect(ports.sockets).toHaveLength(1)
    expect(ports.socket.isClosed).toBe(true)
  })
})

describe('a socket that the door closes', () => {
  it('says why this browser is not let in, until it is', () => {
    const ports = new FakePorts()
    const client = new SocketClient(ports)
    ports.socket.handlers.closed()
    expect(client.connection()).not.toHaveProperty('refusal')
    ports.pass(300)
    ports.socket.handlers.closed('revoked')
    expect(client.connection()).toMatchObject({ phase: 'lost', refusal: 'revoked' })
    ports.pass(5_000)
    expect(client.connection()).toMatchObject({ isTrying: true, refusal: 'revoked' })
    ports.greet()
    expect(client.connection()).toEqual({ phase: 'open' })
    ports.socket.handlers.closed()
    expect(client.connection()).not.toHaveProperty('refusal')
  })
})

describe('messages', () => {
  it('passes on what it can read and reports what it cannot', () => {
    const { ports, client } = connected()
    const heard: PushMessage[] = []
    const unreadable: boolean[] = []
    client.listen((message) => heard.push(message))
    client.listenUnreadable(({ isStateMissing }) => unreadable.push(isStateMissing))
    ports.socket.handlers.received('{"type":"pulse"')
    ports.socket.handlers.received('{"type":"riddle"}')
    ports.say(pulseAt(7))
    expect(heard).toEqual([pulseAt(7)])
    // The first may have been anything; the other is a kind that this page does not know.
    expect(unreadable).toEqual([true, false])
  })

  it('tells what came in slices as one, and is open only then', () => {
    const ports = new FakePorts()
    const client = new SocketClient(ports)
    const heard: PushMessage[] = []
    client.listen((message) => heard.push(message))
    ports.socket.handlers.opened()
    ports.say({ ...emptySnapshot, more: true })
    expect([client.connection().phase, heard]).toEqual(['connecting', []])
    ports.say(emptySnapshot)
    expect([client.connection().phase, heard]).toEqual(['open', [emptySnapshot]])
  })

  it('drops a snapshot with a slice that cannot be read, to its end, and takes the next', () => {
    const ports = new FakePorts()
    const client = new SocketClient(ports)
    const heard: string[][] = []
    client.listen((message) => {
      if (message.type === 'snapshot') heard.push(message.state.incidents.map(({ id }) => id))
    })
    const slice = (id: string, over: object = {}) => {
      const state = { ...emptySnapshot.state, incidents: [incidentWith({ id })] }
      ports.socket.handlers.received(JSON.stringify({ ...emptySnapshot, state, ...over }))
    }
    ports.socket.handlers.opened()
    slice('a', { more: true })
    slice('of a newer engine', { more: true, state: { seq: 'new' } })
    slice('b', { more: true })
    slice('c')
    expect([client.connection().phase, heard]).toEqual(['connecting', []])
    slice('a', { more: true })
    slice('the last one', { state: {} })
    slice('a', { more: true })
    ports.socket.handlers.received('{"type":"snap')
    slice('c')
    expect([client.connection().phase, heard]).toEqual(['connecting', []])
    slice('a', { more: true })
    slice('b')
    expect([client.connection().phase, heard]).toEqual(['open', [['a', 'b']]])
  })

  it('makes nothing younger by what it cannot read, nor by what comes before a whole snapshot', () => {
    const { ports, client } = connected()
    ports.pass(2_000)
    ports.say(pulseAt(1))
    const lastHeard = { wall: ports.wall(), steady: 2_000 }
    ports.pass(1_000)
    ports.socket.handlers.received('{"type":"delta"}')
    // The heart beats on, but what is known has a hole: that is no connection.
    ports.pass(2_000)
    ports.say(pulseAt(2))
    ports.pass(LOST_AFTER_MS)
    expect(client.connection()).toMatchObject({ phase: 'lost', lastHeard })
    ports.pass(1_000)
    ports.socket.handlers.opened()
    ports.socket.handlers.received('{"type":"snapshot"}')
    ports.say(pulseAt(3))
    ports.socket.handlers.closed()
    expect(client.connection()).toMatchObject({ phase: 'lost', lastHeard })
  })

  it('begins anew with a new socket: half a snapshot is forgotten', () => {
    const { ports, client } = connected()
    const heard: PushMessage[] = []
    client.listen((message) => heard.push(message))
    const slice = { ...emptySnapshot, state: { ...emptySnapshot.state, sources: [] } }
    ports.say({
      ...slice,
      state: { ...slice.state, incidents: [incidentWith({ id: 'half' })] },
      more: true,
    })
    ports.socket.handlers.closed()
    ports.pass(300)
    ports.greet()
    expect(heard).toEqual([emptySnapshot])
  })

  it('stops telling a listener that left', () => {
    const { ports, client } = connected()
    const heard: PushMessage[] = []
    const unlisten = client.listen((message) => heard.push(message))
    unlisten()
    ports.say(pulseAt(1))
    expect(heard).toEqual([])
  })
})

describe('requests', () => {
  it('sends one and gives back its parsed answer', async () => {
    const { ports, client } = connected()
    const answer = client.request('incident.acknowledge', { incidentId: 'i1' })
    expect(ports.socket.sent).toEqual([
      {
        type: 'request',
        id: 'request-1',
        name: 'incident.acknowledge',
        input: { incidentId: 'i1' },
      },
    ])
    ports.say({ type: 'response', id: 'request-1', outcome: { ok: true, value: { seq: 4 } } })
    expect(await answer).toEqual({ ok: true, value: { seq: 4 } })
  })

  it('says of a command that was kept when it was given', () => {
    const { ports, client } = connected()
    void client.request('incident.acknowledge', { incidentId: 'i1' }, 'command-1', 42)
    expect(ports.socket.sent).toMatchObject([{ id: 'command-1', givenAt: 42 }])
  })

  it("gives back the engine's refusal", async () => {
    const { ports, client } = connected()
    const answer = client.request('incident.close', { incidentId: 'i1' })
    const error = { code: 'not-allowed-now', message: 'Only a resolved incident can be closed.' }
    ports.socket.handlers.received(
      JSON.stringify({ type: 'response', id: 'request-1', outcome: { ok: false, error } }),
    )
    expect(await answer).toEqual({ ok: false, error })
  })

  it('does not trust an answer of another shape', async () => {
    const { ports, client } = connected()
    const answer = client.request('incident.acknowledge', { incidentId: 'i1' })
    ports.say({ type: 'response', id: 'request-1', outcome: { ok: true, value: { seq: 'four' } } })
    expect(await answer).toMatchObject({ ok: false, error: { code: 'internal' } })
  })

  it('ignores a second answer and an answer to nothing', async () => {
    const { ports, client } = connected()
    const answer = client.request('incident.acknowledge', { incidentId: 'i1' })
    ports.say({ type: 'response', id: 'nobody-asked', outcome: { ok: true, value: { seq: 1 } } })
    ports.say({ type: 'response', id: 'request-1', outcome: { ok: true, value: { seq: 2 } } })
    ports.say({ type: 'response', id: 'request-1', outcome: { ok: true, value: { seq: 3 } } })
    expect(await answer).toEqual({ ok: true, value: { seq: 2 } })
  })

  it('is refused at once, and not sent, while the engine is lost', async () => {
    const { ports, client } = connected()
    ports.socket.handlers.closed()
    const result = await client.request('incident.acknowledge', { incidentId: 'i1' })
    expect(result).toMatchObject({
      ok: false,
      error: {
        code: 'engine-unreachable',
        message: expect.stringContaining('nothing was done') as string,
      },
    })
    expect(ports.socket.sent).toEqual([])
  })

  it('says that a command may have been recorded when the connection broke before the answer', async () => {
    const { ports, client } = connected()
    const answer = client.request('incident.acknowledge', { incidentId: 'i1' })
    ports.pass(LOST_AFTER_MS)
    expect(await answer).toMatchObject({
      ok: false,
      error: {
        code: 'engine-unreachable',
        message: expect.stringContaining('may or may not') as string,
      },
    })
  })

  it('says nothing of recording when it was a query', async () => {
    const { ports, client } = connected()
    const answer = client.request('why', { incidentId: 'i1' })
    ports.socket.handlers.closed()
    const result = await answer
    expect(result.ok ? '' : result.error.message).not.toContain('recorded')
  })

  it('is given up when a living engine does not answer', async () => {
    const { ports, client } = connected()
    const answer = client.request('incident.acknowledge', { incidentId: 'i1' })
    for (let at = 0; at < COMMAND_TIMEOUT_MS; at += PULSE_INTERVAL_MS) {
      ports.pass(PULSE_INTERVAL_MS)
      ports.say(pulseAt(at))
    }
    expect(await answer).toMatchObject({ ok: false, error: { code: 'engine-unreachable' } })
    expect(client.connection().phase).toBe('open')
  })
})

describe('a host without an engine', () => {
  const journal = { message: 'The journal is damaged.', hint: 'Use a backup.', triedAt: 7 }

  it('is known by its reason, also while the next attempt runs', () => {
    const ports = new FakePorts()
    const client = new SocketClient(ports)
    ports.socket.handlers.closed(journal)
    expect(client.connection()).toEqual({
      phase: 'lost',
      lastHeard: null,
      isTrying: false,
      refusal: journal,
    })
    client.nudge()
    expect(client.connection()).toMatchObject({ isTrying: true, refusal: journal })
    ports.greet()
    expect(client.connection()).toEqual({ phase: 'open' })
  })

  it('answers requests with what to do about the journal', async () => {
    const ports = new FakePorts()
    const client = new SocketClient(ports)
    ports.socket.handlers.closed(journal)
    expect(await client.request('source.poll', {})).toMatchObject({
      error: { code: 'engine-unreachable', hint: journal.hint },
    })
    ports.socket.handlers.closed()
    client.nudge()
    ports.socket.handlers.closed()
    expect(await client.request('source.poll', {})).toMatchObject({
      error: { message: 'Deckwatch unreachable: nothing was done.' },
    })
  })

  it('is asked to start it before the next connection is', () => {
    const ports = new FakePorts()
    const client = new SocketClient(ports)
    ports.socket.handlers.closed(journal)
    client.startEngine()
    expect([ports.engineStarts, ports.sockets.length]).toEqual([[1], 2])
  })
})
