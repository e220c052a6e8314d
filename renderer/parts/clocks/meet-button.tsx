import type { ResponseClock } from '#shared/domain/clock/schema.ts'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useMirror, useOffline } from '../../engine/cockpit/context.ts'
import { meetRefusal, meetWords } from './meet-words.ts'

interface MeetButtonProps {
  readonly incidentId: string
  readonly clock: ResponseClock
}

/** Ends a running clock by a person's word; nothing beside one that only deeds end. */
export function MeetButton({ incidentId, clock: { kind, status } }: MeetButtonProps) {
  const actions = useActions()
  const kept = useOffline((state) => state.kept)
  const isSaid = (kind === 'plan' || kind === 'escalate') && status === 'running'
  const refusal = useMirror((state) => {
    const incident = state.watch?.incidents.get(incidentId)
    return incident && isSaid ? meetRefusal(incident, kind, { ...state, kept }) : null
  })
  if (!isSaid) return null
  return (
    <TextButton
      // Both clocks fit into one line so; what is done is said where it opens.
      aria-label={`Done: ${meetWords[kind].title}…`}
      aria-disabled={refusal !== null}
      aria-haspopup="dialog"
      title={refusal ?? meetWords[kind].title}
      onClick={() => {
        if (refusal === null) actions.open({ kind: 'clock', incidentId, clock: kind })
        else actions.refuse(incidentId, 'clock.meet', refusal)
      }}
    >
      Done…
    </TextButton>
  )
}
