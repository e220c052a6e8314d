import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { ChannelProblem } from '#shared/domain/page/schema.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { explainOutput } from './problem.ts'
import type { Deadline } from './program.ts'
import type { SessionBus } from './session-bus.ts'

/** The program that shows notifications on this desktop. */
export interface NotificationServer {
  /**
   * One life of the server: the bus and the server's name on it, neither of which comes again. Ids
   * of notifications mean something only within it.
   */
  readonly identity: string
  /** Such as `dunst 1.9.0`. */
  readonly name: string
  /** Words of the desktop notification specification, such as `actions`, `body-markup`, `sound`. */
  readonly capabilities: ReadonlySet<string>
}

/** Knows who shows notifications. */
export interface ServerBook {
  /** Makes sure that the server answers, starting it where the bus can, and tells what it is. */
  ask(deadline: Deadline): Promise<Result<NotificationServer, ChannelProblem>>
  /** Who serves now, without starting anybody; null when nobody does or the bus is gone. */
  identity(deadline: Deadline): Promise<string | null>
  /** Closes a notification. The server ignores an id that is not shown. */
  closeNotification(id: number, deadline: Deadline): Promise<Result<void, ChannelProblem>>
}

const SERVICE = 'org.freedesktop.Notifications'
const BUS = 'org.freedesktop.DBus'

/** Asks the server over the session bus; what it can do is asked once in each of its lives. */
export function createServerBook(bus: SessionBus): ServerBook {
  let known: NotificationServer | null = null

  const callServer = (method: string, deadline: Deadline, args: readonly number[] = []) =>
    bus.call(
      {
        service: SERVICE,
        path: '/org/freedesktop/Notifications',
        method: `${SERVICE}.${method}`,
        args,
      },
      deadline,
    )
  const callBus = (method: string, deadline: Deadline, args: readonly string[] = []) =>
    bus.call(
      { service: BUS, path: '/org/freedesktop/DBus', method: `${BUS}.${method}`, args },
      deadline,
    )

  async function identity(deadline: Deadline): Promise<string | null> {
    const [owner, id] = await Promise.all([
      callBus('GetNameOwner', deadline, [SERVICE]),
      callBus('GetId', deadline),
    ])
    const [name] = owner.ok ? owner.value : []
    const [busId] = id.ok ? id.value : []
    return name && busId ? `${busId} ${name}` : null
  }

  return {
    identity,

    async ask(deadline) {
      // First a question that costs nothing: a server that hangs must not find the notification
      // in its mailbox when it wakes, after we have reported it as failed and sent it again.
      const information = await callServer('GetServerInformation', deadline)
      if (!information.ok) return information
      const current = await identity(deadline)
      if (current === null) return fail(explainOutput('notify-send', 'NameHasNoOwner'))
      if (known?.identity === current) return ok(known)
      const capabilities = await callServer('GetCapabilities', deadline)
      if (!capabilities.ok) return capabilities
      const [name = 'The desktop', , version = ''] = information.value
      known = {
        identity: current,
        name: toPrintable(`${name} ${version.split(' ')[0] ?? ''}`.trim(), 80),
        capabilities: new Set(capabilities.value),
      }
      return ok(known)
    },

    async closeNotification(id, deadline) {
      const closed = await callServer('CloseNotification', deadline, [id])
      return closed.ok ? ok(undefined) : closed
    },
  }
}
