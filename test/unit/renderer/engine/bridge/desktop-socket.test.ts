import { describe, expect, it } from 'vitest'
import { openDesktopSocket } from '#renderer/engine/bridge/desktop-socket.ts'
import type { DesktopListener } from '#shared/contract/desktop-bridge.ts'

function open() {
  const listeners: DesktopListener[] = []
  const heard: unknown[] = []
  const socket = openDesktopSocket(
    {
      connect: (listener) => void listeners.push(listener),
      send: () => undefined,
      disconnect: () => void heard.push('disconnected'),
      tryAgain: () => undefined,
    },
    {
      opened: () => void heard.push('opened'),
      received: (text) => void heard.push(text),
      closed: (why) => void heard.push(why),
    },
  )
  return { socket, host: listeners[0]!, heard }
}

describe('the socket of the desktop’s window', () => {
  it('is open from the first message on', () => {
    const { host, heard } = open()
    host.received('a')
    host.received('b')
    expect(heard).toEqual(['opened', 'a', 'b'])
  })

  it('says why the program has no engine, once', () => {
    const { socket, host, heard } = open()
    const journal = { message: 'The journal is damaged.', hint: 'Use a backup.', triedAt: 7 }
    host.closed(journal)
    host.closed()
    host.received('late')
    socket.close()
    expect(heard).toEqual([journal])
  })

  it.each([undefined, null, 'text', { message: 'without the rest' }])(
    'takes %j for a plain end',
    (why) => {
      const { host, heard } = open()
      host.closed(why)
      expect(heard).toEqual([undefined])
    },
  )

  it('is told nothing after it was let go', () => {
    const { socket, host, heard } = open()
    socket.close()
    host.received('late')
    host.closed()
    expect(heard).toEqual(['disconnected'])
  })
})
