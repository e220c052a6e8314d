import {
  contract,
  type CommandName,
  type Contract,
  type InputOf,
} from '#shared/contract/contract.ts'
import { contractErrorSchema } from '#shared/contract/errors.ts'
import { z } from 'zod'

/**
 * The commands that are kept while the engine is away: what a person does with an incident. What
 * steers the watch itself (do not disturb, staying on one incident, settings, secrets) is not: hours
 * later it would mean something else.
 */
export type KeptName = Extract<CommandName, `incident.${string}`>

const common = {
  /** Identifies the command for ever: the engine carries it out once, however often it is sent. */
  id: z.string().min(8).max(64),
  /** They are delivered in this order. */
  order: z.number(),
  /** The incident as it was called then: it may be gone by the time it is delivered. */
  title: z.string(),
  /** ms since the epoch, UTC. */
  givenAt: z.number(),
  /**
   * `sending` while a page waits for the answer, `waiting` for the engine, `rejected` until a person
   * has seen why.
   */
  state: z.enum(['sending', 'waiting', 'rejected']),
  /** The page that waits for the answer: another page leaves it alone while that one is there. */
  sender: z.string().nullable(),
  /** True once it may have reached the engine: it may be recorded though no answer came. */
  wasSent: z.boolean(),
  rejection: contractErrorSchema.nullable(),
}

function kept<Name extends KeptName>(name: Name) {
  const input: Contract[Name]['input'] = contract[name].input
  return z.object({ ...common, name: z.literal(name), input })
}

/** A row of the commands that were given and not settled. */
export const keptCommandSchema = z.discriminatedUnion('name', [
  kept('incident.acknowledge'),
  kept('incident.unacknowledge'),
  kept('incident.snooze'),
  kept('incident.unsnooze'),
  kept('incident.note'),
  kept('incident.resolve'),
  kept('incident.reopen'),
  kept('incident.close'),
])
export type KeptCommand = Readonly<z.infer<typeof keptCommandSchema>>

/** True for a command that is kept while the engine is away. */
export function isKeptName(name: CommandName): name is KeptName {
  return name.startsWith('incident.')
}

/** What is passed to give a command. */
export type KeptInput = InputOf<KeptName>
