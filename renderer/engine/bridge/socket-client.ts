import type { InputOf, OperationName, OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import { LOST_AFTER_MS, type ClientMessage, type PushMessage } from '#shared/contract/messages.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'
import { waitBeforeAttempt } from './back-off.ts'
import type { Connection, EngineClient, Moment } from './engine-client.ts'
import { Listeners } from './listeners.ts'
import { MessageReader, type Unreadable } from './message-reader.ts'
import type { ClientPorts, Refusal, Socket } from './ports.ts'
import { RequestBook, unopened, unreachable } from './request-book.ts'

/**
 * The engine over a WebSocket. A connection is judged by its heartbeat alone: a network that goes
 * away leaves an open WebSocket frozen, without a close event. So silence for LOST_AFTER_MS means
 * lost, whatever the socket says; then it is let go and a new one is tried with a growing wait.
 */
export class SocketClient implements EngineClient {
  readonly #ports: ClientPorts
  readonly #requests: RequestBook
  readonly #messages = new Listeners<PushMessage>()
  readonly #connections = new Listeners<Connection>()
  readonly #unreadables = new Listeners<Unreadable>()
  #connection: Connection = { phase: 'connecting' }
  #socket: Socket | null = null
  #isSocketOpen = false
  #hasFocus = false
  /** When all that is known was current for the last time. */
  #lastHeard: Moment | null = null
  /** True from a hole in the state to the next whole snapshot. */
  #isStateMissing = false
  /** When the current socket was last known to be of use: its last message, or its birth. */
  #aliveAt = 0
  #failures = 0
  /** Of the current socket: what one did not finish, the next begins anew. */
  #reader = new MessageReader()
  #isClosed = false
  /** Why the host carries no connection; null while it does, or is not there. */
  #refusal: Refusal | null = null
  #cancelTimer: () => void = () => undefined

  constructor(ports: ClientPorts) {
    this.#ports = ports
    this.#requests = new RequestBook(ports)
    this.#connect()
  }

  request<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    id: string = this.#ports.newId(),
    givenAt?: number,
  ): Promise<Result<OutputOf<Name>, ContractError>> {
    if (this.#connection.phase !== 'open' || !this.#socket) {
      const why = this.#refusal
      return Promise.resolve(fail(typeof why === 'object' && why ? unopened(why) : unreachable))
    }
    const answer = this.#requests.add(id, name)
    const given = givenAt === undefined ? {} : { givenAt }
    this.#send({ type: 'request', id, name, input, ...given })
    return answer
  }

  sync(): void {
    this.#send({ type: 'sync' })
  }

  listen(listener: (message: PushMessage) => void): () => void {
    return this.#messages.add(listener)
  }

  connection(): Connection {
    return this.#connection
  }

  listenConnection(listener: (connection: Connection) => void): () => void {
    return this.#connections.add(listener)
  }

  listenUnreadable(listener: (unreadable: Unreadable) => void): () => void {
    return this.#unreadables.add(listener)
  }

  tellPresence(hasFocus: boolean): void {
    if (hasFocus === this.#hasFocus) return
    this.#hasFocus = hasFocus
    this.#sendPresence()
  }

  nudge(): void {
    if (this.#isClosed) return
    // Whatever failed before, failed in another world.
    this.#failures = 0
    if (!this.#socket) this.#connect()
    else if (this.#silence() >= LOST_AFTER_MS) this.#reconnectNow()
  }

  startEngine(): void {
    // First: the connection that is asked for next waits for it.
    this.#ports.startEngine?.()
    this.nudge()
  }

  close(): void {
    this.#isClosed = true
    this.#drop()
  }

  #connect(): void {
    this.#cancelTimer()
    this.#aliveAt = this.#ports.steady()
    if (this.#connection.phase === 'lost') {
      this.#setConnection(this.#lost(true))
    }
    const socket = this.#ports.openSocket({
      opened: () => {
        this.#isSocketOpen = true
        if (this.#hasFocus) this.#sendPresence()
      },
      received: (text) => {
        this.#receive(text)
      },
      closed: (why) => {
        this.#refusal = why ?? null
        this.#lose()
      },
    })
    this.#socket = socket
    this.#watchHeartbeat(LOST_AFTER_MS)
  }

  #watchHeartbeat(ms: number): void {
    this.#cancelTimer = this.#ports.after(ms, () => {
      const silence = this.#silence()
      if (silence >= LOST_AFTER_MS) this.#lose()
      else this.#watchHeartbeat(LOST_AFTER_MS - silence)
    })
  }

  #silence(): number {
    return this.#ports.steady() - this.#aliveAt
  }

  #receive(text: string): void {
    const reading = this.#reader.read(text)
    if (reading.kind === 'message' && reading.message.type === 'snapshot') {
      this.#isStateMissing = false
    }
    // An engine whose state cannot be had is as good as lost, however its heart beats.
    if (!this.#isStateMissing) this.#aliveAt = this.#ports.steady()
    switch (reading.kind) {
      case 'unreadable': {
        this.#isStateMissing ||= reading.isStateMissing
        this.#unreadables.tell(reading)
        return
      }
      case 'response':
        this.#requests.settle(reading.response.id, reading.response.outcome)
        break
      case 'message':
        this.#tell(reading.message)
        break
      case 'slice':
    }
    if (this.#connection.phase === 'open' && !this.#isStateMissing) {
      this.#lastHeard = { wall: this.#ports.wall(), steady: this.#ports.steady() }
    }
  }

  #tell(message: PushMessage): void {
    this.#messages.tell(message)
    // Only now: whoever hears of the connection finds the snapshot in place.
    if (message.type === 'snapshot' && this.#connection.phase !== 'open') {
      this.#failures = 0
      this.#refusal = null
      this.#setConnection({ phase: 'open' })
    }
  }

  /** Gives the socket up and comes back after a wait. */
  #lose(): void {
    this.#drop()
    this.#setConnection(this.#lost(false))
    const wait = waitBeforeAttempt(this.#failures, this.#ports.random())
    this.#failures += 1
    this.#cancelTimer = this.#ports.after(wait, () => {
      this.#connect()
    })
  }

  #lost(isTrying: boolean): Connection {
    const why = this.#refusal === null ? {} : { refusal: this.#refusal }
    return { phase: 'lost', lastHeard: this.#lastHeard, isTrying, ...why }
  }

  #reconnectNow(): void {
    this.#lose()
    this.#connect()
  }

  #drop(): void {
    this.#cancelTimer()
    this.#socket?.close()
    this.#socket = null
    this.#isSocketOpen = false
    this.#reader = new MessageReader()
    this.#isStateMissing = false
    this.#requests.settleAllUnknown()
  }

  #sendPresence(): void {
    this.#send({ type: 'presence', hasFocus: this.#hasFocus })
  }

  #send(message: ClientMessage): void {
    if (this.#isSocketOpen) this.#socket?.send(JSON.stringify(message))
  }

  #setConnection(connection: Connection): void {
    this.#connection = connection
    this.#connections.tell(connection)
  }
}
