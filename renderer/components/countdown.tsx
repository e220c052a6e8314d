import { useTicking } from '../state/context.ts'
import { formatUntil } from '../text/age.ts'

interface CountdownProps {
  /** ms since the epoch, UTC, on the engine's clock. */
  readonly until: number
}

/** How long something is still to come. */
export function Countdown({ until }: CountdownProps) {
  return <>{useTicking(({ engineNow }) => formatUntil(until - engineNow()))}</>
}
