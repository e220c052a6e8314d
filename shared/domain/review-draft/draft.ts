import { isWorse, type Severity } from '../severity/schema.ts'
import { roleName } from '../role/role.ts'
import type { Event } from '../watch/event.ts'
import { sectionIds, type SectionId } from '../review/section.ts'
import { inLine } from '../review/words.ts'
import { draftFactors, draftRootCause } from './cause.ts'
import { draftWentWell, draftWentWrong } from './course.ts'
import { draftActions, draftAttendees } from './follow-up.ts'
import { draftImpact } from './impact.ts'
import { draftTimeline } from './key-moments.ts'
import { draftLessons, draftNotCaught, draftServices } from './known.ts'
import type { ReviewDraft } from './schema.ts'
import { storyOf, whenOf, type DraftSection } from './story.ts'
import { draftSummary } from './summary.ts'
import { draftTimes } from './times.ts'

/** A template section without an entry here is left to people alone. */
const sections: Readonly<Record<SectionId, DraftSection>> = {
  summary: draftSummary,
  impact: draftImpact,
  timeline: draftTimeline,
  times: draftTimes,
  'root-cause': draftRootCause,
  'contributing-factors': draftFactors,
  'went-well': draftWentWell,
  'went-wrong': draftWentWrong,
  'not-caught-earlier': draftNotCaught,
  // No event says how an objective fared.
  'slo-impact': () => [],
  services: draftServices,
  lessons: draftLessons,
}

/**
 * Drafts the review of an incident from its record. Pure: the same events always give the same draft,
 * and without an event its sentences are gone or say something else.
 *
 * @param events of the incident, in the order of the journal.
 */
export function draftReview(
  incidentId: string,
  events: readonly Event[],
  { isDrill = false }: { readonly isDrill?: boolean } = {},
): ReviewDraft {
  const story = storyOf(incidentId, events)
  const { opened, firstAlert, resolved } = story
  const title = story.own('incident.retitled').at(-1)?.body.title ?? opened?.body.title
  return {
    incidentId,
    title: title === undefined ? 'Unknown incident' : inLine(title),
    isDrill,
    severity: worstOf(
      story.own('incident.retriggered', 'incident.severity-set'),
      opened?.body.severity,
    ),
    startedAt: startOf(opened, firstAlert),
    resolvedAt: resolved ? whenOf(resolved) : null,
    sentences: sectionIds.flatMap((section) =>
      sections[section](story).map(({ key, text, events: numbers }) => ({
        id: `${section} ${key}`,
        section,
        text,
        events: numbers,
      })),
    ),
    actions: draftActions(story),
    attendees: draftAttendees(story, (role) => roleName[role as keyof typeof roleName]),
  }
}

function startOf(
  opened: ReturnType<typeof storyOf>['opened'],
  firstAlert: ReturnType<typeof storyOf>['firstAlert'],
): number | null {
  if (firstAlert) return firstAlert.body.startsAt
  if (!opened) return null
  return 'startedAt' in opened.body ? opened.body.startedAt : whenOf(opened)
}

function worstOf(
  events: readonly { readonly body: { readonly severity: Severity } }[],
  first: Severity | undefined,
): Severity | null {
  const all = [...(first === undefined ? [] : [first]), ...events.map(({ body }) => body.severity)]
  return all.reduce<Severity | null>(
    (worst, each) => (worst === null || isWorse(each, worst) ? each : worst),
    null,
  )
}
