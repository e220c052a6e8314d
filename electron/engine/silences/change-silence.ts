import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { findSame } from '#shared/domain/silence/same.ts'
import type { Silence, WantedSilence } from '#shared/domain/silence/schema.ts'
import type { SilenceFailure, SilencesPort } from '../ports/silences.ts'

/** A silence that lasts as long as was wanted but for this, ms, is the one that was wanted. */
const AS_LONG_MS = 60_000

/** True for an end that is the wanted one; servers keep no more than milliseconds of it. */
const isAsLong = (silence: Silence, endsAt: number) => silence.endsAt >= endsAt - AS_LONG_MS

/**
 * Creates a silence, and never a second one. It looks before it asks: what an earlier attempt made,
 * whose answer was lost, is found by its matchers, author and comment. It looks again when the answer
 * does not come; that it is not there then says little, as what was sent may still be on its way.
 *
 * @returns the id of the silence.
 */
export async function createSilence(
  port: SilencesPort,
  wanted: WantedSilence,
  signal: AbortSignal,
): Promise<Result<string, SilenceFailure>> {
  const before = await port.list(signal)
  if (!before.ok) return before
  const earlier = findSame(before.value, wanted)
  if (earlier) {
    return isAsLong(earlier, wanted.endsAt)
      ? ok(earlier.id)
      : extendSilence(port, earlier, wanted.endsAt, signal)
  }
  const created = await port.create(wanted, signal)
  return unlessDone(created, port, signal, (silences) => findSame(silences, wanted)?.id)
}

/** Lets a silence end at another time, ms since the epoch, UTC. Resolves to its id from now on. */
export async function extendSilence(
  port: SilencesPort,
  silence: Silence,
  endsAt: number,
  signal: AbortSignal,
): Promise<Result<string, SilenceFailure>> {
  const extended = await port.extend(silence.id, endsAt, signal)
  return unlessDone(extended, port, signal, (silences) => {
    const found = findSame(silences, silence)
    const isThere = found && Math.abs(found.endsAt - endsAt) < AS_LONG_MS
    return isThere ? found.id : undefined
  })
}

/** Ends a silence now. Resolves to its id. */
export async function expireSilence(
  port: SilencesPort,
  { id }: Silence,
  signal: AbortSignal,
): Promise<Result<string, SilenceFailure>> {
  const expired = await port.expire(id, signal)
  return unlessDone(expired.ok ? ok(id) : expired, port, signal, (silences) =>
    silences.some((each) => each.id === id) ? undefined : id,
  )
}

/** Where nobody knows whether it was done, the list of silences says whether it was. */
async function unlessDone(
  outcome: Result<string, SilenceFailure>,
  port: SilencesPort,
  signal: AbortSignal,
  find: (silences: readonly Silence[]) => string | undefined,
): Promise<Result<string, SilenceFailure>> {
  if (outcome.ok || !outcome.error.mayBeDone) return outcome
  const listed = await port.list(signal)
  const id = listed.ok ? find(listed.value) : undefined
  return id === undefined ? fail(outcome.error) : ok(id)
}
