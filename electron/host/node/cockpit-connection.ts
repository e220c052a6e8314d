import type { Engine } from '#electron/engine/engine.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import {
  clientMessageSchema,
  sliceMessage,
  type ClientMessage,
  type ServerMessage,
} from '#shared/contract/index.ts'
import type { Caller } from '#shared/domain/person/caller.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { z } from 'zod'
import { plausibleSaidAt } from './said-at.ts'

/** Reads what a cockpit sent: JSON text, hostile until it is parsed. */
export const clientTextSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue('not JSON')
      return z.NEVER
    }
  })
  .pipe(clientMessageSchema)

type Request = Extract<ClientMessage, { type: 'request' }>

interface Deps {
  readonly engine: Pick<Engine, 'execute' | 'viewFor'>
  /** Whom it belongs to, asked for each message: names and rights change while it is open. */
  readonly caller: () => Caller
  readonly clock: Pick<Clock, 'now'>
  /** Carries a message to the cockpit, or drops it when the cockpit is not there. */
  readonly send: (message: ServerMessage) => void
  /** Told whether a person looks at this cockpit; false when it is gone. */
  readonly presence: (hasFocus: boolean) => void
}

/** One cockpit's connection to the engine, whatever carries it. */
export interface CockpitConnection {
  receive(message: ClientMessage): void
  /** Sends the whole state, as at the beginning. */
  greet(): void
  close(): void
}

/** Connects one cockpit: the greeting, then every push, and an answer to each request. */
export function openCockpitConnection({
  engine,
  caller,
  clock,
  send: sendSlice,
  presence,
}: Deps): CockpitConnection {
  const send = (message: ServerMessage) => {
    for (const slice of sliceMessage(addressed(message, caller()))) sendSlice(slice)
  }
  const view = engine.viewFor(() => caller().person.id)
  const greet = () => {
    for (const message of view.greeting()) send(message)
  }

  async function answer({ id, name, input, givenAt }: Request): Promise<void> {
    const saidAt = plausibleSaidAt(givenAt, clock.now())
    const { person, rights } = caller()
    const outcome = await engine.execute(name, input, {
      requestId: id,
      actor: { ...personActor(person, 'cockpit'), ...(saidAt === undefined ? {} : { saidAt }) },
      rights,
    })
    send({
      type: 'response',
      id,
      outcome: outcome.ok
        ? { ok: true, value: outcome.value }
        : { ok: false, error: outcome.error },
    })
  }

  const unlisten = view.listen(send)
  greet()
  return {
    receive(message) {
      switch (message.type) {
        case 'sync':
          greet()
          break
        case 'presence':
          presence(message.hasFocus)
          break
        case 'request':
          void answer(message)
          break
      }
    },
    greet,
    close() {
      unlisten()
      presence(false)
    },
  }
}

/** The engine's status names its owner; here it names whom the connection belongs to. */
function addressed(message: ServerMessage, { person, rights }: Caller): ServerMessage {
  if (message.type !== 'status') return message
  const you = { ...person, rights: [...rights] }
  return { ...message, status: { ...message.status, you } }
}
