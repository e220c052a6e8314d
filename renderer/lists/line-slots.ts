/** The elements of the page that show the lines of a list. */
export interface LineSlots {
  /** The number of each line's element by the line's key, in the order of the lines. */
  readonly slots: ReadonlyMap<string, number>
  /** The line that the keyboard is on; null for none. */
  readonly activeKey: string | null
  /** The number of the next new element. */
  readonly fresh: number
}

/** A list without lines. */
export const noSlots: LineSlots = { slots: new Map(), activeKey: null, fresh: 0 }

/**
 * Which element shows which line. A line that stays keeps its element. A line that comes takes over
 * that of one that has gone from the same place among those that stay: to make elements anew costs
 * the page far more than to fill them anew, and none is moved. The element of the active line is
 * never taken over: it may have the focus, which must not end up on another line.
 *
 * @param before how the list was shown last.
 * @param keys the lines to show, in order, each once.
 * @param activeKey the line that the keyboard is on; null for none.
 * @returns `before` itself where nothing is to change.
 */
export function slotsFor(
  before: LineSlots,
  keys: readonly string[],
  activeKey: string | null,
): LineSlots {
  if (activeKey === before.activeKey && isSame(keys, before.slots)) return before
  const staying = new Set(keys)
  /** What is free behind each line that stays; null stands for the begin of the list. */
  const free = new Map<string | null, number[]>()
  let behind: string | null = null
  for (const [key, slot] of before.slots) {
    if (staying.has(key)) behind = key
    else if (key !== before.activeKey) free.set(behind, [...(free.get(behind) ?? []), slot])
  }
  let { fresh } = before
  const slots = new Map<string, number>()
  behind = null
  for (const key of keys) {
    const kept = before.slots.get(key)
    if (kept !== undefined) behind = key
    slots.set(key, kept ?? free.get(behind)?.shift() ?? fresh++)
  }
  return { slots, activeKey, fresh }
}

function isSame(keys: readonly string[], slots: ReadonlyMap<string, number>): boolean {
  if (keys.length !== slots.size) return false
  let index = 0
  for (const key of slots.keys()) {
    if (key !== keys[index]) return false
    index += 1
  }
  return true
}
