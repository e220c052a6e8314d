import { currentId, type Reader } from '../person/identity.ts'
import type { Handoff, Period } from './schema.ts'

/** How long a shift is held to be where no handoff says when it began, ms. */
export const DEFAULT_SHIFT_MS = 12 * 3_600_000
/** A handoff covers at most this long, ms: 31 days. */
export const MAX_SHIFT_MS = 31 * 24 * 3_600_000

/** When a shift began, ms since the epoch, UTC, and why it is held to have. */
export interface ShiftStart {
  readonly at: number
  readonly reason: 'taken-over' | 'handed-over' | 'default'
}

/**
 * When the shift of a person began: where the period of the last accepted handoff ended that they
 * took over or handed over, so that nothing falls between two handoffs; else {@link DEFAULT_SHIFT_MS}
 * before now. Practice moves no shift.
 *
 * @param now ms since the epoch, UTC.
 */
export function shiftStart(
  handoffs: Iterable<Handoff>,
  reader: Pick<Reader, 'id' | 'owner'>,
  now: number,
): ShiftStart {
  const isMe = (id: string | null) =>
    id !== null && currentId(id, reader) === currentId(reader.id, reader)
  let newest: { readonly acceptedAt: number; readonly start: ShiftStart } | null = null
  for (const { way, accepted, period, from, to, isPractice } of handoffs) {
    if (isPractice || !accepted || period.to > now || now - period.to > MAX_SHIFT_MS) continue
    // What somebody is called on another desktop says nothing of who they are here.
    const hasTaken = way !== 'to-file' && (isMe(accepted.by.id) || isMe(to.id))
    const hasGiven = way !== 'from-file' && isMe(from.id)
    if (!hasTaken && !hasGiven) continue
    if (newest && newest.acceptedAt >= accepted.at) continue
    const reason = hasTaken ? 'taken-over' : 'handed-over'
    newest = { acceptedAt: accepted.at, start: { at: period.to, reason } }
  }
  return newest?.start ?? { at: now - DEFAULT_SHIFT_MS, reason: 'default' }
}

/** Why a period cannot be handed over, in words; null for one that can. */
export function periodProblem({ from, to }: Period): string | null {
  if (!(from < to)) return 'The shift has to begin before it ends.'
  return to - from > MAX_SHIFT_MS ? 'A handoff covers 31 days at most.' : null
}
