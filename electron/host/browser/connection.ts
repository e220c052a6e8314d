import type { WebSocket } from 'ws'
import type { Engine } from '#electron/engine/engine.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { ServerMessage } from '#shared/contract/index.ts'
import type { Caller } from '#shared/domain/person/caller.ts'
import { createNodeClock } from '../node/clock.ts'
import { clientTextSchema, openCockpitConnection } from '../node/cockpit-connection.ts'

/** Bytes that may wait for a slow cockpit; beyond them it is cut off and asks anew when it can. */
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024

/** Connects one cockpit over a WebSocket. */
export function connectCockpit(
  socket: WebSocket,
  {
    engine,
    caller,
    logger,
    malformed,
    opens,
    presence,
  }: {
    readonly engine: Engine
    readonly caller: () => Caller
    readonly logger: Logger
    /** Counts a message that could not be read. */
    readonly malformed: () => void
    /** True where it goes to the incident of a notification that was pressed. */
    readonly opens: boolean
    /** Told whether a person looks at this cockpit; false when it is gone. */
    readonly presence: (hasFocus: boolean) => void
  },
): void {
  const send = (message: ServerMessage) => {
    if (socket.readyState !== socket.OPEN || (message.type === 'open' && !opens)) return
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      logger.warn(
        { buffered: socket.bufferedAmount },
        'A cockpit is too slow and was disconnected; it will reconnect',
      )
      socket.terminate()
      return
    }
    socket.send(JSON.stringify(message))
  }
  const connection = openCockpitConnection({
    engine,
    caller,
    clock: createNodeClock(),
    send,
    presence,
  })
  socket.on('message', (data) => {
    // oxlint-disable-next-line typescript/no-base-to-string -- a Buffer reads as its text
    const parsed = clientTextSchema.safeParse(String(data))
    if (parsed.success) {
      connection.receive(parsed.data)
      return
    }
    malformed()
    socket.close(1008, 'not a message of the contract')
  })
  socket.on('close', () => {
    connection.close()
  })
  socket.on('error', (error) => {
    logger.warn({ reason: error.message }, 'The connection to a cockpit failed')
  })
}
