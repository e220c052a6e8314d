/** A stream of numbers that follows from its seed alone. */
export interface Random {
  /** A fraction in [0, 1). */
  fraction(): number
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number
  /** `count` different items in random order; all of them where there are fewer. */
  sample<Item>(items: readonly Item[], count: number): readonly Item[]
}

/**
 * The stream that belongs to these parts: the same parts give the same numbers on every machine.
 * One stream for each actor of a story keeps a new actor from changing what the others do.
 */
export function createRandom(...parts: readonly (string | number)[]): Random {
  let state = hash(parts.join('\n'))

  // mulberry32: small, well spread, and exact in 32-bit integers everywhere.
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  return {
    fraction,
    between: (min, max) => min + Math.floor(fraction() * (max - min + 1)),
    sample: (items, count) =>
      items
        .map((item) => ({ item, rank: fraction() }))
        .sort((a, b) => a.rank - b.rank)
        .slice(0, count)
        .map(({ item }) => item),
  }
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value | 0
}
