import { useId } from 'react'
import { clockKinds, type ResponseClock } from '#shared/domain/clock/schema.ts'
import { useClock } from '../../components/clock.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { timeFormat } from '../../text/time.ts'
import { ClockIcon } from './clock-icon.tsx'
import { explain, kindWords } from './clock-words.ts'
import { MeetButton } from './meet-button.tsx'
import { useClockPhase } from './use-clock-phase.ts'
import styles from './incident-clocks.module.css'

const local = timeFormat()

/**
 * All clocks of an incident, each with what it counts on hover and focus, and a button where a
 * person's word ends it; nothing where it has none.
 */
export function IncidentClocks({ incidentId }: { readonly incidentId: string }) {
  const clocks = useMirror(({ watch }) => watch?.clocks.get(incidentId)?.clocks)
  const shown = clocks ? clockKinds.flatMap((kind) => clocks[kind] ?? []) : []
  if (shown.length === 0) return null
  return (
    <ul className={styles.clocks} aria-label="Response clocks">
      {shown.map((clock) => (
        <Chip key={clock.kind} incidentId={incidentId} clock={clock} />
      ))}
    </ul>
  )
}

interface ChipProps {
  readonly incidentId: string
  readonly clock: ResponseClock
}

function Chip({ incidentId, clock }: ChipProps) {
  const { engineNow } = useClock()
  const { phase, text } = useClockPhase(clock)
  const why = useId()
  return (
    <li className={styles.item}>
      <span className={styles.about}>
        <span
          className={styles.chip}
          data-phase={phase}
          role="note"
          tabIndex={0}
          aria-describedby={why}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur()
          }}
        >
          <ClockIcon phase={phase} />
          <span className={styles.kind}>{kindWords[clock.kind].long}</span>
          <span className={styles.time}>{text}</span>
        </span>
        <span id={why} role="tooltip" className={styles.why}>
          {explain(clock, engineNow(), local)}
        </span>
      </span>
      <MeetButton incidentId={incidentId} clock={clock} />
    </li>
  )
}
