import {
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconClockExclamation,
  IconMinus,
} from '@tabler/icons-react'
import type { ClockPhase } from './clock-words.ts'

const icons: Readonly<Record<ClockPhase, typeof IconClock>> = {
  running: IconClock,
  soon: IconAlertTriangle,
  overdue: IconAlertOctagonFilled,
  met: IconCheck,
  late: IconClockExclamation,
  stopped: IconMinus,
}

/** A shape for each phase, distinguishable without colour; its meaning is written beside it. */
export function ClockIcon({ phase }: { readonly phase: ClockPhase }) {
  const Icon = icons[phase]
  return <Icon size={13} aria-hidden="true" />
}
