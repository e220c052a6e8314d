import { useMemo } from 'react'
import type { Handoff } from '#shared/domain/handoff/schema.ts'
import { useMirror } from '../../engine/cockpit/context.ts'

/** The handoffs that wait to be accepted, the newest first. */
export function usePendingHandoffs(): readonly Handoff[] {
  const handoffs = useMirror(({ watch }) => watch?.handoffs)
  return useMemo(
    () =>
      [...(handoffs?.values() ?? [])]
        .filter(({ accepted }) => accepted === null)
        .toSorted((a, b) => b.sentAt - a.sentAt),
    [handoffs],
  )
}
