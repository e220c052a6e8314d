import type { ContractError, Receipt } from '#shared/contract/index.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Call } from '../commands/dispatch.ts'
import { commandEventId } from './event-id.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Journal } from '../ports/journal.ts'
import type { Recorder } from './recorder.ts'

export interface OnceDeps {
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Pick<Ids, 'derive'>
  readonly journal: Pick<Journal, 'findEvent'>
  readonly recorder: Pick<Recorder, 'state' | 'recordEvents'>
}

/**
 * Decides and records a command once: the same request again is answered from the journal, however
 * much later it comes.
 */
export function recordOnce(
  { clock, ids, journal, recorder }: OnceDeps,
  { requestId, actor }: Call,
  decide: (state: WatchState, now: number) => Result<readonly EventBody[], ContractError>,
): Result<Receipt, ContractError> {
  const done = journal.findEvent(commandEventId(requestId, 0, ids))
  if (done) return ok({ seq: done.seq })
  const now = clock.now()
  const decided = decide(recorder.state(), now)
  if (!decided.ok) return decided
  const recorded = recorder.recordEvents(
    decided.value.map((body, index) => ({
      id: commandEventId(requestId, index, ids),
      at: now,
      actor,
      body,
    })),
  )
  if (!recorded.ok) return recorded
  return ok({ seq: recorder.state().seq })
}
