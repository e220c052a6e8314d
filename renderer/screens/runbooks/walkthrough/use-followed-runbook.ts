import { useMemo } from 'react'
import { phaseOf } from '#shared/domain/runbook/phases.ts'
import type { Phase, Runbook } from '#shared/domain/runbook/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { walkthroughKey } from '#shared/domain/walkthrough/schema.ts'
import { useMirror, useOffline } from '../../../engine/cockpit/context.ts'
import { alertsOf } from '../../../engine/watch/derived.ts'
import { useFollowedPlan } from '../../../parts/plan/use-followed-plan.ts'
import { followRunbook, type FollowedRunbook } from './followed-runbook.ts'

/** Alerts that are looked at for their names: a storm repeats the same few. */
const MAX_ALERTS = 200

interface Read {
  readonly incident: Incident
  readonly id: string
  readonly hash: string
  readonly runbook: Runbook
}

/** A runbook as it is followed for an incident. */
export function useFollowedRunbook({ incident, id, hash, runbook }: Read): FollowedRunbook {
  const key = walkthroughKey({ incidentId: incident.id, runbook: id })
  const walkthrough = useMirror(({ watch }) => watch?.walkthroughs.get(key))
  const executions = useMirror(({ watch }) => watch?.executions)
  const names = useMirror(({ watch }) =>
    watch
      ? [
          ...new Set(
            alertsOf(watch, incident.id)
              .slice(0, MAX_ALERTS)
              .map(({ labels }) => labels['alertname'] ?? ''),
          ),
        ].join('\n')
      : '',
  )
  const kept = useOffline((state) => state.kept)
  const phase = useMirror(({ connection }) => connection.phase)
  const status = useMirror((state) => state.status)
  return useMemo(
    () =>
      followRunbook({
        incident,
        alertNames: names.split('\n'),
        id,
        hash,
        runbook,
        walkthrough,
        executions: executions?.values() ?? [],
        kept,
        phase,
        status,
      }),
    [incident, names, id, hash, runbook, walkthrough, executions, kept, phase, status],
  )
}

/** What the plan of an incident is at, where the name of its phase says so. */
export function usePhaseOfPlan(incident: Incident): Phase | null {
  const followed = useFollowedPlan(incident)
  const { current, phases } = followed?.progress ?? { current: null, phases: [] }
  const name = current === null ? undefined : phases[current]?.phase.name
  return name === undefined ? null : phaseOf(name, null)
}
