import { z } from 'zod'

/** Longest name of a person, in UTF-16 units. */
export const MAX_NAME_LENGTH = 100

/** What identifies a person for ever; names change, ids never do. */
export const personIdSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/,
    'an id has small letters, digits, dots, dashes and underscores, at most 64, and starts with a letter or a digit',
  )

/**
 * The owner of the machine, as long as the configuration names nobody else. Also whoever acted
 * before persons had ids: only the owner could.
 */
export const OWNER_ID = 'me'

/** Somebody who acts: engineers on call, not accounts. */
export const personSchema = z.object({
  id: personIdSchema,
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH),
})
export type Person = Readonly<z.infer<typeof personSchema>>

/** Somebody whom the configuration lists. */
export const listedPersonSchema = personSchema.extend({
  /** True: may have commands of runbooks run on this machine, where they may act at all. */
  runs: z.boolean().default(false),
})
export type ListedPerson = Readonly<z.infer<typeof listedPersonSchema>>

/** Through what a person acted. */
export type Via = 'cockpit' | 'notification' | 'tray' | 'terminal'
