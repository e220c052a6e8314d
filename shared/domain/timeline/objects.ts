import { MAX_OBJECTS, type TimelineEntry } from './timeline.ts'

/** Objects that a line names; the rest are counted. */
const MAX_NAMED = 2

/** What a line is about, in words: `shop/cart-1, shop/cart-2 and 5 more`; null where it is not known. */
export function describeObjects({ objects = [] }: Pick<TimelineEntry, 'objects'>): string | null {
  if (objects.length === 0) return null
  const named = objects.slice(0, MAX_NAMED).join(', ')
  const more = objects.length - MAX_NAMED
  if (more <= 0) return named
  // Of more than can be kept nobody knows the number.
  return `${named} and ${objects.length === MAX_OBJECTS ? 'many' : String(more)} more`
}
