import { emptyWatch, toSnapshot } from '#shared/domain/watch/state.ts'
import type { ClientPorts, Socket, SocketHandlers } from '#renderer/engine/bridge/ports.ts'
import {
  clientMessageSchema,
  type ClientMessage,
  type ServerMessage,
} from '#shared/contract/messages.ts'

/** A socket that a test holds the other end of. */
export interface HeldSocket extends Socket {
  readonly handlers: SocketHandlers
  readonly sent: ClientMessage[]
  isClosed: boolean
}

/** Time, chance and sockets in the hands of a test. */
export class FakePorts implements ClientPorts {
  now = 0
  /** How far the wall clock is from the steady one, ms. */
  wallOffset = 1_700_000_000_000
  readonly sockets: HeldSocket[] = []
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>()
  #ids = 0

  readonly wall = () => this.now + this.wallOffset
  readonly steady = () => this.now
  readonly random = () => 0
  readonly newId = () => `request-${String((this.#ids += 1))}`
  readonly after = (ms: number, callback: () => void) => {
    const timer = { at: this.now + ms, callback }
    this.#timers.add(timer)
    return () => {
      this.#timers.delete(timer)
    }
  }
  /** How many sockets there were each time that the host was asked to start its engine. */
  readonly engineStarts: number[] = []
  readonly startEngine = () => {
    this.engineStarts.push(this.sockets.length)
  }
  readonly openSocket = (handlers: SocketHandlers): Socket => {
    const socket: HeldSocket = {
      handlers,
      sent: [],
      isClosed: false,
      send(text) {
        this.sent.push(clientMessageSchema.parse(JSON.parse(text)))
      },
      close() {
        this.isClosed = true
      },
    }
    this.sockets.push(socket)
    return socket
  }

  /** Lets time pass, calling back what falls due, in order. */
  pass(ms: number): void {
    const end = this.now + ms
    for (;;) {
      const due = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      this.#timers.delete(due)
      this.now = Math.max(this.now, due.at)
      due.callback()
    }
    this.now = end
  }

  /** The newest socket. */
  get socket(): HeldSocket {
    const socket = this.sockets.at(-1)
    if (!socket) throw new Error('no socket was opened')
    return socket
  }

  /** The engine says something on the newest socket. */
  say(message: ServerMessage): void {
    this.socket.handlers.received(JSON.stringify(message))
  }

  /** The newest socket opens and the engine greets. */
  greet(): void {
    this.socket.handlers.opened()
    this.say(emptySnapshot)
  }
}

export const emptySnapshot: Extract<ServerMessage, { type: 'snapshot' }> = {
  type: 'snapshot',
  state: toSnapshot(emptyWatch),
}

/** The heartbeat, at an engine's time. */
export function pulseAt(now: number): ServerMessage {
  return { type: 'pulse', now, pulses: [] }
}
