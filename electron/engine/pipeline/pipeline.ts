import type { EventBody } from '#shared/domain/watch/event.ts'
import type { SourceReport } from '../ports/source.ts'
import { classify } from './classify.ts'
import type { PipelineContext } from './context.ts'
import { correlate } from './correlate.ts'
import { deduplicate } from './deduplicate.ts'
import { normalise } from './normalise.ts'
import { settle } from './settle.ts'
import { route } from './route.ts'
import { suppress } from './suppress.ts'

/**
 * What a source's report leads to, in the stage order of decision record 1. Pure: the same report on
 * the same state gives the same events, in whatever order the answer listed its alerts.
 */
export function ingest(report: SourceReport, context: PipelineContext): readonly EventBody[] {
  const signals = normalise(report.signals, context.realm, context.ids)
  const changes = deduplicate(signals, report, context)
  if (changes.sightings.length === 0 && changes.disappearances.length === 0) return []
  const classified = classify(changes.sightings, context)
  const suppressed = suppress(classified, context)
  const correlation = correlate(suppressed, context)
  const routed = route(correlation.alerts, context)
  return settle(routed, correlation.made, changes.disappearances, context)
}
