import { useMemo } from 'react'
import type { Coordination } from '#shared/domain/coordination/schema.ts'
import { impactSentence, isWithoutNumbers } from '#shared/domain/impact/sentence.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { catchUpOf, type CatchUpPart } from '#shared/domain/summary/catch-up.ts'
import { useTicking } from '../../../components/clock.ts'
import { useMirror } from '../../../engine/cockpit/context.ts'
import type { People } from '../../../parts/incident-forms/use-people.ts'
import { useFollowed, useLook } from '../../../parts/measurements/use-followed.ts'

const MINUTE_MS = 60_000

/** What whoever comes late needs to know of an incident, as whoever reads this calls everybody. */
export function useCatchUp(
  incident: Incident,
  coordination: Coordination,
  people: People,
): readonly CatchUpPart[] {
  const { id } = incident
  const response = useMirror(({ watch }) => watch?.responses.get(id))
  const impact = useMirror(({ watch }) => watch?.impacts.get(id))
  const plan = useMirror(({ watch }) => response && watch?.plans.get(response.revision))
  const mergedInto = useMirror(({ watch }) =>
    incident.mergedInto === null
      ? null
      : (watch?.incidents.get(incident.mergedInto)?.title ?? null),
  )
  const splitFrom = useMirror(({ watch }) =>
    incident.splitFrom === null ? null : (watch?.incidents.get(incident.splitFrom)?.title ?? null),
  )
  const walkthroughs = useMirror(({ watch }) => watch?.walkthroughs)
  const executions = useMirror(({ watch }) => watch?.executions)
  const measured = useMeasured(id)
  // What is late is so by the minute: the card is not read anew each second.
  const minute = useTicking(({ engineNow }) => String(Math.floor(engineNow() / MINUTE_MS)))
  return useMemo(
    () =>
      catchUpOf(
        {
          incident,
          coordination,
          response,
          plan,
          impact,
          measured: measured === '' ? null : measured,
          walkthroughs: ofIncident(walkthroughs, id),
          executions: ofIncident(executions, id),
          mergedInto,
          splitFrom,
          now: Number(minute) * MINUTE_MS,
        },
        { actor: people.actorName, person: people.nameOf },
      ),
    [
      incident,
      coordination,
      response,
      plan,
      impact,
      measured,
      walkthroughs,
      executions,
      id,
      mergedInto,
      splitFrom,
      minute,
      people,
    ],
  )
}

/** What is measured of the harm now, as a sentence; empty where no number of it is known. */
function useMeasured(incidentId: string): string {
  const followed = useFollowed(incidentId)
  useLook(incidentId)
  return useTicking(({ engineNow }) => {
    if (!followed) return ''
    const { plan, measured } = followed
    const sentence = impactSentence(plan.impact, (name) => measured?.values[name], engineNow())
    return isWithoutNumbers(sentence) ? '' : (sentence.text ?? '')
  })
}

function ofIncident<Entity extends { readonly incidentId: string }>(
  entities: ReadonlyMap<string, Entity> | undefined,
  incidentId: string,
): readonly Entity[] {
  return [...(entities?.values() ?? [])].filter((each) => each.incidentId === incidentId)
}
