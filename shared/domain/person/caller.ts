import { rights, type Right } from './right.ts'
import type { Person } from './schema.ts'

/** Whom a connection to the engine belongs to, and what they may do over it. */
export interface Caller {
  readonly person: Person
  readonly rights: readonly Right[]
}

/** The owner, who may do everything. */
export function ownerCaller(person: Person): Caller {
  return { person, rights }
}
