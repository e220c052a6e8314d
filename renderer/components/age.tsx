import { useTicking } from '../state/context.ts'
import { formatAge } from '../text/age.ts'

interface AgeProps {
  /** ms since the epoch, UTC, on the engine's clock. */
  readonly since: number
}

/** How long ago something was; counts by itself without rendering anything else. */
export function Age({ since }: AgeProps) {
  return <>{useTicking(({ engineNow }) => formatAge(engineNow() - since))}</>
}
