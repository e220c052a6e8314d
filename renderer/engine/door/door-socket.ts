import { hostDoorSchema, type DoorClosed } from '#shared/contract/door.ts'
import type { Socket, SocketHandlers } from '../bridge/ports.ts'
import { beginSession, proveSession, type CockpitHandshake } from './handshake.ts'
import type { KeyStore, SignedIn } from './key-store.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'

/** The little of a WebSocket's life that is listened to. No handler is called before this has returned. */
export type OpenWire = (handlers: Omit<SocketHandlers, 'closed'> & { closed(): void }) => Socket

interface DoorPorts {
  readonly wire: OpenWire
  readonly keys: KeyStore
  /** Host and port of this page. */
  readonly host: string
  /** ms since the epoch, UTC. */
  readonly now: () => number
}

/**
 * Opens a socket to the engine that counts as open once the door is: what is said before stays here.
 *
 * @param person whom this page belongs to. A browser that is signed in as somebody else meanwhile is
 * `signed-out` to it.
 */
export function openDoorSocket(
  { wire, keys, host, now }: DoorPorts,
  person: string,
  handlers: SocketHandlers,
): Socket {
  let isOver = false
  let handshake: CockpitHandshake | null = null
  let used: SignedIn | null = null
  let isIn = false
  /** One message after the other, although looking at each takes time. */
  let turn = Promise.resolve()

  const end = (reason?: DoorClosed) => {
    if (isOver) return
    isOver = true
    socket.close()
    handlers.closed(reason)
  }
  const guarded = (work: () => Promise<void>) => {
    turn = turn
      .then(() => (isOver ? undefined : work()))
      .catch(() => {
        end()
      })
  }

  async function begin(): Promise<void> {
    const record = await keys.read()
    if (record.state === 'out' || record.person !== person) {
      end('signed-out')
      return
    }
    used = record
    handshake = proveSession(record, { host, now })
    socket.send(JSON.stringify(handshake.hello))
  }

  async function take(text: string): Promise<void> {
    // What came while the last message of the door was looked at belongs to the engine.
    if (isIn) {
      handlers.received(text)
      return
    }
    const step = await handshake?.receive(text)
    if (!step || isGone()) return
    if (step.kind === 'send') socket.send(JSON.stringify(step.message))
    else if (step.kind === 'in') await enter(step.record)
    else await beRefused(step.reason)
  }

  async function enter(record: SignedIn): Promise<void> {
    if (record !== used) await keys.write(record)
    if (isGone()) return
    isIn = true
    handlers.opened()
  }

  async function beRefused(reason: DoorClosed): Promise<void> {
    const isOutdated = await isReplaced(reason === 'unknown')
    end(isOutdated ? undefined : reason)
  }

  /** Another tab has a newer session, or a newer key where that counts: with those it goes on. */
  async function isReplaced(isKeyMeant: boolean): Promise<boolean> {
    const record = await keys.read()
    if (record.state === 'out') return false
    return record.session !== used?.session || (isKeyMeant && record.keyAt !== used.keyAt)
  }

  const isGone = () => isOver

  const socket = wire({
    opened() {
      guarded(begin)
    },
    received(text) {
      // Once open, nothing waits.
      if (isIn && !isOver) {
        const refusal = refusalIn(text)
        if (refusal) guarded(() => beRefused(refusal))
        else handlers.received(text)
        return
      }
      guarded(() => take(text))
    },
    closed() {
      // After what was said before it: it may say why.
      guarded(() => {
        end()
        return Promise.resolve()
      })
    },
  })
  return {
    send(text) {
      if (isIn) socket.send(text)
    },
    close() {
      isOver = true
      socket.close()
    },
  }
}

/** The engine's own messages have no such type: it is the door that closes again. */
function refusalIn(text: string): DoorClosed | null {
  if (!text.startsWith('{"type":"refused"')) return null
  const message = hostDoorSchema.safeParse(JSON.parse(text)).data
  return message?.type === 'refused' ? message.reason : null
}

/**
 * Signs this browser in with a code, and keeps what proves it from now on. Never rejects.
 *
 * @param before what is to be done before the session is kept: a page that goes meanwhile leaves the
 * browser as it was.
 */
export function signIn(
  { wire, keys, host, now }: DoorPorts,
  code: string,
  before: (record: SignedIn) => Promise<void>,
): Promise<Result<SignedIn, DoorClosed | 'unreachable' | 'no-key'>> {
  return new Promise((resolve) => {
    const handshake = beginSession(code, { host, now })
    let turn = Promise.resolve()
    const settle = (result: Result<SignedIn, DoorClosed | 'unreachable' | 'no-key'>) => {
      socket.close()
      resolve(result)
    }
    const take = async (text: string) => {
      const step = await handshake.receive(text)
      if (step.kind === 'send') socket.send(JSON.stringify(step.message))
      else if (step.kind === 'closed') settle(fail(step.reason))
      else {
        await before(step.record)
        await keys.write(step.record)
        settle(ok(step.record))
      }
    }
    const socket = wire({
      opened() {
        socket.send(JSON.stringify(handshake.hello))
      },
      received(text) {
        turn = turn
          .then(() => take(text))
          .catch(() => {
            settle(fail('no-key'))
          })
      },
      closed() {
        void turn.then(() => {
          settle(fail('unreachable'))
        })
      },
    })
  })
}
