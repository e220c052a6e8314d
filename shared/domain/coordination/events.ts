import type { BodyOf } from '../event/definition.ts'
import { entryEvents } from './entry-events.ts'
import { flowEvents } from './flow-events.ts'
import { roleEvents } from './role-events.ts'
import { taskEvents } from './task-events.ts'

/** What people do together on an incident. */
export const coordinationEvents = {
  ...roleEvents,
  ...entryEvents,
  ...taskEvents,
  ...flowEvents,
}

/** What is recorded of how people work together on an incident. */
export type CoordinationBody = BodyOf<typeof coordinationEvents>
