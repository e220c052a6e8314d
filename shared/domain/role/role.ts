import { z } from 'zod'

/** What people do in an incident, beside what they are. */
export const roleSchema = z.enum(['commander', 'communications', 'scribe', 'expert'])
export type Role = z.infer<typeof roleSchema>

/** All roles, in the order in which they are listed. */
export const roles: readonly Role[] = roleSchema.options

/** How a role is called. */
export const roleName: Readonly<Record<Role, string>> = {
  commander: 'Incident commander',
  communications: 'Communications lead',
  scribe: 'Scribe',
  expert: 'Expert',
}

/** The name of a role within a sentence. */
export function roleInSentence(role: Role): string {
  return roleName[role].toLowerCase()
}

/** True for a role that one person has at a time. Experts are as many as are needed. */
export function isForOne(role: Role): boolean {
  return role !== 'expert'
}
