import { describe, expect, it } from 'vitest'
import { SocketClient } from '#renderer/engine/bridge/socket-client.ts'
import { LOST_AFTER_MS } from '#shared/contract/messages.ts'
import { FakePorts } from './fake-engine.ts'

describe('presence', () => {
  it('is told when it changes, and again on each connection', () => {
    const ports = new FakePorts()
    const client = new SocketClient(ports)
    client.tellPresence(true)
    ports.greet()
    const first = ports.socket
    client.tellPresence(true)
    client.tellPresence(false)
    client.tellPresence(true)
    expect(first.sent.filter(({ type }) => type === 'presence')).toEqual([
      { type: 'presence', hasFocus: true },
      { type: 'presence', hasFocus: false },
      { type: 'presence', hasFocus: true },
    ])
    ports.pass(LOST_AFTER_MS + 1_000)
    ports.greet()
    expect(ports.socket).not.toBe(first)
    expect(ports.socket.sent).toContainEqual({ type: 'presence', hasFocus: true })
  })

  it('says nothing of itself where nobody has looked yet', () => {
    const ports = new FakePorts()
    const client = new SocketClient(ports)
    client.tellPresence(false)
    ports.greet()
    expect(ports.socket.sent).toEqual([])
  })
})
