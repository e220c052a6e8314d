import type { Incident } from '../incident/schema.ts'
import { isConfidential, type Restrictions } from './may-see.ts'
import { confidentialName } from './words.ts'

/**
 * What an incident is called where somebody else may look: in notifications, in the tray, in
 * terminals. A confidential one is named by its id, and nothing else is said of it.
 */
export function outsideTitle(
  { id, title }: Pick<Incident, 'id' | 'title'>,
  restrictions: Restrictions,
): string {
  return isConfidential(restrictions, id) ? confidentialName(id) : title
}
