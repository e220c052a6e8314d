import type { Incident } from '#shared/domain/incident/schema.ts'
import { useMirror, useUi } from '../../engine/cockpit/context.ts'

/** The selected incident: as the engine has it, or as it last was when the engine let go of it. */
export function useSelectedIncident(): Incident | null {
  const selectedId = useUi((ui) => ui.selectedId)
  const departed = useUi((ui) => ui.departed)
  const live = useMirror(({ watch }) =>
    selectedId === null ? undefined : watch?.incidents.get(selectedId),
  )
  return live ?? departed
}
