/** What differs between a list that is held still and how it would be now. */
export interface ListNews<Item> {
  readonly added: readonly Item[]
  readonly gone: number
  /** True when what is in both stands in another order. */
  readonly isMoved: boolean
}

/**
 * Compares the list that is shown with the list as it would be; null when there is no difference.
 * One walk over both: it is done at each change of 10,000 alerts.
 */
export function compareLists<Item>(
  shown: readonly Item[],
  live: readonly Item[],
  keyOf: (item: Item) => string,
): ListNews<Item> | null {
  const shownKeys = new Set(shown.map(keyOf))
  const kept = new Set<string>()
  const added: Item[] = []
  for (const item of live) {
    const key = keyOf(item)
    if (shownKeys.has(key)) kept.add(key)
    else added.push(item)
  }
  const inOrder = kept.values()
  let isMoved = false
  for (const key of shownKeys) {
    if (kept.has(key)) isMoved ||= inOrder.next().value !== key
  }
  const gone = shownKeys.size - kept.size
  return added.length === 0 && gone === 0 && !isMoved ? null : { added, gone, isMoved }
}
