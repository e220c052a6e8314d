import { useCallback } from 'react'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useCockpit } from '../../engine/cockpit/context.ts'
import {
  isTakeAlong,
  keyOf,
  takeAlongActions,
  type ShortcutAction,
} from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'
import { takeAlong } from './take-along.ts'
import { takeAlongWords } from './words.ts'

interface TakeAlongButtonsProps {
  readonly incidentId: string
  readonly past: PastIncident | null
}

/** Copies the incident as text, and exports its timeline, by click and by key. */
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
  return takeAlongActions.map((action) => (
    <TextButton
      key={action}
      aria-label={takeAlongWords[action].title}
      aria-keyshortcuts={keyOf(action)}
      title={takeAlongWords[action].title}
      onClick={() => void takeAlong(cockpit, action, incidentId, past)}
    >
      {takeAlongWords[action].label} <KeyHint>{keyOf(action)}</KeyHint>
    </TextButton>
  ))
}
