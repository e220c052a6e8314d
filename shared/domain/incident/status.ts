import type { Incident } from './schema.ts'

/** True while somebody has to do something about it, or does. */
export function isIncidentOpen({ status }: Pick<Incident, 'status'>): boolean {
  return !isIncidentOver({ status })
}

/** True once it is resolved or closed. */
export function isIncidentOver({ status }: Pick<Incident, 'status'>): boolean {
  return status === 'resolved' || status === 'closed'
}
