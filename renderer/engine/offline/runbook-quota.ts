import { MAX_RUNBOOKS } from '#shared/domain/runbook/limits.ts'

/**
 * Texts of runbooks that are kept, bytes of UTF-8: 2,000 of them at 32 KiB each, which is far above
 * what they have, and little beside the gigabytes that browsers give an address.
 */
export const MAX_KEPT_BYTES = 64 * 1024 * 1024

/** Texts that are kept: as many as are listed at most. */
export const MAX_KEPT_TEXTS = MAX_RUNBOOKS

/** A runbook that could be kept. */
export interface Candidate {
  readonly id: string
  /** Of its text, bytes of UTF-8. */
  readonly size: number
  /** An open incident leads to it. */
  readonly isLinked: boolean
  /** When somebody read it here last, ms since the epoch, UTC; 0 for never. */
  readonly usedAt: number
}

/**
 * Those that are kept: first what open incidents lead to, then what was read last, then in the order
 * in which they are given. One that is too large for what is left makes way for smaller ones.
 *
 * @returns their ids, in that order.
 */
export function chooseKept(
  candidates: readonly Candidate[],
  limits: { readonly bytes: number; readonly texts: number } = {
    bytes: MAX_KEPT_BYTES,
    texts: MAX_KEPT_TEXTS,
  },
): readonly string[] {
  const inOrder = candidates.toSorted(
    (a, b) => Number(b.isLinked) - Number(a.isLinked) || b.usedAt - a.usedAt,
  )
  const chosen: string[] = []
  let left = limits.bytes
  for (const { id, size } of inOrder) {
    if (chosen.length === limits.texts) break
    if (size > left) continue
    left -= size
    chosen.push(id)
  }
  return chosen
}
