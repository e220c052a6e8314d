/** Wording that looks for somebody to blame, and what helps more. A suggestion, never a block. */
export interface BlamingWords {
  /** As it is written. */
  readonly found: string
  /** Where it begins in the text, in UTF-16 units. */
  readonly at: number
  readonly instead: string
}

const SYSTEM = 'Say what the system allowed, and what would have prevented it.'
const HINDSIGHT = 'Say what people knew then, and what would have helped them to see it.'

const patterns: readonly (readonly [pattern: string, instead: string])[] = [
  [
    String.raw`(?:should|ought to|could|must) (?:not )?have|shouldn['’]t have|could['’]ve|should['’]ve`,
    HINDSIGHT,
  ],
  [String.raw`(?:failed|neglected|forgot) to`, HINDSIGHT],
  [String.raw`(?:obvious(?:ly)?|of course|clearly (?:wrong|missed))`, HINDSIGHT],
  [String.raw`human errors?|user errors?|operator errors?`, SYSTEM],
  [
    String.raw`careless(?:ly|ness)?|negligen(?:t|tly|ce)|sloppy|lazy|incompeten(?:t|ce)|stupid(?:ly)?|reckless(?:ly)?`,
    SYSTEM,
  ],
  [
    String.raw`(?:[\p{L}]+['’]s fault|(?:my|his|her|their|your) fault|fault of|to blame|blame[ds]?|culprits?)`,
    SYSTEM,
  ],
  [
    String.raw`(?:did not|didn['’]t) (?:bother|pay attention|think)|wasn['’]t paying attention`,
    HINDSIGHT,
  ],
]

const all = patterns.map(
  ([pattern, instead]) =>
    [
      new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${pattern})(?![\p{L}\p{N}])`, 'giu'),
      instead,
    ] as const,
)

/** Finds such wording in a text, in its order. Pure. */
export function blamingWords(text: string): readonly BlamingWords[] {
  return all
    .flatMap(([pattern, instead]) =>
      [...text.matchAll(pattern)].map((match) => ({ found: match[0], at: match.index, instead })),
    )
    .toSorted((a, b) => a.at - b.at)
}
