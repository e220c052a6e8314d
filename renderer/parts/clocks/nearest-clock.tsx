import { runningClocks, type ResponseClock } from '#shared/domain/clock/schema.ts'
import { useClock } from '../../components/clock.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { timeFormat } from '../../text/time.ts'
import { ClockIcon } from './clock-icon.tsx'
import { explain, kindWords } from './clock-words.ts'
import { useClockPhase } from './use-clock-phase.ts'
import styles from './nearest-clock.module.css'

const local = timeFormat()

/** The clock of an incident that is due next, for a line of the queue; nothing while none runs. */
export function NearestClock({ incidentId }: { readonly incidentId: string }) {
  const clocks = useMirror(({ watch }) => watch?.clocks.get(incidentId))
  const [nearest] = clocks ? runningClocks(clocks) : []
  return nearest ? <Ticking clock={nearest} /> : null
}

function Ticking({ clock }: { readonly clock: ResponseClock }) {
  const { engineNow } = useClock()
  const { phase, text } = useClockPhase(clock)
  const { long, short } = kindWords[clock.kind]
  return (
    <span
      className={styles.clock}
      data-phase={phase}
      title={`${long}: ${explain(clock, engineNow(), local)}`}
    >
      <ClockIcon phase={phase} />
      {short} {text}
    </span>
  )
}
