/** Entities that are written, read or parsed in one go: some ms, whatever the size of the storm. */
export const SLICE = 200

/** The list in pieces of at most `size`. */
export function* slices<Value>(
  list: readonly Value[],
  size: number = SLICE,
): Generator<readonly Value[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size)
}

/** Lets the page do what is waiting, such as a key that was pressed, before work goes on. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0)
  })
}
