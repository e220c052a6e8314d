import type { Alert } from '../alert/schema.ts'
import type { Plan } from '../plan/schema.ts'
import { runbookAnnotations } from './annotations.ts'
import { runbookIdOf } from './id.ts'

type Planned = Pick<Plan, 'runbook' | 'rollback' | 'options'>

/** The ids of runbooks that an alert names in its annotations. */
export function runbooksOfAlert({ annotations }: Pick<Alert, 'annotations'>): readonly string[] {
  return runbookAnnotations.flatMap((name) =>
    Object.hasOwn(annotations, name) ? idsOf(annotations[name]) : [],
  )
}

/** The ids of runbooks that a plan names, for itself and for its options. */
export function runbooksOfPlan({ runbook, rollback, options }: Planned): readonly string[] {
  return [runbook, rollback, ...options.flatMap((each) => [each.runbook, each.rollback])].flatMap(
    idsOf,
  )
}

function idsOf(link: string | null | undefined): readonly string[] {
  const id = link ? runbookIdOf(link) : null
  return id === null ? [] : [id]
}
