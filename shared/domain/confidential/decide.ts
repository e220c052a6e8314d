import type { Incident } from '../incident/schema.ts'
import { OWNER_ID, type Person } from '../person/schema.ts'
import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, type Result } from '../result/result.ts'
import type { ConfidentialBody } from './events.ts'
import { maySee } from './may-see.ts'
import type { Restriction } from './schema.ts'

/** What a person wants of who may see an incident. */
export type ConfidentialCommand =
  | {
      readonly type: 'incident.restrict'
      readonly incidentId: string
      /** Who may see it, by id; whoever says so is always among them. */
      readonly people: readonly string[]
      readonly reason: string | null
    }
  | {
      readonly type: 'incident.unrestrict'
      readonly incidentId: string
      readonly reason: string | null
    }

/** What the decision may know besides the command. */
export interface ConfidentialContext {
  readonly incident: Incident | undefined
  readonly restriction: Restriction | undefined
  /** Who gives it. */
  readonly by: Person
  readonly owner: Person
  /** Who can be named. */
  readonly people: readonly Person[]
}

/**
 * What a person's command on who may see an incident leads to: an event, or a worded refusal. Only
 * the people named and the owner can change or lift it: to anybody else it is not there. Pure.
 */
export function decideConfidential(
  command: ConfidentialCommand,
  { incident, restriction, by, owner, people }: ConfidentialContext,
): Result<readonly ConfidentialBody[], CommandRejection> {
  const { incidentId, reason } = command
  if (!incident || !maySee(restriction, { id: by.id, owner: owner.id })) {
    return fail({
      code: 'not-found',
      message: 'This incident is no longer known.',
      hint: 'It was closed some time ago; the journal keeps it.',
    })
  }
  if (command.type === 'incident.unrestrict') {
    return restriction?.isInForce
      ? ok([{ type: 'incident.unrestricted', incidentId, reason }])
      : fail({ code: 'already-done', message: 'This incident is not confidential.' })
  }
  const known = [by, owner, ...people, ...(restriction?.people ?? [])]
  const wanted = new Set([by.id, ...command.people.map((id) => (id === OWNER_ID ? owner.id : id))])
  const unknown = [...wanted].find((id) => !known.some((person) => person.id === id))
  if (unknown !== undefined) {
    return fail({
      code: 'invalid-input',
      message: `${JSON.stringify(unknown)} is none of the people.`,
      hint: 'Who is to see it must be among the people of deckwatch.yaml.',
    })
  }
  const named = [...wanted].sort().flatMap((id): Person[] => {
    const person = known.find((each) => each.id === id)
    return person ? [{ id, name: person.name }] : []
  })
  if (restriction?.isInForce && isSame(restriction.people, named)) {
    return fail({
      code: 'already-done',
      message: 'This incident is confidential to these people already.',
    })
  }
  return ok([{ type: 'incident.restricted', incidentId, people: named, reason }])
}

function isSame(a: readonly Person[], b: readonly Person[]): boolean {
  const ids = new Set(a.map(({ id }) => id))
  return ids.size === b.length && b.every(({ id }) => ids.has(id))
}
