import type { Right } from './right.ts'

const missing = {
  read: 'You may not see this Deckwatch.',
  act: 'You may look at this Deckwatch, not act in it.',
  configure: 'Only the owner of this Deckwatch can do this.',
} as const satisfies Record<Right, string>

/** Why somebody without a right cannot do something: a sentence for them. */
export function missingRight(right: Right): string {
  return missing[right]
}

/** The refusal of what somebody may not do. */
export function notPermitted(right: Right) {
  return {
    code: 'not-permitted',
    message: missing[right],
    hint: 'Ask the owner for an invitation that allows it.',
  } as const
}
