import { IconCheck, IconCircle, IconHourglass, IconMinus, IconX } from '@tabler/icons-react'
import type { StepState } from '#shared/domain/response/schema.ts'
import styles from './step-mark.module.css'

const icons = {
  open: IconCircle,
  done: IconCheck,
  skipped: IconMinus,
  failed: IconX,
} as const satisfies Record<StepState, unknown>

interface StepMarkProps {
  readonly state: StepState
  /** True while it waits for the engine. */
  readonly isQueued: boolean
}

/** The sign of what became of a step; its words stand beside it. */
export function StepMark({ state, isQueued }: StepMarkProps) {
  const Icon = isQueued ? IconHourglass : icons[state]
  return (
    <span className={styles.mark} data-state={state}>
      <Icon size={15} stroke={state === 'open' ? 1.5 : 2.5} aria-hidden="true" />
    </span>
  )
}
