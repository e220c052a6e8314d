import { useCallback } from 'react'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import {
  isEvidenceAction,
  isTakeAlong,
  takeAlongActions,
  type ShortcutAction,
} from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'
import { TakeAlongButton } from './take-along-button.tsx'
import { takeAlong } from './take-along.ts'

interface TakeAlongButtonsProps {
  readonly incidentId: string
  readonly past: PastIncident | null
}

/** Copies the incident as text, and exports its timeline, by click; all of its exports by key. */
export function TakeAlongButtons({ incidentId, past }: TakeAlongButtonsProps) {
  const cockpit = useCockpit()
  useShortcuts(
    useCallback(
      (action: ShortcutAction) => {
        if (!isTakeAlong(action) || cockpit.ui.getState().dialog) return false
        void takeAlong(cockpit, action, incidentId, past)
        return true
      },
      [cockpit, incidentId, past],
    ),
  )
  return takeAlongActions
    .filter((action) => !isEvidenceAction(action))
    .map((action) => (
      <TakeAlongButton key={action} action={action} incidentId={incidentId} past={past} />
    ))
}
