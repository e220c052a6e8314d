import { watch } from 'node:fs'
import type { WebSocket } from 'ws'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { DOOR_WITHIN_MS, type HostDoorMessage } from '#shared/contract/door.ts'
import type { Door } from './door/door.ts'
import type { Session } from './door/sessions.ts'

/** So many connections may wait to be let in; more are closed. */
const MAX_WAITING = 32
/** Largest message before somebody is let in, bytes. */
const MAX_DOOR_BYTES = 4 * 1024
/** Not every file system tells of changes: the marks of revoked sessions are looked for this often, ms. */
const LOOK_EVERY_MS = 1_000

/** WebSocket close codes of ours: the cockpit was told why before. */
const CLOSED_BY_DOOR = 4_401

/** The connections that wait at the door, and those that came through it. */
export interface Admission {
  /** Takes a new connection; `admitted` is called once when it is let in. */
  receive(
    socket: WebSocket,
    from: { readonly host: string; readonly browser: string },
    admitted: (session: Session) => void,
  ): void
  close(): void
}

/** Wires the door to sockets. A session that is revoked loses its connections at once. */
export function createAdmission({
  door,
  clock,
  logger,
  refused,
}: {
  readonly door: Door
  readonly clock: Clock
  readonly logger: Logger
  /** Counts what was refused, by a word. */
  readonly refused: (reason: string) => void
}): Admission {
  const admittedTo = new Map<WebSocket, string>()
  let waiting = 0

  function say(socket: WebSocket, message: HostDoorMessage): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }

  function dismiss(
    socket: WebSocket,
    why: Extract<HostDoorMessage, { type: 'refused' }>['reason'],
  ) {
    refused(why)
    say(socket, { type: 'refused', reason: why })
    socket.close(CLOSED_BY_DOOR, why)
  }

  function lookForRevoked(): void {
    for (const [socket, id] of admittedTo) {
      if (!door.sessions.isRevoked(id)) continue
      admittedTo.delete(socket)
      // Nothing of it is carried out any more, whatever is on its way.
      socket.removeAllListeners('message')
      logger.info({ session: id }, 'A session was revoked: its connection is closed')
      dismiss(socket, 'revoked')
    }
  }

  const watcher = watch(door.places.sessions, lookForRevoked)
  watcher.on('error', () => {
    // Looked for by the clock as well.
  })
  let cancelLook = clock.after(LOOK_EVERY_MS, lookAgain)
  function lookAgain(): void {
    lookForRevoked()
    cancelLook = clock.after(LOOK_EVERY_MS, lookAgain)
  }

  return {
    receive(socket, { host, browser }, admitted) {
      if (waiting >= MAX_WAITING) {
        refused('crowded')
        socket.close(1013, 'too many wait')
        return
      }
      waiting += 1
      let isWaiting = true
      const leave = () => {
        if (isWaiting) waiting -= 1
        isWaiting = false
        cancelPatience()
        socket.off('message', receive)
      }
      const cancelPatience = clock.after(DOOR_WITHIN_MS, () => {
        refused('slow')
        leave()
        socket.close(1008, 'not signed in')
      })
      const knock = door.knock(host, browser)
      const receive = (data: Buffer) => {
        const answer = data.length > MAX_DOOR_BYTES ? null : knock.receive(data.toString('utf8'))
        if (!answer) {
          refused('malformed')
          leave()
          socket.close(1008, 'not a message of the door')
          return
        }
        if (answer.message.type === 'refused') {
          leave()
          dismiss(socket, answer.message.reason)
          return
        }
        say(socket, answer.message)
        if (!answer.session) return
        leave()
        admittedTo.set(socket, answer.session.id)
        admitted(answer.session)
        // It may have been revoked between the two.
        lookForRevoked()
      }
      socket.on('message', receive)
      socket.on('close', () => {
        leave()
        admittedTo.delete(socket)
      })
    },
    close() {
      watcher.close()
      cancelLook()
    },
  }
}
