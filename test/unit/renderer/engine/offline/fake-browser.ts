import { OfflineDatabase, type SchemaVersion } from '#renderer/engine/offline/database.ts'
import { keptCommandSchema, type KeptCommand } from '#renderer/engine/offline/kept-command.ts'

let count = 0

/** A name that no other test has used. */
export function freshName(): string {
  count += 1
  return `test-${String(count)}`
}

/** A database of its own, as a browser would give it. Tells what becomes of it. */
export function openTestDatabase(
  name: string = freshName(),
  versions?: readonly SchemaVersion[],
): { readonly database: OfflineDatabase; readonly told: string[] } {
  const told: string[] = []
  const events = {
    superseded: () => {
      told.push('superseded')
    },
    blocked: () => {
      told.push('blocked')
    },
  }
  const database = versions
    ? new OfflineDatabase(name, events, versions)
    : new OfflineDatabase(name, events)
  return { database, told }
}

/** A command that waits, with what a test is about laid over it. */
export function waitingCommand(over: Record<string, unknown> = {}): KeptCommand {
  return keptCommandSchema.parse({
    id: 'command-1',
    order: 1,
    name: 'incident.acknowledge',
    input: { incidentId: 'i1' },
    title: 'Shop is down',
    givenAt: 1_000,
    state: 'waiting',
    sender: null,
    wasSent: false,
    rejection: null,
    ...over,
  })
}
