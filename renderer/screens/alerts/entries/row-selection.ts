import type { AlertEntry } from './alert-entry.ts'

/** Where a range of chosen lines begins, and what was chosen before it. */
export interface RangeStart {
  readonly key: string
  readonly before: ReadonlySet<string>
}

/** The chosen lines with one more, or one less. */
export function toggled(chosen: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(chosen)
  if (!next.delete(key)) next.add(key)
  return next
}

/** What was chosen before, and all lines from the start of the range to this one. */
export function rangeTo(
  shown: readonly AlertEntry[],
  start: RangeStart,
  key: string,
): ReadonlySet<string> {
  const from = shown.findIndex((each) => each.key === start.key)
  const to = shown.findIndex((each) => each.key === key)
  if (to === -1) return start.before
  const [low, high] = from === -1 ? [to, to] : [Math.min(from, to), Math.max(from, to)]
  const next = new Set(start.before)
  for (const entry of shown.slice(low, high + 1)) next.add(entry.key)
  return next
}

/** All lines of the list. */
export function allOf(shown: readonly AlertEntry[]): ReadonlySet<string> {
  return new Set(shown.filter(({ isGone }) => !isGone).map(({ key }) => key))
}

/** Of the chosen keys those that are listed; the same set where all of them are. */
export function amongShown(
  shown: readonly AlertEntry[],
  chosen: ReadonlySet<string>,
): ReadonlySet<string> {
  if (chosen.size === 0) return chosen
  const listed = shown.filter(({ key }) => chosen.has(key))
  return listed.length === chosen.size ? chosen : new Set(listed.map(({ key }) => key))
}

/** How much of the list is chosen; what is gone cannot be. */
export function extentOf(
  shown: readonly AlertEntry[],
  chosen: ReadonlySet<string>,
): 'none' | 'some' | 'all' {
  if (chosen.size === 0) return 'none'
  let listed = 0
  let found = 0
  for (const { key, isGone } of shown) {
    if (isGone) continue
    listed += 1
    if (chosen.has(key)) found += 1
  }
  return found === 0 ? 'none' : found === listed ? 'all' : 'some'
}
