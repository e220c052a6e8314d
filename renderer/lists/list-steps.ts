/** How far a key moves the keyboard's place in a list. */
export type Step = 'next' | 'previous' | 'first' | 'last' | 'page-down' | 'page-up'

/** The keys that move it, as the browser calls them. */
export const stepKeys: Readonly<Record<string, Step>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  PageDown: 'page-down',
  PageUp: 'page-up',
}

/**
 * The key of the line that a step leads to, from nowhere the first. Null in an empty list.
 *
 * @param active the key of the line that it starts from.
 * @param page how many lines a page has.
 */
export function stepFrom<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  active: string | null,
  step: Step,
  page: number,
): string | null {
  const last = items.length - 1
  const at = active === null ? -1 : items.findIndex((item) => keyOf(item) === active)
  const by: Readonly<Record<Step, number>> = {
    next: at + 1,
    previous: at - 1,
    first: 0,
    last,
    'page-down': at + page,
    'page-up': at - page,
  }
  const to = at === -1 && step !== 'last' ? 0 : Math.min(last, Math.max(0, by[step]))
  const item = items[to]
  return item === undefined ? null : keyOf(item)
}
