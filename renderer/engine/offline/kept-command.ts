import {
  contract,
  isKeptCommandName,
  isOperationName,
  type InputOf,
  type KeptCommandName,
  type ParsedInputOf,
} from '#shared/contract/contract.ts'
import { contractErrorSchema } from '#shared/contract/errors.ts'
import { OWNER_ID, personIdSchema } from '#shared/domain/person/schema.ts'
import { z } from 'zod'

/** The commands that are kept while the engine is away, as the contract says of each. */
export type KeptName = KeptCommandName

const common = {
  /** Identifies the command for ever: the engine carries it out once, however often it is sent. */
  id: z.string().min(8).max(64),
  /** They are delivered in this order. */
  order: z.number(),
  /** The incident as it was called then: it may be gone by the time it is delivered. */
  title: z.string(),
  /** Who gave it, by id: it is delivered only as theirs. `me` is the owner. */
  by: personIdSchema.default(OWNER_ID),
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

/** What is kept beside what was asked for. */
type Common = z.output<z.ZodObject<typeof common>>

/** A row of the commands that were given and not settled. */
export type KeptCommand = {
  [Name in KeptName]: Readonly<Common & { name: Name; input: ParsedInputOf<Name> }>
}[KeptName]

/** The names of {@link KeptName}. */
export const keptNames: readonly KeptName[] = Object.keys(contract)
  .filter(isOperationName)
  .filter(isKeptCommandName)

const [first, ...others] = keptNames.map((name) =>
  z.object({ ...common, name: z.literal(name), input: contract[name].input }),
)
if (!first) throw new Error('The contract has no command that is kept')

/** Reads such a row, as it comes from the database. */
export const keptCommandSchema = z.discriminatedUnion('name', [
  first,
  ...others,
  // Name and input belong together by the line above; TypeScript cannot follow the pair.
]) as z.ZodType<KeptCommand>

/** The kept commands that are about an incident. */
export type IncidentKeptName = {
  [Name in KeptName]: ParsedInputOf<Name> extends { readonly incidentId: string } ? Name : never
}[KeptName]

/** A kept command about an incident. */
export type KeptIncidentCommand = Extract<KeptCommand, { readonly name: IncidentKeptName }>

/** True for a kept command about an incident; the others are about a handoff. */
export function isAboutIncident(command: KeptCommand): command is KeptIncidentCommand {
  return 'incidentId' in command.input
}

/** True for a kept command about this incident. */
export function isAbout(command: KeptCommand, incidentId: string): command is KeptIncidentCommand {
  return isAboutIncident(command) && command.input.incidentId === incidentId
}

/** What is passed to give a command. */
export type KeptInput = InputOf<KeptName>
