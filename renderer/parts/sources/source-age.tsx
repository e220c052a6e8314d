import { useTicking } from '../../components/clock.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { formatAge } from '../../text/age.ts'

interface SourceAgeProps {
  readonly sourceId: string
}

/**
 * How old a source's data is. Counted from the last pulse on the page's steady clock, so it goes on
 * growing while the engine is lost and while the machine sleeps.
 */
export function SourceAge({ sourceId }: SourceAgeProps) {
  const { mirror } = useCockpit()
  return useTicking(({ steady }) => {
    const pulse = mirror.getState().pulses.get(sourceId)
    const ageMs = pulse?.value.ageMs ?? null
    if (!pulse || ageMs === null) return '–'
    return formatAge(ageMs + steady() - pulse.receivedAt)
  })
}
