import { useMemo } from 'react'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { useMirror, useOffline } from '../../engine/cockpit/context.ts'
import { followPlan, type FollowedPlan } from './followed-plan.ts'

/** The plan that an incident is worked on by; null where it has none. */
export function useFollowedPlan(incident: Incident): FollowedPlan | null {
  const response = useMirror(({ watch }) => watch?.responses.get(incident.id))
  const plan = useMirror(({ watch }) => response && watch?.plans.get(response.revision))
  const kept = useOffline((state) => state.kept)
  const phase = useMirror(({ connection }) => connection.phase)
  const status = useMirror((state) => state.status)
  return useMemo(
    () => (response && plan ? followPlan({ incident, plan, response, kept, phase, status }) : null),
    [incident, plan, response, kept, phase, status],
  )
}
