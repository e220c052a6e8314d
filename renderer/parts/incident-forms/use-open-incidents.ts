import { useMemo } from 'react'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { isIncidentOpen } from '#shared/domain/incident/status.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { queueOf } from '../../engine/watch/derived.ts'
import { sections } from '../../engine/watch/queue.ts'

/** The open incidents beside one, in the order of the queue. */
export function useOpenIncidents(except: string): readonly Incident[] {
  const incidents = useMirror(({ watch }) => watch?.incidents)
  return useMemo(() => {
    if (!incidents) return []
    const queue = queueOf(incidents)
    return sections
      .flatMap((section) => queue[section])
      .filter((incident) => incident.id !== except && isIncidentOpen(incident))
  }, [incidents, except])
}
