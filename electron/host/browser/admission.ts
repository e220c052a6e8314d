import { watch } from 'node:fs'
import type { WebSocket } from 'ws'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { DOOR_WITHIN_MS, type HostDoorMessage } from '#shared/contract/door.ts'
import type { Door } from './door/door.ts'
import type { Session } from './door/sessions.ts'

/** So many connections may wait to be let in; one more, and the oldest is closed. */
const MAX_WAITING = 32
/** Largest message before somebody is let in, bytes. */
const MAX_DOOR_BYTES = 4 * 1024
/** Not every file system tells of changes: the marks of revoked sessions are looked for this often, ms. */
const LOOK_EVERY_MS = 1_000

/** That an open connection is in use is noted this often, ms. */
const NOTE_EVERY_MS = 24 * 3_600_000

/** WebSocket close codes of ours: the cockpit was sent the reason before. */
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
  /** What sends each away that waits, the oldest first. */
  const waiting = new Set<() => void>()

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

  const stopWatching = watchFolder(door.places.sessions, lookForRevoked)
  let cancelLook = clock.after(LOOK_EVERY_MS, lookAgain)
  // By the wall clock, as the age of a session: it may jump, either way.
  let notedAt = clock.now()
  function lookAgain(): void {
    lookForRevoked()
    if (Math.abs(clock.now() - notedAt) >= NOTE_EVERY_MS) noteUse()
    cancelLook = clock.after(LOOK_EVERY_MS, lookAgain)
  }

  function noteUse(): void {
    notedAt = clock.now()
    for (const id of new Set(admittedTo.values())) door.sessions.stillUsed(id, clock.now())
  }

  return {
    receive(socket, { host, browser }, admitted) {
      const leave = () => {
        waiting.delete(makeRoom)
        cancelPatience()
        socket.off('message', receive)
      }
      const sendAway = (reason: string, code: number, text: string) => {
        refused(reason)
        leave()
        socket.close(code, text)
      }
      // Not the newest: who holds all places would keep everybody else out.
      const makeRoom = () => {
        sendAway('crowded', 1013, 'too many wait')
      }
      const cancelPatience = clock.after(DOOR_WITHIN_MS, () => {
        sendAway('slow', 1008, 'not signed in')
      })
      const knock = door.knock(host, browser)
      const receive = (data: Buffer) => {
        let answer
        try {
          answer = data.length > MAX_DOOR_BYTES ? null : knock.receive(data.toString('utf8'))
        } catch (error) {
          // A full disk: no reason to sign a browser out, and none to stop. It comes back by itself.
          logger.error({ err: error }, 'The door cannot read or write its files')
          sendAway('failed', 1011, 'it failed inside')
          return
        }
        if (!answer) {
          sendAway('malformed', 1008, 'not a message of the door')
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
      if (waiting.size >= MAX_WAITING) [...waiting][0]?.()
      waiting.add(makeRoom)
      socket.on('message', receive)
      socket.on('close', () => {
        leave()
        admittedTo.delete(socket)
      })
    },
    close() {
      stopWatching()
      cancelLook()
    },
  }
}

/** Calls back when something changes in a folder, where the system has a watch left for it. */
function watchFolder(folder: string, changed: () => void): () => void {
  try {
    const watcher = watch(folder, changed)
    watcher.on('error', () => {
      // It is looked at by the clock as well.
    })
    return () => {
      watcher.close()
    }
  } catch {
    return () => undefined
  }
}
