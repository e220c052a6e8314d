import type { Coordination } from '#shared/domain/coordination/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { IncidentForm } from '../../../engine/page/incident-form.ts'
import type { People } from '../../../parts/incident-forms/use-people.ts'
import type { Giving } from './use-given.ts'

/** What every section of the page is given. */
export interface PageSectionProps {
  readonly incident: Incident
  readonly coordination: Coordination
  readonly people: People
  readonly giving: Giving
  /** False where nothing can be done any more, or whoever reads it may not act. */
  readonly canAct: boolean
  readonly open: (form: IncidentForm) => void
}
