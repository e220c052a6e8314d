import type { PushMessage } from '#shared/contract/index.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Readings } from '../ports/readings.ts'
import type { StatusBoard } from '../status/status-board.ts'
import { journalHealth } from './journal-health.ts'
import { showingCockpits } from './showing-cockpits.ts'
import { wakingOutbox } from './waking-outbox.ts'
import { wakingReadings } from './waking-readings.ts'
import { withdrawing } from './withdrawing.ts'
import type { Reactor } from './reactor.ts'

interface Deps {
  /** Left out where there are no runbooks to follow. */
  readonly runbooks?: Reactor | undefined
  readonly outbox: Outbox
  /** Left out where no history is kept. */
  readonly readings: Readings | undefined
  readonly status: StatusBoard
  readonly push: (message: PushMessage) => void
}

/** All reactors, in the order in which they hear of what was recorded. */
export function createReactors({
  outbox,
  readings,
  runbooks,
  status,
  push,
}: Deps): readonly Reactor[] {
  return [
    journalHealth(status, outbox),
    showingCockpits(push),
    wakingOutbox(outbox),
    withdrawing(outbox),
    ...(readings ? [wakingReadings(readings)] : []),
    ...(runbooks ? [runbooks] : []),
  ]
}
