/** The end of a text that comes in pieces. */
export interface Tail {
  push(text: string): void
  /** At most so many UTF-16 units; never begins in the middle of a character. */
  text(): string
}

/** Keeps the last `length` UTF-16 units. */
export function createTail(length: number): Tail {
  let kept = ''
  return {
    push(text) {
      // A copy of what is kept, not of all: `slice` alone may hold on to the text that it is cut from.
      kept = (kept + text.slice(-length)).slice(-length)
    },
    text: () => (/^[\udc00-\udfff]/.test(kept) ? kept.slice(1) : kept),
  }
}
