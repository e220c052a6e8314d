import { z } from 'zod'
import type { Clock } from '#electron/engine/ports/clock.ts'
import { desktopChannels, MAX_DESKTOP_MESSAGE } from '#shared/contract/desktop-bridge.ts'
import type { ServerMessage } from '#shared/contract/index.ts'
import { ownerCaller } from '#shared/domain/person/caller.ts'
import {
  clientTextSchema,
  openCockpitConnection,
  type CockpitConnection,
} from '../../node/cockpit-connection.ts'
import type { EngineStanding } from '../engine-keeper.ts'
import type { IpcRegistrar } from '../security/ipc-registrar.ts'

interface Deps {
  readonly registrar: IpcRegistrar
  readonly clock: Pick<Clock, 'now'>
  /** Sends to the page, or drops it when there is none. */
  readonly sendToPage: (channel: string, ...args: readonly unknown[]) => void
  /** True while the page can be seen and answers. */
  readonly isAwake: () => boolean
  /** The page asks for the engine, which could not be started. */
  readonly tryAgain: () => void
}

/** The page's connection to the engine over IPC. */
export interface CockpitLink {
  /** Takes up how it stands with the engine: a page that waits for it is answered. */
  take(standing: EngineStanding): void
  /** The page can be seen again: it gets what it missed, as one snapshot. */
  wake(): void
  /** Has the page show an incident, as soon as there is a page that can. */
  show(incidentId: string): void
  /** The page is gone, or another one is about to come. */
  drop(): void
}

type Running = Extract<EngineStanding, { kind: 'running' }>['running']

const numberSchema = z.number().int().nonnegative()
const messageSchema = z.string().max(MAX_DESKTOP_MESSAGE).pipe(clientTextSchema)

interface Connection {
  readonly number: number
  readonly cockpit: CockpitConnection
  /** Sends the whole state, with all that was not sent before. */
  readonly greet: () => void
}

/**
 * Listens for the page. While it cannot be seen it is sent no deltas, only the heartbeat and its
 * answers: a storm costs a hidden window nothing, and it gets a snapshot when it is shown. It gets one
 * as well as soon as anything is sent to it that it can see: not every system tells that a window is
 * seen again, and a page that hears the heartbeat believes that it misses nothing.
 *
 * While the engine is being started, a page waits. Where it could not be started, each connection ends
 * at once, with the reason.
 */
export function createCockpitLink(deps: Deps): CockpitLink {
  const { registrar, clock, sendToPage, isAwake, tryAgain } = deps
  let standing: EngineStanding = { kind: 'starting' }
  let connection: Connection | null = null
  /** The number of the connection that waits for the engine. */
  let waiting: number | null = null
  let asked: string | null = null

  function open(number: number): void {
    drop()
    switch (standing.kind) {
      case 'starting':
        waiting = number
        break
      case 'missing':
        sendToPage(desktopChannels.closed, number, standing.journal)
        break
      case 'running':
        openTo(standing.running, number)
        break
    }
  }

  function openTo({ engine, owner }: Running, number: number): void {
    let hasMissed = false
    const greet = () => {
      hasMissed = false
      cockpit.greet()
    }
    const catchUp = () => {
      if (hasMissed && isAwake()) greet()
    }
    const send = (message: ServerMessage) => {
      // The presenter is called with each of these, and it waits for a page that can be seen.
      if (message.type === 'open') return
      if (message.type !== 'delta') {
        catchUp()
        push(number, message)
        return
      }
      hasMissed ||= !isAwake()
      if (!hasMissed) push(number, message)
      // Its last slice: what it says is in the snapshot.
      else if (message.more !== true) catchUp()
    }
    const cockpit = openCockpitConnection({
      engine,
      caller: () => ownerCaller(owner()),
      clock,
      send,
      // The window itself knows better whether it has the focus.
      presence: () => undefined,
    })
    connection = { number, cockpit, greet }
    tellAsked()
  }

  function push(number: number, message: ServerMessage): void {
    sendToPage(desktopChannels.receive, number, JSON.stringify(message))
  }

  function tellAsked(): void {
    if (asked === null || connection === null || !isAwake()) return
    push(connection.number, { type: 'open', incidentId: asked })
    asked = null
  }

  function drop(): void {
    connection?.cockpit.close()
    connection = null
    waiting = null
  }

  registrar.on(desktopChannels.connect, numberSchema, open)
  registrar.on(
    desktopChannels.send,
    messageSchema,
    (message) => connection?.cockpit.receive(message),
    () => {
      // A page that does not speak the contract is not listened to any longer; it may ask anew.
      if (connection) sendToPage(desktopChannels.closed, connection.number)
      drop()
    },
  )
  registrar.on(desktopChannels.disconnect, numberSchema, (number) => {
    if (connection?.number === number || waiting === number) drop()
  })
  registrar.on(desktopChannels.tryAgain, z.undefined(), tryAgain)

  return {
    take(next) {
      standing = next
      if (waiting !== null) open(waiting)
    },
    wake() {
      connection?.greet()
      tellAsked()
    },
    show(incidentId) {
      asked = incidentId
      tellAsked()
    },
    drop,
  }
}
