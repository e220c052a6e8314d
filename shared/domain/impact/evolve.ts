import { saidAt } from '../actor/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import type { ImpactBody } from './events.ts'
import { isWithdrawn, type Impact } from './schema.ts'

/** What is recorded of the impact of an incident after an event. */
export function evolveImpact(
  before: Impact | undefined,
  body: ImpactBody,
  { at, actor }: Occurrence,
): Impact {
  const { incidentId } = body
  const kept = before ?? { incidentId, opening: null, said: null, changes: 0 }
  const changes = kept.changes + 1
  switch (body.type) {
    case 'impact.measured': {
      const { sentence, values } = body
      return { ...kept, changes, opening: { at, sentence, values } }
    }
    case 'impact.set': {
      const { affectedUsers, revenuePerMinute, risks, sentence, reason } = body
      const said = { affectedUsers, revenuePerMinute, risks, sentence }
      return {
        ...kept,
        changes,
        said: isWithdrawn(said) ? null : { ...said, reason, at: saidAt(actor, at), by: actor },
      }
    }
  }
}
