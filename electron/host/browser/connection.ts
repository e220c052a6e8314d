import type { WebSocket } from 'ws'
import type { Engine } from '#electron/engine/engine.ts'
import type { Logger } from '#electron/engine/ports.ts'
import { clientMessageSchema, type ServerMessage } from '#shared/contract/index.ts'

/** Bytes that may wait for a slow cockpit; beyond them it is cut off and asks anew when it can. */
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024

/** Connects one cockpit: the greeting, then every push, and an answer to each request. */
export function connectCockpit(
  socket: WebSocket,
  {
    engine,
    me,
    logger,
    malformed,
    presence,
  }: {
    readonly engine: Engine
    readonly me: () => string
    readonly logger: Logger
    /** Counts a message that could not be read. */
    readonly malformed: () => void
    /** Told whether a person looks at this cockpit; false when it is gone. */
    readonly presence: (hasFocus: boolean) => void
  },
): void {
  const send = (message: ServerMessage) => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      logger.warn(
        { buffered: socket.bufferedAmount },
        'A cockpit does not keep up and is cut off; it will ask anew',
      )
      socket.terminate()
      return
    }
    socket.send(JSON.stringify(message))
  }
  const greet = () => {
    for (const message of engine.greeting()) send(message)
  }

  async function receive(data: unknown): Promise<void> {
    const parsed = clientMessageSchema.safeParse(toJson(data))
    if (!parsed.success) {
      malformed()
      socket.close(1008, 'not a message of the contract')
      return
    }
    const message = parsed.data
    if (message.type === 'sync') {
      greet()
      return
    }
    if (message.type === 'presence') {
      presence(message.hasFocus)
      return
    }
    const outcome = await engine.execute(message.name, message.input, {
      requestId: message.id,
      actor: { kind: 'person', name: me() },
    })
    send({
      type: 'response',
      id: message.id,
      outcome: outcome.ok
        ? { ok: true, value: outcome.value }
        : { ok: false, error: outcome.error },
    })
  }

  const unlisten = engine.listen(send)
  socket.on('message', (data) => void receive(data))
  socket.on('close', () => {
    unlisten()
    presence(false)
  })
  socket.on('error', (error) => {
    logger.warn({ reason: error.message }, 'The connection to a cockpit failed')
  })
  greet()
}

function toJson(data: unknown): unknown {
  try {
    return JSON.parse(String(data)) as unknown
  } catch {
    return undefined
  }
}
