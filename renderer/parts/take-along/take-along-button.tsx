import type { PastIncident } from '#shared/domain/history/schema.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { keyOf, type TakeAlongAction } from '../../keyboard/shortcuts.ts'
import { takeAlong } from './take-along.ts'
import { takeAlongWords } from './words.ts'

interface TakeAlongButtonProps {
  readonly action: TakeAlongAction
  readonly incidentId: string
  readonly past: PastIncident | null
}

/** One way to take the incident along, by click. */
export function TakeAlongButton({ action, incidentId, past }: TakeAlongButtonProps) {
  const cockpit = useCockpit()
  const { title, label } = takeAlongWords[action]
  return (
    <TextButton
      aria-label={title}
      aria-keyshortcuts={keyOf(action)}
      title={title}
      onClick={() => void takeAlong(cockpit, action, incidentId, past)}
    >
      {label} <KeyHint>{keyOf(action)}</KeyHint>
    </TextButton>
  )
}
