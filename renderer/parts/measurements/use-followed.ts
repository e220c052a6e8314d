import { useEffect } from 'react'
import { LOOK_MS } from '#shared/contract/operations/impact.ts'
import type { Impact } from '#shared/domain/impact/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { IncidentMeasurements } from '#shared/domain/measurement/schema.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import type { Response } from '#shared/domain/response/schema.ts'
import type { WatchedTriggers } from '#shared/domain/trigger/schema.ts'
import type { VoiceMinute } from '#shared/domain/voice/schema.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'

/** An incident with the plan that is followed, and what is measured and recorded of it. */
export interface Followed {
  readonly incident: Incident
  readonly response: Response
  readonly plan: Plan
  /** Undefined while nothing is measured. */
  readonly measured: IncidentMeasurements | undefined
  /** Undefined while nothing is recorded. */
  readonly impact: Impact | undefined
  readonly triggers: WatchedTriggers | undefined
  readonly voices: ReadonlyMap<string, VoiceMinute>
}

/** All that is known of how an incident is followed; null where it has no plan or is not known. */
export function useFollowed(incidentId: string): Followed | null {
  const incident = useMirror(({ watch }) => watch?.incidents.get(incidentId))
  const response = useMirror(({ watch }) => watch?.responses.get(incidentId))
  const plan = useMirror(({ watch }) => response && watch?.plans.get(response.revision))
  const impact = useMirror(({ watch }) => watch?.impacts.get(incidentId))
  const triggers = useMirror(({ watch }) => watch?.triggers.get(incidentId))
  const measured = useMirror(({ measurements }) => measurements.get(incidentId))
  const voices = useMirror(({ watch }) => watch?.voices)
  if (!incident || !response || !plan || !voices) return null
  return { incident, response, plan, measured, impact, triggers, voices }
}

/** Has the values of an incident measured for as long as the component is shown. */
export function useLook(incidentId: string): void {
  const { client } = useCockpit()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  useEffect(() => {
    if (!isOpen) return
    // What is refused is asked again; meanwhile the values say themselves that they are unknown.
    const look = () => void client.request('measurement.look', { incidentId })
    look()
    const timer = setInterval(look, LOOK_MS / 2)
    return () => {
      clearInterval(timer)
    }
  }, [client, incidentId, isOpen])
}
