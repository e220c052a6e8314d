import type { Coordination } from '#shared/domain/coordination/schema.ts'
import { isForOne, type Role } from '#shared/domain/role/role.ts'
import type { PageSectionProps } from './page-section.ts'

/** Takes a role, in place of whoever was seen to have it: the engine refuses where that has changed. */
export function takeRole(
  {
    incident,
    coordination,
    people,
    giving,
  }: Pick<PageSectionProps, 'incident' | 'coordination' | 'people' | 'giving'>,
  role: Role,
): void {
  const { you } = people
  if (!you) return
  const instead = holderOf(coordination, role)
  giving.give('role.assign', { incidentId: incident.id, role, person: you.id, instead }, role)
}

function holderOf({ roles }: Coordination, role: Role): string | null {
  if (!isForOne(role)) return null
  return roles.find((each) => each.role === role)?.person.id ?? null
}
