import type { PastIncident } from '#shared/domain/history/schema.ts'
import { compareSeverity, type Severity } from '#shared/domain/severity/schema.ts'
import type { BodyOfConcept, Event } from '#shared/domain/watch/event.ts'

/** What happens to an incident that is there already. */
export type LaterBody = Exclude<
  BodyOfConcept<'incident'>,
  { readonly type: 'incident.triggered' | 'incident.declared' }
>

/** A past incident after something that happened to it. */
export function pastAfter(past: PastIncident, body: LaterBody, { at, actor }: Event): PastIncident {
  switch (body.type) {
    case 'incident.retriggered':
      return {
        ...past,
        status: 'triggered',
        severity: worse(past.severity, body.severity),
        lastSeverity: body.severity,
        resolved: null,
        returns: past.returns + 1,
      }
    case 'incident.retitled':
      return { ...past, title: body.title }
    case 'incident.acknowledged':
      return {
        ...past,
        status: 'acknowledged',
        acknowledged: past.acknowledged ?? { at, by: actor },
      }
    case 'incident.unacknowledged':
      return { ...past, status: 'triggered', acknowledged: null }
    case 'incident.reopened':
      return { ...past, status: 'triggered', resolved: null, returns: past.returns + 1 }
    case 'incident.noted':
      return { ...past, notes: past.notes + 1 }
    case 'incident.resolved':
      return { ...past, status: 'resolved', resolved: { at, by: actor } }
    case 'incident.closed':
      return { ...past, status: 'closed', closed: { at, by: actor } }
    case 'incident.mitigated':
      return { ...past, status: 'mitigated', mitigated: { at, by: actor } }
    case 'incident.unmitigated':
      return { ...past, status: 'acknowledged', mitigated: null }
    case 'incident.severity-set': {
      const { severity } = body
      return { ...past, severity: worse(past.severity, severity), lastSeverity: severity }
    }
    case 'incident.judged':
      return { ...past, verdict: body.verdict }
    case 'incident.merged':
      return { ...past, status: 'closed', closed: { at, by: actor }, mergedInto: body.into }
    case 'incident.split':
    case 'incident.regrouped':
    case 'incident.snoozed':
    case 'incident.snooze-ended':
      return past
  }
}

/** The worse of two severities; the first one where the second is none. */
export function worse(a: Severity, b: Severity | null): Severity {
  return b !== null && compareSeverity(b, a) < 0 ? b : a
}
