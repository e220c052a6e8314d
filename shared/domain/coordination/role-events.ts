import { z } from 'zod'
import { defineEvent } from '../event/definition.ts'
import { personSchema } from '../person/schema.ts'
import { line, ofIncident, onIncident } from './event-parts.ts'
import { roleInSentence, roleName, roleSchema } from '../role/role.ts'

/** Who has which role. */
export const roleEvents = {
  /** Taken by the person themselves, or given to them by another one. */
  'role.assigned': defineEvent(
    z.object({
      ...onIncident,
      role: roleSchema,
      person: personSchema,
      /** Who had it until then; null for nobody. */
      instead: personSchema.nullable(),
      /** True when the person took it themselves. */
      isOwn: z.boolean().default(false),
    }),
    {
      ...ofIncident,
      words: ({ role, person, instead, isOwn }) => {
        const before = instead === null ? '' : `, instead of ${instead.name}`
        const name = roleInSentence(role)
        const deed = isOwn ? `took over as ${name}` : `made ${person.name} ${name}`
        return line(`${roleName[role]}: ${person.name}${before}`, `${deed}${before}`)
      },
    },
  ),
  'role.released': defineEvent(
    z.object({
      ...onIncident,
      role: roleSchema,
      person: personSchema,
      /** True when the person released it themselves. */
      isOwn: z.boolean().default(false),
    }),
    {
      ...ofIncident,
      words: ({ role, person, isOwn }) =>
        line(
          `${roleName[role]} released: ${person.name}`,
          isOwn
            ? `stepped down as ${roleInSentence(role)}`
            : `released ${person.name} as ${roleInSentence(role)}`,
        ),
    },
  ),
}
