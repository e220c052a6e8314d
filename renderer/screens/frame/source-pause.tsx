import { useTicking } from '../../components/clock.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { formatAge } from '../../text/age.ts'

/** For how much longer a source is not asked, because its server wanted a pause; counts down. */
export function SourcePause({ sourceId }: { readonly sourceId: string }) {
  const { mirror } = useCockpit()
  return useTicking(({ steady }) => {
    const pulse = mirror.getState().pulses.get(sourceId)
    const pausedMs = pulse?.value.pausedMs ?? null
    if (!pulse || pausedMs === null) return '–'
    return `${formatAge(Math.max(0, pausedMs - (steady() - pulse.receivedAt)))} left`
  })
}
